"""Bytes from anywhere in, nothing out: each target reads them as the hook would and asserts what must hold of that.

`run.py` searches with a coverage-guided fuzzer, `test_targets.py` takes a quick look on each run of the tests.
"""

import ast
import json
import re
import tempfile
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.requirements import Requirement as Exact
from packaging.utils import canonicalize_name

from import_customs import project
from import_customs.imports import exact_ast, exact_usual, read_source, tolerant
from import_customs.imports.notebooks import exact as exact_notebook
from import_customs.imports.screen import top_levels
from import_customs.imports.statement_starts import usual_starts
from import_customs.model import RUNTIME, CheckError, Import, requirement, source_text
from import_customs.model.names import DYNAMIC, top
from import_customs.model.toml import parse
from import_customs.project import project_of_files
from import_customs.project.dialects import requirements_file
from import_customs.project.edit.document import Addition, edited
from import_customs.providers import lock
from import_customs.providers.environment.installed import Installed

CUT = b"\x1e"  # between the files of one input
TESTS = Path(__file__).resolve().parent.parent
LIBRARY = Path(ast.__file__).parent


class Target(NamedTuple):
    """What is asserted of an input, and what inputs are made from."""

    check: Callable[[bytes], object]
    seeds: tuple[str, ...]  # files of tests, whose strings are the seeds; of the standard library, taken whole
    words: str
    before: tuple[bytes, ...] = (b"",)  # what a seed follows: which file it is


def screened(source: bytes) -> bool:
    """The screen holds what is imported, and its lines name that; what `exact_usual` finds is that; whether it does."""
    file = read_source("x.py", source)
    modules, unclear = file.screened()
    text = file.python
    tree = _tree(text)
    is_python = tree is not None
    imports = exact_ast.imports_of_tree(tree, text) if tree else exact_ast.find_imports(text)[0]
    assert unclear or {one.module for one in imports} <= modules
    starts = usual_starts(source)
    assert starts is None or file.screened(starts) == (modules, unclear)
    begun = [top_levels(line) for line in file.import_lines()]
    meant = modules if is_python else {one.module for one in imports}  # of a broken line the screen may hold more
    assert None in begun or (
        not unclear and {top(one) for one in meant} <= {name for one in begun for name in one or ()}
    )
    found = exact_usual.find_imports(text)
    assert found is None or (found == imports if is_python else _unguarded(found) == _unguarded(imports))
    for module in sorted({one.module for one in imports})[:2]:  # of what is asked for nothing is missing
        some = None if unclear else exact_usual.find_imports(text, {module})
        here = None if some is None else _of(module, some)
        there = _of(module, imports)
        assert here is None or (here == there if is_python else _unguarded(here) == _unguarded(there))
        taken = file.screened_names(module)
        assert not is_python or taken is None or taken >= {name for one in _of(module, imports) for name in one.names}
    return found is not None


def _of(module: str, imports: list[Import]) -> list[Import]:
    return [one for one in imports if one.module == module]


def scanned(source: bytes) -> None:
    """Any text can be scanned; statements that parse are found as they are, but for accents that no letter has."""
    text, _ = source_text.decode(source)
    found = tolerant.find_imports(text)
    tree = _tree(text)
    is_composed = not any(map(unicodedata.combining, unicodedata.normalize("NFC", text)))  # the tokenizer's names are
    if tree is not None and is_composed and not any(function in text for function in DYNAMIC):
        assert _unguarded(found) == _unguarded(exact_ast.imports_of_tree(tree, text))


def _tree(text: str) -> ast.Module | None:
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return exact_ast.parsed(text)
    return None


def _unguarded(imports: list[Import]) -> list[Import]:
    return sorted(one._replace(guard=None, guards=frozenset()) for one in imports)


def notebooks(source: bytes) -> None:
    """A notebook is what json reads, and the screen holds what its cells import."""
    notebook = read_source("x.ipynb", source)
    text = "\n".join(notebook.lines)
    with suppress(RecursionError):  # at another depth than that of the scanner in C
        assert _json(text, exact_notebook.decoder()) == _json(text, json.JSONDecoder())
    imports, warnings = notebook.imports()
    modules, unclear = notebook.screened()
    assert unclear or warnings or {one.module for one in imports} <= modules
    assert all(1 <= one.line <= text.count("\n") + 1 and one.column >= 1 for one in imports)


def _json(text: str, decoder: json.JSONDecoder) -> str:
    try:
        return repr(decoder.decode(text))
    except ValueError:
        return ""


