"""A module in, the known one that it is likely a misspelling of out."""

import pytest

from import_customs.providers.misspelling import edits, likely_distribution, likely_meant


@pytest.mark.parametrize(("module", "ours", "found"), [
    pytest.param("reqeusts", "", "requests", id="two letters swapped"),
    pytest.param("requsts.adapters", "", "requests", id="a letter left out"),
    pytest.param("djangoo", "", "django", id="a letter too many"),
    pytest.param("tensorflw_", "", "tensorflow", id="a long name: two edits"),
    pytest.param("tomorrw", "tomorrow", "tomorrow", id="one of ours"),
    pytest.param("fastap", "fastax", "fastax", id="ours before the popular ones"),
    pytest.param("Requests", "", "requests", id="case alone is one as well"),
    pytest.param("FPDF", "", "fpdf", id="in capitals"),
    pytest.param("Acmelib", "acmelib", "acmelib", id="one of ours in another case"),
    pytest.param("Bs4", "", "bs4", id="a short one in another case"),
    pytest.param("pil", "", "PIL", id="one of three letters in another case, which little known ones install"),
    pytest.param("Db", "db", "db", id="one of ours, too short for anything else"),
    pytest.param("pyyaml", "", "yaml", id="a distribution whose only other module is private"),
    pytest.param("pypdf2", "", "PyPDF2", id="a distribution whose module has another case"),
    pytest.param("pillow", "", "PIL", id="a distribution, though willow is nearer"),
    pytest.param("gitpython.repo", "", "git", id="another, though ptpython is nearer"),
    pytest.param("beautifulsoup4", "", "bs4", id="one that is near no module"),
    pytest.param("pyyaml", "", "yaml", id="one that has a private module, too"),
    pytest.param("types_requests", "", "requests", id="stubs: what they are for"),
    pytest.param("PyTorch", "", None, id="a little known distribution, though gpytorch is near"),
    pytest.param("urlparse", "", "urllib.parse", id="a module of Python 2, though sqlparse is near"),
    pytest.param("StringIO", "", "io", id="a class that was a module"),
    pytest.param("sets", "", None, id="a module of Python 2 alone"),
    pytest.param("requests", "", None, id="itself"),
    pytest.param("rq", "", None, id="too short to tell"),
    pytest.param("iris", "", None, id="a short one that is installed, though ibis is near"),
    pytest.param("amodem", "", None, id="one that is installed, though xmodem is near"),
    pytest.param("scrapely", "", "shapely", id="one that is installed, near one of the best known"),
    pytest.param("ymal", "", "yaml", id="a short one of the same letters"),
    pytest.param("iris", "isis", "isis", id="a short one that is installed, near one of ours"),
    pytest.param("service", "", None, id="near a name of which nobody knows whose it is"),
    pytest.param("goggle", "", "google", id="near a namespace"),
    pytest.param("ansys.mapdl", "", None, id="a namespace, though anys is near"),
    pytest.param("acme_internal_billing", "", None, id="near nothing"),
    pytest.param("xpack", "", None, id="a short one keeps its first letter, though hpack is near"),
    pytest.param("lask", "", "flask", id="a short one that lacks it, though lark is near"),
    pytest.param("elpers", "helpers", "helpers", id="one of ours without it"),
    pytest.param("pytest_anki", "", None, id="two letters of its last word, though pytest_anyio is near"),
    pytest.param("django_filetrs", "", "django_filters", id="letters swapped in a long last word"),
    pytest.param("briefcase", "__briefcase", None, id="one that is installed, though ours is that with underscores"),
    pytest.param("_acme_lib", "acme_lib", "acme_lib", id="one of ours with an underscore too many"),
    pytest.param("x" * 100_000, "", None, id="long"),
    pytest.param("naïve_módulo", "", None, id="not ASCII"),
])  # fmt: skip
def test_near(module, ours, found):
    assert likely_meant(module, ours.split()) == found


@pytest.mark.parametrize(("one", "other", "distance"), [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1),
    ("abc", "abcd", 1), ("abcd", "badc", 2), ("a-b", "A_b", 0), ("kitten", "sitting", 3),
])  # fmt: skip
def test_edits(one, other, distance):
    assert edits(one, other) == edits(other, one) == distance


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("reqeusts", "requests", id="two letters swapped"),
        pytest.param("requests", None, id="known itself"),
        pytest.param("acme-billing-core", None, id="near none"),
        pytest.param("six", None, id="too short"),
        pytest.param("pytest-anki", None, id="two letters of its last word, though pytest-anyio is near"),
    ],
)
def test_likely_distribution(name: str, meant: str | None) -> None:
    assert likely_distribution(name) == meant
