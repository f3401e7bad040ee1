"""Decide whether a module is one that protoc makes of a file of the project, though it is put elsewhere.

protoc names a module by the file's path below the folder that it is told to begin at.
Source: protobuf's "Python Generated Code"; gRPC's "Generated-code reference" (`_pb2_grpc`).
"""

from __future__ import annotations

from import_customs.check.covered.first_party import is_provided_by_popular
from import_customs.project.module_files import GENERATED, is_made_by_protoc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.model import Import, Project, Site


def is_generated(state: State, site: Site, module: str, imported: Import) -> bool:
    """Whether all that the import names is made of `.proto` files of the project, and no popular distribution's."""
    named = [f"{module}.{name}" for name in imported.names] if module == imported.module else []
    for modules in ([module], named):
        if not modules or not all(one.endswith(GENERATED) for one in modules):  # as nearly all: no file is looked for
            continue
        if all(is_made_by_protoc(one.replace(".", "/"), _protos(state, site.project)) for one in modules):
            return not is_provided_by_popular(module, site.project)
    return False


def _protos(state: State, project: Project) -> frozenset[str]:
    """The paths of the project's `.proto` files that git tracks, each below every folder above it."""
    if project.path not in state.protos:
        inside = f"{project.folder}/" if project.folder else ""
        paths = (path for path in state.tracked() if path.endswith(".proto") and path.startswith(inside))
        below = (path.split("/")[at:] for path in paths for at in range(path.count("/") + 1))
        state.protos[project.path] = frozenset(map("/".join, below))
    return state.protos[project.path]
