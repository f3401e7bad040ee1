"""Text that was made to be slow: four times as much of it takes about four times as long, whatever it is."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import is_linear
from import_customs.imports import exact_ast, exact_usual, read_source, tolerant
from import_customs.model import requirement, source_text, toml
from import_customs.project import editor_settings, first_party, load, runners, sys_path, workspace
from import_customs.project.declarations import without_editable
from import_customs.project.dialects import meson, poetry_constraint, script, setup_py, uv
from import_customs.project.dialects.dialect import ProjectFiles
from import_customs.providers import lock, requirement_graph
from import_customs.providers.misspelling import likely_meant
from import_customs.providers.stdlib import in_stdlib
from import_customs.repository.snapshot import Layered, OneFile, Snapshot
from import_customs.repository.tree import Worktree

SIZES = 1_000, 4_500
PROJECT = '[project]\nname = "demo"\n'
SETUPTOOLS = f'{PROJECT}dynamic = ["dependencies"]\n'
REQUIREMENTS = f"{PROJECT}[tool.import-customs]\nrequirements-files = ['r.txt']\n"
QUOTED, ESCAPED = '"a{}"', '"\\u0061{}"'
OPEN = b"from google.cloud import (\n"
LOCK = b'version = 1\n\n[[package]]\nname = "a"\nversion = "1"\nx'


def cell(source: list[str]) -> object:
    return read_source(
        "x.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": source}]}, ensure_ascii=False).encode()
    ).imports()


def names_of_google_cloud(source: bytes) -> object:
    return read_source("x.py", source).screened_names("google.cloud")


def members(globs: str, size: int) -> object:
    table = toml.parse(f"[tool.uv.workspace]\nmembers = [{globs}]".encode(), "a")
    tree = Snapshot(None, {f"p{number}/a.py": "" for number in range(size)})
    found = workspace.expanded(tree, "", tuple(uv.members(ProjectFiles(tree, "", table))))
    assert len(found) == size
    return found


def added(text: str) -> object:
    return sys_path.folders_added(Worktree("/none"), "a.py", text)


def built_by_meson(source: bytes) -> object:
    tree = OneFile("meson.build", source)
    return list(meson.built_modules(ProjectFiles(tree, "", toml.parse(b"", "pyproject.toml"))))


def flat_folder(size: int) -> object:
    """One folder of many files, in which as many modules are looked for that are not there."""
    tree = Snapshot(None, {f"pkg/m{number}.py": "" for number in range(size)} | {"open/a.txt": "", "lib/b/c.py": ""})
    return [
        (first_party.above(tree, "pkg/m1.py", f"x{number}"), first_party.exists(tree, "pkg", f"x{number}"))
        for number in range(size // 4)
    ]


def layers(size: int) -> object:
    """As the last, in one state on top of another."""
    tree = Layered(Snapshot(None, {f"m{number}.py": "" for number in range(size)}), OneFile("a.py", b""))
    return [first_party.exists(tree, "", f"x{number}") for number in range(size // 4)]


def numbered(form: str, size: int, between: str = "\n") -> str:
    return between.join(form.format(number) for number in range(size))


def chain(size: int) -> object:
    """A distribution that arrives through each of so many others."""

    def lookup(name: str) -> requirement_graph.Package:
        number = int(name)
        needs = (requirement_graph.Need(requirement.Name(str(number + 1))),) if number < size else ()
        return requirement_graph.Package(requirement.Name(name), "", needs, {})

    (way,) = requirement_graph.RequirementGraph([requirement_graph.Need(requirement.Name("0"))], lookup).paths_to(
        requirement.Name(str(size))
    )
    assert (way[0], way[-1], len(way) < 30) == (str(size), "0", True)
    return way


TEXTS: dict[str, Callable[[int], object]] = {
    "Python: a codec that takes quadratic time": lambda n: source_text.decode(
        b"# coding: _Punycode\n#-" + b"a" * 4 * n
    ),
    "notebook: strings on one line": lambda n: cell(["import \u010a\n"] * n),  # its byte 10 looks like a line end
    "plain: names and lines": lambda n: exact_usual.find_imports(
        numbered("import m{}", n // 4) + "\n#import " * n, {f"m{number}" for number in range(n // 4)}
    ),
    "plain: words on a line": lambda n: exact_usual.find_imports("import m#" + "ximport\u010a" * n, {"m"}),
    "syntax: statements on a line": lambda n: exact_ast.find_imports("import m;" * n + "x='\xe9'"),
    "scan: statements on an indented line": lambda n: tolerant.find_imports(
        "if (\n  import m; " + "x=1;" * n + "'\U0001f600'"
    ),
    "namespace: a statement within itself": lambda n: names_of_google_cloud(
        OPEN + (n // 2 * (b"# " + OPEN)) + b" storage)"
    ),
    "namespace: never closed": lambda n: names_of_google_cloud(OPEN + (n // 2 * (b"# " + OPEN)) + b" storage"),
    "sys.path: calls": lambda n: added("sys.path.append(a)\n" * n),
    "sys.path: names": lambda n: added(f"a = {'b ' * n}\nb = {'c ' * n}\nc = {'d ' * n}\nsys.path.append(a)"),
    "sys.path: numbered names": lambda n: added(f"a = {numbered('b{}', n, ' + ')}\nsys.path.append(a)"),
    "sys.path: blanks": lambda n: added(f"a{' ' * n}!\n{' ' * n}!\na = b\nsys.path.append(a)"),
    "sys.path: one long value": lambda n: added(f"a = __file__ + '{'b' * n}'\n" + "sys.path.append(a)\n" * (n // 4)),
    "sys.path: ends": lambda n: list(sys_path.ends_of_folders("sys.path.append('a' + " * (n // 4) + ")" * (n // 4))),
    "sys.path: a module that a test puts into sys.modules": lambda n: sys_path.makes_module(
        "patch.dict(sys.modules," * n, "b"
    ),
    "sys.path: a module that a test writes": lambda n: sys_path.makes_module(
        ".syspath_prepend(" + "'a/" * n + "sys.path.insert(" * (n // 4), "b"
    ),
    "meson.build: parentheses": lambda n: built_by_meson(b"install_sources(" * (n // 4) + b"(" * n),
    "meson.build: a call": lambda n: built_by_meson(b"install_sources(" + b"'a', " * n),
    "a file that is run": lambda n: runners.is_run(b"if " + b"(" * n + b"\n" + b"if __name__ " * n),
    ".env: blanks": lambda n: editor_settings.folders_of_environment(b"PYTHONPATH=" + b" a:" * n + b"\n" + b" " * n),
    "requirement: blanks": lambda n: requirement.parse("a" + " " * n + "!"),
    "requirement: blanks in extras": lambda n: requirement.parse("a[a" + " " * n + "b"),
    "requirement: extras": lambda n: requirement.parse("a[" + "a," * n),
    "requirement: blanks in a marker": lambda n: requirement.parse("a; x" + " " * n + "y"),
    "requirement: parts of a marker": lambda n: requirement.parse("a; " + 'os_name == "a" and ' * n + "x"),
    "requirement: parentheses": lambda n: requirement.parse("a; " + "(" * n),
    "requirement: clauses": lambda n: requirement.parse("a" + ">=1," * n + "x"),
    "requirement: a number": lambda n: requirement.parse(f"a>={'9' * n}"),
    "requirement: an odd number": lambda n: requirement.parse(f"a==={'9' * n}.*"),
    "requirement: dashes": lambda n: requirement.parse("a" + "-" * n),
    "script: begun for ever": lambda n: script.metadata("a.py", b"# /// script\n" * n),
    "script: never ended": lambda n: script.metadata("a.py", b"# /// script\n" + b"# a\n" * n),
    "Poetry's Python: blanks": lambda n: poetry_constraint.specifier("3" + " " * n + "x"),
    "Poetry's Python: a number": lambda n: poetry_constraint.specifier("^" + "9" * n),
    "Poetry's Python: alternatives": lambda n: poetry_constraint.specifier("3 || " * n),
    "editable line: a name": lambda n: without_editable("-e " + "a" * n + "!"),
    "editable line: blanks": lambda n: without_editable("-e" + " " * n + "!"),
    "Requires-Python: a number": lambda n: in_stdlib("cgi", f">=3.{'9' * n}"),
    "Requires-Python: clauses": lambda n: in_stdlib("cgi", numbered("!=3.{}", n, ",")),
    "Requires-Python: blanks": lambda n: in_stdlib("cgi", ">=3.9" + " " * n + "x"),
    "lock file: a word": lambda n: lock.read_lock(LOCK + b' = "' + b"a" * n + b'"\n', "uv.lock").package("a"),
    "lock file: a text": lambda n: lock.read_lock(LOCK + b' = """' + b"a" * n + b'"""\n', "uv.lock").package("a"),
    "lock file: a key": lambda n: lock.read_lock(LOCK + b".x" * n + b" = 1\n", "uv.lock").package("a"),
    "lock file: brackets": lambda n: lock.read_lock(LOCK + b" = " + b"[" * n, "uv.lock").package("a"),
    "lock file: files": lambda n: lock.read_lock(LOCK + b" = 1\nfiles = [\n" + b" x\n" * n, "uv.lock").package("a"),
    "lock file: a chain": chain,
    "setup.py: a name": lambda n: setup_py.read_setup_py(b"a" + b".a" * n),
    "setup.py: statements": lambda n: setup_py.read_setup_py(b"x=1\n" * n),
    "setup.py: a sum": lambda n: setup_py.read_setup_py(
        b"setup(install_requires=" + b'["a"] + ' * (n // 4) + b'["a"])'
    ),
    "setup.py: a list of lists": lambda n: setup_py.read_setup_py(
        b"x = [" + b'"a", ' * (n // 4) + b"]\nsetup(install_requires=[" + b"*x, " * (n // 4) + b"])"
    ),
    "workspace: one glob for ever": lambda n: members('"p*", ' * (n // 4), n // 4),
    "workspace: names": lambda n: members(numbered('"p{}"', n // 4, ", "), n // 4),
    "a flat folder": flat_folder,
    "a flat folder under another state": layers,
    "misspellings": lambda n: [likely_meant(f"zz{number}", ()) for number in range(n // 40)],
    "TOML: parts of keys": lambda n: toml.parse(
        "".join(f"a{i}{'.a' * 30} = 1\n" for i in range(n // 60)).encode(), "a"
    ),
    "TOML: an array": lambda n: toml.parse(b"a = [" + b"1," * n + b"]", "a"),
    "TOML: tables": lambda n: toml.parse(numbered("[a{}]", n).encode(), "a"),
}
if (3, 12) <= sys.version_info < (3, 12, 4):  # its tokenizer takes quadratic time for one long line (gh-119118)
    del TEXTS["scan: statements on an indented line"]
FILES: dict[str, Callable[[int], dict[str, str]]] = {
    "dependencies": lambda n: {
        "pyproject.toml": f"{PROJECT}dependencies = [{numbered(chr(34) + 'a{}' + chr(34), n, ', ')}]"
    },
    "dependencies, escaped": lambda n: {"pyproject.toml": f"{PROJECT}dependencies = [{numbered(ESCAPED, n, ', ')}]"},
    "groups": lambda n: {"pyproject.toml": "[dependency-groups]\n" + numbered("g{0} = ['a']", n)},
    "included groups": lambda n: {
        "pyproject.toml": "[dependency-groups]\n" + numbered("g{0} = [{{include-group = 'x{0}'}}]", n)
    },
    "Poetry's table": lambda n: {"pyproject.toml": "[tool.poetry.dependencies]\n" + numbered("a{} = '1'", n)},
    "Pixi's table": lambda n: {"pyproject.toml": "[tool.pixi.dependencies]\n" + numbered("a{} = '1'", n)},
    "PDM's groups": lambda n: {"pyproject.toml": "[tool.pdm.dev-dependencies]\n" + numbered("a{} = ['b']", n)},
    "Hatch's environments": lambda n: {
        "pyproject.toml": "[tool.hatch.envs]\n" + numbered("a{} = {{dependencies = ['b']}}", n // 4)
    },
    "a path": lambda n: {"pyproject.toml": f"{PROJECT}[tool.uv.sources]\na = {{path = '/{'a/' * n}'}}\n"},
    "URLs": lambda n: {"pyproject.toml": f"{PROJECT}dependencies = ['a @ {'file:///${PROJECT_ROOT}/a ' * n}']\n"},
    "setup.cfg": lambda n: {
        "pyproject.toml": SETUPTOOLS,
        "setup.cfg": "[options]\ninstall_requires =\n" + numbered("  a{}", n // 2),
    },
    "requirements": lambda n: {"pyproject.toml": REQUIREMENTS, "r.txt": numbered("a{}", n)},
    "invalid requirements": lambda n: {"pyproject.toml": REQUIREMENTS, "r.txt": numbered("a {}", n)},
    "continued lines": lambda n: {"pyproject.toml": REQUIREMENTS, "r.txt": "a \\\n" * n},
    "requirements files": lambda n: {"pyproject.toml": REQUIREMENTS, "r.txt": numbered("-r {}.txt", n)},
    "comments of JSON": lambda n: {"pyproject.toml": PROJECT, "pyrightconfig.json": '"root"' + "/*" * n},
    "quotes of JSON": lambda n: {"pyproject.toml": PROJECT, "pyrightconfig.json": '"root"' + '\\"' * n},
    "commas of JSON": lambda n: {"pyproject.toml": PROJECT, "pyrightconfig.json": '"root"' + ", " * n},
    "requirements in a codec that takes quadratic time": lambda n: {
        "pyproject.toml": REQUIREMENTS,
        "r.txt": f"# coding: -punycode\n#-{'a' * 4 * n}",
    },
    "a requirement's options": lambda n: {"pyproject.toml": REQUIREMENTS, "r.txt": "a" + " --hash=a" * n},
    "a requirement's folders": lambda n: {"pyproject.toml": REQUIREMENTS, "r.txt": "./" + "a-1/" * n},
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    read = TEXTS[name]

    def once(size: int) -> Callable[[], object]:
        toml.parse.cache_clear()

        def run() -> object:
            try:
                return read(size)
            except (lock.LockError, toml.CheckError) as error:
                return error

        return run

    assert is_linear(once, *SIZES)


@pytest.mark.parametrize("name", FILES)
def test_files(tmp_path: Path, name: str) -> None:
    def laid(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        folder.mkdir(exist_ok=True)
        for file, text in FILES[name](size).items():
            (folder / file).write_text(text)
        tree = Worktree(str(folder))
        toml.parse.cache_clear()
        return lambda: load(tree, "")

    assert is_linear(laid, 5_000)  # a smaller file is searched for each word: bounded, and quick enough
