"""The builder's rules on small sources: installed modules and ranks in, lines of modules.txt out."""

import sqlite3

import pytest

from index.corrections import CorrectionError, parse_corrections
from index.files import shipped_files
from index.releases import Release
from index.sources import read_installed

RANKS = {"popular": 1, "own": 2, "near": 20, "nearly": 21, "skinny": 1_000, "bundle": 5}


def modules(installed: dict[str, str], corrections: str = "") -> list[str]:
    sets = {name: frozenset(value.split()) for name, value in installed.items()}
    return shipped_files(sets, RANKS, parse_corrections(corrections))["modules.txt"].decode().splitlines()


MANY = {f"d{n}": "word" for n in range(40)}
COPIES = {"popular": "x", **{f"x{n}": "x" for n in range(100, 220)}}
PARTS = {f"space-p{n}": "space" for n in range(9)}


@pytest.mark.parametrize(("installed", "corrections", "lines"), [
    pytest.param({"popular": "other"}, "", ["other\tpopular"], id="another name"),
    pytest.param({"long-tail": "long_tail"}, "", [], id="own name alone: told by the names' hashes"),
    pytest.param({"own": "x", "popular": "x"}, "", ["x\tpopular own"], id="downloads decide"),
    pytest.param({"nearly": "nearly", "near": "nearly"}, "", ["nearly\tnearly near"], id="own name nearly as popular"),
    pytest.param({"skinny": "skinny", "near": "skinny"}, "", ["skinny\tnear skinny"], id="own name far less popular"),
    pytest.param({"tail": "tail", "atail": "tail"}, "", ["tail\ttail atail"], id="long tail: own name first"),
    pytest.param(COPIES, "", [f"x\tpopular {' '.join(list(COPIES)[1:31])}"], id="long tail: the best thirty"),
    pytest.param({"b": "x", "a": "x y z"}, "", ["x\tb a", "y\ta", "z\ta"], id="long tail: vendored copies last"),
    pytest.param({"popular": "tests", "a": "tests"}, "", ["tests"], id="leftover: nobody"),
    pytest.param(MANY, "", ["word"], id="common word: nobody"),
    pytest.param({**MANY, "own": "word"}, "", ["word"], id="common word: a popular accident is not meant"),
    pytest.param({"popular": "csv-1.6 __main__ class x-stubs"}, "", [], id="what no import names"),
    pytest.param(PARTS, "", ["space\t*"], id="namespace by rule"),
    pytest.param({**PARTS, "other": "space"}, "", ["space\t* other"], id="namespace: a part called otherwise"),
    pytest.param({**PARTS, "space": "space"}, "", [f"space\tspace {' '.join(PARTS)}"], id="a main package: none"),
    pytest.param({"a": "x", "x-part": "x"}, "parts x = x # why", ["x\t+ a"], id="parts leave the package"),
    pytest.param({"a": "x"}, "parts x.y = a-y # why", ["x\t+ a", "x.y\t=a-y"], id="parts called otherwise"),
    pytest.param({"a": "x", "b": "x"}, "first x = b # why", ["x\tb a"], id="first: before the data's"),
    pytest.param({"a": "x", "b": "x"}, "only x = c # why", ["x\tc"], id="only: instead of the data's"),
    pytest.param({"own": ""}, "", [], id="popular without known modules: own name"),
    pytest.param({"own": "", "copy": "own"}, "", ["own\town copy"], id="popular without known modules: before copies"),
])  # fmt: skip
def test_modules(installed, corrections, lines):
    taken = {name: "" for name in RANKS if name not in installed} | installed
    assert modules(taken, corrections) == lines


def release(name: str, modules: str, **requires: str) -> Release:
    brought = {extra.strip("_"): tuple(words.split()) for extra, words in requires.items()}
    return Release(name, "1.2", ">=3.9", tuple(modules.split()), brought)


def files(installed: dict[str, str], releases: list[Release], corrections: str = "") -> dict[str, list[str]]:
    sets = {name: frozenset(value.split()) for name, value in {**dict.fromkeys(RANKS, ""), **installed}.items()}
    by_name = {one.name: one for one in releases}
    built = shipped_files(sets, RANKS, parse_corrections(corrections), {"own[e]": "by-hand"}, by_name)
    return {name: data.decode().splitlines() for name, data in built.items() if name.endswith(".txt")}


