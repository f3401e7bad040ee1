"""Bisecting in place finds exactly what a plain dict of the same lines finds; a damaged file is said."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_customs.providers import IndexDamagedError, index_lines
from import_customs.providers.index_lines import SortedLines, mapped, start_of, stated_files, verify_used

WORDS = st.text(st.sampled_from("ab.-_é"), min_size=1, max_size=4)
TABLES = st.dictionaries(WORDS, st.text(st.sampled_from("xy "), max_size=30), max_size=30)


@given(TABLES, WORDS)
def test_start_of_is_a_lower_bound(table, key):
    rows = sorted((k.encode(), v.encode()) for k, v in table.items())
    data = b"".join(b"%s\t%s\n" % row if row[1] else b"%s\n" % row[0] for row in rows)
    steps = {}
    for sought in [*table, key]:
        start = start_of(sought.encode(), data, set(), steps)
        before = [row for row in rows if row[0] < sought.encode()]
        assert start == sum(len(k) + len(v) + (2 if v else 1) for k, v in before)


def table_of(name: str) -> dict[str, str]:
    text = (Path(index_lines.FOLDER) / name).read_bytes().decode()
    return {line.partition("\t")[0]: line.partition("\t")[2] for line in text.splitlines()}


SHIPPED = {name: table_of(name) for name in ("modules.txt", "distributions.txt", "members.txt", "umbrellas.txt")}


@st.composite
def near_keys(draw):
    name = draw(st.sampled_from(sorted(SHIPPED)))
    key = draw(st.sampled_from(sorted(SHIPPED[name])))
    near = st.sampled_from([key, key[:-1], key + "a", key + "\t", key + ".", key.upper(), "\t" + key, key[1:]])
    return name, draw(near | WORDS)


@given(near_keys())
def test_value_is_the_plain_dict_s(case):
    name, key = case
    assert SortedLines(name).value(key) == SHIPPED[name].get(key)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_key_is_found(name):
    file = SortedLines(name)
    table = SHIPPED[name]
    sample = [*list(table)[:50], *list(table)[:: max(1, len(table) // 500)], *list(table)[-50:]]
    assert {key: file.value(key) for key in sample} == {key: table[key] for key in sample}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_items_are_all(name):
    assert dict(SortedLines(name).items()) == SHIPPED[name]
    assert SortedLines(name).keys() == SHIPPED[name].keys()


def test_values_below():
    below = [value for key, value in sorted(SHIPPED["modules.txt"].items()) if key.startswith("mpl_toolkits.")]
    assert list(SortedLines("modules.txt").values_below("mpl_toolkits.")) == below != []


def test_installed_files_have_their_checksums():
    for name in stated_files():
        mapped(name)
    verify_used()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def other_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"index\t3", b"index\t1", 1))


LOOK_UP = "print(copied.providers('yaml'), copied.providers('lazyaml_x'), copied.rank('celery'))"
VERIFY = "copied.verify_used()"
VERIFIED = f"{LOOK_UP}; {VERIFY}"
SPELT = "from import_customs.providers import misspelling; misspelling.likely_meant('reqeusts', [])"


JUPYTER = "copied.declared_provider('nbconvert', {'jupyter'})"
GOOGLE = "copied.providers('google.no_part')"
REQUIRES = "from import_customs.providers.requires import who_requires; who_requires(['black'])"


@pytest.mark.parametrize(("name", "damage", "does", "said"), [
    pytest.param("modules.txt", cut, LOOK_UP, "bytes long as about.txt states", id="cut short: said by any look-up"),
    pytest.param("names.bin", cut, LOOK_UP, "bytes long as about.txt states", id="cut short: the long tail"),
    pytest.param("umbrellas.txt", cut, JUPYTER, "bytes long as about.txt states", id="cut short: umbrellas"),
    pytest.param("members.txt", Path.unlink, GOOGLE, "cannot be read ([Errno 2", id="gone"),
    pytest.param("members.txt", lambda p: p.write_bytes(b""), GOOGLE, "bytes long", id="empty"),
    pytest.param("about.txt", Path.unlink, LOOK_UP, "about.txt cannot be read", id="gone: about.txt"),
    pytest.param("about.txt", cut, LOOK_UP, "about.txt ", id="cut short: about.txt"),
    pytest.param("about.txt", lambda p: p.write_bytes(b"file\tx\n"), LOOK_UP, "cannot be understood", id="garbage"),
    pytest.param("about.txt", other_version, LOOK_UP, "is of version 1; version 3 is read", id="another version"),
    pytest.param("about.txt", lambda p: p.write_bytes(b"\xff\xfe"), LOOK_UP, "cannot be understood", id="not UTF-8"),
    pytest.param("modules.txt", flip, VERIFIED, "checksum", id="one bit"),
    pytest.param("names.bin", flip, VERIFIED, "checksum", id="one bit of the hashes"),
    pytest.param("names.bin", lambda p: p.write_bytes(bytes(4) + b"\xff" * (p.stat().st_size - 4)), LOOK_UP,
                 "points beyond its end", id="hashes that lead nowhere"),
    pytest.param("requires.bin", lambda p: p.write_bytes(b"\xfe" * p.stat().st_size), REQUIRES,
                 "points beyond its end", id="requirements that lead nowhere"),
    pytest.param("requires.bin", lambda p: p.write_bytes(bytes(p.stat().st_size)), REQUIRES,
                 "points beyond its end", id="requirements of none"),
    pytest.param("modules.txt", lambda p: p.write_bytes(p.read_bytes().replace(b"\nyaml\tp", b"\nyaml\t\xff")), LOOK_UP,
                 "is not UTF-8", id="a byte"),
    pytest.param("umbrellas.txt", flip, f"copied.index.umbrellas(); {VERIFY}", "checksum", id="read whole"),
    pytest.param("spellings.txt", Path.unlink, SPELT, "cannot be read ([Errno 2", id="gone: well-known names"),
    pytest.param("about.txt", lambda p: p.write_bytes(p.read_bytes()[:-3]), LOOK_UP, "cannot be", id="a digit is gone"),
])  # fmt: skip
def test_damage_is_said(tmp_path, name, damage, does, said):
    told = told_of_damage(tmp_path, name, damage, does)
    assert name in told
    assert said in told
    assert "reinstall import-customs" in told


@pytest.mark.parametrize("key", ["a", "celery", "zzz"])
def test_no_other_block_matters_to_a_look_up(key):
    data = (Path(index_lines.FOLDER) / "distributions.txt").read_bytes()
    read: set[int] = set()
    start = start_of(key.encode(), data, read, {})
    others = sorted(set(range(len(data) >> 14)) - read)
    assert others
    for block in others:
        spoiled = bytearray(data)
        spoiled[block << 14 : (block + 1) << 14] = b"\n" * (1 << 14)
        assert start_of(key.encode(), bytes(spoiled), set(), {}) == start


def test_only_what_was_read_is_verified(tmp_path):
    assert "checksum" not in told_of_damage(tmp_path, "extras.txt", flip, VERIFIED)


@pytest.mark.parametrize(("name", "does"), [("distributions.txt", "copied.rank('requests')"), ("spellings.txt", SPELT)])
def test_a_rank_that_is_none_is_damage(tmp_path, name, does):
    def damage(path):
        path.write_bytes(re.sub(rb"\brequests([\t ])\d", rb"requests\1x", path.read_bytes()))

    assert f"{name} has a line without a rank" in told_of_damage(tmp_path, name, damage, does)


@pytest.mark.parametrize(
    ("source", "arguments"),
    [
        pytest.param("yaml", ["a.py"], id="a finding"),
        pytest.param("six", ["a.py"], id="nothing found"),
        pytest.param("six", ["--since", "HEAD~1"], id="nothing found since a commit"),
        pytest.param("six", ["--unused"], id="what nothing uses"),
        pytest.param("six", ["--explain", "yaml", "six"], id="what is known of a module"),
    ],
)
def test_what_an_answer_rests_on_is_verified(tmp_path, source, arguments):
    def damage(path):
        for one in ("modules.txt", "distributions.txt", "names.bin"):
            flip(path.parent / one)

    def commit(text):
        (tmp_path / "a.py").write_text(text)
        (tmp_path / "pyproject.toml").write_text("[project]\nname = 'a'\ndependencies = ['six']\n")
        subprocess.run(["git", "-C", tmp_path, "add", "a.py", "pyproject.toml"], check=True)
        identity = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
        subprocess.run(["git", *identity, "-C", tmp_path, "commit", "-qm", "x"], check=True)

    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    commit("")
    commit(f"import {source}\n")
    check = f"from import_customs.cli import main; print(main({arguments}))"
    assert told_of_damage(tmp_path, "modules.txt", damage, check) == "2\n"


def told_of_damage(tmp_path, name, damage, does):
    """What a look-up says in a copy of the package whose file is damaged."""
    package = Path(index_lines.FOLDER).parents[1]
    shutil.copytree(
        package, tmp_path / package.name, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile
    )
    damage(tmp_path / package.name / "providers" / "bundled" / name)
    script = (
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nfrom import_customs import providers as copied\n"
        f"try:\n    {does}\nexcept copied.IndexDamagedError as error:\n    print(error, error.hint)"
    )
    return subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout


def test_a_file_that_about_does_not_state_is_damage():
    with pytest.raises(IndexDamagedError, match=r"about\.txt does not state nothing\.txt"):
        SortedLines("nothing.txt").value("x")
