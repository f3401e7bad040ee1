"""The text of corrections.txt in, what it says out. The file's head explains its lines."""

from collections.abc import Callable, Iterator
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
    until: dict[tuple[NormalizedName, str], str] = field(default_factory=dict)  # the release without the module


def read_corrections(path: Path = CORRECTIONS) -> Corrections:
    """Raises CorrectionError for a line without a reason, of an unknown kind, or said twice."""
    return parse_corrections(path.read_text(encoding="utf-8"))


def parse_corrections(text: str) -> Corrections:
    said = Corrections()
    seen: set[tuple[str, str]] = set()
    for number, kind, key, values in _lines(text):
        said_of = " ".join([key, *values[:1]]) if kind == "until" else key
        one = ("module" if kind in {"first", "only"} else kind, said_of)
        if one in seen:
            raise CorrectionError(f"corrections.txt:{number}: {said_of} is said twice")
        seen.add(one)
        _add(said, number, kind, key, values)
    return said


def _add(said: Corrections, number: int, kind: str, key: str, values: list[str]) -> None:
    if kind not in _KINDS or not _KINDS[kind](said, key, values):
        raise CorrectionError(f"corrections.txt:{number}: {kind} is no kind of correction, or says too little")


def _first(said: Corrections, key: str, values: list[str]) -> bool:
    said.first[key] = [canonicalize_name(value) for value in values]
    return True


def _only(said: Corrections, key: str, values: list[str]) -> bool:
    said.only[key] = [canonicalize_name(value) for value in values]
    return True


def _namespace(said: Corrections, key: str, _: list[str]) -> bool:
    said.namespaces.add(key)
    return True


def _parts(said: Corrections, key: str, values: list[str]) -> bool:
    if values:
        prefix, *patterns = values
        said.parts.append(Parts(key, prefix, tuple(patterns) or (f"{prefix}-*",)))
    return bool(values)


def _umbrella(said: Corrections, key: str, values: list[str]) -> bool:
    said.umbrellas[canonicalize_name(key)] = [canonicalize_name(value) for value in values]
    return True


def _until(said: Corrections, key: str, values: list[str]) -> bool:
    if len(values) == 2:
        said.until[canonicalize_name(values[0]), key] = values[1]
    return len(values) == 2


_KINDS: dict[str, Callable[[Corrections, str, list[str]], bool]] = {  # each False where the values say too little
    "first": _first,
    "only": _only,
    "namespace": _namespace,
    "parts": _parts,
    "umbrella": _umbrella,
    "until": _until,
}


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
