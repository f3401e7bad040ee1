"""`re`, which is loaded when it is first asked for something: 6 ms, with `enum`, that a clean commit saves.

`from import_customs.model.later import re` stands for `import re` in the modules that such a commit loads. Everywhere,
`pattern` stands for `re.compile` in what a module holds: most checks use few of its patterns, and 60 take 4 ms.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re as re

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
