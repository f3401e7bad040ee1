"""Write several names into a sentence. The rooms that make messages share it."""

from collections.abc import Sequence


def enumerated(names: Sequence[str], last: str = "and", most: int | None = None) -> str:
    """`a, b and c`, of at least one name; with more than `most` the first of them and how many there are besides."""
    left = 0 if most is None else len(names) - most
    *others, final = [*names[:most], f"{left} more"] if left > 0 else names
    return f"{', '.join(others)} {last} {final}" if others else final


def in_backticks(names: Sequence[str]) -> list[str]:
    """The names as a message shows them."""
    return [f"`{name}`" for name in names]