def requirement_texts(source: bytes) -> None:
    """The shortcut says what packaging says, and no text is an error."""
    text = source.decode("utf-8", "replace")
    requirement.leading(text)
    found, short = requirement.parse(text), requirement._plainly(text)
    if found is None:
        return
    exact = Exact(text)
    assert found.name == canonicalize_name(exact.name)
    assert found.extras == tuple(sorted(set(map(canonicalize_name, exact.extras))))
    assert short is None or (Marker(found.marker) if found.marker else None) == exact.marker


class Files:
    """A tree of files in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def read(self, path: str) -> bytes | None:
        return self._files.get(path)

    def listing(self, folder: str) -> dict[str, bool]:
        inner = [path.removeprefix(f"{folder}/" if folder else "") for path in self._files if path.startswith(folder)]
        return {path.partition("/")[0]: "/" in path for path in inner}

    def is_executable(self, path: str) -> bool:  # noqa: ARG002
        return False

    def is_link(self, path: str) -> bool:  # noqa: ARG002
        return False


def _files(source: bytes, *names: str) -> dict[str, bytes]:
    return dict(zip(names, source.split(CUT), strict=False))


def _is_plain(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) is not None


def requirements_files(source: bytes) -> None:
    """What they declare are names, on lines that are there."""
    files = _files(source, "r.txt", "sub/r.txt", "sub/pyproject.toml")
    try:
        found = requirements_file.read_requirements_files(
            Files(files), [requirements_file.NamedFile("r.txt", RUNTIME, "pyproject.toml:1:1:")]
        )
    except CheckError:
        return
    for one in found.declarations:
        assert _is_plain(one.name)
        assert 1 <= one.line <= files[one.path].count(b"\n") + files[one.path].count(b"\r") + 1


def documents(source: bytes) -> None:
    """TOML says what tomllib says."""
    exact = _toml(source)
    try:
        found = parse.__wrapped__(source, "p.toml")
    except CheckError as error:
        if exact is not None and "too deep" not in error.message:
            raise
        return
    assert repr(found.table) == repr(exact)
    for key in found.table:
        assert 1 <= found.line_of(key) <= found.text.count("\n") + 1
        assert 1 <= found.line_of_key(key, key) <= found.text.count("\n") + 1


def _toml(source: bytes) -> dict[str, object] | None:
    with suppress(ValueError, RecursionError):
        return tomllib.loads(source.removeprefix(b"\xef\xbb\xbf").decode())
    return None


def projects(source: bytes) -> None:
    """Whatever states a project can be read, or it is said what is wrong."""
    tree = Files(_files(source, "pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "script.py"))
    with suppress(CheckError):
        found = project.load(tree, "")
        assert found is None or all(_is_plain(one.name) for one in found.declarations)
    with suppress(CheckError):
        project_of_files.of_script(tree, "script.py", source)


_ADDITIONS = (
    Addition(("project", "dependencies"), ("new",)),
    Addition(("project", "optional-dependencies", "web"), ("new",)),
    Addition(("dependency-groups", "test"), ("new", "more")),
    Addition(("tool", "poetry", "dependencies"), (), (("new", '"*"'),)),
    Addition(("tool", "poetry", "group", "dev", "dependencies"), (), (("new", '"*"'),)),
    Addition(("tool", "import-customs", "per-file-ignores"), (), (("a b.py", '["new"]'),)),
)


def edits(source: bytes) -> None:
    """What was made can be read and edited again, and holds every byte that was there, in order."""
    which, source = source[:1], source[1:]
    addition = _ADDITIONS[ord(which or b"\0") % len(_ADDITIONS)]
    try:
        made = edited(source, "p.toml", [addition])
    except CheckError:
        return
    rest = iter(made)
    assert all(byte in rest for byte in source)
    with suppress(CheckError):
        edited(made, "p.toml", _ADDITIONS[:3])


_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock")


def locks(source: bytes) -> None:
    """A lock file can be read, also of each distribution, or it is said what is wrong."""
    which, source = source[:1], source[1:]
    try:
        found = lock.read_lock(source, _LOCKS[ord(which or b"\0") % len(_LOCKS)])
    except lock.LockError:
        return
    for name in [*sorted(found.names()), requirement.Name("none")]:
        package = found.package(name)
        assert package is None or requirement.normalized(package.version) is not None


_METADATA = ("METADATA", "RECORD", "top_level.txt", "requires.txt", "installed-files.txt")
_written: dict[Path, bytes] = {}  # what each file of the site holds


@cache
def _site() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="site-")


def records(source: bytes) -> None:
    """What is installed can be read, whatever its metadata says."""
    site = _site().name
    folder = Path(site, "x-1.dist-info")
    folder.mkdir(exist_ok=True)
    files = _files(source, *_METADATA, "../x.egg-link")
    for path, text in ((folder / name, files.get(name, b"")) for name in (*_METADATA, "../x.egg-link")):
        if _written.get(path) != text:
            path.write_bytes(text)
            _written[path] = text
    found = Installed([site])
    found.package(requirement.Name("x"))
    for one in found._found:
        assert one.package.name == one.name
        for module in sorted(one.top_level_modules)[:3]:
            found.installed_providers(module)
            found.is_bare_namespace(module)


_PYTHON = """import from lazy as if elif else: try: except ImportError: with def class async for while match case lambda
import_module __import__ importorskip importlib name= TYPE_CHECKING sys.version_info >= ( ) [ ] { } , ; : . * # ' " '''
\"\"\" f' rb' f\"{ }} {{ $ = @ \\ 0 1 a b.c é ﬁ"""
_TOML = """[project] [[package]] [ ] [[ ]] { } = , . # ' " ''' \"\"\" dependencies name version true 1 1979-05-27
\\u0041 [tool.poetry.dependencies] [dependency-groups] optional-dependencies include-group \\ tool project extras
markers requires-python import-customs per-file-ignores source-roots provides rules dynamic setuptools
hatch uv sources"""
_NEEDS = """>= == ~= != < > === .* , ; @ [ ] ( ) - _ . a 1 .post1 .dev0 rc1 +l ' " python_version sys_platform extra in
and or not https://x/y#egg=z git+ -r -c -e -- --hash= # \\ ./ ../ ${X} .whl r.txt sub/r.txt é"""
_NOTEBOOK = """{ } [ ] , : " \\n \\r\\n \\u00e9 \\ud800 "cells" "cell_type" "code" "source" "input" "worksheets"
"metadata" "kernelspec" "language" "python" % ! %% %%bash ? import from ' # NaN 1e9"""

