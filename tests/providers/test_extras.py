"""The table of what extras of popular distributions bring: its text in, the builder's rows and the answers out."""

import pytest

from import_customs import providers
from index.corrections import CorrectionError
from index.extras_file import parse_extras


@pytest.mark.parametrize(("distribution", "extra", "brings"), [
    pytest.param("celery", "redis", ["redis", "kombu[redis]"], id="by hand, and by its metadata"),
    pytest.param("uvicorn", "standard", "httptools python-dotenv pyyaml uvloop watchfiles websockets colorama".split(),
                 id="several"),
    pytest.param("django-redis", "hiredis", ["redis[hiredis]"], id="one with an extra of its own"),
    pytest.param("boto3-stubs", "ec2", ["mypy-boto3-ec2"], id="every extra by one line"),
    pytest.param("boto3-stubs", "boto3", ["boto3"], id="an exact line goes before"),
    pytest.param("celery", "no-such", None, id="unknown extra"),
    pytest.param("acme-internal-billing", "redis", None, id="unknown distribution"),
])  # fmt: skip
def test_of_extra(distribution, extra, brings):
    assert providers.extra_requirements(distribution, extra) == brings


def test_parsed():
    text = "# why\n\nA.b[C_d] = e f[x,y]\na-b[*] = a-*\n"
    assert parse_extras(text) == {"a-b[c-d]": "e f[x,y]", "a-b[*]": "a-*"}


@pytest.mark.parametrize(("text", "says"), [
    pytest.param("a[b] c", "extras.txt:1: expected", id="no equals sign"),
    pytest.param("\na[b] = ", "extras.txt:2: expected", id="nothing brought"),
    pytest.param("a = b", "expected", id="no extra"),
    pytest.param("a[b] = c>=1", "expected", id="more than names"),
    pytest.param("a[b] = C_d", "expected", id="brought, not normalized"),
    pytest.param("a[b] = c\nA[B] = d", "said twice", id="the same after normalizing"),
])  # fmt: skip
def test_what_cannot_be_followed_is_said(text, says):
    with pytest.raises(CorrectionError, match=says):
        parse_extras(text)
