"""Say of files that no project governs what they import, and how a requirements file makes them those of one."""

from __future__ import annotations

import posixpath

from import_customs.check import declared_by_path
from import_customs.check.first_place import by_place, kept_apart
from import_customs.check.missing_declarations import instead_of
from import_customs.check.stated_elsewhere import named_beside
from import_customs.model import PYPROJECT, RUNTIME, CheckError, Finding, Scope
from import_customs.model.option_advice import with_option
from import_customs.project.purpose import plainness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from import_customs.check.state import State
    from import_customs.model import Declaration

_FILE = "requirements.txt"
_MOST_NAMED = 6  # modules that a sentence lists
_MOST_LINES = 50  # to paste


def ungoverned(state: State, scope: Scope, findings: Sequence[Finding], *, in_hook: bool) -> CheckError:
    """The error for all these files."""
    paths, first = dict.fromkeys(one.path for one in findings), findings[0]
    these, they = (f"{len(paths)} files", "they import") if len(paths) > 1 else ("it", "it imports")
    file, hint, below = _first_step(state, findings, ", and `git add` it" if scope.kind == "new" else "")
    option = with_option("--requirements-file", "FILE", in_hook=in_hook)
    return CheckError(
        f"no {PYPROJECT} with a project governs {these}; {they} {_listed(one.module for one in findings)}",
        hint=hint,
        path=first.path,
        line=first.line,
        column=first.column,
        to_create=file,
        below=[*below, *_more(findings, named_beside(state, findings), option)],
    )


def _first_step(state: State, findings: Sequence[Finding], add: str) -> tuple[str, str, list[str]]:
    """The file that declares what is missing, or will, what to do with it, and what to paste."""
    files, stated = kept_apart(state, findings)
    if stated:
        file = min((one.path for one in stated), key=plainness)
        lines = _lines(file, findings) - {one.name for one in stated}
        return file, _naming(files, stated), [*_setting(files), *_pasted(lines, f"and add to {file}:")]
    places = {posixpath.join(folder, _FILE): some for folder, some in sorted(by_place(state, findings).items())}
    by_file = {file: _lines(file, some) for file, some in places.items()}
    file = next(iter(by_file))
    if not any(by_file.values()):
        return file, f"list what provides it in {' or '.join(list(by_file)[:_MOST_NAMED])}{add}", []
    if len(by_file) == 1:
        return file, f"create {file} with these lines{add}:", _pasted(by_file[file])
    each = [f"{file}: {', '.join(sorted(lines))}" for file, lines in by_file.items() if lines]
    return "", f"create these files{add.replace(' it', ' them')}, with what is named here, a line each:", _pasted(each)


def _naming(files: Sequence[str], stated: Sequence[Declaration]) -> str:
    """What files that lie apart state, and by which setting they count."""
    places = [f"{one.path}:{one.line} states `{one.name}`" for one in stated[:_MOST_NAMED]]
    places += [f"{len(stated) - _MOST_NAMED} more"] if len(stated) > _MOST_NAMED else []
    they = "that file counts" if len(files) == 1 else "these files count"
    return f"{', '.join(places)}; {they} once the repository's own {PYPROJECT} says, under [tool.import-customs]:"


def _setting(files: Sequence[str]) -> list[str]:
    listed = ", ".join(f'"{file}"' for file in files)
    return ["", f"    requirements-files = [{listed}]", ""]


def _pasted(lines: Collection[str], *intro: str) -> list[str]:
    """The lines to paste."""
    more = [f"    # and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else []
    return [*intro, "", *(f"    {line}" for line in sorted(lines)[:_MOST_LINES]), *more, ""] if lines else []


def _more(findings: Sequence[Finding], named: Sequence[str], option: str) -> Iterator[str]:
    """What is to be known of these lines, where files of tools name what is needed, and the other ways."""
    if named:
        yield f"{', '.join(named)}; that declares nothing here"
    yield from sorted({note for one in findings if _line("", one) and (note := instead_of(one.providers))})
    if unknown := [one.module for one in findings if one.settled_by == "provides"]:
        yield f"no known package provides {_listed(unknown)}"
    yield f"or state them in a {PYPROJECT} with a [project] table,"
    yield f"or name the file that states them: {option}"


def _lines(file: str, findings: Sequence[Finding]) -> set[str]:
    return {line for one in findings if (line := _line(file, one))}


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
