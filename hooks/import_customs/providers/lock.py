"""Read what a lock file says of distributions. Source of each format: its tool, and PEP 751 for pylock.toml.

Parsing all of 8.7 MB takes 3.7 s, so only the blocks of the distributions that are asked for are parsed, without their
lists of files. Tools write one block for each `[[package]]`; a file of another layout is parsed as a whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from import_customs.model import usual_toml
from import_customs.model.later import pattern
from import_customs.model.requirement import Name, leading, normalized, parse
from import_customs.model.toml import is_deep
from import_customs.model.value import NamedTuple
from import_customs.providers.requirement_graph import Need, Package, merged_packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

_LIMIT_BYTES = 64 * 1024 * 1024
# Only at the start of a line, which `_blocks` checks: with `^` the pattern takes 6 ms for 1.3 MB instead of 0.4.
_HEADER = pattern(r"\[\[(?:package|packages)\]\][ \t]*$", re.MULTILINE)
_NAME = pattern(r"^name[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_FILES = pattern(r"^(?:wheels|files)[ \t]*=[ \t]*\[\n(?:[ \t].*\n|\n)*?\]\n", re.MULTILINE)


class LockError(Exception):
    """A lock file that cannot be read; the message says why."""


class Lock(NamedTuple):
    """One lock file. `package` gives what it says of a distribution, None if it does not have it."""

    path: str  # from the repository's root
    names: frozenset[Name]
    package: Callable[[Name], Package | None]


class _Format(NamedTuple):
    file: re.Pattern[str]  # of the file's name
    version: re.Pattern[str]  # of the line with the format's version
    known: tuple[str, ...]  # the major versions that are understood
    read_package: Callable[[dict[str, Any]], Package]


def lock_files(names: Iterable[str]) -> list[str]:
    """The lock files of known formats among the names of a folder's files, in the order to try them."""
    found = []
    for name in (one for one in names if one.endswith((".lock", ".toml"))):
        rank = next((number for number, form in enumerate(_FORMATS) if form.file.fullmatch(name)), None)
        if rank is not None or name == _PIPFILE:
            found.append((len(_FORMATS) if rank is None else rank, name))
    return [name for _, name in sorted(found)]


@lru_cache(maxsize=2)  # the same before a change and after it
def read_lock(source: bytes, path: str) -> Lock:
    """The lock file. Raises LockError if its version is not known, or it cannot be read."""
    name = path.rpartition("/")[2]
    if len(source) > _LIMIT_BYTES:
        raise LockError("is too large to be read")
    try:
        text = source.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise LockError("is not UTF-8") from None
    if name == _PIPFILE:
        return _pipfile(text, path)
    form = next(form for form in _FORMATS if form.file.fullmatch(name))
    _check_version(form, text)
    blocks = _blocks(text)
    kept: dict[Name, Package | None] = {}

    def package(wanted: Name) -> Package | None:
        if wanted not in kept:
            found = [form.read_package(table) for block in blocks.get(wanted, ()) for table in _tables(block)]
            kept[wanted] = merged_packages(found) if found else None
        return kept[wanted]

    return Lock(path, frozenset(blocks), package)


def _check_version(form: _Format, text: str) -> None:
    version = form.version.search(text)
    if version is None:
        raise LockError("does not say the version of its format")
    if version[1].partition(".")[0] not in form.known:
        raise LockError(f"is of version {version[1]} of its format, which is not known here")


def _blocks(text: str) -> dict[Name, list[str]]:
    """The text of each distribution's blocks. Raises LockError if a text that has to be parsed whole is not TOML."""
    if '"""' in text or "'''" in text:  # a line of such a string may look like a header
        return _parsed_whole(text)
    starts = [
        found.start() for found in _HEADER.finditer(text) if text.endswith("\n", 0, found.start()) or not found.start()
    ]
    found: dict[Name, list[str]] = {}
    for start, end in pairwise([*starts, len(text)]):
        inner = text.find("\n[", start, end)  # of a sub-table, which has a name of its own
        named = _NAME.search(text, start, inner if inner > 0 else end)
        if named is None:
            return _parsed_whole(text)
        found.setdefault(normalized(named[1]), []).append(text[start:end])
    return found


def _parsed_whole(text: str) -> dict[Name, list[str]]:
    """As `_blocks`, with each block written as JSON, which `_tables` reads too."""
    from json import dumps  # 8 ms; no tool writes such a file

    found: dict[Name, list[str]] = {}
    for table in _packages(_toml(text)):
        if isinstance(table.get("name"), str):
            found.setdefault(normalized(table["name"]), []).append(dumps(table, default=str))
    return found


def _tables(block: str) -> list[dict[str, Any]]:
    if block.startswith("{"):
        from json import loads  # 8 ms

        return [loads(block)]
    try:
        return _packages(_toml(_FILES.sub("", block)))[:1]
    except LockError:
        return []


