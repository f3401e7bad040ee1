"""Read what keeps a declaration: the comment `# import-customs: keep, REASON`, and `unused-ignore`."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from import_customs.check.state import State, text_of
from import_customs.model import Declaration, Project
from import_customs.model.later import pattern
from import_customs.model.requirement import normalized
from import_customs.model.source_text import decode
from import_customs.model.value import NamedTuple

_KEEP = pattern(r"#\s*import-customs:\s*keep\b[ \t]*[,:]?[ \t]*(.*)$")


class Kept(NamedTuple):
    """A comment that keeps a declaration."""

    path: str
    line: int  # of the comment
    reason: str  # "" for a bare one


def kept_by(lines: Sequence[str], declaration: Declaration) -> Kept | None:
    """The comment on the declaration's line, or alone on the one above; `lines` are those of its file."""
    at = declaration.line - 1
    for number in (at, at - 1):
        if 0 <= number < len(lines):
            found = _KEEP.search(lines[number])
            if found and (number == at or lines[number].lstrip().startswith("#")):
                return Kept(declaration.path, number + 1, found[1].strip())
    return None


def ignored_by(project: Project, name: str) -> str:
    """The entry of `unused-ignore` that names the distribution, or a glob of it; "" if none does."""
    return next((entry for entry in project.config.unused_ignore if is_named(name, entry)), "")


def is_named(name: str, entry: str) -> bool:
    """Whether an entry of `unused-ignore` names the distribution, or is a glob of it."""
    return normalized(entry) == name or fnmatchcase(name, entry.lower())


def comments_in(lines: Sequence[str]) -> list[int]:
    """The lines with such a comment."""
    return [number for number, line in enumerate(lines, 1) if "import-customs" in line and _KEEP.search(line)]


def lines_of(state: State, path: str) -> Sequence[str]:
    """The lines of a file; none if it cannot be read."""
    return decode(text_of(state, path))[0].split("\n")
