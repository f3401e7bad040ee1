"""What a person types: a word for a shell."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from import_customs.model.option_advice import quote


@given(st.text(st.sampled_from("aZ09_@%+=:,./- '\"$\n~é"), max_size=8))
def test_quote_is_that_of_shlex(text: str) -> None:
    assert quote(text) == shlex.quote(text)
