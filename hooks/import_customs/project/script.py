"""A script with metadata of its own in, the project out that it is to itself.

Source: PEP 723 and the PyPA specification "Inline script metadata", whose regular expression this is.
"""

import re

from import_customs.project.document import Document, parse

MARK = b"# /// script"
_BLOCK = re.compile(r"^# /// script$\s((?:^#(?:| .*)$\s)+)^# ///$", re.MULTILINE)


def metadata(path: str, source: bytes) -> Document | None:
    """The document in a script's comment block, with the script's own lines; None where it has none.

    Raises CheckError where it is not TOML.
    """
    text = source.decode("utf-8", "replace").replace("\r\n", "\n")
    block = _BLOCK.search(text)
    if block is None or not _is_comment(text, text.count("\n", 0, block.start()) + 1):
        return None
    lines = (line.removeprefix("#").removeprefix(" ") for line in block[1].splitlines())
    above = "\n" * (text.count("\n", 0, block.start()) + 1)  # so that errors name the script's lines
    return parse((above + "\n".join(lines)).encode(), path)


def _is_comment(text: str, line: int) -> bool:
    """Whether what begins on the line is a comment, and not part of a string: tests hold scripts in strings."""
    import io
    import tokenize  # 8 ms; only a file that may hold metadata gets here

    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.end[0] >= line:
                return token.type == tokenize.COMMENT
    except (tokenize.TokenError, SyntaxError):
        pass
    return True
