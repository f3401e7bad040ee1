"""The rule `transitive`: the module's distribution is installed only because a declared one requires it."""

from collections.abc import Sequence

from import_customs import providers
from import_customs.check.rules.rule import Rule, module_and_provider, not_declared, shown_module
from import_customs.model import Finding, Import, Site

PAGE = """\
Declared nowhere; it is installed only because a declared distribution requires it.

## What it finds

An import whose distribution the project does not declare, although the lock file or the environment has it: it arrives
there as a requirement of a distribution that is declared. The message shows the way it takes.

## Why it matters

The import works today, and breaks when the distribution in between drops its requirement or moves to a version that
you cannot use. That is not a breaking change for them, so no changelog will warn you.

## What settles it

Declare the distribution, as for `undeclared`; `import-customs --fix` writes the line.

## Options

- `ignore`, `per-file-ignores`, or `# import-customs: ignore` in the import's statement: exempt the import.
- `guarded = "ignore"`: do not ask for a declaration of what is imported under a guard.
"""


def finding(site: Site, module: str, imported: Import, ways: Sequence[Sequence[str]], shown: str) -> Finding:
    """The finding for a module whose provider arrives by these ways: each from the provider to a declared distribution.

    The shortest way comes first. `shown` is as in `Hints`.
    """
    provider = ways[0][0]
    shown = shown or shown_module(module, providers.providers(module))
    steps = [f"`{name}`" for name in reversed(ways[0][1:])]  # from the declared distribution to what requires it
    through = steps[0] if len(steps) == 1 else f"{steps[0]} (through {', '.join(steps[1:])})"
    more = f" and {len(ways) - 1} more" if len(ways) > 1 else ""
    message = (
        f"{module_and_provider(shown, provider)} {not_declared(site.project)}; "
        f"only {through}{more} {'require' if more else 'requires'} it"
    )
    found = RULE.finding(site, shown, imported, message, [provider])
    return found._replace(via=tuple(way[-1] for way in ways))


RULE = Rule("transitive", PAGE, settled_by="declaration", is_declared_nowhere=True)
