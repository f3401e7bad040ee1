"""What only a finding makes: the declaration that is missing, the place for it, the edit that writes it."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from import_customs.model import Finding, WritablePlace

    Purpose = Literal["runtime", "test", "docs", "types", "dev"]  # what the importing files are for
else:
    Purpose = str


def line(slot: WritablePlace | None, name: str, specifier: str) -> str:
    """What is written there for a distribution: a line of a list, or of a table."""
    if slot is None or slot.form == "list":
        return f'"{name}{specifier}",'
    return f'{name} = "{constraint(slot, specifier)}"'


def constraint(slot: WritablePlace, specifier: str) -> str:
    """What a table says for a specifier: `*` for none."""
    is_lower_bound = specifier.startswith(">=") and "," not in specifier
    return f"^{specifier[2:]}" if slot.caret and is_lower_bound else specifier or "*"


class MissingDeclaration(NamedTuple):
    """One distribution that a project imports and does not declare."""

    project: str  # the path of the file that states it
    name: str  # normalized
    slot: WritablePlace | None  # where it belongs; None where that file has no place for it
    version: str  # a specifier such as ">=5.3"; "" where nothing tells one
    doubt: str = ""  # why it is left to a person; "" where it is clear
    others: tuple[str, ...] = ()  # distributions that are about as likely meant
    title: str = ""  # where a person may add it, where there is no slot
    source: str = ""  # what `sources` of uv must say of it, as TOML; "" where nothing
    is_local: bool = False  # whether it is another project of the repository, which no index has to give
    is_partial: bool = False  # whether only code for some platforms imports it


_SETTLED_BY_ONE = ("undeclared", "transitive", "stdlib-version")  # rules of which a declaration settles a finding


ON_SOME_PLATFORMS = (
    "only code for some platforms imports it; declare it with a marker such as `sys_platform == 'win32'`"
)


def is_missing(finding: Finding) -> bool:
    """Whether a declaration would settle it, and it is known of what."""
    return finding.rule in _SETTLED_BY_ONE and bool(finding.providers) and not finding.remedy


class Edit(NamedTuple):
    """One file that is to be written, and what it then declares more."""

    path: str  # from the repository's root
    before: bytes
    after: bytes
    added: tuple[tuple[str, tuple[str, ...]], ...]  # the title of each place, and the lines that it gains