def _toml(text: str) -> dict[str, Any]:
    if is_deep(text):
        raise LockError("is too deep to be read as TOML")
    if (table := usual_toml.read(text)) is not None:
        return table
    import tomllib  # 16 ms; the blocks that tools write are of the usual form

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise LockError(f"is no valid TOML ({error})") from None


def _packages(table: dict[str, Any]) -> list[dict[str, Any]]:
    listed = table.get("package", table.get("packages", []))
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _uv(table: dict[str, Any]) -> Package:
    groups = _mapping(table.get("optional-dependencies"))
    return _package(
        table,
        _needs_of_tables(table.get("dependencies")),
        {extra: _needs_of_tables(listed) for extra, listed in groups.items()},
    )


def _needs_of_tables(listed: object) -> Iterator[Need]:
    """Needs such as `{ name = "uvicorn", extra = ["standard"] }`. Sources: uv.lock, pylock.toml."""
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            yield Need(normalized(entry["name"]), _extras(entry.get("extra", entry.get("extras"))))


def _poetry(table: dict[str, Any]) -> Package:
    """An optional dependency belongs to an extra. Source: poetry.lock, `[package.dependencies]`, `[package.extras]`."""
    stated = _mapping(table.get("dependencies"))
    needs = [_poetry_need(name, value) for name, value in stated.items() if not _is_optional(value)]
    inner = {normalized(name): _poetry_need(name, value).extras for name, value in stated.items()}
    extras = {
        extra: [Need(one.name, one.extras or inner.get(one.name, ())) for one in _needs_of_texts(listed)]
        for extra, listed in _mapping(table.get("extras")).items()
    }
    return _package(table, needs, extras)


def _poetry_need(name: str, value: object) -> Need:
    first = value[0] if isinstance(value, list) and value else value
    return Need(normalized(name), _extras(first.get("extras")) if isinstance(first, dict) else ())


def _is_optional(value: object) -> bool:
    entries = value if isinstance(value, list) else [value]
    return all(isinstance(entry, dict) and entry.get("optional") is True for entry in entries)


def _pdm(table: dict[str, Any]) -> Package:
    """A distribution with extras has a block of its own, which also requires the one without. Source: pdm.lock."""
    extras, needs = _extras(table.get("extras")), list(_needs_of_texts(table.get("dependencies")))
    if not extras:
        return _package(table, needs, {})
    more = [need for need in needs if need.name != normalized(str(table["name"]))]
    return _package(table, [], dict.fromkeys(extras, more))


def _needs_of_texts(listed: object) -> Iterator[Need]:
    for text in listed if isinstance(listed, list) else []:
        if not isinstance(text, str):
            continue
        if found := parse(text) or leading(text):
            yield Need(found.name, found.extras)


def _pipfile(text: str, path: str) -> Lock:
    """Versions alone: the file does not say what distributions require. Source: Pipfile.lock, `pipfile-spec` 6."""
    from json import loads  # 8 ms; only a Pipfile.lock is JSON

    try:
        table = loads(text)
        version = table["_meta"]["pipfile-spec"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise LockError("is no Pipfile.lock") from None
    if version != 6:
        raise LockError(f"is of version {version} of its format, which is not known here")
    found: dict[Name, Package] = {}
    for group, listed in table.items():
        for name, entry in _mapping(listed).items() if group != "_meta" else ():
            version = str(_mapping(entry).get("version", "")).removeprefix("==")
            found[normalized(name)] = Package(normalized(name), version, (), {})
    return Lock(path, frozenset(found), found.get)


def _package(table: dict[str, Any], needs: Iterable[Need], extras: Mapping[str, Iterable[Need]]) -> Package:
    version = table.get("version")
    return Package(
        normalized(str(table.get("name"))),
        version if isinstance(version, str) else "",
        tuple(needs),
        {normalized(extra): tuple(listed) for extra, listed in extras.items()},
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _extras(listed: object) -> tuple[Name, ...]:
    return tuple(normalized(one) for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()


def _format(file: str, version: str, known: str, read_package: Callable[[dict[str, Any]], Package]) -> _Format:
    return _Format(pattern(file), pattern(version, re.MULTILINE), tuple(known.split()), read_package)


_PIPFILE = "Pipfile.lock"
_FORMATS = (
    _format(r"uv\.lock", r"\A(?:#.*\n|\s)*version[ \t]*=[ \t]*(\d+)", "1", _uv),
    _format(r"poetry\.lock", r'^lock-version[ \t]*=[ \t]*"([\d.]+)"', "1 2", _poetry),
    _format(r"pdm\.lock", r'^lock_version[ \t]*=[ \t]*"([\d.]+)"', "4", _pdm),
    _format(r"pylock(?:\.[^.]+)?\.toml", r'^lock-version[ \t]*=[ \t]*"([\d.]+)"', "1", _uv),
)
