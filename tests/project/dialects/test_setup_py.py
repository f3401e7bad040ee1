"""What a setup.py states, by setuptools' documentation ("Keywords"): text in, requirements out."""

import pytest

from import_customs.project.dialects import setup_py

AB = [("a", "runtime"), ("b", "runtime")]
TABLE = r"""
R = ["a", "a-b", "b>=1", "c!=2", "d[x]>2"]
D = {b: a for a, b in (re.findall(r"^(([^!=<>~]+)(?:[!=<>~].*)?$)", x)[0] for x in R)}
def f(*names):
    return [D[name] for name in names]
"""


@pytest.mark.parametrize(
    ("source", "stated"),
    [
        pytest.param("setup(install_requires=['a>1', 'b'])", [("a>1", "runtime"), ("b", "runtime")], id="literal"),
        pytest.param("import setuptools\nsetuptools.setup(install_requires=('a',))", [("a", "runtime")], id="dotted"),
        pytest.param("A = ['a']\nsetup(install_requires=A)", [("a", "runtime")], id="a name"),
        pytest.param("A = ['a']\nsetup(install_requires=A + ['b'])", [("a", "runtime"), ("b", "runtime")], id="a sum"),
        pytest.param("A = ['a']\nsetup(install_requires=[*A, 'b'])", [("a", "runtime"), ("b", "runtime")], id="a star"),
        pytest.param("setup(install_requires='''\n  a\n  b\n''')", [("a", "runtime"), ("b", "runtime")], id="a text"),
        pytest.param("setup(install_requires='''\n # c\n a # d\n #e\n b\n''')", AB, id="a text with comments"),
        pytest.param("setup(install_requires='a b'.split())", AB, id="a text that is split"),
        pytest.param("setup(install_requires='a, b'.split(','))", AB, id="a text that is split at commas"),
        pytest.param("setup(install_requires=['# c', 'a', ' #', 'b # d'])", AB, id="comments in a list"),
        pytest.param(
            "setup(install_requires=[f\"{r}; python_version < '4'\" for r in ('a', 'b')])", AB, id="with a marker"
        ),
        pytest.param("M = x()\nsetup(install_requires=['%s; %s' % (r, M) for r in ('a', 'b')])", AB, id="by a pattern"),
        pytest.param("setup(install_requires=[r + '==' + V for r in ('a', 'b')])", AB, id="with a version behind it"),
        pytest.param("setup(extras_require={'x': ['a']})", [("a", "extra x")], id="extras"),
        pytest.param("setup(extras_require=dict(x=['a']))", [("a", "extra x")], id="extras by dict()"),
        pytest.param("K = {'install_requires': ['a']}\nsetup(**K)", [("a", "runtime")], id="arguments in a table"),
        pytest.param(
            "setup(setup_requires=['a'], tests_require=['b'], install_requires=[])",
            [("a", "build"), ("b", "extra test")],
            id="what the build and the tests need",
        ),
        pytest.param("A = ['a']\nA.append('b')\nsetup(install_requires=A)", AB, id="appended"),
        pytest.param("A = ['a']\nif x:\n    A += ['b']\nsetup(install_requires=A)", AB, id="added to, in a branch"),
        pytest.param("A = ['a']\nA.extend(['b'])\nsetup(install_requires=A)", AB, id="extended"),
        pytest.param("A = ['a']\nif x:\n    A = ['b']\nsetup(install_requires=A)", AB, id="given in two branches"),
        pytest.param("A = ['a', *A]\nsetup(install_requires=A)", [("a", "runtime")], id="a name given to itself"),
        pytest.param(
            "def f():\n    A = ['a']\n    A.append('b')\n    return A\nsetup(install_requires=f())",
            AB,
            id="a list local to a function",
        ),
        pytest.param(
            "def f():\n    setup(install_requires=A)\nA = ['a']\nf()", [("a", "runtime")], id="a call in a function"
        ),
        pytest.param("setup(install_requires=['a' if x else 'b'])", AB, id="one of two elements"),
        pytest.param("setup(install_requires=['a'] + (['b'] if x else []))", AB, id="one of two lists"),
        pytest.param("V = '2'\nsetup(install_requires=['a>=%s' % V])", [("a", "runtime")], id="a version by %"),
        pytest.param("setup(install_requires=['a[x]>={}'.format(V)])", [("a[x]", "runtime")], id="by format()"),
        pytest.param("setup(install_requires=[f'a~={V}'])", [("a", "runtime")], id="in an f-string"),
        pytest.param("V = '>=2'\nsetup(install_requires=['a' + V])", [("a>=2", "runtime")], id="a literal version"),
        pytest.param("E = {}\nE['x'] = ['a']\nsetup(extras_require=E)", [("a", "extra x")], id="a key added"),
        pytest.param(
            "E = {'x': ['a']}\nE['all'] = sum(E.values(), [])\nsetup(extras_require=E)",
            [("a", "extra all"), ("a", "extra x")],
            id="an extra of all extras",
        ),
        pytest.param(
            "E = {'x': ['a']}\nE['y'] = [r for some in E.values() for r in some]\nsetup(extras_require=E)",
            [("a", "extra y"), ("a", "extra x")],
            id="an extra of all extras, comprehended",
        ),
        pytest.param(
            "E = {'x': ['a']}\nE['y'] = list({r for name, some in E.items() for r in some})\nsetup(extras_require=E)",
            [("a", "extra y"), ("a", "extra x")],
            id="an extra of all extras, over the items of the table",
        ),
        pytest.param("E = {'x': ['a']}\nsetup(tests_require=E['x'])", [("a", "extra test")], id="an extra's list"),
        pytest.param("setup(extras_require={':x': ['a']})", [("a", "runtime")], id="under a marker"),
        pytest.param("K = {}\nK['install_requires'] = ['a']\nsetup(**K)", [("a", "runtime")], id="a table added to"),
        pytest.param("K = {}\nK.update(install_requires=['a'])\nsetup(**K)", [("a", "runtime")], id="a table updated"),
        pytest.param("A, B = ['a'], None\nsetup(install_requires=B or [*A, 'b'])", AB, id="two names, one empty"),
        pytest.param(
            "E = defaultdict(list)\nE['x'].append('a')\nE.setdefault('y', []).append('b')\nsetup(extras_require=E)",
            [("a", "extra x"), ("b", "extra y")],
            id="keys added as they come",
        ),
        pytest.param(
            "E = {'x': ['a']} | {}\nsetup(extras_require=dict(E, y=['b']))",
            [("a", "extra x"), ("b", "extra y")],
            id="extras joined from tables",
        ),
        pytest.param(f"{TABLE}setup(install_requires=[D['a']])", [("a", "runtime")], id="looked up by name"),
        pytest.param(
            f"{TABLE}setup(install_requires=[D['b'], D['c'], D['d[x]']])",
            [("b>=1", "runtime"), ("c!=2", "runtime"), ("d[x]>2", "runtime")],
            id="looked up by name, with versions",
        ),
        pytest.param(
            f"{TABLE}E = {{}}\nE['x'] = f('a', 'b')\nE['y'] = E['x'] + f('c')\nsetup(extras_require=E)",
            [("a", "extra x"), ("b>=1", "extra x"), ("a", "extra y"), ("b>=1", "extra y"), ("c!=2", "extra y")],
            id="several looked up by a function",
        ),
        pytest.param(
            "A = ['c']\ndef f(A):\n    return [x for x in A if x]\nsetup(install_requires=f(['a', 'b']))",
            AB,
            id="a parameter called like a list of the file",
        ),
        pytest.param(
            "A = ['a', 'b']\ndef f(A):\n    return [x for x in A if x]\nsetup(install_requires=f(A))",
            AB,
            id="a parameter called like the list that it is given",
        ),
        pytest.param(
            "def f(x, more=('b',)):\n    return list(x) + list(more)\nsetup(install_requires=f(x=['a']))",
            AB,
            id="parameters, by name and by default",
        ),
        pytest.param(
            "def f(x):\n    x.append('b')\n    return x\nsetup(install_requires=f(['a']))",
            [("b", "runtime"), ("a", "runtime")],
            id="a parameter that is added to",
        ),
        pytest.param(
            "A = []\nfor n in ('a', 'b'):\n    A.append(n)\nsetup(install_requires=A)", AB, id="appended in a loop"
        ),
        pytest.param(
            "L = ['a', 'b']\nA = []\nfor n in L:\n    if x:\n        A += [n]\nsetup(install_requires=A)",
            AB,
            id="added in a loop over a list",
        ),
        pytest.param("setup(name='a')", [], id="a call that says there are none"),
        pytest.param("raise SystemExit\nsetup(install_requires=['a'])", [("a", "runtime")], id="it is not run"),
    ],
)
def test_literals(source: str, stated: list[tuple[str, str]]) -> None:
    found = setup_py.read_setup_py(source.encode())
    assert ([(one.text, str(one.place)) for one in found.requirements], found.states, found.unread) == (
        stated,
        True,
        0,
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("setup(install_requires=load(open('r.txt')))", id="what something else makes of a file"),
        pytest.param("setup(install_requires=open('r.md').readlines())", id="a file of another kind"),
        pytest.param("setup(install_requires=read(), tests_require=['a'])", id="one of two"),
        pytest.param("setup(install_requires=['a'] + more())", id="a part"),
        pytest.param("setup(install_requires=['a', 'b' + C])", id="an element"),
        pytest.param("setup(install_requires=['a', f'b{c}'])", id="a part of a name"),
        pytest.param("A = []\nfor x in open('r'):\n    A.append(x)\nsetup(install_requires=A)", id="what is appended"),
        pytest.param("def f(n):\n    return open(n).read()\nsetup(install_requires=f('r'))", id="a function reads it"),
        pytest.param("setup(install_requires=[f'{r}-stubs' for r in ['a']])", id="a name that is made of another"),
        pytest.param("setup(install_requires=['types-%s' % r for r in ['a']])", id="a name that is made by a pattern"),
        pytest.param("setup(install_requires=[f'{r}{v}' for r in ['a']])", id="a name, and who knows what behind it"),
        pytest.param("setup(**arguments())", id="arguments that are computed"),
        pytest.param(
            "A0 = []\n" + "".join(f"A{n + 1} = A{n} + A{n}\n" for n in range(60)) + "setup(install_requires=A60)",
            id="sums of sums, which must not take for ever",
        ),
        pytest.param(
            f"A = [{'0, ' * 9000}]\nB = [{'open(A), ' * 9000}]\nsetup(install_requires=B)",
            id="many that are read from many, which must not either",
        ),
        pytest.param(
            "A = ['a']\ndef f(A):\n    return A\nsetup(install_requires=f(read()))", id="what a function is given"
        ),
        pytest.param("A = ['a']\ndef f(A):\n    return A\nsetup(install_requires=f(*z))", id="what it may be given"),
        pytest.param("A = ['a']\ndef f(A):\n    setup(install_requires=A)\ng(f)", id="what nobody gives it"),
        pytest.param("for n in ('a', b):\n    A.append(n)\nsetup(install_requires=A)", id="some of what a loop takes"),
        pytest.param("for n, v in [('a', 1)]:\n    A.append(n)\nsetup(install_requires=A)", id="a part of that"),
        pytest.param(
            "def f(a): return a\n" * 2000 + f"setup(install_requires=[{'f(x), ' * 9000}])",
            id="many functions, which must not either",
        ),
        pytest.param("def f(:", id="does not parse"),
        pytest.param(f"{TABLE}setup(install_requires=[D['z']])", id="looked up, and not there"),
        pytest.param("E = {'a': ['b']}\nsetup(install_requires=[k for k, v in E.items()])", id="the keys of a table"),
        pytest.param("E = [('a', 'b')]\nsetup(install_requires=[v for k, v in E])", id="a part of each element"),
        pytest.param(f"{TABLE}setup(install_requires=[D[z]])", id="looked up by what is computed"),
        pytest.param(f"{TABLE}setup(install_requires=f(*z))", id="by names that are computed"),
        pytest.param(f"{TABLE}setup(install_requires=D.values())", id="all that a table is made to hold"),
        pytest.param("D = {k: k for k in open('r')}\nsetup(install_requires=[D['a']])", id="in what is made of a file"),
        pytest.param("D = {k: k for k in ['a', z]}\nsetup(install_requires=[D['a']])", id="in what is partly computed"),
        pytest.param("def f(*n):\n    return [g(x) for x in n]\nsetup(install_requires=f('a'))", id="made of names"),
    ],
)
def test_computed(source: str) -> None:
    assert setup_py.read_setup_py(source.encode()).unread


