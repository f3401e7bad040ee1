"""setup.cfg: the requirements that its options state.

Source: setuptools' documentation, "Configuring setuptools using setup.cfg files".
"""

from __future__ import annotations

from import_customs.model import BUILD, RUNTIME, Place, Unread
from import_customs.model.later import lru_cache
from import_customs.model.requirement import normalized
from import_customs.model.value import NamedTuple
from import_customs.project.declarations import DeclaredList, declare
from import_customs.project.tool_settings import parse_ini, value_of_ini

_BROKEN = "stand in a file that cannot be read"
_ARGUMENTS = {"install_requires": RUNTIME, "setup_requires": BUILD, "tests_require": Place("extra", "test")}


class StatedByFile(NamedTuple):
    """What a setup.cfg or a setup.py states in place of [project]."""

    declared: DeclaredList
    states: bool  # whether it says what is needed at run time, be it nothing, and not only by the build and the tests
    lists: bool  # whether it lists some of that
    unread: Unread | None = None  # None where all can be read


@lru_cache(maxsize=1)  # asked for the lists, then for the keys
def stated_by_setup_cfg(path: str, source: bytes) -> StatedByFile | None:
    """What a setup.cfg states; None for one without any statement."""
    text = source.decode("utf-8", "replace")
    options = options_of(text)
    if isinstance(options, str):
        lacking = DeclaredList([], [], [Unread(path, 0, f"cannot be read: {options}")])
        return StatedByFile(lacking, states=False, lists=False, unread=Unread(path, 0, f"{_BROKEN} ({options})"))
    found, start, number = DeclaredList([], [], []), 0, 1
    for value, place in options:
        lines = [] if is_file(value) else value.split("\n") if "\n" in value else value.split(";")
        for line in lines:
            requirement = line.partition(" #")[0].strip()
            if requirement and not requirement.startswith("#"):
                where = text.find(requirement, start)
                if where < 0:  # the options may stand in another order
                    where, start, number = max(text.find(requirement), 0), 0, 1
                start, number = where, number + text.count("\n", start, where)
                declare(found, requirement, place, path, number)
    parser = parse_ini(text)
    states = not isinstance(parser, str) and (
        parser.has_option("options", "install_requires") or parser.has_section("options.extras_require")
    )
    return StatedByFile(found, states, lists=states) if options else None


def options_of(text: str) -> list[tuple[str, Place]] | str:
    """The values of a setup.cfg that state requirements, each with its place; why it cannot be read, as a text."""
    parser = parse_ini(text)
    if isinstance(parser, str):
        return parser
    places = [("options", option, place) for option, place in _ARGUMENTS.items()]
    if parser.has_section("options.extras_require"):
        extras = parser.options("options.extras_require")
        places.extend(("options.extras_require", extra, Place("extra", normalized(extra))) for extra in extras)
    return [(value_of_ini(parser, *at), place) for *at, place in places if parser.has_option(*at)]


def is_file(value: str) -> bool:
    """Whether the value of an option names files that hold requirements."""
    return value.lstrip().startswith("file:")
