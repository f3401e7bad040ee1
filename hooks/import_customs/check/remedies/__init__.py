"""What settles findings: the declarations that are missing, where they go, and how they are written."""
