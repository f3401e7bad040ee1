"""Turn a cell of an IPython notebook into the Python that it runs, line by line."""

import re

from import_customs.model.source_text import STRING_OR_COMMENT

_PYTHON_CELLS = {"time", "timeit", "capture", "prun", "memit"}  # cell magics whose cell is Python
_RUNS = r"time|timeit|prun|memit|mprun|lprun"  # line magics that run the rest of the line
_OPTIONS = r"(?:-[nrps]\s*+\d++\s++|-[a-zA-Z]\s++)*+"
_RUNNING = re.compile(rf"(\s*+)(?:[\w., \t]++=\s*+)?%{{1,2}}(?:{_RUNS})\b[ \t]*+{_OPTIONS}(.*)", re.DOTALL)
_NOT_PYTHON = re.compile(r"\s*+(?:[%!?,;/]|[\w., \t]++=\s*+[!%])")
_HELP = re.compile(r"\s*+[\w.*%]++\?{1,2}+\s*+;?\s*+$")
_TOKEN = re.compile(STRING_OR_COMMENT + r"|[(\[{]|[)\]}]|\\\n|\n")


def python_lines(cell: str) -> list[str]:
    """As many lines as the cell has; those that are not Python are replaced by `pass` or left empty.

    If the first line is indented, all lose its indentation.
    """
    lines = cell.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip(" \t"))]
    lines = [line.removeprefix(indent) for line in lines]
    if lines[first].startswith("%%"):
        word = lines[first][2:].split(maxsplit=1)
        if not word or word[0] not in _PYTHON_CELLS:
            return [""] * len(lines)
    return _without_magics(lines)


def _without_magics(lines: list[str]) -> list[str]:
    """The lines, with each magic replaced that stands where a statement may start.

    From a statement on that is never closed, each line is taken for a statement, so that it hides no magic.
    """
    cell = "\n".join(lines)
    python: list[str] = []
    at, closes = 0, True
    while len(python) < len(lines):
        first = last = len(python)
        replaced = _without_magic(lines[first])
        if replaced is not lines[first]:
            while lines[last].endswith("\\") and last + 1 < len(lines):
                last += 1
            python += [replaced, *[""] * (last - first)]
        else:
            end = _end_of_statement(cell, at) if closes else None
            closes = end is not None
            last += cell.count("\n", at, end) if closes else 0
            python += lines[first : last + 1]
        at += sum(len(line) + 1 for line in lines[first : last + 1])
    return python


def _end_of_statement(cell: str, start: int) -> int | None:
    """The end of the last line of the statement that starts here; None if a bracket or string is never closed."""
    depth = 0
    for token in _TOKEN.finditer(cell, start):
        sign = token[0]
        if sign in ("'", '"'):
            return None
        if sign == "\n" and not depth:
            return token.start()
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth = max(depth - 1, 0)
    return None if depth else len(cell)


def _without_magic(line: str) -> str:
    running = _RUNNING.match(line)
    if running is not None:
        return f"{running[1]}{running[2].rstrip(chr(92)) or 'pass'}"
    if _NOT_PYTHON.match(line) or _HELP.match(line):
        return f"{line[: len(line) - len(line.lstrip())]}pass"
    return line
