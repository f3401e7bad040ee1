"""`re`, which is loaded when it is first asked for something: 6 ms, with `enum`, that a clean commit saves.

`from import_customs.model.later import re` stands for `import re` in the modules that such a commit loads, whose
patterns are texts that `re` compiles, and keeps, when they are first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re as re
else:

    class _Later:
        def __getattr__(self, name):
            import re

            value = getattr(re, name)
            setattr(self, name, value)
            return value

    re = _Later()
