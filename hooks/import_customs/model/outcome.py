"""What only a finding makes: the declaration that is missing, the place for it, the edit that writes it."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from import_customs.model import WritablePlace

    Purpose = Literal["runtime", "test", "docs", "types", "dev"]  # what the importing files are for
else:
    Purpose = str


class Frame(NamedTuple):
    """What a person pastes around the lines of a place, so that the file is valid afterwards."""

    intro: str = ""  # a sentence that ends in a colon; "" for the usual one
    before: tuple[str, ...] = ()  # lines
    after: tuple[str, ...] = ()


class MissingDeclaration(NamedTuple):
    """One distribution that a project imports and does not declare, with all that a report prints of it."""

    project: str  # the path of the file that states it
    name: str  # normalized
    slot: WritablePlace | None  # where it belongs; None where that file has no place for it
    requirement: str  # as PEP 508 has it: `celery>=5.3; sys_platform == 'win32'`
    value: str  # as the place has it: the text of a list's element, or what TOML gives to the name in a table
    title: str  # where a report says to add it
    line: str  # what to add there; perhaps several
    command: tuple[str, str] = ("", "")  # of the project's tool, which declares it there, and its argument
    doubt: str = ""  # why it is left to a person; "" where it is clear
    notes: tuple[str, ...] = ()  # sentences for the person who declares it
    source: str = ""  # what `sources` of uv must say of it, as TOML; "" where nothing
    lock: tuple[str, str] = ("", "")  # the command that renews the lock file, and its path; "" and "" without one
    is_local: bool = False  # whether it is another project of the repository, declared by its path and not by a line
    file: str = ""  # the path of the file that would state it; "" where that is not known
    place: str = "runtime"  # there, as text
    frame: Frame = Frame()  # what goes around the line
    others: tuple[str, ...] = ()  # distributions that are about as likely meant
    needs: str = ""  # why it has no version: the newest one, and the Pythons that it needs
    put_back: tuple[str, ...] = ()  # all values of it that the change takes away there


class Removable(NamedTuple):
    """One distribution whose declarations in a file `--fix` takes out, for nothing uses them."""

    path: str
    name: str  # normalized
    lock: tuple[str, str] = ("", "")  # as of a missing declaration


class Elsewhere(NamedTuple):
    """What files beside a project state of what it lacks, though it does not name them."""

    project: str  # the path of its pyproject.toml
    places: tuple[str, ...]  # a clause for each distribution: "requirements-dev.txt:8 states `pytest`"
    files: tuple[str, ...]  # what `requirements-files` would be, to have them count; () where none of them can
    names: frozenset[str] = frozenset()  # normalized: what these files would declare of it


class Edit(NamedTuple):
    """One file that is to be written, and what it then declares more."""

    path: str  # from the repository's root
    before: bytes
    after: bytes
    added: tuple[tuple[str, tuple[str, ...]], ...]  # the title of each place, and the lines that it gains
    lock: tuple[str, str] = ("", "")  # as of a missing declaration
    removed: tuple[tuple[str, tuple[str, ...]], ...] = ()  # likewise, and what it loses
    put_back: tuple[tuple[str, tuple[str, ...]], ...] = ()  # likewise, of what the change has taken away
