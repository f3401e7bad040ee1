"""Tell whether a project installs a module that stands nowhere on its source roots: it holds it elsewhere, or makes it.

Its name alone shows nothing: a project may be called `celery` and need the distribution of that name.
"""

import posixpath
from collections.abc import Sequence

from import_customs import providers
from import_customs.check.covered.first_party import is_named_like
from import_customs.check.state import State, text_of
from import_customs.check.uncovered import held_elsewhere
from import_customs.model import PYPROJECT, Finding, Project
from import_customs.model.later import re
from import_customs.model.names import top
from import_customs.project import first_party

_COMPILED = (".c", ".cc", ".cpp", ".cxx", ".cu", ".f", ".f90", ".go", ".i", ".pxd", ".pyx", ".rs", ".zig")
_OF_BUILDS = (PYPROJECT, "setup.py", "setup.cfg")
# What makes modules, or calls a folder otherwise. hatch-vcs (`hooks.vcs`) makes one file in a package that is there.
_MAKING = rb"hooks\.(?!vcs\b)|force-include|\[tool\.(?:pdm|poetry)\.build\b|ext[-_]modules|package[-_]dir[^}\[]*\b%b\b"


def installs(state: State, project: Project, module: str, names: Sequence[str]) -> bool:
    """Whether the module, of which these names are imported, is the project's own, though no source root has it."""
    if not (providers.is_own_module(module, project.name) or is_named_like(project, module)):
        return False
    return (
        project.compiles
        or held_elsewhere.is_below(state, project.folder, top(module))
        or _is_called_so(state, project, module, names)
        or _makes(state, project, module)
    )


def _is_called_so(state: State, project: Project, module: str, names: Sequence[str]) -> bool:
    """Whether the project's folder is the package where it is used: it has what is imported, and none else has."""
    inside = module.partition(".")[2]
    parts = [inside] if inside else names
    is_there = bool(parts) and all(first_party.exists(state.tree, project.folder, part) for part in parts)
    return is_there and not providers.providers(module)


def _makes(state: State, project: Project, module: str) -> bool:
    """Whether the project is built, and something beside its Python files may become the module."""
    folder, beside = project.folder, state.tree.listing(project.folder)
    if not project.has_build_system and "setup.py" not in beside:
        return False
    making = _MAKING % re.escape(top(module).encode())
    if any(re.search(making, text_of(state, posixpath.join(folder, name))) for name in _OF_BUILDS if name in beside):
        return True
    inside = f"{folder}/" if folder else ""
    return any(path.endswith(_COMPILED) and path.startswith(inside) for path in state.tracked())


def naming_project(project: Project, finding: Finding) -> Finding:
    """The finding; where the distribution has the project's own name, it says what that means, and adds no line."""
    if finding.providers[:1] != (project.name,):
        return finding
    name = finding.module
    remedy = (
        f"no file here is the module `{name}`: add it; or, if the package of that name is meant, "
        "give this project another name, then declare it"
    )
    return finding._replace(remedy=remedy, settled_by="")
