"""The rule `undeclared`: no declaration covers the module, though a distribution that provides it is known."""

import posixpath
from collections.abc import Sequence

from import_customs import providers
from import_customs.check.rules.rule import (
    Hints,
    Rule,
    module_and_provider,
    not_declared,
    shown_module,
    which_may_bring,
)
from import_customs.model import PYPROJECT, Finding, Import, Project, Site
from import_customs.model.sentence import enumerated, in_backticks
from import_customs.providers import distributions

_MOST_CHOICES = 3  # providers that are named where none of them is popular

PAGE = """\
A distribution that provides the module is known, and declared nowhere.

## What it finds

An import of a module that is not in the standard library, not first-party, and not provided by any distribution that
the project declares. At least one distribution is known to provide it: from the bundled index, the project's
environment, another project of the repository, or your own `provides` table.

## Why it matters

The import works only where somebody has installed the distribution by hand. Everywhere else, in CI or for a user of
your package, it fails with `ModuleNotFoundError`. An import under `try` or `TYPE_CHECKING` counts as well: a feature
that nobody's tests can import is a feature that nobody tests.

## What settles it

Declare the distribution. The report ends with the lines to paste, or with the `uv add`, `poetry add` or `pdm add`
command; `import-customs --fix` writes them.

## Options

- `provides`: which modules a distribution installs, where that cannot be known otherwise.
- `ignore`, `per-file-ignores`, or `# import-customs: ignore` in the import's statement: exempt the import.
- `guarded = "ignore"`: do not ask for a declaration of what is imported under a guard.
"""


_MOST_FOLDERS = 3  # that a message names


def finding(site: Site, module: str, imported: Import, known: Sequence[str], hints: Hints) -> Finding:
    """The finding for a module with `known` providers (at least one), the best first."""
    best = known[0]
    shown = hints.shown or shown_module(module, providers.providers(module) or list(known))
    named = module_and_provider(shown, "" if hints.obscure or hints.doubt else best)
    message = f"{named} {_declared_alike(site, module) or not_declared(site.project)}{which_may_bring(hints.extra)}"
    if hints.obscure or hints.doubt:
        found = RULE.finding(site, shown, imported, message, known[:_MOST_CHOICES] if hints.obscure else [best])
        return found._replace(remedy=hints.doubt or _which_one(known, hints.near), settled_by="")
    popular = (name for name in known[1:] if providers.rank(name) is not None)  # the long tail of forks helps nobody
    return RULE.finding(site, shown, imported, message, [best, *popular])


def _declared_alike(site: Site, module: str) -> str:
    """Says what the declared distribution that is called like the module installs instead; "" if there is none."""
    for name in providers.own_names(module):
        public = [one for one in distributions.top_level_modules(name) if one[:1] != "_"]
        if public and name in site.project.declared and providers.installs(name, module) is False:
            others = enumerated(in_backticks(public), most=_MOST_CHOICES)
            return f"is imported; the declared `{name}` installs {others}"
    return ""


def _which_one(known: Sequence[str], near: str | None) -> str:
    """What to do about providers of which none is among the most downloaded: a person has to see which one is meant."""
    named = ", ".join(f"`{name}`" for name in known[:_MOST_CHOICES])
    others = len(known) - _MOST_CHOICES
    more = f" and {others} more" if others > 0 else ""
    verb, they = ("installs", "it is") if len(known) == 1 else ("install", "they are")
    which = "check that it is what you want before you declare it" if len(known) == 1 else "check which one you mean"
    spelling = f"did you mean `{near}`? If not: " if near else ""
    return f"{spelling}{named}{more} {verb} it; {they} not among the most downloaded: {which}"


def finding_of_build(site: Site, module: str, imported: Import, name: str) -> Finding:
    """The finding in a file that only the build runs: what it imports is to be installed for the build."""
    shown = shown_module(module, providers.providers(module) or [name])
    message = f"{module_and_provider(shown, name)} is not declared for the build of {site.project.path}"
    return for_build(RULE.finding(site, shown, imported, message, [name]), site.project)


def for_build(found: Finding, project: Project) -> Finding:
    """The finding, settled by a requirement of the build: no other place reaches that."""
    if found.settled_by != "declaration" or found.local is not None:
        return found
    file, name = posixpath.join(project.folder, PYPROJECT), found.providers[0]
    new = "" if project.has_build_system else ', a new table, which has to list "setuptools" too'
    remedy = f'add "{name}" to [build-system] requires of {file}{new}'
    return found._replace(remedy=f"{remedy}: the build has what that names, and what it brings", settled_by="")


def for_nobody(found: Finding) -> Finding:
    """The finding in a setup.py that no build runs: a requirement of the build would install nothing for it."""
    if found.settled_by != "declaration" or found.local is not None:
        return found
    either = f'remove it, or declare "{found.providers[0]}" for development'
    return found._replace(remedy=f"nothing of the build runs {found.path}: {either}", settled_by="")


def finding_of_local(
    site: Site, module: str, imported: Import, local: Sequence[tuple[str, str]], *, is_joined: bool
) -> Finding:
    """The finding for a module of local projects (at least one): the name and the folder of each, equally likely.

    Of one that nothing `is_joined` with, a popular distribution that the module is called after is named as well.
    """
    name, folder = local[0]
    if len(local) > 1:
        folders = ", ".join(folder or "root" for _, folder in local[:_MOST_FOLDERS])
        more = f" and {len(local) - _MOST_FOLDERS} more" if len(local) > _MOST_FOLDERS else ""
        message = f"`{module}` is this repository's, in {folders}{more}, and is not declared"
        found = RULE.finding(site, module, imported, message, [name for name, _ in local if name])
        return found._replace(local=folder, remedy="declare the one that is meant, by its path", settled_by="")
    other = "" if is_joined or name in providers.providers(module) else _popular_of_that_name(module)
    also = f"; the package `{other}` has a module of that name as well" if other else ""
    message = f"`{module}` of this repository's {folder or 'root project'} {not_declared(site.project)}{also}"
    found = RULE.finding(site, module, imported, message, [name] if name else [])
    if name:
        return found._replace(local=folder)
    return found._replace(local=folder, remedy="give that project a name, and declare it by its path", settled_by="")


def _popular_of_that_name(module: str) -> str:
    """The popular distribution that is called like the module, and installs it; "" if there is none."""
    own, known = providers.own_names(module), providers.providers(module)
    return next((name for name in own if name in known and providers.rank(name) is not None), "")


RULE = Rule("undeclared", PAGE, settled_by="declaration", is_declared_nowhere=True)
