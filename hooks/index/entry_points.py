"""Tell by the files of a release which commands it installs, which plugins of others, and whether it starts itself.

The values are by group, the names in it; by "" stand its commands, and `.pth` stands for a file that runs code with
every Python.
"""

import re
from collections.abc import Iterable, Mapping
from configparser import ConfigParser, Error

COMMANDS, STARTS = "", ".pth"
_OF_COMMANDS = ("console_scripts", "gui_scripts")
# Anything else is not said: it would be taken for another part of the line.
_NAME = re.compile(r"[!-:<>-~]{1,80}")
_GROUP = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_MOST = 200  # names in a group; more are no person's choice


def entry_points(text: str, scripts: Iterable[str] = (), pth_files: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Of the text of entry_points.txt, the names of scripts, the texts of `.pth` files.

    Source: the specification of entry points; what is not of its form says nothing.
    """
    groups = _groups(text)
    commands = [name for group in _OF_COMMANDS for name in groups.pop(group, ())]
    groups[COMMANDS] = [*commands, *(one.removesuffix(".exe") for one in scripts)]
    found = {group: tuple(sorted(set(filter(_NAME.fullmatch, names)))[:_MOST]) for group, names in groups.items()}
    starts: dict[str, tuple[str, ...]] = {STARTS: ()} if any(map(_runs, pth_files)) else {}
    return {group: names for group, names in found.items() if names} | starts


def _groups(text: str) -> dict[str, list[str]]:
    parser = ConfigParser(delimiters=("=",), strict=False, interpolation=None, default_section="")
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    try:
        parser.read_string(text)
    except Error:
        return {}
    return {group: list(parser[group]) for group in parser.sections() if _GROUP.fullmatch(group)}


def _runs(pth_file: str) -> bool:
    return any(line.startswith(("import ", "import\t")) for line in pth_file.splitlines())


def to_text(by_group: Mapping[str, Iterable[str]], between: str = ";") -> str:
    """`group=name name`, one after the other."""
    return between.join(f"{group}={' '.join(names)}" for group, names in sorted(by_group.items()))
