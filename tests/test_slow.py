"""The list of what `sh .ci/quick` leaves out."""

import pytest

from conftest import ROOT, SLOW


@pytest.mark.parametrize("entry", SLOW)
def test_entry_is_there(entry: str) -> None:
    name, _, test = entry.partition("::")
    path = ROOT / "tests" / name
    assert f"def {test}(" in path.read_text() if test else path.exists()


def test_entries_are_sorted() -> None:
    assert list(SLOW) == sorted(set(SLOW))
