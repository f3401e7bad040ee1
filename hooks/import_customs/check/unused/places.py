"""Find words in a text that is asked for many: a large one is gone through once, and then looked at where they stand.

A word stands alone where it is a use, or between signs: so each of its runs of letters is a whole run of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice, takewhile

from import_customs.model.later import pattern

LARGE = 1 << 16  # characters; a smaller text is searched whole, which takes 0.2 ms
_NEAR = 200  # characters before and after a word that a pattern may look at
_RUN = pattern(r"[A-Za-z]+")
_RUN_OF_BYTES = pattern(rb"(?<=-[mp])[A-Za-z]+|[A-Za-z]+")
_OF_AN_OPTION = pattern(rb"-[mp]([A-Za-z]+)")  # python -mvenv


def runs_in(word: str) -> list[bytes]:
    """The runs of letters in a word, the longest first; none where it has no such letters."""
    return sorted((run.encode() for run in _RUN.findall(word)), key=len, reverse=True)


def runs_of(source: bytes) -> set[bytes]:
    """All runs of letters in a text."""
    return {*_RUN_OF_BYTES.findall(source), *_OF_AN_OPTION.findall(source)}


def search(expression: str, code: str, words: Collection[str]) -> re.Match[str] | None:
    """The first match of a pattern that has one of the words in it, all within one line or so.

    It is compiled only where a word stands, which takes longer than to look for that: 0.4 ms.
    """
    if len(code) < LARGE:
        return re.search(expression, code, re.MULTILINE) if any(word in code for word in words) else None
    places = sorted({place for word in words for place in _places_of(word, code)})
    if not places:
        return None
    compiled = re.compile(expression, re.MULTILINE)
    if len(places) * _NEAR > len(code):
        return compiled.search(code)
    near = (compiled.search(code, max(0, place - _NEAR), place + _NEAR) for place in places)
    return next(filter(None, near), None)


def _places_of(word: str, code: str) -> Iterator[int]:
    """Where it stands; where it has no run of letters, it is looked for."""
    run = max(_RUN.finditer(word), key=lambda found: len(found[0]), default=None)
    if run is None:
        yield from (found.start() for found in re.finditer(re.escape(word), code))
        return
    starts = (place - run.start() for place in _runs_with_places(code).get(run[0], ()))
    yield from (start for start in starts if start >= 0 and code.startswith(word, start))


@lru_cache(maxsize=32)
def _runs_with_places(code: str) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for run in _RUN.finditer(code):
        found.setdefault(run[0], []).append(run.start())
    return found


class Strings:
    """The strings of a Python file, each with the place of its first character; a word is found without all others."""

    def __init__(self, strings: Collection[tuple[int, str]]) -> None:
        self._sorted = sorted((string.lstrip("!%"), place, string) for place, string in strings)
        self.of_several_lines = [one for one in strings if "\n" in one[1]]
        self._by_run: dict[str, list[tuple[int, str]]] = {}  # of those of one line with a space
        for place, string in strings:
            if " " in string and "\n" not in string:
                for run in set(_RUN.findall(string)):
                    self._by_run.setdefault(run, []).append((place, string))

    def beginning(self, words: Collection[str]) -> list[tuple[int, str]]:
        """Those that begin with one of the words, perhaps behind a `!` or the like."""
        found = set[tuple[int, str]]()
        for word in words:
            after = islice(self._sorted, bisect_left(self._sorted, (word,)), None)
            found.update((place, string) for _, place, string in takewhile(partial(_begins, word), after))
        return sorted(found)

    def holding(self, words: Collection[str]) -> list[tuple[int, str]]:
        """Those of one line that may hold one of the words, and something else."""
        runs = {max(_RUN.findall(word), key=len, default="") for word in words}
        return sorted({one for run in runs for one in self._by_run.get(run, ())})


def _begins(word: str, one: tuple[str, int, str]) -> bool:
    return one[0].startswith(word)