@pytest.mark.parametrize(("installed", "modules", "line"), [
    pytest.param({"popular": "popular"}, "popular2", "popular\t1\tpopular popular2\t1.2\t>=3.9", id="both sources"),
    pytest.param({}, "popular", "popular\t1\t\t1.2\t>=3.9", id="the module of its own name"),
    pytest.param({}, "popular tests a-b __main__", "popular\t1\t\t1.2\t>=3.9", id="what no import means"),
    pytest.param(PARTS, "space.a space.b.c", "popular\t1\tspace space.a space.b.c\t1.2\t>=3.9", id="parts"),
    pytest.param({}, "x.a x.b", "popular\t1\tx\t1.2\t>=3.9", id="parts of what is no namespace"),
])  # fmt: skip
def test_what_a_release_holds(installed, modules, line):
    assert line in files(installed, [release("popular", modules)])["distributions.txt"]


@pytest.mark.parametrize(("installed", "corrections", "modules", "lines"), [
    pytest.param({}, "", "x popular", ["x\tpopular"], id="nothing else installs it"),
    pytest.param({"a": "x"}, "", "x", ["x\ta"], id="something else does"),
    pytest.param({"a": "popul"}, "", "popul", ["popul\tpopular a"], id="it is called so"),
    pytest.param(
        {f"d{n}": "popul" for n in range(8)}, "", "popul", [f"popul\t{' '.join(f'd{n}' for n in range(8))}"],
        id="it is called so, as many are",
    ),
    pytest.param({}, "", "_x tests", [], id="private, a leftover"),
    pytest.param(PARTS, "", "space.p1.y space.a", ["space\t*", "space.a\tpopular"], id="a part that is not told"),
    pytest.param({"a": "x", "x-y": ""}, "parts x = x # why", "x.y.z", ["x\t+ a"], id="a part that is told"),
])  # fmt: skip
def test_what_a_release_provides(installed, corrections, modules, lines):
    assert files(installed, [release("popular", modules)], corrections)["modules.txt"] == lines


def test_what_a_release_brings():
    listed = [release("popular", "", _="a b"), release("own", "own", e="c", f="d[e]"), release("near", "n", _="a")]
    built = files({}, listed)
    assert built["umbrellas.txt"] == ["popular\ta b"]
    assert built["extras.txt"] == ["own[e]\tby-hand c", "own[f]\td[e]"]


def test_order_of_the_source_does_not_matter():
    installed = {**MANY, **PARTS, "popular": "a b c", "own": "c b a"}
    assert modules(installed) == modules(dict(reversed(installed.items())))


def test_database_is_read_by_normalized_name_and_first_part(tmp_path):
    connection = sqlite3.connect(tmp_path / "db")
    connection.executescript("""
        CREATE TABLE distributions (id INTEGER PRIMARY KEY, name VARCHAR, version VARCHAR);
        CREATE TABLE top_level_module_names (id INTEGER PRIMARY KEY, distribution_id INTEGER, name VARCHAR);
        INSERT INTO distributions VALUES (3, 'Foo_Bar', ''), (1, 'foo.bar', ''), (2, 'empty', '');
        INSERT INTO top_level_module_names VALUES (1, 3, 'foo.aio'), (2, 1, 'bar'), (3, 1, '');
    """)
    connection.close()
    assert read_installed(tmp_path / "db") == {"foo-bar": frozenset({"foo", "bar"}), "empty": frozenset()}


@pytest.mark.parametrize("line", [
    pytest.param("first x = y", id="no reason"),
    pytest.param("frist x = y # why", id="unknown kind"),
    pytest.param("first x = y # why\nonly x = z # why", id="said twice"),
    pytest.param("parts x # why", id="no prefix"),
    pytest.param("first x y = z # why", id="two modules"),
])  # fmt: skip
def test_bad_correction_names_its_line(line):
    with pytest.raises(CorrectionError, match=r"^corrections\.txt:\d: "):
        parse_corrections(line)
