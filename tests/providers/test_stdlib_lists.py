"""The lists of stdlib-list are those that the library gives, read from its files or by itself."""

import sys
from functools import cache
from pathlib import Path

import pytest
import stdlib_list

from import_customs.providers import stdlib

BESIDE = Path(stdlib_list.__file__).parents[1]


@pytest.fixture(params=["its files", "itself, for nothing is found", "itself, for another file lies there"])
def _found(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = [str(BESIDE)]
    if request.param != "its files":
        path = [str(tmp_path), *path]
        (tmp_path / "stdlib_list" / "lists").mkdir(parents=True)
        (tmp_path / "stdlib_list" / "lists" / "README.md").touch()
        path = [] if "nothing" in request.param else path
    monkeypatch.setattr(sys, "path", path)
    for kept in (stdlib._known, stdlib._lists, stdlib._names):
        monkeypatch.setattr(stdlib, kept.__name__, cache(kept.__wrapped__))


@pytest.mark.usefixtures("_found")
def test_the_lists_are_those_of_the_library() -> None:
    assert {one: stdlib._names(one) for one in stdlib._known()} == {
        one: frozenset(stdlib_list.stdlib_list(one)) for one in stdlib_list.short_versions if one != "2.6"
    }
    assert list(stdlib._known()) == stdlib_list.short_versions[1:]
