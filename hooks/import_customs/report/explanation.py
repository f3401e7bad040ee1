"""Write what `--explain` answers, for people or as JSON: the contract in docs/json.md."""

from collections.abc import Mapping, Sequence

from import_customs.model import Finding
from import_customs.model.answer import Answer
from import_customs.report import as_json, printable
from import_customs.report.json import as_object
from import_customs.report.remedy import remedied

_VERSION = 1
_OF_AN_IMPORT = ("path", "line", "column", "end_column", "cell", "guard")  # no import was looked at


def as_text(answers: Sequence[Answer]) -> str:
    """One block for each answer."""
    blocks = ("".join(f"{printable(line)}\n" for line in answer.lines) for answer in answers)
    return "\n".join(blocks)


def in_json(answers: Sequence[Answer]) -> str:
    """One object: a list for each kind of what was asked for; `modules` is always there."""
    listed: dict[str, list[Mapping[str, object]]] = {"modules": []}
    for answer in answers:
        for one in (answer, *answer.modules):
            listed.setdefault(one.kind, []).append(_facts(one))
    return as_json({"version": _VERSION, **listed})


def _facts(answer: Answer) -> Mapping[str, object]:
    finding = answer.facts.get("finding")
    if not isinstance(finding, Finding):
        return answer.facts
    kept = {key: value for key, value in as_object(remedied(finding)).items() if key not in _OF_AN_IMPORT}
    return {**answer.facts, "finding": kept}
