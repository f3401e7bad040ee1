"""A tool and a place in, out the command by which the tool itself declares distributions there.

Sources: the command-line references of uv, Poetry 2 and PDM, `add`.
"""

from collections.abc import Sequence

from import_customs.model import RUNTIME, Place, WritablePlace

_ADD = {"uv": "uv add", "poetry": "poetry add", "pdm": "pdm add"}
_TO_GROUP = {"uv": "--group {}", "poetry": "--group {}", "pdm": "-dG {}"}
_TO_EXTRA = {"uv": "--optional {}", "poetry": "--optional {}", "pdm": "-G {}"}


def command(tool: str | None, slot: WritablePlace | None, names: Sequence[str]) -> str:
    """The command; "" where no tool is known, or where it has none for that place."""
    if tool not in _ADD or slot is None or "hatch" in slot.keys:
        return ""
    kind, name = slot.place
    if slot.place == RUNTIME:
        return " ".join((_ADD[tool], *names))
    if (tool, slot.place) == ("uv", Place("group", "dev")):
        return " ".join((_ADD[tool], "--dev", *names))
    option = _TO_GROUP[tool] if kind == "group" else _TO_EXTRA[tool]
    return " ".join((_ADD[tool], option.format(name), *names))
