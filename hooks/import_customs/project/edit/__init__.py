"""Write declarations into the text of a pyproject.toml."""
