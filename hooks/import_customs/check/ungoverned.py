"""Say of files that no project governs what they import, and how a requirements file beside them makes them one."""

from __future__ import annotations

import posixpath

from import_customs.check import declared_by_path
from import_customs.check.missing_declarations import instead_of
from import_customs.model import PYPROJECT, RUNTIME, CheckError, Finding, Scope
from import_customs.model.option_advice import with_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_NAMED = 6  # modules that a sentence lists
_MOST_LINES = 50  # to paste


def ungoverned(scope: Scope, findings: Sequence[Finding], named: Sequence[str], *, in_hook: bool) -> CheckError:
    """The error for all these files; `named` says where files of tools beside them name what they need."""
    paths = list(dict.fromkeys(one.path for one in findings))
    first = findings[0]
    folders = {posixpath.dirname(path) for path in paths}
    file = posixpath.join(posixpath.commonpath(folders) if "" not in folders else "", "requirements.txt")
    lines = sorted({line for one in findings if (line := _line(file, one))})
    these, they = (f"{len(paths)} files", "they import") if len(paths) > 1 else ("it", "it imports")
    staged = ", and `git add` it" if scope.kind == "new" else ""
    return CheckError(
        f"no {PYPROJECT} with a project governs {these}; {they} {_listed(one.module for one in findings)}",
        hint=f"create {file} with these lines{staged}:" if lines else f"list what provides it in {file}{staged}",
        path=first.path,
        line=first.line,
        column=first.column,
        to_create=file,
        below=list(_below(lines, findings, named, with_option("--requirements-file", "FILE", in_hook=in_hook))),
    )


def _below(lines: Sequence[str], findings: Sequence[Finding], named: Sequence[str], option: str) -> Iterator[str]:
    """The lines to paste, what is to be known of them, and the other ways."""
    if lines:
        yield from ("", *(f"    {line}" for line in lines[:_MOST_LINES]))
        yield from ([f"    # and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else [])
        yield ""
    yield from sorted({note for one in findings if _line("", one) and (note := instead_of(one.providers))})
    if named:
        yield f"{', '.join(named)}; that declares nothing here"
    if unknown := [one.module for one in findings if one.settled_by == "provides"]:
        yield f"no known package provides {_listed(unknown)}"
    yield f"or state them in a {PYPROJECT} with a [project] table,"
    yield f"or name the file that states them: {option}"


def _line(file: str, finding: Finding) -> str:
    """The line of a requirements file that declares it; "" where no distribution may be named."""
    if not finding.providers or finding.settled_by != "declaration" or not finding.is_declared_nowhere:
        return ""
    name = finding.providers[0]
    if finding.local is None:
        return name
    return declared_by_path.in_file(file, file, str(RUNTIME), finding.local, name).line


def _listed(modules: Iterable[str]) -> str:
    """The names, each once, in their order."""
    names = [f"`{module}`" for module in dict.fromkeys(modules)]
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
