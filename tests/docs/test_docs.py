"""README.md and docs/ are true: links lead somewhere, tables are whole, what is shown as printed is printed."""

import re
from itertools import chain
from pathlib import Path

import pytest

from conftest import ROOT, Repo
from docs import made
from import_customs.check.rules import RULES
from import_customs.model import OPT_IN_RULES
from import_customs.project import config

README = (ROOT / "README.md").read_text()
PAGES = sorted(chain(ROOT.glob("*.md"), made.DOCS.rglob("*.md")))
RULES_OF_README = README.partition("## What it finds")[2].partition("\n## ")[0]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings. Source: GitHub's rule, which site generators follow."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text):
        target, _, anchor = (link[0] or link[1]).partition("#")
        if target.startswith("https://"):
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        assert not anchor or anchor in anchors(path), link


def test_every_page_is_listed() -> None:
    index = (made.DOCS / "index.md").read_text() + (made.DOCS / "rules/index.md").read_text()
    for page in made.DOCS.rglob("*.md"):
        assert page.name == "index.md" or f"{page.name})" in index, page


def test_readme_is_short() -> None:
    assert len(re.sub(r"```.*?```|!\[[^\n]*", "", README, flags=re.DOTALL).split()) < 800


@pytest.mark.parametrize("path", made.pages())
def test_pages_of_rules_are_those_of_the_code(path: str) -> None:
    assert (made.DOCS / path).read_text() == made.pages()[path], "run `sh .ci/docs`"


def test_screens_are_real(tmp_path: Path) -> None:
    for path, text in made.screens(tmp_path).items():
        assert (made.DOCS / path).read_text() == text, "run `sh .ci/docs`"
        assert f"docs/{path}" in README


def test_readme_tells_every_rule() -> None:
    told = re.findall(r"^\| \[`([a-z-]+)`\]\(.*\) \| (.*) \|$", RULES_OF_README, re.MULTILINE)
    assert told == [(name, rule.summary) for name, rule in RULES.items()]


def test_every_key_is_told() -> None:
    settings = (made.DOCS / "configuration.md").read_text()
    assert re.findall(r"^\| `([a-z-]+)`", settings, re.MULTILINE) == list(config.KEYS)
    (rules,) = re.findall(r"^\| `rules` \|.*\| opt-in rules: (.*) \|$", settings, re.MULTILINE)
    assert tuple(re.findall(r"`([a-z-]+)`", rules)) == OPT_IN_RULES


def test_every_option_is_told(repo: Repo) -> None:
    told = (made.DOCS / "options.md").read_text()
    options = re.findall(r"(?<![\w-])--[a-z-]+", repo.customs("--help", COLUMNS="200").out)
    assert set(re.findall(r"`(--[a-z-]+)", told)) >= set(options)
