"""cases.json: 121 sources, with what each imports as CPython 3.11 to 3.15 or a person found it."""

import base64
import json
from pathlib import Path

import pytest

from import_customs.imports import read_source

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
TABLE = [pytest.param(case, id=case["name"]) for case in CASES]


def _source(case):
    return read_source(f"module{case['suffix']}", base64.b64decode(case["source_b64"]))


@pytest.mark.parametrize("case", TABLE)
def test_screen_misses_nothing(case):
    modules, unclear = _source(case).screened()
    assert unclear or set(case["modules"]) <= modules


@pytest.mark.parametrize("case", TABLE)
def test_exact(case):
    found = {one.module for one in _source(case).imports()[0]}
    assert set(case["modules"]) <= found
    assert found <= {*case["modules"], *case["may"]}


@pytest.mark.parametrize("case", TABLE)
def test_screen_holds_what_exact_finds(case):
    modules, unclear = _source(case).screened()
    assert unclear or {one.module for one in _source(case).imports()[0]} <= modules
