"""The table of rules, and what is held to it: files, settings, SARIF. The docs are held to it in tests/docs."""

import json
import re

import pytest

from conftest import ROOT, Repo
from import_customs.check.rules import RULES
from import_customs.check.rules.rule import Rule
from import_customs.model import OPT_IN_RULES

FOLDER = ROOT / "hooks/import_customs/check/rules"
RULE_OF_EACH = [pytest.param(rule, id=name) for name, rule in RULES.items()]


def test_each_file_is_a_rule_in_the_table() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "rule"}
    assert {name.replace("-", "_") for name in RULES} == files


def test_settings_offer_the_opt_in_rules() -> None:
    assert tuple(name for name, rule in RULES.items() if rule.is_opt_in) == OPT_IN_RULES


@pytest.mark.parametrize("rule", RULE_OF_EACH)
def test_page_has_a_summary_and_says_what_why_and_how(rule: Rule) -> None:
    assert re.fullmatch(r"(Opt-in: [a-z]|[A-Z]).{20,100}\.", rule.summary)
    assert rule.summary.startswith("Opt-in: ") == rule.is_opt_in
    parts = re.findall(r"^## (.*)\n\n.", rule.page, re.MULTILINE)
    assert parts == ["What it finds", "Why it matters", "What settles it", "Options"]


@pytest.mark.parametrize("source", ["import os\n", "import celery\n"], ids=["nothing found", "a finding"])
def test_sarif_lists_every_rule(repo: Repo, source: str) -> None:
    repo.stage({"pyproject.toml": "[project]\nname = 'a'\n", "a.py": source})
    (run,) = json.loads(repo.customs("--format", "sarif").out)["runs"]
    listed = [(one["id"], one["shortDescription"]["text"]) for one in run["tool"]["driver"]["rules"]]
    assert listed == [(rule.name, rule.summary) for rule in RULES.values()]
