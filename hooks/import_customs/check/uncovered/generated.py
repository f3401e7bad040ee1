"""Decide whether a module is one that protoc, CMake, Cargo, SWIG or MicroPython's build makes of the project's files.

protoc names a module by the file's path below the folder that it is told to begin at, and it is put elsewhere; CMake
and Cargo compile one that their files name.
Sources: protobuf's "Python Generated Code"; gRPC's "Generated-code reference" (`_pb2_grpc`); MicroPython's
documentation, "MicroPython external C modules": each has a folder of its name; nanobind's and pybind11's "Building with
CMake", CMake's FindPython; scikit-build's "CMake modules"; the Cargo book, "Cargo Targets" (`cdylib`); SWIG's "SWIG and
Python".
"""

import posixpath
from collections.abc import Iterator

from import_customs.check.covered.popular import is_provided_by_popular
from import_customs.check.state import State, project_if_readable, text_of
from import_customs.model import Import, Project, Site
from import_customs.model.later import pattern
from import_customs.model.names import top
from import_customs.project.module_files import GENERATED, is_made_by_protoc

_OF_MICROPYTHON = ("/micropython.cmake", "/micropython.mk")
_OF_SWIG = ".i"
_BUILD_FILES = ("CMakeLists.txt", ".cmake", "Cargo.toml", _OF_SWIG)
_MADE_OF = (".proto", *_OF_MICROPYTHON, *_BUILD_FILES)
_CMAKE = pattern(
    rb"(?i)\b(?:(?:nanobind|pybind11|python3?)_add_(?:module|library)|python_extension_module)\s*+\(\s*+(\w++)"
)
_SWIG = pattern(rb"(?m)^[ \t]*+%module(?:\([^()]*+\))?+\s++(\w++)")
_CARGO = pattern(rb"""(?m)^name[ \t]*+=[ \t]*+["']([\w-]++)["']""")


def is_generated(state: State, site: Site, module: str, imported: Import) -> bool:
    """Whether all that the import names is made of files of the project, and no popular distribution's.

    Or the module is one in C, which a build of MicroPython has in it, whatever else is called so.
    """
    if made_by_protoc(state, site.project, module, imported):
        return not is_provided_by_popular(module, site.project)
    if top(module) in _compiled(state, site.project) and not is_provided_by_popular(module, site.project):
        return True
    return any(f"{top(module)}{end}" in _sources(state, site.project) for end in _OF_MICROPYTHON)


def made_by_protoc(state: State, project: Project, module: str, imported: Import) -> str:
    """The last module that is named, where protoc makes all that are of files of the project; "" for none."""
    named = [f"{module}.{name}" for name in imported.names] if module == imported.module else []
    for modules in ([module], named):
        if not modules or not all(one.endswith(GENERATED) for one in modules):  # as nearly all: no file is looked for
            continue
        if all(is_made_by_protoc(one.replace(".", "/"), _sources(state, project)) for one in modules):
            return modules[-1]
    return ""


def made_of(state: State, project: Project, module: str) -> str:
    """The file of which protoc makes the module."""
    paths = _tracked(state, project, (".proto",))
    return next(path for path in paths if is_made_by_protoc(module.replace(".", "/"), _below(path)))


def _below(path: str) -> list[str]:
    """The path, and what is left of it below each folder above the file."""
    parts = path.split("/")
    return ["/".join(parts[at:]) for at in range(len(parts))]


def _sources(state: State, project: Project) -> frozenset[str]:
    """The paths of such files of the project that git tracks, each below every folder above it."""
    if project.path not in state.protos:
        paths = _tracked(state, project, (".proto", *_OF_MICROPYTHON))
        state.protos[project.path] = frozenset(one for path in paths for one in _below(path))
    return state.protos[project.path]


def _compiled(state: State, project: Project) -> frozenset[str]:
    """The extension modules that the project's files of CMake, Cargo and SWIG define, of those that git tracks."""
    if project.path not in state.compiled:
        found = set[bytes]()
        for path in _tracked(state, project, _BUILD_FILES):
            governing = project_if_readable(state, posixpath.dirname(path))
            source = text_of(state, path) if governing is None or governing.path == project.path else b""
            if path.endswith(_OF_SWIG):
                found.update(name for made in _SWIG.findall(source) for name in (made, b"_" + made))
            elif not path.endswith("Cargo.toml"):
                found.update(_CMAKE.findall(source))
            elif b"cdylib" in source:
                found.update(name.replace(b"-", b"_") for name in _CARGO.findall(source))
        state.compiled[project.path] = frozenset(name.decode() for name in found if name.isascii())
    return state.compiled[project.path]


def _tracked(state: State, project: Project, ends: tuple[str, ...]) -> Iterator[str]:
    """The files that git tracks in the project's folder and that end so: looked for once for all projects."""
    if state.made_of is None:
        state.made_of = [path for path in state.tracked() if path.endswith(_MADE_OF)]
    inside = f"{project.folder}/" if project.folder else ""
    return (path for path in state.made_of if path.endswith(ends) and path.startswith(inside))
