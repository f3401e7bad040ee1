"""Look for what settles a finding in its file itself: tests around the import, what the file makes, what runs it."""

import posixpath
from collections.abc import Sequence

from import_customs.check.first_party import defines, is_meant_beyond_doubt, is_provided_by_popular
from import_customs.check.state import State
from import_customs.imports.source_file import SourceFile
from import_customs.model import Finding, Import, Reason, Site
from import_customs.model.names import top
from import_customs.project import runners
from import_customs.project.sys_path import makes_module
from import_customs.providers import stdlib
from import_customs.providers.hosts import host_of, is_shown


def settled_in_file(
    state: State, site: Site, file: SourceFile, imported: Import, judged: Sequence[Finding | Reason]
) -> list[Finding | Reason]:
    """What came of an import, or the reason in place of its findings.

    A file that writes the module itself before it imports it is a test; a popular module is not meant by that.
    """
    module, python = imported.module, site.project.requires_python
    if "version" in imported.guards and file.never_runs(imported, stdlib.supported(python)):
        return [Reason("never runs")]
    submodules = [module] if "." in module else [f"{module}.{name}" for name in imported.names] or [module]
    if runners.beside_what_is_run(state.tree, file.path, file.python, submodules):
        return [Reason("first-party")]
    if runners.is_run(file.python) and _is_defined_beside(state, file.path, imported):
        return [Reason("first-party")]
    if makes_module(file.python, top(module)) and not is_provided_by_popular(module, site.project):
        return [Reason("first-party")]
    return [
        Reason("host") if isinstance(one, Finding) and _host_brings(state, site, file, one.module) else one
        for one in judged
    ]


def _is_defined_beside(state: State, file: str, imported: Import) -> bool:
    """Whether a module beside the file, where Python finds it when it runs the file, defines all that is imported."""
    name, folder = imported.module, posixpath.dirname(file)
    if f"{name}.py" not in state.tree.listing(folder) or is_meant_beyond_doubt(name):
        return False
    return defines(state, posixpath.join(folder, f"{name}.py"), imported.names)


def _host_brings(state: State, site: Site, file: SourceFile, module: str) -> bool:
    """Whether the program brings the module that is shown to run the file."""
    host = host_of(module)
    if host is None or not host.signs:
        return False
    imported = {top(name) for name in file.screened()[0]}
    return is_shown(host, state.tree, site.file, site.project.declared, file.source, imported)
