"""Drop the findings of modules that the program brings which is shown to run the file."""

from collections.abc import Sequence

from import_customs.check.state import State
from import_customs.imports.source_file import SourceFile
from import_customs.model import Finding, Reason, Site
from import_customs.model.names import top
from import_customs.providers.hosts import host_of, is_shown

_HOST = Reason("host")


def without_host(
    state: State, site: Site, file: SourceFile, judged: Sequence[Finding | Reason]
) -> list[Finding | Reason]:
    """What came of an import of the file; where a host brings the module, that instead of the finding."""
    return [_HOST if isinstance(one, Finding) and _brings(state, site, file, one.module) else one for one in judged]


def _brings(state: State, site: Site, file: SourceFile, module: str) -> bool:
    host = host_of(module)
    if host is None or not host.signs:
        return False
    imported = {top(name) for name in file.screened()[0]}
    return is_shown(host, state.tree, site.file, site.project.declared, file.source, imported)
