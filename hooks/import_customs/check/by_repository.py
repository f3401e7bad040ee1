"""Take a module for what a declared repository holds that is called like it, whatever the distribution's own name is.

Only likely findings get here: the lines that declare by a URL are read again.
"""

from __future__ import annotations

from import_customs import providers
from import_customs.check.first_party import is_provided_by_popular
from import_customs.check.state import State, text_of
from import_customs.model import PYPROJECT, Project, Reason
from import_customs.model.later import pattern
from import_customs.model.requirement import Name, normalized

_REPOSITORY = pattern(
    rb"""(?:\b(?:git|hg|svn|bzr)\+[a-z]+|\bgit["']?\s*[=:]\s*["'][a-z+]+)://[^\s"'#]*?/([\w.-]+?)/?(?:\.git)?(?:@[^\s"'#]*)?(?=["'\s#;]|$)"""
)
_LONGEST = 4096  # bytes of a line that are searched
_SOURCE = pattern(rb"""^\s*["']?([\w.-]+)["']?\s*=""")  # a line of a table of sources


def of_repository(state: State, project: Project, module: str) -> Reason | None:
    """The declared distribution from a repository that is called like the module, where no popular one installs it."""
    if not project.elsewhere or is_provided_by_popular(module, project):
        return None
    if project.path not in state.repositories:
        state.repositories[project.path] = _repositories(state, project)
    called = state.repositories[project.path]
    return next((Reason("repository", called[name]) for name in providers.own_names(module) if name in called), None)


def _repositories(state: State, project: Project) -> dict[str, Name]:
    """What the project's declarations come from: by what a repository is called, the distribution."""
    found: dict[str, Name] = {}
    texts: dict[str, list[bytes]] = {}
    for one in project.declarations:
        if one.name not in project.elsewhere:
            continue
        lines = texts.setdefault(one.path, text_of(state, one.path).split(b"\n"))
        in_tables = (line for line in lines if _is_source_of(line, one.name)) if one.path.endswith(PYPROJECT) else ()
        for line in (*lines[max(one.line - 1, 0) : one.line], *in_tables):
            found.update(
                (normalized(match.decode("utf-8", "replace")), one.name) for match in _REPOSITORY.findall(line)
            )
    return found


def _is_source_of(line: bytes, name: Name) -> bool:
    stated = _SOURCE.match(line) if b"://" in line else None
    return stated is not None and normalized(stated[1].decode()) == name
