"""The text of corrections.txt in, what it says out. The file's head explains its lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from packaging.utils import NormalizedName, canonicalize_name

CORRECTIONS = Path(__file__).with_name("corrections.txt")


class CorrectionError(Exception):
    """A line of corrections.txt that cannot be followed; the text names the line."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A module below which other distributions install parts of their own."""

    module: str
    prefix: str  # what the part's distribution is called with, in place of the flattened module
    patterns: tuple[str, ...]  # shell patterns of the distributions that count


@dataclass(frozen=True, slots=True)
class Corrections:
    first: dict[str, list[NormalizedName]] = field(default_factory=dict)
    only: dict[str, list[NormalizedName]] = field(default_factory=dict)
    namespaces: set[str] = field(default_factory=set)
    parts: list[Parts] = field(default_factory=list)
    umbrellas: dict[NormalizedName, list[NormalizedName]] = field(default_factory=dict)


def read_corrections(path: Path = CORRECTIONS) -> Corrections:
    """Raises CorrectionError for a line without a reason, of an unknown kind, or said twice."""
    return parse_corrections(path.read_text(encoding="utf-8"))


def parse_corrections(text: str) -> Corrections:
    said = Corrections()
    seen: set[tuple[str, str]] = set()
    for number, kind, key, values in _lines(text):
        table = "module" if kind in {"first", "only"} else kind
        if (table, key) in seen:
            raise CorrectionError(f"corrections.txt:{number}: {key} is said twice")
        seen.add((table, key))
        _add(said, number, kind, key, values)
    return said


def _add(said: Corrections, number: int, kind: str, key: str, values: list[str]) -> None:
    names = [canonicalize_name(value) for value in values]
    match kind:
        case "first":
            said.first[key] = names
        case "only":
            said.only[key] = names
        case "namespace":
            said.namespaces.add(key)
        case "parts" if values:
            prefix, *patterns = values
            said.parts.append(Parts(key, prefix, tuple(patterns) or (f"{prefix}-*",)))
        case "umbrella":
            said.umbrellas[canonicalize_name(key)] = names
        case _:
            raise CorrectionError(f"corrections.txt:{number}: {kind} is no kind of correction, or says too little")


def _lines(text: str) -> Iterator[tuple[int, str, str, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        said, _, reason = line.partition(" # ")
        head, _, values = said.partition("=")
        words = head.split()
        if len(words) != 2 or not reason.strip():
            raise CorrectionError(f"corrections.txt:{number}: expected `kind module = names # reason`, found {line!r}")
        yield number, words[0], words[1], values.split()
