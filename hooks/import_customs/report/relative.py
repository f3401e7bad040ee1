"""Give the paths of a result as they are seen from a subfolder: a terminal or an editor there can open them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from functools import partial

from import_customs.model import CheckError, Result
from import_customs.model.later import pattern, re
from import_customs.model.outcome import Edit, Elsewhere, MissingDeclaration
from import_customs.model.value import NamedTuple

_STATING = pattern(r"(.+?)(?=:\d+ (?:states|names) )")  # the path in a clause of `Elsewhere.places`


class _Seen(NamedTuple):
    path: Callable[[str], str]  # a path as seen from the folder
    text: Callable[[str], str]  # a sentence, with the paths in it as seen from there


def seen_from(folder: str, result: Result) -> Result:
    """The result with paths relative to the folder, which is relative to the root; "" is the root."""
    if not folder:
        return result
    paths = {path for finding in result.findings for path in (finding.path, finding.project, *finding.uncommitted)}
    paths.update(finding.local for finding in result.findings if finding.local)
    paths.update(path for one in result.missing for path in (one.project, one.file, one.lock[1]))
    paths.update(path for error in result.errors for path in (error.path, *error.named))
    paths.update(found[1] for one in result.elsewhere for place in one.places if (found := _STATING.match(place)))
    paths.update([f"{posixpath.dirname(path)}/" for path in paths if "/" in path])
    seen = _Seen(partial(path_seen_from, folder), _replacing(folder, paths - {""}))
    return result._replace(
        findings=[
            one._replace(
                path=seen.path(one.path),
                project=seen.path(one.project),
                message=seen.text(one.message),
                remedy=seen.text(one.remedy),
            )
            for one in result.findings
        ],
        removable=[
            one._replace(path=seen.path(one.path), lock=(one.lock[0], seen.path(one.lock[1])))
            for one in result.removable
        ],
        missing=[_missing(seen, one) for one in result.missing],
        elsewhere=[_elsewhere(seen, one) for one in result.elsewhere],
        errors=[_error(seen, one) for one in result.errors],
        links={seen.path(path): seen.path(target) for path, target in result.links.items()},
        told=None if result.told is None else [one._replace(path=seen.path(one.path)) for one in result.told],
    )


def edits_seen_from(folder: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits with paths relative to the folder, to be named, not to be written."""
    return [
        one._replace(path=path_seen_from(folder, one.path), lock=(one.lock[0], path_seen_from(folder, one.lock[1])))
        for one in edits
    ]


def path_seen_from(folder: str, path: str) -> str:
    """The path relative to the folder; both are relative to the root. "" stays "": it means no file."""
    if not path or not folder or posixpath.isabs(path):
        return path
    return posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")


def _replacing(folder: str, paths: Iterable[str]) -> Callable[[str], str]:
    """A function that replaces whole paths in a sentence, the longest that is there."""
    alternatives = "|".join(re.escape(path) for path in sorted(paths, key=len, reverse=True))
    whole = re.compile(rf"(?<![\w./-])(?:{alternatives})(?![\w/-]|\.\w)")
    return lambda text: whole.sub(lambda found: path_seen_from(folder, found[0]), text)


def _missing(seen: _Seen, one: MissingDeclaration) -> MissingDeclaration:
    return one._replace(
        project=seen.path(one.project),
        title=seen.text(one.title),
        file=seen.path(one.file),
        frame=one.frame._replace(intro=seen.text(one.frame.intro)),
        doubt=seen.text(one.doubt).removesuffix(" in ./"),
        notes=tuple(map(seen.text, one.notes)),
        lock=(one.lock[0], seen.path(one.lock[1])),
    )


def _elsewhere(seen: _Seen, one: Elsewhere) -> Elsewhere:
    places = tuple(_STATING.sub(lambda found: seen.path(found[1]), place, count=1) for place in one.places)
    return one._replace(project=seen.path(one.project), places=places)


def _error(seen: _Seen, one: CheckError) -> CheckError:
    path = seen.path(one.path)
    message, hint = seen.text(one.message), seen.text(one.hint)
    return CheckError(message, hint=hint, path=path, line=one.line, column=one.column, cell=one.cell, below=one.below)
