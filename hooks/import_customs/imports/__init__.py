"""Source of a file in, the modules that it imports out."""

from typing import NamedTuple


class Import(NamedTuple):
    """One absolute import, as `syntax` finds it."""

    module: str  # dotted, NFKC-normalized (PEP 3131)
    names: tuple[str, ...]  # what `from module import …` names, without "*"; () for `import module` and for calls
    line: int  # of the statement or call, from 1
    column: int  # of the statement or call, from 1, in characters
    guard: str | None  # "try", "type-checking", "version", "platform", or None where nothing makes it conditional
