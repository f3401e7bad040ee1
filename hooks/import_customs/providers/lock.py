"""Read what a lock file says of distributions. Source of each format: its tool, and PEP 751 for pylock.toml.

Parsing all of 8.7 MB takes 3.7 s, so only the blocks of the distributions that are asked for are parsed
(`lock_blocks`).
"""

from __future__ import annotations

from functools import partial
from io import BytesIO

from import_customs.model.later import pattern
from import_customs.model.requirement import Name, leading, normalized, parse
from import_customs.model.value import NamedTuple
from import_customs.providers.large_lock import large_lock
from import_customs.providers.lock_blocks import Blocks, LockError, tables
from import_customs.providers.requirement_graph import Need, Package, merged_packages
from import_customs.providers.uv_block import read_uv_block

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import IO, Any

_last_read: dict[str, tuple[bytes, Lock]] = {}  # by path: a lock file is often the same before a change and after it


class Lock(NamedTuple):
    """One lock file. `package` gives what it says of a distribution, None if it does not have it."""

    path: str  # from the repository's root
    names: Callable[[], frozenset[Name]]
    package: Callable[[Name], Package | None]


class _Format(NamedTuple):
    file: str  # its name, without a part of its own: `pylock.dev.toml`
    usual: bytes  # as it mostly begins; b"" where that says no version
    begins: str  # the line with the format's version
    version: re.Pattern[str]  # of that line
    known: tuple[str, ...]  # the major versions that are understood
    read_package: Callable[[dict[str, Any]], Package]


def lock_files(names: Iterable[str]) -> list[str]:
    """The lock files of known formats among the names of a folder's files, in the order to try them."""
    found = []
    for name in (one for one in names if one.endswith((".lock", ".toml"))):
        called = _called(name)
        rank = next((number for number, form in enumerate(_FORMATS) if form.file == called), None)
        if rank is not None or name == _PIPFILE:
            found.append((len(_FORMATS) if rank is None else rank, name))
    return [name for _, name in sorted(found)]


def read_lock(source: bytes, path: str) -> Lock:
    """The lock file. Raises LockError if its version is not known, or it cannot be read."""
    before, kept = _last_read.get(path, (b"", None))
    if kept and source == before:
        return kept
    name = path.rpartition("/")[2]
    if not source.isascii():
        try:
            source.decode()
        except UnicodeDecodeError:
            raise LockError("is not UTF-8") from None
    read = source.replace(b"\r\n", b"\n") if b"\r" in source else source
    if name == _PIPFILE:
        return _pipfile(read.decode(), path)
    form = next(form for form in _FORMATS if form.file == _called(name))
    _check_version(form, read)
    lock = _by_blocks(form, Blocks(read, large_lock(path, partial(BytesIO, read))), path)
    _last_read[path] = source, lock
    return lock


def partly_read(path: str, opened: Callable[[], IO[bytes] | None], whole: Callable[[], Lock | None]) -> Lock | None:
    """A large uv.lock that is read whole only for a distribution that it has; None for another file."""
    if (searched := large_lock(path, opened)) is None:
        return None
    read: Lock | None = None

    def all_of_it() -> Lock:
        nonlocal read
        read = read or whole() or Lock(path, frozenset, lambda _: None)
        return read

    def package(name: Name) -> Package | None:
        if read is None and searched.lacks(name):
            return None
        return all_of_it().package(name)

    return Lock(path, lambda: all_of_it().names(), package)


def _called(name: str) -> str:
    """The name without the part of its own that PEP 751 allows: `pylock.dev.toml`."""
    first, *own, last = (name if "." in name else f"{name}.").split(".")
    return "pylock.toml" if first == "pylock" and last == "toml" and len(own) == 1 and own[0] else name


def _by_blocks(form: _Format, blocks: Blocks, path: str) -> Lock:
    kept: dict[Name, Package | None] = {}

    def package(name: Name) -> Package | None:
        if name not in kept:
            found = [package for block in blocks.of(name) for package in _packages(form, block)]
            kept[name] = merged_packages(found) if found else None
        return kept[name]

    return Lock(path, blocks.names, package)


def _packages(form: _Format, block: bytes) -> list[Package]:
    """The distribution of a block; none if it is not TOML."""
    if form.read_package is _uv and (package := read_uv_block(block)):
        return [package]
    return [form.read_package(table) for table in tables(block)]


def _check_version(form: _Format, source: bytes) -> None:
    if form.usual and source.startswith(form.usual):
        return
    line = source.rfind(b"\n", 0, max(0, source.find(form.begins.encode()))) + 1
    version = form.version.search(source[line:].decode())
    if version is None:
        raise LockError("does not say the version of its format")
    if version[1].partition(".")[0] not in form.known:
        raise LockError(f"is of version {version[1]} of its format, which is not known here")


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
    return Lock(path, lambda: frozenset(found), found.get)


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


def _format(
    file: str,
    begins: str,
    version: str,
    known: str,
    read_package: Callable[[dict[str, Any]], Package],
    usual: str = "",
) -> _Format:
    return _Format(file, usual.encode(), begins, pattern(f"(?m){version}"), tuple(known.split()), read_package)


_PIPFILE = "Pipfile.lock"
_FORMATS = (
    _format("uv.lock", "", r"\A(?:#.*\n|\s)*version[ \t]*=[ \t]*(\d+)", "1", _uv, usual="version = 1\n"),
    _format("poetry.lock", "lock-version", r'^lock-version[ \t]*=[ \t]*"([\d.]+)"', "1 2", _poetry),
    _format("pdm.lock", "lock_version", r'^lock_version[ \t]*=[ \t]*"([\d.]+)"', "4", _pdm),
    _format("pylock.toml", "lock-version", r'^lock-version[ \t]*=[ \t]*"([\d.]+)"', "1", _uv),
)
