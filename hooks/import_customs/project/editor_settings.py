"""Find the folders that an editor's settings, and the environment that Python is given, name for own modules.

Only settings that git tracks count, which the caller has to see to. What a .env holds is a secret: nothing of it may be
printed, the folders neither. Sources: Visual Studio Code's documentation, "Python settings reference" (extraPaths) and
"Environment variable definitions file"; direnv's, ".envrc"; Docker's, "Dockerfile reference" (ENV), "Compose file
reference" (environment); tox's, "Configuration" (set_env).
"""

from collections.abc import Iterator

from import_customs.model import Tree
from import_customs.model.later import re
from import_customs.model.toml import strings
from import_customs.project.dialects.dialect import joined
from import_customs.project.tool_settings import parse_json, read_small

_SETTINGS = ".vscode/settings.json"
_COMPOSE = tuple(f"{name}.{end}" for name in ("compose", "docker-compose") for end in ("yml", "yaml"))
EDITOR_FILES = (_SETTINGS, ".env", ".envrc", "Dockerfile", "tox.ini", *_COMPOSE)
_EXTRA_PATHS = ("python.analysis.extraPaths", "python.autoComplete.extraPaths")
_SETTING = r"(?:(?:export|ENV|-|set_?env[ \t]*+=)[ \t]*+)?"
_PYTHONPATH = rf"""^[ \t]*+{_SETTING}["']?PYTHONPATH\b(?:[ \t]*+[=:]|[ \t])[ \t]*+([^\r\n]*+)"""
_MOST_WORKDIRS = 20
_WORKDIR = r"^WORKDIR[ \t]++(/[\w./-]++)"
# The folder that the settings are for.
_FOLDER = r"\$\{(?:workspaceFolder|workspaceRoot|PWD)\}|\$PWD\b|\{(?:toxinidir|tox_root)\}"


def editor_roots(tree: Tree, folder: str, path: str) -> list[str]:
    """The folders of the repository that the settings at `path`, which are those of `folder`, put on sys.path."""
    source = read_small(tree, path)
    named = _of_settings(source) if path.endswith(_SETTINGS) else folders_of_environment(source)
    paths = (joined(folder, re.sub(_FOLDER, ".", name)) for name in named)
    return [one for one in paths if not one.startswith(("../", "/", "~")) and "$" not in one]


def _of_settings(source: bytes) -> Iterator[str]:
    settings = parse_json(source) if b"extraPaths" in source else None
    if isinstance(settings, dict):
        for key in _EXTRA_PATHS:
            yield from strings(settings.get(key))


def folders_of_environment(source: bytes) -> list[str]:
    """What the lines that set PYTHONPATH name."""
    if b"PYTHONPATH" not in source:
        return []
    text = source.decode("utf-8", "replace")
    values = re.findall(_PYTHONPATH, text, re.MULTILINE)
    named = (re.split("[:;]", value.partition(" #")[0].rstrip(" \t\\").strip("\"'")) for value in values)
    found = [name for names in named for name in names if name]
    for folder in re.findall(_WORKDIR, text, re.MULTILINE)[:_MOST_WORKDIRS]:  # the repository is copied into it
        found = [name.removeprefix(f"{folder.rstrip('/')}/") for name in found]
    return found
