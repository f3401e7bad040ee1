"""Findings in, declarations in pyproject.toml out: what is missing and where it belongs (plan, slots), the edit of the
text (array, edit), the file replaced or shown as a difference (apply). Only findings and `--fix` load any of it.
"""
