"""What is learnt of one state of the files, as values: the files of `check` make them, and `State` remembers them."""

from __future__ import annotations

from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from import_customs.model import Project
    from import_customs.model.requirement import Name
    from import_customs.providers.evidence import Evidence
    from import_customs.providers.requirement_graph import RequirementGraph


class Change(NamedTuple):
    """What changed, as far as it tells that the rest is what it was."""

    modified: Collection[str]  # the Python files that were there before
    base_of: Callable[[str], bytes | None]  # what one of those was; None if git lacks it, or it is large
    folders: frozenset[str]  # with changed Python files
    paths: str  # of all that changed, in one text


class ProjectEvidence(NamedTuple):
    """A project, and what is known of it beyond its declarations."""

    project: Project
    evidence: Evidence
    by_extras: frozenset[Name]  # the distributions that the extras of its requirements bring
    modules: frozenset[str]  # that those and the declared ones are known to contain, under whatever name
    unclear: tuple[str, ...]  # extras in use of which nothing is known: `acme-sdk[redis]`
    arrivals: RequirementGraph


class FoldersOnPath(NamedTuple):
    """What the files of a project put on sys.path."""

    folders: frozenset[str]  # that the calls spell out from the files they stand in
    ends: frozenset[str]  # what the calls end in, whatever that is joined to
    staying: frozenset[str]  # those that not only setup.py adds, which no other code has when it runs
