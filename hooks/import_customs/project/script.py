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
    if block is None:
        return None
    lines = (line.removeprefix("#").removeprefix(" ") for line in block[1].splitlines())
    above = "\n" * (text.count("\n", 0, block.start()) + 1)  # so that errors name the script's lines
    return parse((above + "\n".join(lines)).encode(), path)
