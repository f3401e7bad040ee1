"""A package registry in, releases.txt out: what the newest release of each popular distribution installs and requires.

    python hooks/index/collect.py URL     the URL of its simple index in the JSON form (PEP 691, 700)

Of a wheel only the list of its files is fetched, from its end (a `Range` request), and its metadata (PEP 658); a source
distribution is fetched whole, and only its file list and what setuptools wrote into it are read. Nothing is unpacked
or run. Some 15,000 distributions take ten minutes.
"""

import io
import re
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.message import Message
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from json import loads
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

if __package__ in (None, ""):  # run as a script: its siblings are found as a package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from index.metadata import brought
from index.releases import RELEASES, Release, line_of
from index.sources import read_ranks

_ACCEPT = {"Accept": "application/vnd.pypi.simple.v1+json"}
_AGENT = {"User-Agent": "import-customs index builder"}
_AT_ONCE = 12
_TRIES = 5
_SECONDS = 60
_END = 1 << 16  # bytes of a wheel's end that are fetched first; its list of files is mostly within
_LARGEST_SDIST = 20 * 1024**2
_kept = threading.local()  # the open connections
_MODULE = re.compile(r"(.*/)?([^/.]+)(?:\.py|(?:\.(?:cpython-|abi3|cp\d)[^/]*)?\.(?:so|pyd))")
_WHEEL_DATA = re.compile(r"[^/]+\.data/(?:purelib|platlib)/")
_NAMESPACE_INIT = 1_000  # bytes: an `__init__.py` as long at most, with no module beside it, may be a namespace's
_MOST_PARTS = 20  # modules below one open folder; of more the folder alone is said
_HEAD = """\
# What the newest release of each popular distribution installs, on {date}. Made by collect.py: change nothing by hand.
# name, version, Requires-Python, modules (the shallowest; `?` where they cannot be told), and after each extra, ";"
# between them, what it brings; before "=" nothing: what is always required, of those without modules.
"""


class File(NamedTuple):
    """One file of a distribution: its path from where modules are imported, and its size."""

    path: str
    size: int


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    names = list(read_ranks())
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = list(threads.map(lambda name: _collected(arguments[0], name), names))
    lines = sorted(line_of(release) for release in found if release)
    RELEASES.write_text(_HEAD.format(date=f"{datetime.now(UTC):%Y-%m-%d}") + "".join(lines), encoding="utf-8")
    print(f"{len(lines):,} of {len(names):,} distributions")
    return 0


