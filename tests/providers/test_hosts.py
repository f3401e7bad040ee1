"""The table of modules that a program brings which runs the file."""

import pytest

from import_customs import providers
from import_customs.providers import hosts

OWN, PACKAGES = (hosts.naming(name, "") for name in ("hosts.txt", "host_packages.txt"))


@pytest.mark.parametrize(("module", "program"), [
    pytest.param("google.colab", "Google Colab", id="a part of a namespace"),
    pytest.param("google.colab.drive", "Google Colab", id="a part of that"),
    pytest.param("google.cloud", None, id="another part"),
    pytest.param("maya.OpenMaya", "Autodesk Maya", id="below a module that a distribution has"),
    pytest.param("maya", None, id="that module"),
    pytest.param("bpy.types", "Blender", id="a whole module"),
    pytest.param("_snowflake", "Snowflake", id="no misspelling of a known module"),
    pytest.param("phantom.app", "Splunk SOAR", id="a part of what a distribution has"),
    pytest.param("phantom", None, id="that distribution's"),
    pytest.param("apt.cache", "the Python of Debian or Ubuntu", id="a package of a system, not of the index"),
    pytest.param("redis", None, id="no host's"),
])  # fmt: skip
def test_host(module, program):
    host = hosts.host_of(module)
    assert (host and host.program) == program


def test_signs_are_of_the_kinds_that_are_known():
    table = [host for rows in (*OWN.values(), *PACKAGES.values()) for host in rows]
    assert {(sign[0], len(sign)) for host in table for sign in host.signs} <= {
        ("file", 2), ("file", 3), ("word", 2), ("sets", 2), ("with", 3), ("imports", 2), ("declares", 2)
    }  # fmt: skip


def test_every_host_of_packages_is_shown_by_something():
    assert all(host.signs or host.advice for rows in PACKAGES.values() for host in rows)


def test_no_host_takes_a_well_known_distribution():
    """Only below such a distribution's module, as maya.cmds is, may a host have modules."""
    taken = {module: providers.providers(module) for module in OWN if "." not in module}
    ranks = {module: providers.rank(name) or 20_000 for module, names in taken.items() for name in names[:1]}
    assert not {module for module, rank in ranks.items() if rank <= providers.WELL_KNOWN}
