"""Find declarations that nothing uses. Only `--unused` loads this folder; `run.py` has the steps in their order."""
