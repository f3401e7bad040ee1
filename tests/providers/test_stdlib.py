"""Which modules are standard library, on which Pythons."""

import sys
from itertools import product

import pytest
import stdlib_list
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from import_customs.providers import stdlib


@pytest.mark.parametrize(
    ("module", "requires_python", "standing"),
    [
        pytest.param("os", ">=3.9", "always", id="in all"),
        pytest.param("os", "", "always", id="nothing is required"),
        pytest.param("numpy", ">=3.9", "never", id="never was"),
        pytest.param("tomllib", ">=3.9", "sometimes", id="came with 3.11"),
        pytest.param("tomllib", ">=3.11", "always", id="there in all that are admitted"),
        pytest.param("tomllib", "", "always", id="any Python will do"),
        pytest.param("distutils", ">=3.9", "sometimes", id="went with 3.12"),
        pytest.param("distutils", ">=3.9,<3.12", "always", id="an upper bound keeps it"),
        pytest.param("distutils", "", "always", id="was there once"),
        pytest.param("urllib2", "", "always", id="any reaches back to 2.7"),
        pytest.param("urllib2", ">=3.8", "sometimes", id="Python 2 only"),
        pytest.param("dataclasses", ">=3.6", "sometimes", id="core only from 3.8 on"),
        pytest.param("dataclasses", ">=3.7", "always", id="the library knows more than the core"),
        pytest.param("zoneinfo", ">=3.9.2", "always", id="a micro version counts as its minor"),
        pytest.param("zoneinfo", "~=3.8", "sometimes", id="compatible release"),
        pytest.param("tomllib", "!=3.9.*,!=3.10.*,>=3.9", "always", id="excluded versions"),
        pytest.param("_ctypes", ">=3.8", "always", id="private modules count in all"),
        pytest.param("test", ">=3.8", "always", id="missing in some lists"),
        pytest.param("lib", ">=3.8", "never", id="stray in the list of 3.9"),
        pytest.param("profiling", ">=3.15", "always", id="beyond the library: added"),
        pytest.param("profiling", ">=3.12", "sometimes", id="beyond the library: not in what it knows"),
        pytest.param("sre_parse", ">=3.15", "sometimes", id="beyond the library: dropped"),
        pytest.param("numpy", ">=3.15", "never", id="no known version admitted is not all of them"),
        pytest.param("tomllib", "three or so", "always", id="not valid: nothing is required"),
        pytest.param("os", ">=3.90", "always", id="far beyond"),
    ],
)
def test_standing(module: str, requires_python: str, standing: str) -> None:
    assert stdlib.in_stdlib(module, requires_python) == standing


def test_core_is_in_the_library_for_every_version_from_3_8_on() -> None:
    versions = [version for version in stdlib_list.short_versions if version.startswith("3.") and int(version[2:]) >= 8]
    in_all = frozenset.intersection(*(frozenset(stdlib_list.stdlib_list(version)) for version in versions))
    assert in_all >= stdlib._CORE
    assert not stdlib._CORE & stdlib._DROPPED[15]


def test_some_version_has_what_is_not_core_and_no_other_module() -> None:
    in_some = {name for version in (*stdlib._known(), stdlib._beyond()) for name in stdlib._names(version)}
    tops = {name for name in in_some if "." not in name}
    of_this_one = sys.stdlib_module_names - {name for version in stdlib._known() for name in stdlib._names(version)}
    assert tops - stdlib._CORE - of_this_one - {"lib"} == stdlib._IN_SOME - of_this_one  # "lib" is stray in 3.9's list


@pytest.mark.parametrize("requires_python", ["", ">=3.8", ">= 3.11, < 4", ">=3.9.1,<3.14", ">=3.8,<=3.13"])
def test_core_shortcut_agrees_with_the_library(requires_python: str) -> None:
    assert all(stdlib.is_core(module, requires_python) for module in stdlib._CORE)
    versions = stdlib.supported(requires_python) if requires_python else stdlib._known()[-1:]
    assert all(module in stdlib._names(version) for version in versions for module in stdlib._CORE)


STATED = ("3", "3.9", "3.9.0", "3.9.7", "3.09", "3.14", "4", "4.0.0")
PLAIN = [
    f"{operator}{version}{behind}"
    for operator, version, behind in product((">=", "<=", "<", "!=", "== ", "~="), STATED, ("", ".*"))
]
ODD = [
    "",
    "~=3.9a1",
    ">3.9",
    "===3.9",
    ">=3.9a1",
    "<3.14rc1",
    ">=3.9.1.2",
    ">=3.1234",
    "3.9",
    ">=",
    "=>3.9",
    ">=³",
    "*",
]


@pytest.mark.parametrize("second", ["", ",<4", ", >=3.10", ",!=3.9.*", ",~=3.8", ",>3.8", ",", ",x"])
def test_plain_clauses_mean_what_packaging_says(second: str) -> None:
    for requires_python in (f"{first}{second}" for first in [*PLAIN, *ODD]):
        try:
            specifiers = SpecifierSet(requires_python)
        except InvalidSpecifier:
            assert not stdlib.is_valid(requires_python), requires_python
            continue
        for version in ("2.7", "3.8", "3.9", "3.13", "3.14", "4.0"):
            admitted = any(specifiers.contains(f"{version}.{micro}") for micro in range(40)) or not requires_python
            assert stdlib.admits(requires_python, version) == admitted, (requires_python, version)
