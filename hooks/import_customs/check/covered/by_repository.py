"""Take a module for that of a declared repository with its name, whatever the distribution is called.

Only likely findings get here: the lines that declare by a URL are looked at again.
"""

from collections.abc import Iterator

from import_customs import providers
from import_customs.check.covered.popular import is_provided_by_popular
from import_customs.check.state import State, text_of
from import_customs.model import Project, Reason
from import_customs.model.later import pattern
from import_customs.model.requirement import Name, normalized
from import_customs.project.dialects.dialect import read_once

# A URL of a repository, as pip has it or in a table of a tool, with its `#egg=`; and what stands before one that a name
# declares. No sign is looked at twice.
_URL = pattern(
    rb"""(?:\b(?:git|hg|svn|bzr)\+[a-z]++|\bgit["']?\s*+[=:]\s*+["'][a-z+]++)"""
    rb"""://([^\s"'#]++)(?:\#(?:[^\s"'#]*?&)?egg=([\w.-]++))?"""
)
_INSIDE = pattern(rb"""\bsubdirectory\s*+=\s*+["']?([^\s"'&#;]++)""")  # where a repository holds the distribution
_NAMING = pattern(rb"""(?:^|["'\s])([\w.-]++)\s*+(?:\[[^\]"']*+\]\s*+)?@\s*+$""")
_KEY = pattern(rb"""^\s*["']?([\w.-]+)["']?\s*=""")  # with which a line of a table begins
_LONGEST = 4096  # bytes of a line that are searched


def of_repository(state: State, project: Project, module: str) -> Reason | None:
    """The declared distribution from a repository that is called like the module, where no popular one installs it."""
    if not project.elsewhere or is_provided_by_popular(module, project):
        return None
    if project.path not in state.repositories:
        state.repositories[project.path] = _repositories(state, project)
    called = state.repositories[project.path]
    return next((Reason("repository", called[name]) for name in providers.own_names(module) if name in called), None)


def _repositories(state: State, project: Project) -> dict[str, Name]:
    """The distributions that the project declares from a repository, by the name of that."""
    found: dict[str, Name] = {}
    by_path: dict[str, set[Name]] = {}
    for one in project.declarations:
        if one.name in project.elsewhere:
            by_path.setdefault(one.path, set()).add(one.name)
    for path, names in by_path.items():
        source = text_of(state, path) if path.endswith(".toml") else read_once(state.tree, path) or b""
        for line in source.split(b"\n"):
            if b"://" in line and len(line) <= _LONGEST and not line.lstrip().startswith(b"#"):
                found.update((called, name) for called, name in _named_in(line) if name in names)
    return found


def _named_in(line: bytes) -> Iterator[tuple[str, Name]]:
    """The names of the repositories in a line, and of their folders there, each with the distribution taken from it."""
    key = _KEY.match(line)
    urls = [*_URL.finditer(line)]
    ends = [*(url.start() for url in urls), len(line)][1:]
    for url, end in zip(urls, ends, strict=True):
        before = _NAMING.search(line[: url.start()])
        path = url[1].partition(b"/")[2].partition(b"@")[0].partition(b";")[0]
        called = path.rstrip(b"/").removesuffix(b".git").rpartition(b"/")[2]
        name = (before and before[1]) or url[2] or (key and key[1]) or called
        inside = _INSIDE.search(line, url.end(1), end)
        folder = inside[1].rstrip(b"/").rpartition(b"/")[2] if inside else b""
        for one in filter(None, (called, folder)):
            yield normalized(one.decode("utf-8", "replace")), normalized(name.decode("utf-8", "replace"))
