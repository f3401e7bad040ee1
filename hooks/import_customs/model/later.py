"""What a clean commit does without: `re`, which is loaded when it is first asked for something, and `functools`.

`from import_customs.model.later import re` stands for `import re` in the modules that such a commit loads: 6 ms, with
`enum`. Likewise `cache` and `lru_cache`, unless `runpy` has loaded `functools` (Python 3.11): 2 ms, with `collections`.
`fnmatchcase` is that of `fnmatch`, which loads `re` too.
Everywhere, `pattern` stands for `re.compile` in what a module holds: most checks use few of them, and 60 take 4 ms.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re as re
    from fnmatch import fnmatchcase as fnmatchcase
    from functools import cache as cache
    from functools import lru_cache as lru_cache

    pattern = re.compile
else:

    class _Later:
        def __getattr__(self, name):
            import re

            value = getattr(re, name)
            setattr(self, name, value)
            return value

    class pattern:  # noqa: N801  a function, to its readers
        """What `re.compile` gives for the same, which is compiled when it is first used."""

        def __init__(self, text, flags=0):
            self._stated = text, flags

        def __getattr__(self, name):
            value = getattr(re.compile(*self._stated), name)
            setattr(self, name, value)
            return value

    re = _Later()

    def fnmatchcase(name, glob):
        """Whether the name matches the glob; plain names, and what matches any, need no pattern."""
        if glob == "*" or not any(special in glob for special in "*?["):
            return glob in ("*", name)
        from fnmatch import fnmatchcase as matched

        return matched(name, glob)

    def small_lru_cache(maxsize):
        """As that of `functools`, for arguments by position; where there are too many, the first one goes first."""

        def keeping(function):
            kept = {}

            def asked(*arguments):
                value = kept.get(arguments, kept)
                if value is kept:  # which no function gives
                    value = function(*arguments)
                    if maxsize is not None and len(kept) >= maxsize:
                        del kept[next(iter(kept))]
                    kept[arguments] = value
                return value

            asked.__wrapped__, asked.__module__, asked.__doc__ = function, function.__module__, function.__doc__
            asked.cache_clear = kept.clear
            return asked

        return keeping

    if "functools" in sys.modules:  # as under `-m` on Python 3.11
        from functools import cache, lru_cache
    else:
        lru_cache, cache = small_lru_cache, small_lru_cache(maxsize=None)
