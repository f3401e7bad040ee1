"""Make the finding of a declaration that is at fault, where no import is."""

from import_customs.model import Declaration, Finding
from import_customs.model.later import re


def finding_of_declaration(
    rule: str, project: str, declaration: Declaration, line: str, message: str, remedy: str
) -> Finding:
    """The finding that a declaration is at fault for, and no import; `line` is the text of its line."""
    spelled = re.search(re.escape(declaration.name).replace(r"\-", "[-_.]+"), line, re.IGNORECASE)
    return Finding(
        path=declaration.path,
        line=declaration.line,
        column=spelled.start() + 1 if spelled else 1,
        end_column=spelled.end() + 1 if spelled else 1,
        module="",
        rule=rule,
        providers=(),
        project=project,
        guard=None,
        via=(),
        message=message,
        excerpt=line,
        remedy=remedy,
        settled_by="",
        is_declared_nowhere=False,
        distribution=declaration.name,
    )
