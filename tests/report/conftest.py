"""Results as the formats get them."""

from collections.abc import Callable

import pytest

from import_customs.check.rules import RULES
from import_customs.model import Finding, Result, Scope

PLAIN = Finding(
    path="a.py",
    line=3,
    column=6,
    module="celery",
    rule="undeclared",
    providers=("celery",),
    project="pyproject.toml",
    guard=None,
    via=(),
    message="`celery` is imported",
    excerpt="from celery import Task",
    end_column=12,
)
HOSTILE = PLAIN._replace(
    path='a:b,c%\r\n::error::\x1b[31m\u202e\udcff<&>".py',
    message="100%\n::set-output name=x::y\x1b]0;title\x07<![CDATA[ ]]>\ufffe",
    rule="unknown",
    providers=(),
    settled_by="provides",
)


@pytest.fixture
def result() -> Callable[..., Result]:
    """Makes a result of findings, each given as the fields in which it differs from a plain one."""

    def made(*findings: Finding) -> Result:
        scope = Scope("all", "worktree", (), None, [])
        pages = {name: rule.page for name, rule in RULES.items()}
        return Result(list(findings), [], 2, scope, rules=pages, version="1.2.0", home="https://x.invalid/")

    return made
