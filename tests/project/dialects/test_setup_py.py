"""What a setup.py states, by setuptools' documentation ("Keywords"): text in, requirements out."""

import pytest

from import_customs.project.dialects import setup_py

CALL = "from setuptools import setup\n"


@pytest.mark.parametrize(
    ("source", "stated"),
    [
        pytest.param("setup(install_requires=['a>1', 'b'])", [("a>1", "runtime"), ("b", "runtime")], id="literal"),
        pytest.param("import setuptools\nsetuptools.setup(install_requires=('a',))", [("a", "runtime")], id="dotted"),
        pytest.param("A = ['a']\nsetup(install_requires=A)", [("a", "runtime")], id="a name"),
        pytest.param("A = ['a']\nsetup(install_requires=A + ['b'])", [("a", "runtime"), ("b", "runtime")], id="a sum"),
        pytest.param("A = ['a']\nsetup(install_requires=[*A, 'b'])", [("a", "runtime"), ("b", "runtime")], id="a star"),
        pytest.param("setup(install_requires='''\n  a\n  b\n''')", [("a", "runtime"), ("b", "runtime")], id="a text"),
        pytest.param("setup(extras_require={'x': ['a']})", [("a", "extra x")], id="extras"),
        pytest.param("setup(extras_require=dict(x=['a']))", [("a", "extra x")], id="extras by dict()"),
        pytest.param("K = {'install_requires': ['a']}\nsetup(**K)", [("a", "runtime")], id="arguments in a table"),
        pytest.param(
            "setup(setup_requires=['a'], tests_require=['b'], install_requires=[])",
            [("a", "build"), ("b", "extra test")],
            id="what the build and the tests need",
        ),
        pytest.param("raise SystemExit\nsetup(install_requires=['a'])", [("a", "runtime")], id="it is not run"),
    ],
)
def test_literals(source: str, stated: list[tuple[str, str]]) -> None:
    found = setup_py.read_setup_py(source.encode())
    assert ([(one.text, str(one.place)) for one in found.requirements], found.states, found.computed) == (
        stated,
        True,
        False,
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("setup(install_requires=open('r.txt').readlines())", id="a file's lines"),
        pytest.param("setup(install_requires=read(), tests_require=['a'])", id="one of two"),
        pytest.param("setup(install_requires=['a'] + more())", id="a part"),
        pytest.param("setup(install_requires=['a', 'b' + C])", id="an element"),
        pytest.param("A = ['a']\nA.append('b')\nsetup(install_requires=A)", id="appended"),
        pytest.param("A = ['a']\nA += ['b']\nsetup(install_requires=A)", id="added to"),
        pytest.param("A = ['a']\nif x:\n    A = ['b']\nsetup(install_requires=A)", id="given twice"),
        pytest.param("E = {}\nE['x'] = ['a']\nsetup(extras_require=E)", id="a key added"),
        pytest.param("setup(**arguments())", id="arguments that are computed"),
        pytest.param("A = ['a', *A]\nsetup(install_requires=A)", id="a name given to itself"),
        pytest.param(
            "A0 = []\n" + "".join(f"A{n + 1} = A{n} + A{n}\n" for n in range(60)) + "setup(install_requires=A60)",
            id="sums of sums, which must not take for ever",
        ),
        pytest.param("def f(:", id="does not parse"),
    ],
)
def test_computed(source: str) -> None:
    assert setup_py.read_setup_py(source.encode()).computed


@pytest.mark.parametrize(
    ("source", "name"),
    [
        pytest.param("setup(name='a', install_requires=[])", "a", id="a literal"),
        pytest.param("NAME = 'a'\nsetup(name=NAME)", "a", id="by a name"),
        pytest.param("setup(name=read())", "", id="computed"),
    ],
)
def test_name(source: str, name: str) -> None:
    assert setup_py.read_setup_py(source.encode()).name == name


@pytest.mark.parametrize("source", ["", "setup()", "setup(version='1')", "f(install_requires=['a'])"])
def test_nothing_stated(source: str) -> None:
    assert setup_py.read_setup_py(source.encode()) == setup_py.Setup([], states=False, computed=False)


@pytest.mark.parametrize(
    ("source", "is_left"),
    [
        pytest.param(
            "import setuptools\nsetuptools.setup(setup_requires=['pbr'], pbr=True)", True, id="as OpenStack does"
        ),
        pytest.param("setup(pbr=False)", False, id="not"),
        pytest.param("setup(setup_requires=['pbr'])", False, id="not asked for"),
    ],
)
def test_what_is_left_to_pbr(source: str, *, is_left: bool) -> None:
    found = setup_py.read_setup_py(source.encode())
    assert (found.pbr, found.states) == (is_left, False)
