"""Syntax that this Python may not know: every import is kept, and none comes from a string or a comment."""

import pytest

from import_customs.imports import tolerant
from imports.readers import find_imports, screen

TYPE_PARAMETERS = """\
import a
type X[T] = list[T]
class C[T: (int, str) = int]:
    def f[**P](self, *x: P.args) -> None:
        import b
        from c.d import e
x = 'import wrong'
# import wrong
'''
import wrong
'''
"""
T_STRINGS = '''\
import a
x = t'import wrong {y}'
y = rt"""
import wrong
{z!r:>{w}}
"""
z = t'{__import__("b")}'
from c import d
'''
EXCEPT = """\
try:
    import a
except ValueError, ImportError:
    import b
except* A, B:
    pass
x = 'import wrong'  # import wrong
import c
"""
LAZY = '''\
lazy import a
lazy from b import c
if x: lazy import d
lazy = 1; lazy import e, f.g as h
'lazy import wrong'
# lazy import wrong
"""
lazy import wrong
"""
lazy from . import wrong
'''
NESTED_STRINGS = '''\
import a
x = f'{d['import wrong']}'
y = f"{f"{f'{1}'}\\"}"
z = f'{
# import wrong
import_module('b')
}'
w = f"""
import wrong
{x}"""
import c
'''
MATCH = """\
import a
match x:
    case {'import wrong': 1}:
        import b
    case _: from c import d
"""


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param(TYPE_PARAMETERS, ["a", "b", "c.d"], id="3.12, 3.13: type parameters and their defaults"),
        pytest.param(T_STRINGS, ["a", "b", "c"], id="3.14: t-strings"),
        pytest.param(EXCEPT, ["a", "b", "c"], id="3.14: except without parentheses"),
        pytest.param(LAZY, ["a", "b", "d", "e", "f.g"], id="3.15: lazy imports"),
        pytest.param(NESTED_STRINGS, ["a", "b", "c"], id="3.12: any quote within an f-string"),
        pytest.param("import a\nx = [*y for y in z]\n'import wrong'\nimport c", ["a", "c"], id="3.15: unpacking"),
        pytest.param(MATCH, ["a", "b", "c"], id="3.10: match"),
        pytest.param("import a\nx[*y] = 1\ndef f(*x: *T): import b\n'import wrong'", ["a", "b"], id="3.11: stars"),
        pytest.param("def f():\n    try: import a\n    finally: return 1", ["a"], id="3.14: return in finally"),
        pytest.param("with (open('import wrong') as f, x as y):\n    import a", ["a"], id="3.10: with in parentheses"),
        pytest.param("print 'import wrong'\nimport a\nraise A, 'import wrong'\nimport b", ["a", "b"], id="Python 2"),
    ],
)
def test_every_import_and_no_other(text: str, modules: list[str]) -> None:
    found = [one.module for one in find_imports(text.encode())[0]]
    assert sorted(set(found)) == modules
    assert sorted({one.module for one in tolerant.find_imports(text)}) == modules
    named, unclear = screen(text.encode())
    assert unclear or set(modules) <= named


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import a\nx = f'{y['z']}'", id="on one line"),
        pytest.param(
            "import a\nx = (\n    f'{y}\\n'\n    f'{\"\\n\".join(y)}'\n)", id="the second of two, in brackets"
        ),
        pytest.param('import a\nx = f"""\n{y["""z"""]}\n"""', id="over lines"),
    ],
)
def test_an_f_string_of_312_is_not_warned_of(text: str) -> None:
    imports, warning = find_imports(text.encode())
    assert ([one.module for one in imports], warning) == (["a"], None)


def test_what_is_broken_for_every_python_is_warned_of() -> None:
    assert find_imports(b"from a import (b, c\nx = 1")[1] is not None
