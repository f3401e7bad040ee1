"""Decide whether a top-level module is one that protoc makes of a file of the project, wherever that stands.

Source: protobuf's "Python Generated Code"; gRPC's "Generated-code reference" (`_pb2_grpc`).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from import_customs.check.first_party import is_provided_by_popular
from import_customs.project.first_party import is_made_by_protoc

if TYPE_CHECKING:
    from import_customs.check.state import State
    from import_customs.model import Project, Site


def is_generated(state: State, site: Site, module: str) -> bool:
    """Whether protoc makes the top-level module of a `.proto` file of the project, and no popular distribution has it.

    A module in a package is made where that package's `.proto` stands: `project.first_party` knows that.
    """
    is_made = "." not in module and is_made_by_protoc(module, _protos(state, site.project))
    return is_made and not is_provided_by_popular(module, site.project)


def _protos(state: State, project: Project) -> frozenset[str]:
    """The names of the project's `.proto` files that git tracks, without their folders."""
    if project.path not in state.protos:
        inside = f"{project.folder}/" if project.folder else ""
        paths = (path for path in state.tracked() if path.endswith(".proto") and path.startswith(inside))
        state.protos[project.path] = frozenset(map(posixpath.basename, paths))
    return state.protos[project.path]
