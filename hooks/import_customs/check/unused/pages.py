"""The rules of the search for unused declarations: their names and pages."""

UNUSED = "unused"
_PAGE = """\
A declaration that nothing uses any more.

## What it finds

In a commit: a declaration whose last import the commit removes, if nothing else uses it. On a whole tree, with
`unused = "block"`: a declaration that nothing uses.

## Why it matters

What nobody uses is installed, locked and updated all the same, and its vulnerabilities count.

## What settles it

Take the declaration out (`--fix` does), or say why it stays, on its line or above:
`# import-customs: keep, REASON`.

## Options

- `unused = "block"`: with `--scope all` what nothing uses is a finding too.
- `added = "block"`: so is a declaration that the change adds and nothing uses.
- `unused-ignore`: distributions that need no use.
"""

PAGES = {UNUSED: _PAGE}
