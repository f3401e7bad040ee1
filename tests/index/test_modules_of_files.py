"""The list of a distribution's files in, the modules that it installs out."""

import pytest

from index.modules_of_files import File, on_the_path, path_folders, shallowest


@pytest.mark.parametrize(
    ("paths", "modules"),
    [
        pytest.param("a/__init__.py a/b.py a/c/__init__.py", "a", id="a package"),
        pytest.param("a.py b.py", "a b", id="modules"),
        pytest.param("n/a/__init__.py n/b.py", "n.a n.b", id="a namespace's parts"),
        pytest.param("n/__init__.py n/a/__init__.py n/a/m.py", "n.a", id="a namespace with an `__init__`"),
        pytest.param("a/__init__.py:2000 a/b/__init__.py a/b/m.py", "a", id="an `__init__` with code"),
        pytest.param("a/__init__.py a/b/__init__.py a/m.py", "a", id="a module beside the `__init__`"),
        pytest.param(
            "_a.cpython-313-x86_64-linux-gnu.so b.abi3.so c.cp313-win_amd64.pyd d.so", "_a b c d", id="compiled"
        ),
        pytest.param("a/lib/libcuda.so a/LICENSE a/data.json", "", id="no modules"),
        pytest.param("a-stubs/__init__.pyi b/2to3.py c/__init__.py", "c", id="what no import names"),
        pytest.param(" ".join(f"n/m{number}.py" for number in range(30)), "n", id="many parts"),
        pytest.param(
            "cmeel.prefix/lib/python3.12/site-packages/pinocchio/__init__.py cmeel.prefix/lib/python3.12/x/a.py "
            "cmeel.prefix/lib/python3.12/site-packages/pinocchio/a.so cmeel_pth.py",
            "cmeel_pth pinocchio",
            id="in cmeel's prefix",
        ),
    ],
)
def test_shallowest(paths, modules):
    said = (path.partition(":") for path in paths.split())
    assert shallowest(File(path, int(size or 0)) for path, _, size in said) == tuple(modules.split())


@pytest.mark.parametrize(
    ("text", "folders"),
    [
        pytest.param("# why\nwin32\nwin32\\lib\n./a/b/\n", ["win32", "win32/lib", "a/b"], id="folders"),
        pytest.param("import x\nimport\tx; x.run()\n\n  \n", [], id="what is run, and empty lines"),
        pytest.param("/usr/lib\nC:\\x\n../x\na/../b\n", [], id="what is not its own"),
    ],
)
def test_path_folders(text, folders):
    assert path_folders(text) == folders


@pytest.mark.parametrize(
    ("paths", "folders", "modules"),
    [
        pytest.param("f/a.py f/b.pyd f/c/__init__.py d.py", "f", "a b c", id="modules and packages"),
        pytest.param("f/a/b.py f/x.txt f/__init__.py f/2.py", "f", "", id="a folder, other files, no name"),
        pytest.param("f/lib/a.py f/b.py", "f f/lib", "a b", id="one in the other"),
        pytest.param("pythonwin/a.py", "Pythonwin", "a", id="as Windows writes it"),
        pytest.param("f/a.py", "", "", id="none"),
    ],
)
def test_on_the_path(paths, folders, modules):
    assert on_the_path((File(path, 0) for path in paths.split()), folders.split()) == set(modules.split())
