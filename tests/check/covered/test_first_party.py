"""The top of the namespace that a project is called after: by its name, its folder and a file alone."""

import pytest

from import_customs.check.covered.first_party import top_of_namespace


@pytest.mark.parametrize(
    ("name", "folder", "file", "top"),
    [
        pytest.param("acme-billing", "", "acme/billing/a.py", "acme", id="two parts"),
        pytest.param("acme-plugins-big-box", "p/b", "p/b/src/acme/plugins/big_box/c/a.py", "p/b/src/acme", id="more"),
        pytest.param("acme-billing", "acme", "acme/billing/a.py", "", id="above the project"),
        pytest.param("acme-billing", "", "acme/billing.py", "", id="a module"),
        pytest.param("acme-billing", "", "acme_billing/a.py", "", id="a package"),
        pytest.param("billing", "", "acme/billing/a.py", "", id="the last name alone"),
    ],
)
def test_top_of_namespace(name: str, folder: str, file: str, top: str) -> None:
    assert top_of_namespace(name, folder, file) == top
