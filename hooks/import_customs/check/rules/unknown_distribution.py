"""The rule `unknown-distribution`: a new declaration names what the index never saw, and nearly names a popular one."""

from collections.abc import Collection, Iterator

from import_customs import providers
from import_customs.check.covered import gathered_projects
from import_customs.check.rules.rule import Rule, finding_of_declaration
from import_customs.check.state import State, text_of
from import_customs.model import Declaration, Finding, Project
from import_customs.model.source_text import decode
from import_customs.providers.misspelling import likely_distribution

PAGE = """\
Opt-in: a new declaration names no known package, and nearly the name of a popular one.

## What it finds

A declaration that the change adds, of a name that the bundled index never saw and that is a letter or two away from
that of one of the most downloaded packages: `reqeusts` for requests. Its place is that of the declaration. Not what is
declared by URL, by path or from an index of its own, nor what the repository holds or `provides` names. Without the
rule the same is a note.

## Why it matters

Whoever registers such a name on a public index gets their code into every environment that has the misspelling.

## What settles it

Correct the spelling. A package of your own is known once `provides` says what it installs.

## Options

- `rules = ["unknown-distribution"]` switches it on.
- `provides`: what a package of your own installs, such as `provides = { our-platform = ["acmecorp"] }`.
"""
_REMEDY = "correct the spelling; a package of your own is known once `provides` says what it installs"


def findings(state: State, added: Collection[tuple[Project, Declaration]]) -> Iterator[Finding]:
    """A finding for each added declaration of that kind; without the rule in its project the state has a note."""
    for project, declaration in added:
        near = None if _is_known(state, project, declaration) else likely_distribution(declaration.name)
        if near is None:
            continue
        name = declaration.name
        message = f"no package `{name}` is known (index of {providers.index_day()}); did you mean `{near}`?"
        if RULE.name in project.config.rules:
            line = _line(state, declaration)
            yield finding_of_declaration(RULE.name, project.path, declaration, line, message, _REMEDY)
        else:
            state.warnings[f"{declaration.path}:{declaration.line}: {message}"] = None


def _is_known(state: State, project: Project, declaration: Declaration) -> bool:
    """Whether the index, the repository or the user knows the distribution, or the declaration says where it is."""
    name = declaration.name
    return (
        declaration.is_elsewhere
        or name in project.elsewhere
        or providers.is_known(name)
        or any(name in named for _, named in project.config.provides)
        or gathered_projects.is_local(state, project, name)
    )


def _line(state: State, declaration: Declaration) -> str:
    """The text of the line that states it; "" if it cannot be read."""
    lines = decode(text_of(state, declaration.path))[0].split("\n")
    return lines[declaration.line - 1] if declaration.line <= len(lines) else ""


RULE = Rule("unknown-distribution", PAGE, is_opt_in=True)
