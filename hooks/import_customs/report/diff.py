"""Show an edit as a unified diff."""

import re
from difflib import unified_diff

from import_customs.model.outcome import Edit

_ESCAPED = {ord(letter): f"\\{sign}" for letter, sign in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)}


def difference(edit: Edit) -> str:
    """The edit as a unified diff, as `git apply` takes it."""
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text.decode("utf-8")) for text in (edit.before, edit.after))
    lines = unified_diff(before, after, _quoted(f"a/{edit.path}"), _quoted(f"b/{edit.path}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _quoted(path: str) -> str:
    """The path as git writes it, in quotes where it takes escapes. Source: git's documentation, `core.quotePath`."""
    octets = path.encode("utf-8", "surrogateescape")
    shown = "".join(_ESCAPED.get(octet) or (chr(octet) if 32 <= octet < 127 else f"\\{octet:03o}") for octet in octets)
    return path if shown == path else f'"{shown}"'
