"""Ask a package registry what the newest release of each popular distribution installs and requires: releases.txt.

    python hooks/index/collect.py URL           the URL of its simple index in the JSON form (PEP 691, 700)
    python hooks/index/collect.py URL NAME...   of these distributions alone; the other lines stay

Besides the popular ones those of further-distributions.txt. Of a wheel only the list of its files is fetched, from its
end (a `Range` request), its entry points, its `.pth` files and its metadata (PEP 658); a source distribution is fetched
whole, and only its file list and what setuptools wrote into it are read. Nothing is unpacked or run. Some 15,000
distributions take ten minutes.
"""

import io
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPException
from json import loads
from pathlib import Path
from typing import Any, NamedTuple

if __package__ in (None, ""):  # run as a script: its siblings are found as a package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packaging.utils import (
    InvalidWheelFilename,
    canonicalize_name,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from index.entry_points import entry_points
from index.metadata import brought
from index.modules_of_files import File, on_the_path, path_folders, shallowest
from index.registry import RemoteFile, fetched
from index.releases import RELEASES, Release, line_of, read_lines
from index.sources import read_further, read_ranks

_ACCEPT = {"Accept": "application/vnd.pypi.simple.v1+json"}
_AT_ONCE = 12
_LARGEST_SDIST = 20 * 1024**2
_LARGEST_TEXT = 1 << 16  # bytes of a `.pth` file, and of entry points
_WHEEL_DATA = re.compile(r"[^/]+\.data/(?:purelib|platlib)/")
_SOURCE_ROOT = re.compile(r"\A(?:src|python[23])/")  # of a source distribution; crcmod has one for each Python
_SCRIPT = re.compile(r"[^/]+\.data/scripts/[^/]+")
_ENTRY_POINTS = re.compile(r"[^/]+\.dist-info/entry_points\.txt")
_PLATFORMS = {"win": "win32", "manylinux": "linux", "musllinux": "linux", "linux": "linux", "macosx": "darwin"}
_HEAD = """\
# What the newest release of each popular distribution installs, on {date}. Made by collect.py: change nothing by hand.
# name, version, Requires-Python, modules (the shallowest; `?` where they cannot be told), and after each extra, ";"
# between them, what it brings; before "=" nothing: what is always required. Then the `sys_platform` of those that have
# wheels for that one alone. Last the groups of entry points with the names in them; before "=" nothing: the commands;
# `.pth`: a file of that kind runs code.
"""


def main(arguments: list[str], file: Path = RELEASES) -> int:
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    url, *chosen = arguments
    names = [canonicalize_name(name) for name in chosen] or [*read_ranks(), *read_further()]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = list(threads.map(lambda name: _collected(url, name), names))
    collected = {release.name: line_of(release) for release in found if release}
    head, kept = read_lines(file) if chosen else (_HEAD.format(date=f"{datetime.now(UTC):%Y-%m-%d}"), {})
    file.write_text(head + "".join(sorted({**kept, **collected}.values())), encoding="utf-8")
    print(f"{len(collected):,} of {len(names):,} distributions")
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
    listed = loads(fetched(f"{url.rstrip('/')}/{name}/", _ACCEPT))["files"]
    newest = _newest(name, (file for file in listed if not file.get("yanked")))
    if newest is None:
        return None
    version, files = newest
    wheels = sorted((file for file in files if file["filename"].endswith(".whl")), key=_preference)
    file = (wheels or files)[0]
    read = _of_wheel(file) if wheels else _of_sdist(file, name)
    platform = only_platform(file["filename"] for file in files)
    requires = brought(read.metadata, platform=platform)
    requires_python = file.get("requires-python") or ""
    return Release(name, str(version), requires_python, read.modules, requires, platform, read.entry_points)


def _newest(name: str, files: Iterable[dict[str, Any]]) -> tuple[Version, list[dict[str, Any]]] | None:
    """The newest version that is no pre-release, if there is one, and its files."""
    found: dict[Version, list[dict[str, Any]]] = {}
    for file in files:
        version = version_in(file["filename"], name)
        if version is not None:
            found.setdefault(version, []).append(file)
    best = max(found, key=lambda version: (not version.is_prerelease, version), default=None)
    return (best, found[best]) if best else None


def version_in(filename: str, name: str) -> Version | None:
    """The version of a file of the distribution; None where the file's name has another, or no version.

    All after the distribution's name: `dpath-1.2-70.tar.gz` is 1.2.post70, and not 70 of a `dpath-1.2`.
    """
    try:
        if filename.endswith(".whl"):
            called, version, *_ = parse_wheel_filename(filename)
            return version if called == name else None
        stem = filename.removesuffix(".tar.gz").removesuffix(".zip")
        ends = (at for at, letter in enumerate(stem) if letter == "-" and canonicalize_name(stem[:at]) == name)
        at = next(ends, None)
        return None if at is None or stem == filename else Version(stem[at + 1 :])
    except (InvalidWheelFilename, InvalidVersion):
        return None


