"""What stands for a function of the standard library does what that does, where nothing has loaded its module."""

import fnmatch
import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_customs.model import later

SMALL = later.small_lru_cache  # type: ignore[attr-defined]  # it is there at run time alone


@pytest.mark.parametrize("lru_cache", [pytest.param(SMALL, id="small"), pytest.param(functools.lru_cache, id="real")])
@pytest.mark.parametrize(
    ("maxsize", "asked", "computed"),
    [
        pytest.param(None, "abab", "ab", id="without an end"),
        pytest.param(2, "abba", "ab", id="as many as are kept"),
        pytest.param(2, "abca", "abca", id="the first goes for the third"),
        pytest.param(1, "aabb", "ab", id="the last alone"),
        pytest.param(2, "!!a", "!!a", id="a failure is not kept"),
    ],
)
def test_what_is_computed(lru_cache, maxsize, asked, computed):
    calls = []

    @lru_cache(maxsize=maxsize)
    def upper(letter):
        """Its own words."""
        calls.append(letter)
        if letter == "!":
            raise KeyError(letter)
        return letter.upper() if letter != "b" else None

    for letter in asked:
        if letter == "!":
            with pytest.raises(KeyError):
                upper(letter)
        else:
            assert upper(letter) == (letter.upper() if letter != "b" else None)
    assert "".join(calls) == computed
    assert (upper.__doc__, upper.__module__) == ("Its own words.", __name__)
    upper.cache_clear()
    upper("a")
    assert calls[len(computed) :] == ["a"]


GLOBS = st.text(st.sampled_from("ab*?[]!."), max_size=4)


@given(st.text(st.sampled_from("ab*[.\n"), max_size=3), GLOBS)
def test_globs_match_as_those_of_the_standard_library(name, glob):
    assert later.fnmatchcase(name, glob) == fnmatch.fnmatchcase(name, glob)
