"""The rule `misplaced`: runtime code imports what is declared for development only."""

from collections.abc import Sequence

from import_customs.check.rules.rule import Rule
from import_customs.model import Declaration, Finding, Import, Site, Tree, relative
from import_customs.project.purpose import is_for_users, is_runtime

PAGE = """\
Opt-in: runtime code imports what is declared for development only.

## What it finds

An import in runtime code, which is what the built distribution would hold, of a distribution that is declared only in
dependency groups, or in extras called like development (`dev`, `test`, `docs`, …). Imports that only type checkers see
are not found.

## Why it matters

Who installs your package gets the runtime dependencies alone. There the import fails, while every test run passes,
because the tests run with the development dependencies installed.

## What settles it

Move the declaration to the runtime dependencies, or to an extra that users install.

## Options

- `rules = ["misplaced"]` switches it on.
- `misplaced-paths`: globs of the runtime code, where the default (all but tests, docs, examples and scripts) is wrong.
- `# import-customs: ignore` in the import's statement exempts that import.
"""


def judgement(
    tree: Tree, site: Site, module: str, imported: Import, declarations: Sequence[Declaration]
) -> Finding | None:
    """A finding if the file is runtime code and all the declarations are for development."""
    path = relative(site.file, site.project.folder)
    if (
        site.for_types
        or not is_runtime(tree, site.project, path)
        or any(is_for_users(one.place) for one in declarations)
    ):
        return None
    name = declarations[0].name
    places = ", ".join(sorted({str(one.place) for one in declarations}))
    message = f"`{module}` is imported by runtime code; {site.project.path} declares it for development only ({places})"
    found = RULE.finding(site, module, imported, message, [name])
    return found._replace(remedy=f"move `{name}` to the runtime dependencies")


RULE = Rule("misplaced", PAGE, is_opt_in=True, judgement=judgement)
