"""What `--explain` answers of one name."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal


class Answer(NamedTuple):
    """What is known of a module, of a distribution with the modules that it installs, or of a rule."""

    kind: Literal["modules", "distributions", "rules"]
    lines: Sequence[str]  # for people; not escaped yet
    facts: Mapping[str, object]  # for programs, as JSON has them; only `finding` is a Finding
    modules: Sequence[Answer] = ()  # of a distribution
