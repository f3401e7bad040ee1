"""What the search for declarations that nothing uses finds: the uses of a declaration, and what is told of it."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    UseKind = Literal["import", "command", "string", "plugin", "stub", "driver", "path", "optional", "required"]
    Verdict = Literal["used", "unsure", "unused"]
else:
    UseKind = Verdict = str


class Use(NamedTuple):
    """What makes a declaration needed."""

    kind: UseKind
    path: str  # of the file that shows it; "" where no file does
    line: int  # 0 where none is meant
    what: str  # as that file has it, or a clause: "requests.adapters", "starlette[full]"


class Told(NamedTuple):
    """A declaration that is told of, and does not block."""

    path: str  # of the file that states it
    line: int
    distribution: str
    place: str
    verdict: Verdict  # "unused" or "unsure"
    why: str
    uses: tuple[Use, ...] = ()
    project: str = ""  # the path of the file that states the project
