"""The formats for programs: a result in, the whole document out, and nothing in it that a name could have put there."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from import_customs.check.rules import RULES
from import_customs.cli.formats import RENDERERS
from import_customs.cli.option_table import FORMATS
from import_customs.model import Result
from import_customs.model.span import CellPlace
from import_customs.report import github, gitlab, junit, sarif, statistics
from import_customs.report.fingerprint import fingerprints

from .conftest import HOSTILE, PLAIN

Make = Callable[..., Result]
SECOND = PLAIN._replace(line=9, column=5, end_column=11, remedy="stage it")


def test_github(result: Make) -> None:
    assert github.render(result(PLAIN, SECOND)) == (
        "::error file=a.py,line=3,col=6,endLine=3,endColumn=12,title=import-customs%3A undeclared::"
        "`celery` is imported; declare `celery`\n"
        "::error file=a.py,line=9,col=5,endLine=9,endColumn=11,title=import-customs%3A undeclared::"
        "`celery` is imported; stage it\n"
    )


def test_github_lets_no_name_begin_a_command(result: Make) -> None:
    assert github.render(result(HOSTILE._replace(remedy="%\n::a"))) == (
        '::error file=a%3Ab%2Cc%25%0D%0A%3A%3Aerror%3A%3A\\x1b[31m\\u202e\\udcff<&>".py,line=3,col=6,'
        "endLine=3,endColumn=12,title=import-customs%3A unknown::"
        "100%25%0A::set-output name=x::y\\x1b]0;title\\x07<![CDATA[ ]]>\\ufffe; %25%0A::a\n"
    )


def test_a_notebook_s_cell_stands_beside_the_line_of_the_file(result: Make) -> None:
    found = result(PLAIN._replace(path="n.ipynb", line=21, column=10, end_column=16, cell=CellPlace(2, 4, 8, 14)))
    assert github.render(found) == (
        "::error file=n.ipynb,line=21,col=10,endLine=21,endColumn=16,title=import-customs%3A undeclared::"
        "cell 2:4:8: `celery` is imported; declare `celery`\n"
    )
    (made,) = json.loads(RENDERERS["json"](found))["findings"]
    assert (made["line"], made["column"], made["cell"]) == (21, 10, {"number": 2, "line": 4, "column": 8})


def test_gitlab(result: Make) -> None:
    made = json.loads(gitlab.render(result(PLAIN, SECOND)))
    assert made[1] == {
        "description": "`celery` is imported; stage it",
        "check_name": "import-customs/undeclared",
        "fingerprint": fingerprints([PLAIN, SECOND])[1],
        "severity": "major",
        "location": {
            "path": "a.py",
            "positions": {"begin": {"line": 9, "column": 5}, "end": {"line": 9, "column": 11}},
            "lines": {"begin": 9},
        },
    }


def test_fingerprints_are_stable_and_differ() -> None:
    moved = PLAIN._replace(line=PLAIN.line + 40, column=2, message="said in other words")
    others = [PLAIN._replace(path="b.py"), PLAIN._replace(module="kombu"), PLAIN._replace(rule="transitive"), HOSTILE]
    assert fingerprints([moved]) == fingerprints([PLAIN])
    assert len(set(fingerprints([PLAIN, moved, *others]))) == 6


def test_sarif(result: Make) -> None:
    log = json.loads(sarif.render(result(PLAIN)))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert [driver[key] for key in ("version", "semanticVersion", "informationUri")] == ["1.2.0"] * 2 + [
        "https://x.invalid/"
    ]
    for rule in driver["rules"]:
        page = RULES[rule["id"]].page
        assert rule["help"] == {"text": page, "markdown": page}
        assert rule["shortDescription"]["text"] == RULES[rule["id"]].summary
        assert rule["fullDescription"]["text"].startswith(f"{RULES[rule['id']].summary} ")
        assert len(rule["fullDescription"]["text"]) > len(RULES[rule["id"]].summary) + 20
    assert run["results"] == [
        {
            "ruleId": "undeclared",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "`celery` is imported; declare `celery`"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "a.py", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 3, "startColumn": 6, "endColumn": 12},
                    }
                }
            ],
            "partialFingerprints": {"importCustoms/v1": fingerprints([PLAIN])[0]},
            "properties": {"module": "celery", "providers": ["celery"], "remedy": "declare `celery`"},
        }
    ]


SCHEMA = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text())  # as OASIS publishes it


def test_sarif_is_what_the_published_schema_asks_for(result: Make) -> None:
    log = json.loads(sarif.render(result(PLAIN, HOSTILE)))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(sarif.render(result())))
    (run,) = log["runs"]
    uri = run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
    assert all(rule["id"] == name for rule, name in zip(run["tool"]["driver"]["rules"], RULES, strict=True))


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  what is parsed is our own


def test_junit(result: Make) -> None:
    suite = parsed(junit.render(result(PLAIN, SECOND)))[0]
    assert suite.attrib == {"name": "import-customs", "tests": "2", "failures": "2", "errors": "0"}
    case = suite[1]
    assert case.attrib == {
        "classname": "a.py",
        "name": "undeclared: celery (line 9)",
        "file": "a.py",
        "line": "9",
    }
    assert case[0].attrib == {"type": "undeclared", "message": "`celery` is imported; stage it"}
    assert case[0].text == "a.py:9:5-11: `celery` is imported; stage it"


def test_junit_without_findings_has_a_case_that_passed(result: Make) -> None:
    suite = parsed(junit.render(result()))[0]
    assert (suite.get("tests"), suite.get("failures"), len(suite), len(suite[0])) == ("1", "0", 1, 0)


def test_junit_is_xml_whatever_the_names(result: Make) -> None:
    failure = parsed(junit.render(result(HOSTILE)))[0][0][0]
    assert "<![CDATA[ ]]>\\ufffe" in failure.attrib["message"]


@pytest.mark.parametrize("name", FORMATS[1:])
def test_no_format_prints_what_could_mislead(result: Make, name: str) -> None:
    made = RENDERERS[name](result(HOSTILE))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", made)
    assert made.count("\n::") == 0


@pytest.mark.parametrize("name", FORMATS[1:])
def test_without_findings_each_is_whole(result: Make, name: str) -> None:
    made = RENDERERS[name](result())
    assert made == "" if name == "github" else made.endswith("\n")


def test_statistics(result: Make) -> None:
    assert statistics.render(result(PLAIN, SECOND, HOSTILE)) == (
        "\nimports  rule\n      2  undeclared\n      1  unknown\n"
        "\nimports  package\n      2  celery\n      1  (unknown)\n"
    )
    assert statistics.render(result()) == ""
