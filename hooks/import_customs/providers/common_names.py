"""Tell of a module with a common name which distributions install it that the bundled index does not name.

They install a common word, or are one of many. Only what is about to be reported gets here. The functions raise
IndexDamagedError where a file of the index is missing or not what was installed.
"""

from collections.abc import Collection

from import_customs.model.names import top
from import_customs.providers.index import BEYOND_DOUBT, is_second, providers, rank
from import_customs.providers.index_lines import SortedLines

_left_out = SortedLines("left-out.txt")
_DIGITS = 4  # of a hash
_COMMON = 8  # distributions; what fewer install is mostly meant by its name, as `pandas_profiling` is
_EVERYONES = 300  # likewise; above stand `utils`, `config`, `lib`, `common`, below `trytond` with its modules


def is_common_word(module: str, distribution: str) -> bool:
    """Whether the distribution has the module beside its own, and many others have it: `models`, of llama-models.

    What hundreds have is common though it is called so, if it is not known to all: `utils` is in 1,000 distributions.
    """
    hashes = _left_out.value(top(module)) or ""
    count = len(providers(module)) + len(hashes) // _DIGITS
    if count >= _EVERYONES:
        place = rank(distribution)
        return place is not None and place > BEYOND_DOUBT
    return count >= _COMMON and is_second(module, distribution)


def unlisted_providers(module: str, among: Collection[str]) -> list[str]:
    """Those of the distributions that install the module though `providers` does not name them.

    Another is taken for one of them once in 17 million times for each that installs it: for `utils` that are 1,000.
    """
    hashes = _left_out.value(top(module))
    if not hashes:
        return []
    from base64 import b64encode  # 1 ms; only what is about to be reported gets here
    from zlib import crc32

    listed = {hashes[at : at + _DIGITS] for at in range(0, len(hashes), _DIGITS)}
    hashed = {name: b64encode((crc32(name.encode()) >> 8).to_bytes(3, "big")).decode() for name in among}
    return sorted(name for name, value in hashed.items() if value in listed and rank(name) is None)
