"""The table of rules. Only an import that nothing covers, or a project that opts in, loads it."""

from collections.abc import Collection, Iterator

from import_customs.check.rules import (
    conditional,
    misplaced,
    stdlib_version,
    transitive,
    undeclared,
    unknown,
    unknown_distribution,
)
from import_customs.check.rules.rule import Rule
from import_customs.model import Finding, Import, Site, Tree

# In the order of README.md. An opt-in rule with a judgement is asked by `opted_in`; who finds by another is named in
# that rule's file.
RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        undeclared.RULE,
        transitive.RULE,
        unknown.RULE,
        stdlib_version.RULE,
        misplaced.RULE,
        conditional.RULE,
        unknown_distribution.RULE,
    )
}


def opted_in(tree: Tree, site: Site, module: str, imported: Import, known: Collection[str]) -> Iterator[Finding]:
    """The findings of the opt-in rules that the project chose, for an import that a declared distribution covers.

    `known` are all distributions that may be the one.
    """
    declarations = [one for one in site.project.declarations if one.name in known]
    for rule in RULES.values():
        if rule.judgement and rule.name in site.project.config.rules:
            found = rule.judgement(tree, site, module, imported, declarations)
            if found:
                yield found
