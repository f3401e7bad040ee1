"""The version to ask for, as a lock file or an environment has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version

from import_customs.check.remedies.versions import known_version
from import_customs.model.requirement import Name
from import_customs.providers.evidence import Evidence
from import_customs.providers.requirement_graph import Package


class Locked(Evidence):
    """Evidence of one version of everything."""

    version = ""

    def package(self, name: Name) -> Package:
        return Package(name, self.version, (), {})


def asked_for(version: str) -> str:
    found = Locked()
    found.version = version
    return known_version(Name("x"), found)


@pytest.mark.parametrize(("version", "specifier"), [
    pytest.param("1.2.3", ">=1.2.3", id="numbers"),
    pytest.param("1.2rc1", ">=1.2rc1", id="before a release"),
    pytest.param("2.0+cu118", ">=2.0", id="without its local part"),
    pytest.param("1.0.post1", ">=1.0.post1", id="after one"),
    pytest.param("10.1 or 9.2 or 9.11+cpu", ">=9.2", id="the lowest in a forked lock file"),
    pytest.param("9.2 or v1", "", id="one of several that not all tools take"),
    pytest.param("55a1.2", "", id="no version"),
    pytest.param("v1.0", "", id="one that not all tools take"),
    pytest.param("", "", id="none"),
    pytest.param("2.46.4 or 2.9.1+cu118", ">=2.9.1", id="the lowest of several forks"),
    pytest.param("2.46.4 or v1", "", id="of which one is no version"),
])  # fmt: skip
def test_known_version(version, specifier):
    assert asked_for(version) == specifier


@given(st.text("0123456789.abrc+", max_size=8))
def test_as_packaging_has_it(version):
    try:
        is_valid = bool(Version(version))
    except InvalidVersion:
        is_valid = False
    assert bool(asked_for(version)) == (is_valid and version[:1].isdigit())
