"""The audit of the index: what sources list for a distribution in, whether its declaration covers that out."""

import pytest

from index.audit import Listed, listed_modules
from index.releases import Release


@pytest.mark.parametrize(("name", "installed", "modules", "found"), [
    pytest.param("pywin32", "win32api", "win32con", [("win32api", False, True), ("win32con", False, True)],
                 id="both sources"),
    pytest.param("requests", "requests tests", "yaml", [("requests", False, True), ("tests", True, False),
                                                       ("yaml", False, False)], id="a leftover, another's module"),
    pytest.param("google-cloud-storage", "google a-b", "google.cloud.storage google.cloud",
                 [("google.cloud.storage", False, True)], id="namespaces, what cannot be imported"),
    pytest.param("web-py", "web", "", [("web", False, True)], id="by its hash"),
])  # fmt: skip
def test_listed_modules(name, installed, modules, found):
    release = Release(name, "1", "", tuple(modules.split()), {})
    listed = listed_modules(name, {name: frozenset(installed.split())}, release)
    assert list(listed) == [Listed(name, *one) for one in found]
