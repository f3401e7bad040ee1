"""Read the metadata of a script that is a project to itself.

Source: PEP 723 and the PyPA specification "Inline script metadata", whose regular expression takes time with the square
of the lines that begin a block.
"""

from import_customs.model import SCRIPT
from import_customs.model.later import lru_cache, re
from import_customs.model.toml import Document, parse
from import_customs.project.declarations import DeclaredList, declare_list

_END = "# ///"


def metadata(path: str, source: bytes) -> Document | None:
    """The document in a script's comment block, with the script's own lines; None where it has none.

    Raises CheckError where it is not TOML.
    """
    text = source.decode("utf-8", "replace").replace("\r\n", "\n")
    begin, block = _block(text.split("\n"))
    if not begin or not _is_comment(text, begin):
        return None
    inner = (line.removeprefix("#").removeprefix(" ") for line in block)
    return parse(("\n" * begin + "\n".join(inner)).encode(), path)  # so that errors name the script's lines


@lru_cache(maxsize=1)  # asked for each finding of a file, one after the other
def unread_line(source: bytes) -> int:
    """The line, from 1, of what is meant to begin metadata and by the specification begins none; 0 where none is."""
    text = source.decode("utf-8", "replace").replace("\r\n", "\n")
    found = re.search(r"^#[ \t]*///[ \t]*script[ \t]*$", text, re.MULTILINE)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    return line if line and not _block(text.split("\n"))[0] and _is_comment(text, line) else 0


def states_project(document: Document) -> bool:
    """Whether the metadata state a project; those that only configure tools leave the file one of the project's."""
    return not {"dependencies", "requires-python"}.isdisjoint(document.table)


def declared_list(document: Document) -> DeclaredList:
    """The dependencies of the metadata."""
    return declare_list(document, "dependencies", document.get("dependencies", list), SCRIPT)


def _block(lines: list[str]) -> tuple[int, list[str]]:
    """The number, from 1, of the line that begins the first block, and the lines in it; 0 where there is none.

    It ends at the last end among the comments that follow.
    """
    begin = end = 0
    for number, line in enumerate([*lines, ""], start=1):
        if begin and not (line == "#" or line.startswith("# ")):
            if end > begin + 1:
                return begin, lines[begin : end - 1]
            begin = end = 0
        elif not begin and line == "# /// script":
            begin = number
        elif begin and line == _END:
            end = number
    return 0, []


def _is_comment(text: str, line: int) -> bool:
    """Whether what begins on the line is a comment, and not part of a string: tests hold scripts in strings."""
    import io
    import tokenize  # 8 ms; only a file that may hold metadata gets here

    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    try:
        return next(token.type for token in tokens if token.end[0] >= line) == tokenize.COMMENT
    except (tokenize.TokenError, SyntaxError):
        return True


def in_comment(line: str) -> str:
    """A line of a list as it stands in such metadata, which are comments: the specification has two spaces there."""
    return f"# {line.replace('    ', '  ', 1)}"
