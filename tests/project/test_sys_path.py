"""What a file's text puts on sys.path: text in, folders out."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.project import sys_path


@pytest.mark.parametrize(
    ("text", "added"),
    [
        pytest.param("sys.path.insert(0, 'lib')", ("lib",), id="from the root"),
        pytest.param("sys.path.append(abspath('scripts/'))", ("a/scripts",), id="from where the project is run"),
        pytest.param("sys.path.append(str(HERE / '..' / 'scripts'))", ("a/scripts",), id="parts, from the file"),
        pytest.param('sys.path.insert(\n    0, os.path.join(HERE, "../scripts")\n)', ("a/scripts",), id="lines"),
        pytest.param("sys.path.insert(0, HERE)\nopen('lib')", (), id="a text of something else"),
        pytest.param("sys.path.insert(0, '../../../lib')", (), id="outside the repository"),
        pytest.param("sys.path.insert(0, 'none')", (), id="no such folder"),
        pytest.param("sys.path.insert(0, str(Path(__file__).resolve().parent))", ("a/tests",), id="the file's folder"),
        pytest.param("sys.path.append(os.path.dirname(__file__))", ("a/tests",), id="the same by os.path"),
        pytest.param("sys.path.append(dirname(dirname(abspath(__file__))))", ("a",), id="the folder above it"),
        pytest.param("sys.path.append(str(Path(__file__).parent.parent / 'scripts'))", ("a/scripts",), id="from there"),
        pytest.param("sys.path.append(str(Path(__file__).parents[2] / 'lib'))", ("lib",), id="by number"),
        pytest.param("HERE = Path(__file__).parent\nsys.path.insert(0, str(HERE))", ("a/tests",), id="by a name"),
        pytest.param("A = dirname(__file__)\nA = B = 'lib'\nsys.path.append(A)", ("a/tests",), id="by its first value"),
        pytest.param("A = B\nB = dirname(__file__)\nsys.path.append(A)", ("a/tests",), id="by two names"),
        pytest.param("A = abspath(join('../..', 'lib'))\nsys.path.append(A)", ("lib",), id="a path, plainly"),
        pytest.param("A = os.path.abspath(os.path.join('../..', 'lib'))\nsys.path.append(A)", ("lib",), id="a path"),
        pytest.param("A = Path('../scripts')\nsys.path.insert(0, str(A))", ("a/scripts",), id="a path, as a text"),
        pytest.param("sys.path.append(join(os.environ['ROOT'], 'lib'))", ("lib",), id="from a variable"),
        pytest.param("A = '../scripts'\nsys.path.insert(0, A)", ("a/scripts",), id="a text"),
        pytest.param("A = find('lib')\nsys.path.append(A)", (), id="what some call gives"),
        pytest.param("monkeypatch.syspath_prepend(Path(__file__).parent / 'x')", (), id="pytest's, no such folder"),
        pytest.param("monkeypatch.syspath_prepend(HERE / 'lib')", ("lib",), id="pytest's"),
        pytest.param("sys.path.append(r'..\\..\\lib')", ("lib",), id="as Windows writes it"),
        pytest.param("sys.path.append('.')", ("",), id="the folder from which it is started"),
        pytest.param("sys.path.append(dirname(__file__) + '/../scripts')", ("a/scripts",), id="added to the folder"),
        pytest.param("HERE = dirname(__file__)\nsys.path.append(HERE+'/../scripts')", ("a/scripts",), id="to a name"),
        pytest.param("sys.path.append(f'{HERE}/../scripts')", ("a/scripts",), id="in an f-string, from the file"),
        pytest.param("sys.path.append('%s/lib' % (ROOT))", ("lib",), id="put into a text"),
        pytest.param("A = '%s/lib' % ROOT\nsys.path.append(A)", ("lib",), id="put into a text, by a name"),
        pytest.param("sys.path.append('{}/../scripts'.format(dirname(__file__)))", ("a/scripts",), id="by format()"),
        pytest.param("sys.path.append('%s/%s' % (ROOT, 'lib'))", (), id="two put into a text"),
        pytest.param("sys.path += [join(HERE, '../scripts'), 'lib']", ("a/scripts", "lib"), id="a list is added"),
        pytest.param("sys.path.extend(['../scripts', 'lib'])", ("a/scripts", "lib"), id="by extend()"),
        pytest.param("sys.path.extend((dirname(__file__),))", ("a/tests",), id="by extend() of a tuple"),
        pytest.param("sys.path.extend(glob('*/lib'))", (), id="what a call gives"),
        pytest.param("sys.path[0:0] = ['lib']", ("lib",), id="a slice is replaced"),
        pytest.param("sys.path = ['../scripts'] + sys.path", ("a/scripts",), id="all is replaced"),
        pytest.param(
            "HERE = dirname(__file__)\nsys.path = [p for p in sys.path if p != HERE]", (), id="one is left out"
        ),
        pytest.param("sys.path[:] = [p for p in sys.path if 'lib' not in p]", (), id="those of a name are left out"),
        pytest.param("sys.path += [p for p in ['lib'] if p not in sys.path]", ("lib",), id="what is not there yet"),
        pytest.param("def add(a):\n    sys.path.append(a)\nadd('lib')", ("lib",), id="by a function of its own"),
        pytest.param("def add(a, b):\n    sys.path.append(b)\nadd('lib', x)", (), id="by what else that is given"),
        pytest.param("if sys.path == ['lib']: pass", (), id="compared"),
        pytest.param("  # sys.path.append('lib')", (), id="in a comment"),
        pytest.param("x = 1  # as\nsys.path.append('lib')", ("lib",), id="after one"),
        pytest.param("_sys.path.append('lib')", (), id="of another name"),
        pytest.param("sys.path.insert(0, __file__)", (), id="a file is no folder"),
        pytest.param("sys.path.append(str(Path(__file__).parents[9]))", (), id="above the repository"),
    ],
)
def test_added_by_the_file_itself(tmp_path: Path, text: str, added: tuple[str, ...]) -> None:
    tree = written(tmp_path, "lib/m.py a/scripts/m.py a/tests/t.py")
    assert sys_path.folders_added(tree, "a/tests/t.py", text) == added


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("sys.path.insert(0, 'lib')", ["lib"], id="a literal"),
        pytest.param("sys.path.append(os.path.join(ROOT, 'tools', 'lib'))", ["tools/lib"], id="joined to a name"),
        pytest.param("sys.path.append(str(find() / 'tools' / 'lib'))", ["tools/lib"], id="joined by a sign"),
        pytest.param("sys.path.append(f'{ROOT}/tools/lib')", ["tools/lib"], id="in an f-string"),
        pytest.param("sys.path.append(ROOT + '/lib')", ["lib"], id="added to a text"),
        pytest.param("sys.path.append('%s/tools/lib' % ROOT)", ["tools/lib"], id="put before it"),
        pytest.param("sys.path.append(abspath('{0}/lib'.format(ROOT)))", ["lib"], id="put before it by format()"),
        pytest.param("monkeypatch.syspath_prepend(ROOT / 'lib')", ["lib"], id="pytest's"),
        pytest.param("sys.path.append(ROOT + r'\\tools\\lib')", ["tools/lib"], id="as Windows writes it"),
        pytest.param("sys.path.append(join(HERE, '..', 'lib'))", ["lib"], id="a step up names nothing"),
        pytest.param("sys.path.append(join(HERE, '..'))", [], id="nothing but steps up"),
        pytest.param("sys.path += [ROOT + '/lib', join(ROOT, 'b')]", ["lib", "b"], id="a list"),
        pytest.param("sys.path.append(os.environ['LIB'])", [], id="a key is no end"),
        pytest.param("sys.path.append(join('lib', name))", [], id="the end is a name"),
        pytest.param("sys.path.append(get('a') / 'lib')", ["lib"], id="what a call is given is no part"),
    ],
)
def test_what_such_calls_end_in(text: str, ends: list[str]) -> None:
    assert list(sys_path.ends_of_folders(text)) == ends


@pytest.mark.parametrize(
    ("text", "makes"),
    [
        pytest.param("m.syspath_prepend(tmp_path)\nroot = tmp_path / 'guest'", True, id="a folder"),
        pytest.param("m.syspath_prepend(tmp_path)\n(tmp_path / 'guest.py').write_text('')", True, id="a file"),
        pytest.param("m.syspath_prepend(tmp_path)\nwrite('pkg/guest/__init__.py')", True, id="a path"),
        pytest.param("sys.path.insert(0, str(tmp_path))\nwrite('guest.py')", True, id="by sys.path"),
        pytest.param("sys.path.insert(0, ROOT)\nwrite('guest.py')", False, id="a folder that is there"),
        pytest.param("root = tmp_path / 'guest'", False, id="nothing puts it on the path"),
        pytest.param("m.syspath_prepend(tmp_path)\nimport_module('guest')", False, id="only its import names it"),
        pytest.param("m.syspath_prepend(tmp_path)\nwrite('guest_of.py')", False, id="a longer name"),
        pytest.param("m.syspath_prepend(tmp_path)\n# guest", False, id="a word"),
        pytest.param("setattr(sys, 'path', [str(tmp_path)])\nwrite('guest.py')", True, id="by a list that pytest sets"),
        pytest.param("sys.path = [tmp, *sys.path]\nwrite('guest.py')", True, id="by a list of its own"),
        pytest.param("p.makepyfile(guest='')\np.syspathinsert()", True, id="by pytester"),
        pytest.param(
            "with TemporaryDirectory() as d:\n    sys.path.append(d)\nwrite('guest.py')", True, id="as a name"
        ),
        pytest.param("d = tempfile.mkdtemp()\nsys.path.insert(0, d)\nwrite('guest.py')", True, id="given to a name"),
        pytest.param("d = tempfile.mkdtemp()\nsys.path.insert(0, do)\nwrite('guest.py')", False, id="to another name"),
        pytest.param("sys.modules['guest'] = Mock()", True, id="in sys.modules"),
        pytest.param("sys.modules['guest.core'] = Mock()", True, id="a part of it in sys.modules"),
        pytest.param("sys.modules.setdefault('guest', Mock())", True, id="in sys.modules, if it is not there"),
        pytest.param("m.setitem(sys.modules, 'guest', Mock())", True, id="in sys.modules, by pytest"),
        pytest.param("patch.dict('sys.modules', {'a': 1,\n 'guest': Mock()})", True, id="in sys.modules, by mock"),
        pytest.param("patch.dict(sys.modules, guest=Mock())", True, id="in sys.modules, by a keyword"),
        pytest.param("sys.modules.update({'guest': Mock()})", True, id="in sys.modules, with others"),
        pytest.param("sys.modules['guest'] = None", False, id="kept from being imported"),
        pytest.param("m.setitem(sys.modules, 'guest', None)", False, id="kept from being imported, by pytest"),
        pytest.param("sys.modules['guest_of'] = Mock()", False, id="a longer name in sys.modules"),
        pytest.param("if sys.modules['guest'] == Mock():", False, id="only compared"),
        pytest.param("del sys.modules['guest']", False, id="taken out of sys.modules"),
        pytest.param("  # sys.modules['guest'] = Mock()", False, id="in sys.modules, in a comment"),
        pytest.param("#sys.path.append(tmp)\nwrite('guest.py')", False, id="on sys.path, in a comment"),
        pytest.param("import guest\nsys.modules['guest'] = guest", False, id="what was imported, in sys.modules"),
        pytest.param("import guest\nsys.modules['guest.a'] = guest.b", False, id="a part of what was imported"),
        pytest.param("guest = Module('guest')\nsys.modules['guest'] = guest", True, id="what has its name"),
        pytest.param("import fake as guest\nsys.modules['guest'] = guest", True, id="what is imported by its name"),
        pytest.param("a = sys.modules['guest']\nsys.modules['guest'] = a", False, id="put back in sys.modules"),
        pytest.param("a = sys.modules.pop('guest')\nsys.modules['guest'] = a", False, id="put back, once taken out"),
        pytest.param("patch.dict(sys.modules, {'a': M()})\nb = {'guest': 1}", False, id="in another mapping"),
        pytest.param("patch.dict(sys.modules, {'a': M()})\nb(guest=1)", False, id="as a keyword of another call"),
        pytest.param("patch.dict(sys.modules, {'a': M(),\n 'guest': M()\n})", True, id="on another line"),
        pytest.param("sys.path.append(template_dir)\nwrite('guest.py')", False, id="templates are not temporary"),
    ],
)
def test_a_module_that_a_test_writes(text: str, *, makes: bool) -> None:
    assert sys_path.makes_module(text, "guest") == makes
