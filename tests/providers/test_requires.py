"""Who always requires a distribution, by the shipped index."""

import pytest

from import_customs.providers import rank
from import_customs.providers.requires import who_requires


@pytest.mark.parametrize(("wanted", "among", "found"), [
    pytest.param("click", ["black", "rich"], ["black"], id="one of them"),
    pytest.param("pluggy", ["pytest-cov"], ["pytest-cov"], id="at two depths"),
    pytest.param("mypy-extensions", ["black", "mypy"], ["black", "mypy"], id="each that does"),
    pytest.param("aiohttp", ["black"], [], id="by an extra alone"),
    pytest.param("black", ["black"], [], id="itself"),
    pytest.param("acme-billing", ["black"], [], id="not popular"),
    pytest.param("click", ["acme-billing"], [], id="nothing is known of it"),
])  # fmt: skip
def test_who_requires(wanted, among, found):
    assert who_requires(among).get(rank(wanted) or 0, []) == found
