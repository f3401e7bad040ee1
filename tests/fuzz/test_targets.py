"""A quick look at each target: its seeds as they are, then pieces of them and words, put together at random.

`run.py` looks for longer, guided by what each input runs.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import IN_CI, examples
from fuzz.targets import TARGETS, seeds, words


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    found = seeds(TARGETS[name])
    assert len(found) > 20
    files = len(TARGETS[name].before)
    for seed in found if IN_CI or files == 1 else found[:: files + 1]:  # each as about one file, by turns
        TARGETS[name].check(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_pieces(name: str) -> None:
    target = TARGETS[name]
    pieces = st.sampled_from(words(target)) | _cuts(seeds(target))

    @settings(max_examples=examples(200))
    @given(st.sampled_from(target.before), st.lists(pieces, max_size=12).map(b"".join))
    def check(before: bytes, rest: bytes) -> None:
        target.check(before + rest)

    check()


@st.composite
def _cuts(draw: st.DrawFn, found: list[bytes]) -> bytes:
    """A part of a seed."""
    seed = draw(st.sampled_from(found))
    start = draw(st.integers(0, len(seed)))
    return seed[start : start + draw(st.integers(0, 80))]