def _collected(url: str, name: str) -> Release | None:
    try:
        return collect(url, name)
    except (OSError, HTTPException, ValueError, zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None


def collect(url: str, name: str) -> Release | None:
    """What the registry at `url` has as the newest release; None where it has no file of one.

    Raises OSError where it cannot be fetched, ValueError and the errors of zipfile and tarfile where it cannot be read.
    """
    listed = loads(_fetched(f"{url.rstrip('/')}/{name}/", _ACCEPT))["files"]
    newest = _newest(file for file in listed if not file.get("yanked"))
    if newest is None:
        return None
    version, files = newest
    wheels = sorted((file for file in files if file["filename"].endswith(".whl")), key=_preference)
    file = (wheels or files)[0]
    modules, metadata = _of_wheel(file) if wheels else _of_sdist(file)
    requires = brought(metadata, of_all=not modules and modules is not None)
    return Release(name, str(version), file.get("requires-python") or "", modules, requires)


def _newest(files: Iterable[dict[str, Any]]) -> tuple[Version, list[dict[str, Any]]] | None:
    """The newest version that is no pre-release, if there is one, and its files."""
    found: dict[Version, list[dict[str, Any]]] = {}
    for file in files:
        name = file["filename"]
        try:
            version = parse_wheel_filename(name)[1] if name.endswith(".whl") else parse_sdist_filename(name)[1]
        except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
            continue
        found.setdefault(version, []).append(file)
    best = max(found, key=lambda version: (not version.is_prerelease, version), default=None)
    return (best, found[best]) if best else None


def _preference(file: dict[str, Any]) -> tuple[bool, bool, str]:
    """A wheel for any platform first, then one for Linux."""
    name = file["filename"]
    return not name.endswith("-any.whl"), "manylinux" not in name, name


def _of_wheel(file: dict[str, Any]) -> tuple[tuple[str, ...] | None, str]:
    with zipfile.ZipFile(_Remote(file["url"])) as wheel:
        listed = [File(_WHEEL_DATA.sub("", one.filename), one.file_size) for one in wheel.infolist()]
        inner = next(one.path for one in listed if one.path.endswith(".dist-info/METADATA"))
        has_metadata = file.get("core-metadata") or file.get("data-dist-info-metadata")
        metadata = _fetched(file["url"] + ".metadata") if has_metadata else wheel.read(inner)
    return shallowest(one for one in listed if ".data/" not in one.path), metadata.decode("utf-8", "replace")


def _of_sdist(file: dict[str, Any]) -> tuple[tuple[str, ...] | None, str]:
    """Modules as far as setuptools left its list of the top-level ones, else those that the file is called after."""
    if file["filename"].endswith(".zip") or (file.get("size") or 0) > _LARGEST_SDIST:
        return None, ""
    with tarfile.open(fileobj=io.BytesIO(_fetched(file["url"]))) as sdist:
        members = {one.name.partition("/")[2]: one for one in sdist.getmembers() if one.isfile()}
        eggs = [path for path in members if path.endswith(".egg-info/top_level.txt")]
        tops = {top for path in eggs for top in _text(sdist, members[path]).split()}
        metadata = _text(sdist, members["PKG-INFO"]) if "PKG-INFO" in members else ""
    listed = shallowest(File(path.removeprefix("src/"), one.size) for path, one in members.items())
    name = parse_sdist_filename(file["filename"])[0]
    found = {one for one in listed if (one.partition(".")[0] in tops if tops else _is_called_after(one, name))}
    found |= {top for top in tops if top.isidentifier() and not any(f"{one}.".startswith(f"{top}.") for one in found)}
    return (tuple(sorted(found)) if found else None), metadata


def _is_called_after(module: str, name: str) -> bool:
    one, other = module.replace("_", "").lower(), name.replace("-", "")
    return one in other or other in one


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    return file.read().decode("utf-8", "replace") if file else ""


def shallowest(files: Iterable[File]) -> tuple[str, ...]:
    """The dotted modules of the files that stand in no other; below what may be a namespace the parts that are held."""
    sizes = {name: file.size for file in files if (name := _named(file.path))}
    inits = {name.removesuffix("/__init__"): size for name, size in sizes.items() if name.endswith("/__init__")}
    modules = sizes.keys() - {f"{folder}/__init__" for folder in inits}
    beside = {name.rpartition("/")[0] for name in modules}
    packages = {folder for folder, size in inits.items() if size > _NAMESPACE_INIT or folder in beside}
    above = {folder for name in (*modules, *inits) for folder in _above(name)}
    held = {*modules, *packages, *(inits.keys() - above)}
    found = {next((folder for folder in _above(name) if folder in packages), name) for name in held}
    return tuple(sorted(_collapsed({name.replace("/", ".") for name in found if _is_dotted(name)})))


def _named(path: str) -> str:
    """The module that a file is, with slashes; "" for one that is none, such as a library that is linked to."""
    found = _MODULE.fullmatch(path)
    return (
        "" if found is None or (path.endswith(".so") and found[2].startswith("lib")) else f"{found[1] or ''}{found[2]}"
    )


def _above(path: str) -> list[str]:
    """The folders that hold it, outermost first."""
    return [path[:at] for at, letter in enumerate(path) if letter == "/"]


def _is_dotted(path: str) -> bool:
    return all(part.isidentifier() for part in path.split("/"))


def _collapsed(modules: set[str]) -> set[str]:
    """Without those in others, and with the folder itself in place of many parts."""
    outer = {one for one in modules if not any(one[:at] in modules for at in _dots(one))}
    many: dict[str, int] = {}
    for one in outer:
        for at in _dots(one):
            many[one[:at]] = many.get(one[:at], 0) + 1
    folders = [folder for folder, count in many.items() if count > _MOST_PARTS]
    return {min((folder for folder in folders if one.startswith(f"{folder}.")), key=len, default=one) for one in outer}


def _dots(name: str) -> list[int]:
    return [at for at, letter in enumerate(name) if letter == "."]


class _Remote(io.RawIOBase):
    """The end of a file on the registry, as much of it as is read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._end, self._size = _tail(url)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        start = self._size - len(self._end)
        if self._at < start:
            self._end = _fetched(self._url, {"Range": f"bytes={self._at}-{self._size - 1}"})
            start = self._size - len(self._end)
        stop = self._size if size < 0 else min(self._at + size, self._size)
        found = self._end[self._at - start : stop - start]
        self._at = stop
        return found


def _tail(url: str) -> tuple[bytes, int]:
    """The end of a file, or all of it, and its size."""
    content, headers = _answer(url, {"Range": f"bytes=-{_END}"})
    said = headers.get("Content-Range", "")
    return content, int(said.rpartition("/")[2]) if said else len(content)


def _fetched(url: str, headers: dict[str, str] | None = None) -> bytes:
    return _answer(url, headers or {})[0]


def _answer(url: str, headers: dict[str, str]) -> tuple[bytes, Message]:
    """Over a connection that stays open, one a thread and host: to open it takes longer than all else."""
    where = urlsplit(url)
    for attempt in range(1, _TRIES + 1):
        connection = _connection(where.scheme, where.netloc)
        try:
            connection.request("GET", where.path, headers={**_AGENT, **headers})
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            connection.close()
            if attempt == _TRIES:
                raise
        else:
            if answer.status < HTTPStatus.BAD_REQUEST:
                return content, answer.headers
            if answer.status < HTTPStatus.TOO_MANY_REQUESTS or attempt == _TRIES:
                raise OSError(f"{url}: {answer.status} {answer.reason}")
        time.sleep(attempt)
    raise AssertionError


def _connection(scheme: str, host: str) -> HTTPConnection:
    opened: dict[str, HTTPConnection] = _kept.__dict__.setdefault("opened", {})
    if host not in opened:
        kind = HTTPSConnection if scheme == "https" else HTTPConnection
        opened[host] = kind(host, timeout=_SECONDS)
    return opened[host]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
