"""Builds the bundled index of which distribution installs a module; not in the wheel. `build.py` is the script."""
