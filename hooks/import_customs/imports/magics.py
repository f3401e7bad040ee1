"""A cell of an IPython notebook in, the Python that it runs out, line for line."""

import re

_PYTHON_CELLS = {"time", "timeit", "capture", "prun", "memit"}  # cell magics whose cell is Python
_RUNS = r"time|timeit|prun|memit|mprun|lprun"  # line magics that run the rest of the line
_OPTIONS = r"(?:-[nrps]\s*+\d++\s++|-[a-zA-Z]\s++)*+"
_RUNNING = re.compile(rf"(\s*+)(?:[\w., \t]++=\s*+)?%{{1,2}}(?:{_RUNS})\b[ \t]*+{_OPTIONS}(.*)", re.DOTALL)
_NOT_PYTHON = re.compile(r"\s*+(?:[%!?,;/]|[\w., \t]++=\s*+[!%])")
_HELP = re.compile(r"\s*+[\w.*%]++\?{1,2}+\s*+;?\s*+$")


def python_lines(cell: str) -> list[str]:
    """The lines of a cell as Python: as many, those that are not Python replaced by `pass` or left empty."""
    lines = cell.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        word = lines[first][2:].split(maxsplit=1)
        if not word or word[0] not in _PYTHON_CELLS:
            return [""] * len(lines)
    return _replaced(lines)


def _replaced(lines: list[str]) -> list[str]:
    python: list[str] = []
    continued = False  # the line before is a magic that ends in a backslash
    for line in lines:
        replaced = "" if continued else _line(line)
        python.append(replaced)
        continued = (continued or replaced is not line) and line.endswith("\\")
    return python


def _line(line: str) -> str:
    running = _RUNNING.match(line)
    if running is not None:
        return f"{running[1]}{running[2].rstrip(chr(92)) or 'pass'}"
    if _NOT_PYTHON.match(line) or _HELP.match(line):
        return f"{line[: len(line) - len(line.lstrip())]}pass"
    return line
