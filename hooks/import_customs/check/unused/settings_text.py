"""Tell which parts of a settings file speak of declarations and imports alone: what stands there is no use."""

import re
from collections.abc import Mapping
from functools import lru_cache

from import_customs.check.unused.texts import Text
from import_customs.model.later import pattern

_HEADER = pattern(r"^[ \t]*\[{1,2}([^\[\]\n]+)\]{1,2}[ \t]*$", re.MULTILINE)
# Tables that declare, or that say of modules how a checker or formatter takes them.
_ASIDE = pattern(
    r"project|project\.optional-dependencies.*|dependency-groups|build-system|tool\.uv(?:\.sources.*)?"
    r"|tool\.poetry|tool\.poetry\.(?:.*dependencies|extras)|tool\.pdm\.dev-dependencies|tool\.mypy\.overrides|tool\.isort.*"
    r"|tool\.ruff\.lint\.isort.*|tool\.(?:deptry|creosote|fawltydeps|import-customs|pyright|basedpyright|ty|pyrefly).*"
    r"|tool\.pixi\..*dependencies|mypy-.*|isort|metadata|options(?:\.extras_require)?|project\.urls|project\.classifiers"
)
# A command that installs: what it names is declared by it, not used.
_INSTALLING = pattern(
    r"\b(?:pip[\d.]*|uv|poetry|pdm|apt|apt-get|apk|dnf|yum|brew|conda|mamba|npm|yarn|pipx|gem|cargo)\s+(?:[\w-]+\s+)?"
    r"(?:install|add|uninstall|remove)\b[^\n&|;]*"
)


@lru_cache(maxsize=256)  # each declaration asks for the same files
def read_for_uses(text: Text, skipped_lines: frozenset[int]) -> str:
    """The text without those parts, which are blank, so that places stay what they were.

    `skipped_lines` are the lines, from 1, of declarations.
    """
    code = _INSTALLING.sub(_blank, text.code)
    if text.path.endswith((".toml", ".cfg", ".ini")):
        code = _without_aside(code)
    if not skipped_lines:
        return code
    lines = code.split("\n")
    for line in skipped_lines:
        if line <= len(lines):
            lines[line - 1] = " " * len(lines[line - 1])
    return "\n".join(lines)


@lru_cache(maxsize=256)
def tables_of(text: Text) -> Mapping[str, int]:
    """The tools that its tables are of, `NAME` of `[tool.NAME.x]` and `[NAME:x]`, each with the place of the first.

    A `_` of a name is given as `-`.
    """
    found: dict[str, int] = {}
    for header in _HEADER.finditer(text.code):
        name = re.split("[.:]", re.sub("^tool[.:]", "", header[1].strip()))[0]
        found.setdefault(name.strip(" \"'").replace("_", "-"), header.start(1))
    return found


def _without_aside(code: str) -> str:
    headers = list(_HEADER.finditer(code))
    ends = [*(one.start() for one in headers), len(code)]
    parts = [code[: ends[0]]]
    for header, end in zip(headers, ends[1:], strict=True):
        body = code[header.end() : end]
        parts += [header[0], re.sub(r"[^\n]", " ", body) if _ASIDE.fullmatch(header[1].strip()) else body]
    return "".join(parts)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
