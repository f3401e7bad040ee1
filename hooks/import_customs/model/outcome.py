"""What only a finding makes: the declaration that is missing, the place for it, the edit that writes it."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from import_customs.model import Place

    Purpose = Literal["runtime", "test", "docs", "types", "dev"]  # what the importing files are for
else:
    Purpose = str


class WritablePlace(NamedTuple):
    """One list of requirements, or table of them, that is there or can be made."""

    place: Place  # runtime, a group or an extra
    keys: tuple[str, ...]  # from the document's root
    form: Literal["list", "table"]
    caret: bool = False  # whether a lower bound is written as `^`, as in Poetry's tables that use it

    @property
    def title(self) -> str:
        """How a report names it: `[project] dependencies`, `[dependency-groups] test`."""
        if self.form == "table":
            return f"[{'.'.join(self.keys)}]"
        return f"[{'.'.join(self.keys[:-1])}] {self.keys[-1]}"


class MissingDeclaration(NamedTuple):
    """One distribution that a project imports and does not declare, with all that a report prints of it."""

    project: str  # the path of the file that states it
    name: str  # normalized
    slot: WritablePlace | None  # where it belongs; None where that file has no place for it
    version: str  # as the place writes it: `>=5.3`, `^5.3`, `*`; "" for none
    title: str  # where a report says to add it
    line: str  # what to add there
    command: str = ""  # of the project's tool, which declares it there if the name follows; "" where there is none
    doubt: str = ""  # why it is left to a person; "" where it is clear
    notes: tuple[str, ...] = ()  # sentences for the person who declares it
    source: str = ""  # what `sources` of uv must say of it, as TOML; "" where nothing
    is_local: bool = False  # whether it is another project of the repository, declared by its path and not by a line


class Edit(NamedTuple):
    """One file that is to be written, and what it then declares more."""

    path: str  # from the repository's root
    before: bytes
    after: bytes
    added: tuple[tuple[str, tuple[str, ...]], ...]  # the title of each place, and the lines that it gains
