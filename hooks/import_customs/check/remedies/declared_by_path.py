"""Say how a project declares another one of its repository by its path: by its tool's command, or in its file's form.

Sources: `uv add`, `poetry add`, `pdm add`; pip's documentation, "Requirements File Format"; Pipenv's, "Specifiers";
Pixi's, "Pixi Manifest"; Hatch's, "Context formatting" and "Dependency configuration" (allow-direct-references).
"""

from __future__ import annotations

import posixpath

from import_customs.model import SCRIPT
from import_customs.model.option_advice import quote
from import_customs.model.value import NamedTuple
from import_customs.project.dialects.dialect import backend_of, table_at
from import_customs.project.dialects.pipfile import PIPFILE
from import_customs.project.dialects.pixi import MANIFEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.model import WritablePlace
    from import_customs.project.dialects.dialect import Tables

_DIRECT = "allow-direct-references"
_NAMING = "`requirements-files`, under [tool.import-customs],"


class ByPath(NamedTuple):
    """What declares a local project by its path, and a sentence that says it."""

    sentence: str
    command: tuple[str, str] = ("", "")  # of the project's tool, and its argument; "" and "" where it has none
    line: str = ""  # what to add to the file; "" where a command does it, and where nothing can
    notes: tuple[str, ...] = ()  # sentences on that line


def by_command(add: str, folder: str, local: str, name: str) -> ByPath:
    """What the command `add` of the tool takes, in the project's folder."""
    path = quote(_path(folder, local))
    where = f" in {folder}/" if folder else ""
    return ByPath(_said(name, local, f"run `{add} {path}`{where}"), command=(add, path))


def in_list(tables: Tables, slot: WritablePlace, folder: str, local: str, name: str) -> ByPath:
    """What a list of a pyproject.toml takes: only Hatch has a form for a path from the project's folder."""
    if slot.keys[:2] == ("tool", "hatch") or (slot.keys[0] == "project" and backend_of(tables) == "hatchling.build"):
        requirement = f"{name} @ {{root:uri}}/{_path(folder, local)}"
        is_allowed = slot.keys[0] == "tool" or table_at(tables, "tool", "hatch", "metadata").get(_DIRECT)
        also = "" if is_allowed else f", and `{_DIRECT} = true` to [tool.hatch.metadata]"
        notes = () if is_allowed else (f"Hatch takes a path with `{_DIRECT} = true` under [tool.hatch.metadata].",)
        said = _said(name, local, f"add `{requirement}` to {slot.title}{also}")
        return ByPath(said, line=f'"{requirement}",', notes=notes)
    return in_no_form(local, name)


def in_file(path: str, title: str, place: str, local: str, name: str) -> ByPath:
    """What another file than a pyproject.toml takes."""
    there = _path(posixpath.dirname(path), local)
    if path.endswith((".txt", ".in")):
        line = f"-e {there}"
    elif posixpath.basename(path) in (PIPFILE, MANIFEST):
        line = f'{name} = {{ path = "{there}", editable = true }}'
    elif place == str(SCRIPT):
        source = f'`{name} = {{ path = "{there}", editable = true }}` under [tool.uv.sources]'
        return ByPath(_said(name, local, f"add it to {title}, by its path; for uv, {source} there"))
    else:
        return in_no_form(local, name)
    return ByPath(_said(name, local, f"add `{line}` to {title}"), line=line)


def in_no_form(local: str, name: str) -> ByPath:
    """What to do where no relative path can be stated. The bare name would count, but mean what an index has."""
    listing = f"list `-e {quote(_path('', local))}` in a requirements file that {_NAMING} names"
    published = f"or declare `{name}` itself if you publish it: without a path it is taken from an index"
    return ByPath(_said(name, local, f"{listing}; {published}"))


def _path(folder: str, local: str) -> str:
    """The path from one folder to the other, by which no tool takes it for a name."""
    path = posixpath.relpath(local or ".", folder or ".")
    return path if path.startswith(".") else f"./{path}"


def _said(name: str, local: str, action: str) -> str:
    return f"`{name}` is this repository's {local or 'root project'}: {action}"