def _preference(file: dict[str, Any]) -> tuple[bool, bool, str]:
    """A wheel for any platform first, then one for Linux."""
    name = file["filename"]
    return not name.endswith("-any.whl"), "manylinux" not in name, name


def only_platform(filenames: Iterable[str]) -> str:
    """The `sys_platform` for which all files of a release are wheels; "" where there is none such.

    A source distribution is for all: mysqlclient has that, and wheels for Windows alone.
    """
    found = set()
    for name in filenames:
        tags = parse_wheel_filename(name)[3] if name.endswith(".whl") else ()
        found |= {_PLATFORMS.get(re.split(r"[\d_]", tag.platform)[0], "") for tag in tags} or {""}
    return found.pop() if len(found) == 1 else ""


class _Read(NamedTuple):
    """What a file of a release holds."""

    modules: tuple[str, ...] | None
    metadata: str
    entry_points: dict[str, tuple[str, ...]]


def _of_wheel(file: dict[str, Any]) -> _Read:
    with zipfile.ZipFile(RemoteFile(file["url"])) as wheel:
        inner = next(one for one in wheel.namelist() if one.endswith(".dist-info/METADATA"))
        has_metadata = file.get("core-metadata") or file.get("data-dist-info-metadata")
        metadata = fetched(file["url"] + ".metadata") if has_metadata else wheel.read(inner)
        placed = {_WHEEL_DATA.sub("", one.filename): one for one in wheel.infolist()}
        pth_files = _pth_files(wheel, placed)
        said = _small_texts(wheel, [one for path, one in placed.items() if _ENTRY_POINTS.fullmatch(path)])
    scripts = [path.rpartition("/")[2] for path in placed if _SCRIPT.fullmatch(path)]
    files = [File(path, one.file_size) for path, one in placed.items() if ".data/" not in path]
    folders = [folder for text in pth_files for folder in path_folders(text)]
    modules = {*shallowest(files), *on_the_path(files, folders)}
    entries = entry_points("\n".join(said), scripts, pth_files)
    return _Read(tuple(sorted(modules)), metadata.decode("utf-8", "replace"), entries)


def _pth_files(wheel: zipfile.ZipFile, placed: dict[str, zipfile.ZipInfo]) -> list[str]:
    """Its `.pth` files; not those of namespaces (`-nspkg.pth`), whose code only makes them."""
    named = [one for path, one in placed.items() if path.endswith(".pth") and "/" not in path]
    return _small_texts(wheel, [one for one in named if not one.filename.endswith("-nspkg.pth")])


def _small_texts(wheel: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> list[str]:
    return [wheel.read(one).decode("utf-8", "replace") for one in files if one.file_size <= _LARGEST_TEXT]


def _of_sdist(file: dict[str, Any], name: str) -> _Read:
    """Modules as far as setuptools left its list of the top-level ones, else those that the file is called after."""
    if file["filename"].endswith(".zip") or (file.get("size") or 0) > _LARGEST_SDIST:
        return _Read(None, "", {})
    with tarfile.open(fileobj=io.BytesIO(fetched(file["url"]))) as sdist:
        members = {one.name.partition("/")[2]: one for one in sdist.getmembers() if one.isfile()}
        eggs = [path for path in members if path.endswith(".egg-info/top_level.txt")]
        tops = {top for path in eggs for top in _text(sdist, members[path]).split()}
        metadata = _text(sdist, members["PKG-INFO"]) if "PKG-INFO" in members else ""
        listing = [one for path, one in members.items() if path.endswith(".egg-info/entry_points.txt")]
        entries = entry_points("\n".join(_text(sdist, one) for one in listing if one.size <= _LARGEST_TEXT))
    listed = shallowest(File(_SOURCE_ROOT.sub("", path), one.size) for path, one in members.items())
    found = {one for one in listed if (one.partition(".")[0] in tops if tops else _is_called_after(one, name))}
    found |= {top for top in tops if top.isidentifier() and not any(f"{one}.".startswith(f"{top}.") for one in found)}
    return _Read(tuple(sorted(found)) if found else None, metadata, entries)


def _is_called_after(module: str, name: str) -> bool:
    one, other = module.replace("_", "").lower(), name.replace("-", "")
    return one in other or other in one


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    return file.read().decode("utf-8", "replace") if file else ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
