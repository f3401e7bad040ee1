"""The rules of the search for unused declarations: their names and pages."""

UNUSED, NEVER_INSTALLED = "unused", "never-installed"
_PAGE = """\
A declaration that nothing uses any more.

## What it finds

In a commit: a declaration whose last import the commit removes, if nothing else uses it. On a whole tree, with
`unused = "block"`: a declaration that nothing uses.

## Why it matters

What nobody uses is installed, locked and updated all the same, and its vulnerabilities count.

## What settles it

Take the declaration out (in a commit `--unused --fix --staged` does), or say why it stays, on its line or above:
`# import-customs: keep, REASON`.

## Options

- `unused = "block"`: with `--scope all` what nothing uses is a finding too.
- `added = "block"`: so is a declaration that the change adds and nothing uses.
- `unused-ignore`: distributions that need no use.
"""

_PAGE_OF_MARKERS = """\
A declaration whose marker holds on no supported Python and no platform.

## What it finds

In a commit: a declaration that it adds or changes, with a marker that no Python which `requires-python` admits and no
platform meets: `python_version < "3.10"` beside `>=3.10`, `platform_system == "darwin"` (the value is `Darwin`). On a
whole tree the same of every declaration, which is told, and blocks with `unused = "block"`.

## Why it matters

It is installed nowhere, whatever its comment says it is needed for.

## What settles it

Correct the marker, or take the declaration out.

## Options

- `unused = "block"`: with `--scope all` it is a finding too.
- `# import-customs: keep, REASON` on its line or above keeps it.
"""

PAGES = {UNUSED: _PAGE, NEVER_INSTALLED: _PAGE_OF_MARKERS}
