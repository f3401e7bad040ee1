"""What a requirement declares; the shortcut and packaging give the same answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import Marker
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Exact
from packaging.utils import canonicalize_name

from import_customs.model import requirement
from import_customs.model.requirement import Requirement, leading, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("requests", Requirement("requests", (), ""), id="bare"),
        pytest.param("SQLAlchemy >= 2, <3", Requirement("sqlalchemy", (), ""), id="normalized, with versions"),
        pytest.param("zope.interface", Requirement("zope-interface", (), ""), id="dots are dashes"),
        pytest.param("a__b-.c", Requirement("a-b-c", (), ""), id="runs of separators are one"),
        pytest.param("celery[redis, SQS]~=5.3", Requirement("celery", ("redis", "sqs"), ""), id="extras, sorted"),
        pytest.param("a[]", Requirement("a", (), ""), id="no extras in brackets"),
        pytest.param("a (>=1)", Requirement("a", (), ""), id="versions in parentheses"),
        pytest.param("a @ https://example.invalid/a.whl", Requirement("a", (), ""), id="url"),
        pytest.param("a @ https://h.invalid/a;b", Requirement("a", (), ""), id="url with a semicolon"),
        pytest.param("a @ https://h.invalid/a\x1cb", None, id="white space of Unicode in a url"),
        pytest.param("a==1.*", Requirement("a", (), ""), id="wildcard"),
        pytest.param("a~=1.0rc1,!=1.2.post3,<2.0.dev0", Requirement("a", (), ""), id="pre-, post- and dev releases"),
        pytest.param("a>=1.*", None, id="a wildcard that is in order with nothing"),
        pytest.param(
            "tomli; python_version < '3.11'", Requirement("tomli", (), "python_version < '3.11'"), id="marker"
        ),
        pytest.param("a~=1", None, id="a compatible release needs two parts"),
        pytest.param("a; python_version ? '3.11'", None, id="marker without an operator"),
        pytest.param("mcp-types=={{ version }}", None, id="template"),
        pytest.param("", None, id="empty"),
        pytest.param("-e .", None, id="not a requirement"),
    ],
)
def test_parse(text: str, expected: Requirement | None) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mcp-types=={{ version }}", Requirement("mcp-types", (), "")),
        ("slim[cli, Web]=={{ version }}", Requirement("slim", ("cli", "web"), "")),
        ("  A_b ???", Requirement("a-b", (), "")),
        ("a[{{ extra }}]", Requirement("a", (), "")),
        ("{{ all }}", None),
        ("", None),
    ],
)
def test_leading(text: str, expected: Requirement | None) -> None:
    assert leading(text) == expected


_NAMES = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,6}[A-Za-z0-9])?", fullmatch=True)
_SPACE = st.sampled_from(["", " ", "\t", "\n"])
_VERSIONS = st.from_regex(
    r"((==|~=|>=|<|!=|===|) ?[0-9](\.[0-9*]){0,2}(a1|rc2|c1|-1|\.post3|\.dev4|\+l){0,2}(,>=1)?|@ ?(git\+)?https://x/y@z#e[;,\x1c\xa0]?f?)",
    fullmatch=True,
)
_EXTRAS = st.lists(_NAMES, max_size=2).map(lambda names: f"[{','.join(names)}]" if names else "")
_MARKERS = st.sampled_from(
    [
        "",
        ";python_version<'3.11'",
        "; sys_platform == \"win32\" and os_name=='nt'",
        "; extra == 'x'",
        "; os_name=='a b'",
        ";",
    ]
)
_TEXTS = st.tuples(_SPACE, _NAMES, _SPACE, _EXTRAS, _SPACE, _VERSIONS, _SPACE, _MARKERS, _SPACE).map("".join)


@given(_TEXTS | st.text(alphabet="ab1.-_[],=<>~! ;@'\"\n", max_size=12))
def test_shortcut_agrees_with_packaging(text: str) -> None:
    found = requirement._plainly(text)
    if found is None:
        return
    exact = Exact(text)
    assert (found.name, set(found.extras)) == (canonicalize_name(exact.name), set(map(canonicalize_name, exact.extras)))
    assert (Marker(found.marker) if found.marker else None) == exact.marker


@given(_TEXTS)
def test_what_packaging_accepts_is_accepted(text: str) -> None:
    try:
        exact = Exact(text)
    except InvalidRequirement:
        assert parse(text) is None
    else:
        found = parse(text)
        assert found is not None
        assert found.name == canonicalize_name(exact.name)


@given(st.from_regex(r"[A-Za-z0-9._-]+", fullmatch=True))
def test_normalized_as_packaging_does(name: str) -> None:
    assert requirement.normalized(name) == canonicalize_name(name)