FUNCTION = """
def read(*parts):
    with open(os.path.join(HERE, *parts), encoding="utf-8") as file:
        return file.read()
"""

GENERATING = """
def parse(name="req.txt"):
    def lines_of(line):
        parts = re.split("(" + "|".join(["==", ">="]) + ")", line, maxsplit=1)
        yield {"package": parts[0], "version": parts[1:]}
    def lines():
        if exists(name):
            with open(name) as file:
                for line in file.readlines():
                    yield from lines_of(line.strip())
    return [info.get("package") for info in lines()]
"""

VERSION = """
def version():
    name = os.path.join(HERE, "demo", "__init__.py")
    text = open(name).read()
    return re.search("__version__ = '(.*)'", text).group(1)
"""
LINES = """
def lines(name):
    found = []
    with open(name) as file:
        for line in file:
            found.append(line)
    return found
"""
FOLLOWING = """
def lines(name):
    text = open(os.path.join("requirements", name)).read()
    found = list()
    for line in text.split("\\n"):
        line = line.strip()
        if line.startswith("-r"):
            found.extend(lines(line[3:]))
        else:
            found.append(line)
    return found
"""


@pytest.mark.parametrize(
    ("source", "files"),
    [
        pytest.param("setup(install_requires=open('req.txt').readlines())", "req.txt", id="its lines"),
        pytest.param(
            "setup(install_requires=io.open('req.txt').read().splitlines())", "req.txt", id="its text, in lines"
        ),
        pytest.param("R = [r.strip() for r in open('req.txt')]\nsetup(install_requires=R)", "req.txt", id="each line"),
        pytest.param(
            "with x, open('req.txt') as f:\n    R = [r.strip() for r in f]\nsetup(install_requires=R)",
            "req.txt",
            id="with",
        ),
        pytest.param(
            "with open('long.txt') as f:\n    L = f.read()\nwith open('req.txt') as f:\n    R = f.read().split()\n"
            "setup(long_description=L, install_requires=R)",
            "req.txt",
            id="with, the name used twice",
        ),
        pytest.param(
            "A = []\nfor x in open('req.txt'):\n    A.append(x)\nsetup(install_requires=A)", "req.txt", id="for"
        ),
        pytest.param(
            "L = open('req.txt').read().splitlines()\nR = [r for r in L if r and not r.startswith('-')]\n"
            "setup(install_requires=R)",
            "req.txt",
            id="not all of them",
        ),
        pytest.param(
            FUNCTION + "setup(install_requires=read('req.txt').splitlines())", "req.txt", id="a function reads it"
        ),
        pytest.param(
            FUNCTION + "setup(long_description=read('x.txt'), install_requires=read('a', 'req.txt').splitlines())",
            "a/req.txt",
            id="a function is given parts of a path",
        ),
        pytest.param(
            "setup(install_requires=(Path(__file__).parent / 'a' / 'req.txt').read_text().splitlines())",
            "a/req.txt",
            id="a path",
        ),
        pytest.param(
            "setup(install_requires=Path(__file__).with_name('req.txt').read_text().split())", "req.txt", id="beside it"
        ),
        pytest.param("setup(install_requires=open(f'{HERE}/req.in').readlines())", "req.in", id="a formatted path"),
        pytest.param("setup(extras_require={'x': open('req.txt').readlines()})", "req.txt", id="an extra's"),
        pytest.param(
            "R = parse_requirements('req.txt', session=uuid1())\nsetup(install_requires=[str(r.req) for r in R])",
            "req.txt",
            id="parsed by pip",
        ),
        pytest.param("setup(install_requires=['a'] + open('req.txt').readlines())", "req.txt", id="literals, too"),
        pytest.param(
            GENERATING + "setup(install_requires=parse('deps.txt'))", "deps.txt", id="by functions in a function"
        ),
        pytest.param(GENERATING + "setup(install_requires=parse())", "req.txt", id="by its default"),
        pytest.param("setup(install_requires=open('../req.txt').readlines())", "../req.txt", id="above"),
        pytest.param("setup(install_requires=open(join('..', 'req.txt')).readlines())", "../req.txt", id="joined"),
        pytest.param(
            "setup(install_requires=(Path(__file__).parent.parent / 'a/req.txt').read_text().split())",
            "../a/req.txt",
            id="two folders up",
        ),
        pytest.param(
            "setup(install_requires=Path(__file__).resolve().parents[2].joinpath('req.txt').read_text().split())",
            "../../req.txt",
            id="three folders up, by number",
        ),
        pytest.param(
            "HERE = dirname(abspath(__file__))\nROOT = dirname(HERE)\n"
            "setup(install_requires=open(join(ROOT, 'req.txt')).readlines())",
            "../req.txt",
            id="two folders up, by os.path and names",
        ),
        pytest.param(
            "ROOT = join(dirname(__file__), '..')\nsetup(install_requires=open(join(ROOT, 'req.txt')).readlines())",
            "../req.txt",
            id="above, in parts",
        ),
        pytest.param(
            "setup(install_requires=open(join(HERE, os.pardir, 'req.txt')).readlines())", "../req.txt", id="by pardir"
        ),
        pytest.param(
            "for parts in ('README.txt', 'NEWS.txt'):\n    L += read(parts)\n"
            + FUNCTION
            + "setup(install_requires=read('req.txt').split())",
            "req.txt",
            id="a parameter called as something else",
        ),
        pytest.param(
            VERSION + LINES + "setup(version=version(), install_requires=lines('req.txt'))",
            "req.txt",
            id="a parameter called as what another function has of its own",
        ),
        pytest.param(
            VERSION
            + LINES.replace("found.append", "line = line.strip()\n            found.append")
            + "setup(version=version(), install_requires=lines('req.txt'))",
            "req.txt",
            id="a name that leads back to itself",
        ),
        pytest.param(
            VERSION + FOLLOWING + "setup(version=version(), install_requires=lines('base.txt'))",
            "base.txt",
            id="of a folder of requirements, with what its lines name",
        ),
    ],
)
def test_files_that_are_read(source: str, files: str) -> None:
    found = setup_py.read_setup_py(source.encode())
    assert (sorted(file for one in found.from_files for file in one.files), found.unread) == (sorted(files.split()), 0)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "f = open('README.txt')\nL = f.read()\nf = open('req.txt')\nsetup(install_requires=f.read().split())",
            id="a name of two files",
        ),
        pytest.param(
            "def f():\n    'LICENSE.txt'\n    return open('req.txt').readlines()\nsetup(install_requires=f())",
            id="a docstring",
        ),
        pytest.param("R = '../x'\nsetup(install_requires=open(join(R, 'req.txt')).readlines())", id="in parts"),
        pytest.param(
            "setup(install_requires=open(join(dirname(dirname(X)), 'req.txt')).readlines())", id="above something else"
        ),
        pytest.param(
            "H = dirname(__file__) if x else dirname(X)\nsetup(install_requires=open(join(H, 'req.txt')).readlines())",
            id="above one of two",
        ),
        pytest.param(
            "H = dirname(__file__)\nH = dirname(H)\nsetup(install_requires=open(join(H, 'req.txt')).readlines())",
            id="a folder with two names",
        ),
        pytest.param(
            "U = Path(__file__).parent.parent\n"
            "setup(install_requires=(U / 'req.txt').read_text().replace((U / 'deps.txt').read_text(), '').split())",
            id="two above",
        ),
        pytest.param(
            "setup(install_requires=(Path(__file__).parents[x] / 'req.txt').read_text().split())",
            id="as many up as is computed",
        ),
        pytest.param("setup(install_requires=open('deps.pip').readlines())", id="a file of another suffix"),
        pytest.param(
            "for x in f():\n    x = x.strip()\n    A.append(x)\nsetup(install_requires=A)",
            id="a name that leads back to itself",
        ),
        pytest.param(
            "setup(install_requires=f('requirements', 'base.txt', 'README.md', dependencies))",
            id="by a function of another file",
        ),
    ],
)
def test_files_that_are_not_plainly_read(source: str) -> None:
    found = setup_py.read_setup_py(source.encode())
    assert not found.from_files
    assert found.unread


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


@pytest.mark.parametrize("source", ["", "f(install_requires=['a'])"])
def test_nothing_stated(source: str) -> None:
    assert setup_py.read_setup_py(source.encode()) == setup_py.Setup([], states=False)


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
    assert (found.pbr, found.states) == (is_left, not is_left)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("setup(\n    install_requires=['a',\n        read()])", 3, id="an element"),
        pytest.param("A = ['a']\nA += read()\nB = read()\nsetup(install_requires=A + B)", 2, id="the first"),
        pytest.param("def f(:", 1, id="does not parse"),
    ],
)
def test_line_of_what_is_computed(source: str, line: int) -> None:
    assert setup_py.read_setup_py(source.encode()).unread == line
