"""Read the lines of tools' files that may name distributions: they are told in a finding, and declare nothing.

Sources: the documentation of tox ("Configuration": deps, requires) and nox (Session: install, run).
"""

from __future__ import annotations

import posixpath

from import_customs.check.state import State, text_of
from import_customs.model.later import pattern
from import_customs.project.requirements_kept import called_alike

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Lines = list[tuple[int, bytes]]

_MANIFEST = "manifest.json"  # of an integration of Home Assistant, which has the requirements of its manifest installed
_TOX, _NOX = "tox.ini", "noxfile.py"
_OTHERS = ("Pipfile", "pixi.toml", _TOX, _NOX, _MANIFEST)
_LARGEST = 1024**2  # bytes of a file that is searched
_COMMENT = pattern(rb"(?:^|\s)#.*|^(?:\xef\xbb\xbf)?(?:name|prefix):.*")  # and what a conda environment is called
# In a noxfile: what a session is told to run or to say, and the texts of functions.
_RUNNING = pattern(
    rb"(?m)\.(?:run\w*|session|parametrize|log|warn|debug|error|skip|notify|chdir)\((?:[^()]|\([^()]*+\))*+\)"
    rb"|\"\"\"(?:[^\"]|\"(?!\"\"))*+\"\"\"|^[ \t]*+(?:async )?(?:def|class) .*"
)


def lines_naming(state: State, folder: str) -> dict[str, Lines]:
    """The lines, without comments, of each file of a tool in a folder that may name distributions: read once."""
    if folder not in state.lines_naming:
        listing = state.tree.listing(folder)
        of_conda = (one for one in listing if one.startswith("environment") and one.endswith((".yml", ".yaml")))
        names = (one for one in (*_OTHERS, *sorted(of_conda)) if listing.get(one) is False)
        paths = (*(posixpath.join(folder, one) for one in names), *called_alike(state.tree, folder))
        state.lines_naming[folder] = {path: _lines_of(path, text_of(state, path)) for path in paths}
    return state.lines_naming[folder]


def _lines_of(path: str, source: bytes) -> Lines:
    name = posixpath.basename(path)
    if len(source) > _LARGEST or (name == _MANIFEST and b'"requirements"' not in source):
        return []
    if name == _NOX:
        source = _RUNNING.sub(lambda call: call[0] if b"install" in call[0] else b"\n" * call[0].count(b"\n"), source)
    lines = list(enumerate(source.split(b"\n"), start=1))
    return [
        (number, _COMMENT.sub(b"", line))
        for number, line in (_installed_by_tox(lines) if name == _TOX else lines)
        if b"import " not in line
    ]


def _installed_by_tox(lines: Lines) -> Iterator[tuple[int, bytes]]:
    """The lines of the options that name what is installed, and of commands that install."""
    is_named = False
    for number, line in lines:
        if line[:1].strip() and not line.startswith((b"#", b";")):
            is_named = line.replace(b":", b"=").partition(b"=")[0].strip() in (b"deps", b"requires")
        if is_named or b"install" in line:
            yield number, line
