"""Decide whether a module is one that protoc or MicroPython's build makes of files of the project.

protoc names a module by the file's path below the folder that it is told to begin at, and it is put elsewhere.
Sources: protobuf's "Python Generated Code"; gRPC's "Generated-code reference" (`_pb2_grpc`); MicroPython's
documentation, "MicroPython external C modules": each has a folder of its name.
"""

from __future__ import annotations

from import_customs.check.covered.first_party import is_provided_by_popular
from import_customs.model.names import top
from import_customs.project.module_files import GENERATED, is_made_by_protoc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.model import Import, Project, Site

_OF_MICROPYTHON = ("/micropython.cmake", "/micropython.mk")


def is_generated(state: State, site: Site, module: str, imported: Import) -> bool:
    """Whether all that the import names is made of `.proto` files of the project, and no popular distribution's.

    Or the module is one in C, which a build of MicroPython has in it, whatever else is called so.
    """
    named = [f"{module}.{name}" for name in imported.names] if module == imported.module else []
    for modules in ([module], named):
        if not modules or not all(one.endswith(GENERATED) for one in modules):  # as nearly all: no file is looked for
            continue
        if all(is_made_by_protoc(one.replace(".", "/"), _sources(state, site.project)) for one in modules):
            return not is_provided_by_popular(module, site.project)
    return any(f"{top(module)}{end}" in _sources(state, site.project) for end in _OF_MICROPYTHON)


def _sources(state: State, project: Project) -> frozenset[str]:
    """The paths of such files of the project that git tracks, each below every folder above it."""
    if project.path not in state.protos:
        inside = f"{project.folder}/" if project.folder else ""
        if state.all_protos is None:
            state.all_protos = [path for path in state.tracked() if path.endswith((".proto", *_OF_MICROPYTHON))]
        paths = (path for path in state.all_protos if path.startswith(inside))
        below = (path.split("/")[at:] for path in paths for at in range(path.count("/") + 1))
        state.protos[project.path] = frozenset(map("/".join, below))
    return state.protos[project.path]
