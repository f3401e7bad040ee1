"""The rule `stdlib-version`: only some of the supported Pythons have the module in their standard library."""

from import_customs.check.rules.rule import Rule
from import_customs.model import Finding, Import, Project, Site
from import_customs.model.requirement import normalized
from import_customs.providers import stdlib

PAGE = """\
The standard library has the module, but not on every Python that the project supports.

## What it finds

An import of a module that came to the standard library, or left it, within the range of Pythons that `requires-python`
(or Poetry's `python`) admits: `tomllib` under `>=3.9`, `distutils` under `>=3.11`. An import under `try` or a test of
`sys.version_info` is not found, because it copes with that.

## Why it matters

On the Pythons without the module the import fails, and `requires-python` promises their users that it does not.

## What settles it

One of three things: guard the import (`try`, `sys.version_info`), with a declared backport imported where the module is
missing; declare a backport of the same name; or narrow `requires-python`.

## Options

- `ignore`, `per-file-ignores`, or `# import-customs: ignore` on the import's line: exempt the import.
"""


def finding(site: Site, top: str, imported: Import) -> Finding:
    """The finding for a top-level module that is in the standard library of some supported Pythons only."""
    same_name = stdlib.substitute(top)
    message = (
        f"`{top}` is in the standard library of some Pythons only, not of all that requires-python "
        f"({site.project.requires_python}) admits; {_way_out(site.project, top)}, or narrow requires-python"
    )
    if not same_name:
        return RULE.finding(site, top, imported, message)
    return RULE.finding(site, top, imported, message, [same_name])._replace(settled_by="declaration")


def _way_out(project: Project, top: str) -> str:
    """What lets the project import the module on Pythons that lack it."""
    same_name, other_name = stdlib.substitute(top), stdlib.backport(top)
    if other_name:
        declare = "" if normalized(other_name) in project.declared else "declare and "
        return f"guard the import (`try`, `sys.version_info`), and {declare}import `{other_name}` where it is missing"
    return f"declare `{same_name}`, guard the import" if same_name else "guard the import"


RULE = Rule("stdlib-version", PAGE)
