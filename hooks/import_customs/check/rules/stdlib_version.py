"""The rule `stdlib-version`: only some of the supported Pythons have the module in their standard library."""

from import_customs import providers
from import_customs.check.rules.rule import Rule
from import_customs.model import Finding, Import, Project, Site
from import_customs.model.requirement import Name, normalized
from import_customs.providers import distributions, stdlib

PAGE = """\
The standard library has the module, but not on every Python that the project supports.

## What it finds

An import of a module that came to the standard library, or left it, within the range of Pythons that `requires-python`
(or Poetry's `python`) admits, or before all of them: `tomllib` under `>=3.9`, `distutils` under `>=3.11`. A module that
no Python 3 has (`urllib2`) is like any other, which nothing may be known to provide. An import under `try` or a test of
`sys.version_info` is not found, because it copes with that.

## Why it matters

On the Pythons without the module the import fails, and `requires-python` promises their users that it does not.

## What settles it

- Guard the import (`try`, `sys.version_info`), with a declared backport imported where the module is missing.
- Declare a distribution that installs the module: a backport, or one that carries on what Python dropped.
- Narrow `requires-python`, where a supported Python has the module.

The message names those of these that there are.

## Options

- `ignore`, `per-file-ignores`, or `# import-customs: ignore` in the import's statement: exempt the import.
"""


def finding(site: Site, top: str, imported: Import) -> Finding:
    """The finding for a top-level module that is in the standard library of some supported Pythons only, or of none."""
    project = site.project
    having, known = stdlib.versions_with(top)
    left = [version for version in stdlib.supported(project.requires_python) if version in having]
    installing = _distribution(top)
    until = f"up to {having[-1]}" if having[-1] != known[-1] else ""
    since = f"since {having[0]}" if having[0] != known[0] and not until else ""
    message = f"`{top}` is in the standard library {since or until}, and requires-python is {project.requires_python}"
    ways = _ways(project, top, installing, is_left=bool(left))
    if left:
        ways.append(f"require Python {left[0] if since else left[-1]} or {'newer' if since else 'older'}")
    found = RULE.finding(site, top, imported, message, [installing] if installing else ())
    remedy = f"{', '.join(ways[:-1])}, or {ways[-1]}" if len(ways) > 1 else ways[0]
    return found._replace(remedy=remedy, settled_by="declaration" if installing else "")


def _distribution(top: str) -> str:
    """The distribution that installs the module where Python lacks it; "" if none is known.

    That of the index has to be called after the module: `parser` is installed by more than a parser of Python.
    """
    if same_name := stdlib.substitute(top):
        return same_name
    known = [name for name in providers.providers(top) if providers.rank(name) is not None and top in name.split("-")]
    return next((name for name in known if distributions.newest_installs(Name(name), top) is not False), "")


def _ways(project: Project, top: str, installing: str, *, is_left: bool) -> list[str]:
    """What lets the project do without the module on Pythons that lack it; `is_left` if some supported one has it."""
    other_name = stdlib.backport(top)
    if other_name:
        declare = "" if normalized(other_name) in project.declared else "declare and "
        return [f"{declare}import `{other_name}` where it is missing (`try`)"]
    guard = "guard the import (`try`)"
    return [f"declare `{installing}`", guard] if installing else [guard] if is_left else ["remove the import", guard]


RULE = Rule("stdlib-version", PAGE)
