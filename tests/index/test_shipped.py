"""The shipped files are what the builder makes of its sources, and hold what their readers rely on."""

import hashlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from import_customs.providers import index_lines
from index import build
from index.sources import SourceMissingError, pigar_database

BUILD = Path(build.__file__)
FOLDER = Path(index_lines.FOLDER)


SEEN = "shipped/made-of"  # in pytest's cache: what the index was last made of, and found to be the same


def test_shipped_index_is_what_the_builder_makes(request):
    """It takes 20 s: it is built again once anything of it has changed, and always in a fresh checkout."""
    seen = made_of()
    if request.config.cache.get(SEEN, None) == seen:
        return
    assert build.differences(build.build()) == []
    request.config.cache.set(SEEN, seen)


def made_of() -> str:
    """A digest of the builder, its sources, the shipped files, and what they are built with."""
    try:
        pigar_database()
    except SourceMissingError as error:
        pytest.fail(f"{error}\nThis test builds the index again; nox installs what it needs.", pytrace=False)
    digest = hashlib.sha256(repr((sys.version, version("pigar"), version("packaging"))).encode())
    for path in sorted(path for folder in (BUILD.parent, FOLDER) for path in folder.iterdir() if path.is_file()):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def test_a_difference_is_said(tmp_path):
    shipped = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    for name, data in shipped.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "modules.txt").write_bytes(shipped["modules.txt"] + b"zzz\tno-such\n")
    (tmp_path / "left-over.txt").touch()
    (tmp_path / "names.bin").unlink()
    assert build.differences(shipped, tmp_path) == ["left-over.txt", "modules.txt", "names.bin"]


def test_script_says_what_to_install_where_pigar_is_missing(tmp_path):
    script = f"import sys; sys.modules['pigar'] = None; sys.path.insert(0, {str(BUILD.parents[1])!r})\n"
    script += "from index.build import main; raise SystemExit(main(['--check']))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert "python -m pip install pigar==2.2.0" in run.stderr


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "name", ["modules.txt", "distributions.txt", "members.txt", "umbrellas.txt", "extras.txt", "entry-points.txt"]
)
def test_keys_are_sorted_by_bytes_and_stand_once(name):
    keys = [row[0].encode() for row in rows(name)]
    assert keys == sorted(set(keys))
    assert b"" not in keys


@pytest.mark.parametrize("name", ["distributions.txt", "members.txt", "umbrellas.txt", "entry-points.txt"])
def test_distributions_are_normalized(name):
    assert [row[0] for row in rows(name) if canonicalize_name(row[0]) != row[0]] == []


def test_what_other_uses_than_imports_take():
    """With all distributions collected some 110 kB of ranks and 250 kB of entry points."""
    assert sum((FOLDER / name).stat().st_size for name in ("entry-points.txt", "requires.bin")) <= 400_000


def test_providers_are_normalized_and_stand_once():
    wrong = []
    for module, value in (row for row in rows("modules.txt") if len(row) == 2):
        names = [word for word in value.split(" ") if word[0] not in "*+="]
        if len(set(names)) != len(names) or any(canonicalize_name(name) != name for name in names):
            wrong.append(module)
    assert wrong == []


def test_modules_can_be_imported():
    assert [row[0] for row in rows("modules.txt") if not all(map(str.isidentifier, row[0].split(".")))] == []


def test_ranks_are_each_there_once():
    ranks = sorted(int(row[1]) for row in rows("distributions.txt"))
    assert ranks == list(range(1, 14_986))


def test_no_line_is_long():
    """A long line slows every look-up that passes it on its way."""
    longest = max((FOLDER / "modules.txt").read_text(encoding="utf-8").splitlines(), key=len)
    assert len(longest) < 8_000, longest[:80]


def test_size_stays_within_the_budget():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 7_700_000
