"""Find the folders that an editor's settings, and the environment it gives to Python, name for a project's own modules.

Only settings that git tracks count, which the caller has to see to. What a .env holds is a secret: nothing of it may be
printed, the folders neither. Sources: Visual Studio Code's documentation, "Python settings reference" (extraPaths) and
"Environment variable definitions file".
"""

from __future__ import annotations

import posixpath

from import_customs.model.later import re
from import_customs.model.toml import strings
from import_customs.project.tool_settings import parse_json, read_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_customs.model import Tree

SETTINGS, ENVIRONMENT = ".vscode/settings.json", ".env"
_EXTRA_PATHS = ("python.analysis.extraPaths", "python.autoComplete.extraPaths")
_PYTHONPATH = r"^[ \t]*+(?:export[ \t]++)?PYTHONPATH[ \t]*+=[ \t]*+([^\r\n]*+)"
_FOLDER = r"\$\{(?:workspaceFolder|workspaceRoot|PWD)\}|\$PWD\b"  # the folder that the settings are for


def editor_roots(tree: Tree, folder: str, path: str) -> list[str]:
    """The folders of the repository that the settings at `path`, which are those of `folder`, put on sys.path."""
    source = read_small(tree, path)
    named = folders_of_environment(source) if path.endswith(ENVIRONMENT) else _of_settings(source)
    joined = (posixpath.normpath(posixpath.join(folder, re.sub(_FOLDER, ".", name))) for name in named)
    return ["" if one == "." else one for one in joined if not one.startswith(("../", "/", "~")) and "$" not in one]


def _of_settings(source: bytes) -> Iterator[str]:
    settings = parse_json(source) if b"extraPaths" in source else None
    if isinstance(settings, dict):
        for key in _EXTRA_PATHS:
            yield from strings(settings.get(key))


def folders_of_environment(source: bytes) -> list[str]:
    """What the lines of a .env that set PYTHONPATH name."""
    if b"PYTHONPATH" not in source:
        return []
    values = re.findall(_PYTHONPATH, source.decode("utf-8", "replace"), re.MULTILINE)
    named = (re.split("[:;]", value.partition(" #")[0].strip().strip("\"'")) for value in values)
    return [name for names in named for name in names if name]
