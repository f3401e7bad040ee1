"""The text of extras.txt in, what each extra of a distribution brings out. The file's head explains its lines."""

import re
from pathlib import Path

from packaging.utils import canonicalize_name

from index.corrections import CorrectionError

EXTRAS = Path(__file__).with_name("extras.txt")

_LINE = re.compile(r"([A-Za-z0-9._-]+)\[([A-Za-z0-9._-]+|\*)\] = (\S+(?: \S+)*)")
_BROUGHT = re.compile(r"([a-z0-9-]+|[a-z0-9-]+-\*)(\[[a-z0-9-]+(,[a-z0-9-]+)*\])?")


def read_extras(path: Path = EXTRAS) -> dict[str, str]:
    """By `distribution[extra]`, normalized, the requirements. Raises CorrectionError, which names the line."""
    return parse_extras(path.read_text(encoding="utf-8"))


def parse_extras(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        said = _LINE.fullmatch(line)
        if said is None or not all(_BROUGHT.fullmatch(word) for word in said[3].split(" ")):
            raise CorrectionError(f"extras.txt:{number}: expected `distribution[extra] = names`, found {line!r}")
        key = f"{canonicalize_name(said[1])}[{said[2] if said[2] == '*' else canonicalize_name(said[2])}]"
        if key in found:
            raise CorrectionError(f"extras.txt:{number}: {key} is said twice")
        found[key] = said[3]
    return found
