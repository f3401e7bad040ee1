"""Turn a cell of an IPython notebook into the Python that it runs, line by line."""

import posixpath
import re

from import_customs.model.later import pattern
from import_customs.model.source_text import STRING_OR_COMMENT

# Cell magics whose cell some Python runs. Sources: IPython, ipyparallel, ipytest, sparkmagic, profilers, Databricks.
_PYTHON_CELLS = frozenset(
    "add_to black cache capture cudf.pandas.line_profile cudf.pandas.profile debug flake8 heat ipytest local lprun "
    "manim memit memray_flamegraph mprun mypy prun px pycodestyle pyinstrument pypy pyspark python python2 python3 "
    "run_pytest run_pytest[clean] scalene snakeviz time timeit trace viztracer wandb".split()
)
_PYTHON = pattern(r"(?:python|pypy)[\d.]*+(?:\.exe)?")
# Magics with one `%` that say the language of a whole cell: in Databricks always (source: its documentation), in other
# notebooks only if nothing follows on the line.
_LANGUAGES = frozenset({"scala", "sql", "r", "md", "sh", "fs"})
_RUNS = r"time|timeit|prun|memit|mprun|lprun|px|debug"  # line magics that run the rest of the line
_OPTIONS = (
    r"(?:-[nrpst]\s*+\d++\s++|--(?:targets|group-outputs|out|breakpoint)[ =]\s*+\S++\s++|-[a-zA-Z]\s++|--[\w-]++\s++)*+"
)
_RUNNING = pattern(rf"(\s*+)(?:[\w., \t]++=\s*+)?%{{1,2}}(?:{_RUNS})\b[ \t]*+{_OPTIONS}(.*)", re.DOTALL)
_NOT_PYTHON = pattern(r"\s*+(?:[%!?,;/]|[\w., \t]++=\s*+[!%])")
_HELP = pattern(r"\s*+[\w.*%]++\?{1,2}+\s*+;?\s*+$")
_TOKEN = pattern(STRING_OR_COMMENT + r"|\(|\[|\{|\)|\]|\}|\\\n|\n")


def python_lines(cell: str, *, in_databricks: bool) -> list[str]:
    """As many lines as the cell has; those that are not Python are replaced by `pass` or left empty.

    If the first line is indented, all lose its indentation.
    """
    lines = cell.split("\n")
    if language_magic(cell, in_databricks=in_databricks):
        return [""] * len(lines)
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return _without_magics([line.removeprefix(indent) for line in lines])


def language_magic(cell: str, *, in_databricks: bool) -> str:
    """The magic at the start of a cell that makes it one of another language, or one that is not known; "" if none.

    A magic that runs Python may stand before it.
    """
    for line in filter(str.strip, cell.split("\n")):
        magic, *rest = line.split()
        if magic.startswith("%%"):
            runs = _run_by_script(rest) if magic == "%%script" else magic[2:]
            if runs not in _PYTHON_CELLS and not _PYTHON.fullmatch(runs):
                return magic
        else:
            is_language = magic[:1] == "%" and magic[1:] in _LANGUAGES
            return magic if is_language and (in_databricks or not rest) else ""
    return ""


def _run_by_script(words: list[str]) -> str:
    """The program that `%%script` runs, by its path or through `env`."""
    programs = (word for word in words if not word.startswith("-") and "=" not in word)
    return next((name for word in programs if (name := posixpath.basename(word)) != "env"), "")


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
