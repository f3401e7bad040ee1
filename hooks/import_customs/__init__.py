"""A pre-commit hook: no third-party import passes a commit undeclared."""