_SOURCES = ("imports/*.py", "ast.py", "bisect.py", "keyword.py", "lzma.py", "importlib/__init__.py", "typing.py")
TARGETS = {
    "screen": Target(screened, _SOURCES, _PYTHON),
    "scan": Target(scanned, _SOURCES, _PYTHON),
    "notebook": Target(notebooks, ("imports/notebooks/test_jupyter.py",), _NOTEBOOK),
    "requirement": Target(requirement_texts, ("model/test_requirement.py",), _NEEDS),
    "requirements": Target(
        requirements_files, ("project/dialects/test_requirements*.py",), _NEEDS, (b"", CUT, CUT + CUT)
    ),
    "document": Target(documents, ("project/**/*.py",), _TOML),
    "project": Target(projects, ("project/**/*.py",), f"{_TOML} {_NEEDS}", tuple(CUT * at for at in range(5))),
    "edit": Target(
        edits, ("project/edit/*.py", "check/test_fix*.py"), _TOML, tuple(bytes([at]) for at in range(len(_ADDITIONS)))
    ),
    "lock": Target(locks, ("providers/test_lock.py",), _TOML, tuple(bytes([at]) for at in range(len(_LOCKS)))),
    "record": Target(records, ("providers/*.py",), f"{_NEEDS} Name: , / \\n", tuple(CUT * at for at in range(6))),
}


def seeds(target: Target) -> list[bytes]:
    """The strings of the target's tests, and its files of the standard library."""
    found = [text for pattern in target.seeds for path in sorted(TESTS.glob(pattern)) for text in _strings(path)]
    found += [(LIBRARY / name).read_bytes()[:8_000] for name in target.seeds if (LIBRARY / name).is_file()]
    return [before + one for one in dict.fromkeys(found) for before in target.before]


@cache
def _strings(path: Path) -> list[bytes]:
    nodes = ast.walk(ast.parse(path.read_bytes()))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)]
    return [one.encode("utf-8", "replace") if isinstance(one, str) else one for one in texts if len(one) < 8_000]


def words(target: Target) -> list[bytes]:
    """What an input is put together from."""
    blanks = [b" ", b"\t", b"\n", b"\r", b"\f", b"\0", b"\\\n", b"\n    ", b"\xff", b"\xef\xbb\xbf", CUT]
    return [*blanks, *(word.encode() for word in target.words.split())]
