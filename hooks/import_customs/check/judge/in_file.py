"""Look for what settles a finding in its file itself: tests around the import, what the file makes, what runs it."""

import posixpath
from collections.abc import Sequence

from import_customs.check.covered.first_party import contained_by
from import_customs.check.covered.own_files import defines, imports_of
from import_customs.check.covered.popular import is_meant_beyond_doubt, is_provided_by_popular
from import_customs.check.judge.signs_of_hosts import folders_of_signs, is_stated_to_host
from import_customs.check.rules.rule import not_declared
from import_customs.check.state import State, text_of
from import_customs.imports.expected_failure import fails_as_expected
from import_customs.imports.source_file import SourceFile
from import_customs.model import Finding, Import, Reason, Site, relative, upwards
from import_customs.model.later import re
from import_customs.model.names import top
from import_customs.model.option_advice import settings_table
from import_customs.project import runners
from import_customs.project.dialects import script
from import_customs.project.first_party import STATING_NAMES
from import_customs.project.module_files import is_made_by_protoc, is_package
from import_customs.project.purpose import is_test
from import_customs.project.sys_path import makes_module
from import_customs.providers import stdlib
from import_customs.providers.hosts import Host, host_of, hosts_with, is_shown


def settled_in_file(
    state: State, site: Site, file: SourceFile, imported: Import, judged: Sequence[Finding | Reason]
) -> list[Finding | Reason]:
    """What came of an import, or the reason in place of its findings.

    A file that writes the module itself before it imports it is a test; a popular module is not meant by that.
    """
    module, python = imported.module, site.project.requires_python
    if "version" in imported.guards and file.never_runs(imported, stdlib.supported(python)):
        return [Reason("never runs")]
    if fails_as_expected(*file.place(imported)):
        return [Reason("expected to fail")]
    submodules = [module] if "." in module else [f"{module}.{name}" for name in imported.names] or [module]
    if runners.beside_what_is_run(state.tree, file.path, file.python, submodules):
        return [Reason("first-party")]
    if runners.is_run_by_path(file.python) and _is_defined_beside(state, file.path, imported):
        return [Reason("first-party")]
    if _is_written_before(site, file, imported):
        return [Reason("first-party")]
    if makes_module(file.python, top(module)) and not is_provided_by_popular(module, site.project):
        return [Reason("first-party")]
    told = (_told_of_script(file, one) if isinstance(one, Finding) else one for one in judged)
    return [_with_hosts(state, site, file, imported, one) if isinstance(one, Finding) else one for one in told]


def _told_of_script(file: SourceFile, found: Finding) -> Finding:
    """The finding; where the file has what no tool takes for a script's metadata, though it is meant, it says so."""
    line = script.unread_line(file.script) if found.settled_by == "declaration" and b"///" in file.script else 0
    if not line or found.project == file.path:
        return found
    form = "that takes `# /// script`, lines that are `#` or begin with `# `, and `# ///`"
    return found._replace(message=f"{found.message}; line {line} begins no metadata of a script: {form}")


def _is_written_before(site: Site, file: SourceFile, imported: Import) -> bool:
    """Whether an earlier cell of the notebook writes the module: where Python looks first, else if it is not popular.

    A folder of another place may be one that the notebook goes to, or puts on sys.path.
    """
    name, module, at = top(imported.module), imported.module.split("."), imported.cell[0] if imported.cell else 0
    meant = [[name], [name, "__init__"], *([*module, one] for one in imported.names), *([module] if module[1:] else [])]
    before = [path for number, path in file.files_written if number < at]
    if is_made_by_protoc("/".join(module), before):
        return True
    written = [path.removesuffix(".py").split("/") for path in before if path.endswith(".py") and name in path]
    if any(parts in meant for parts in written):
        return True
    is_elsewhere = any(parts[start:] in meant for parts in written for start in range(1, len(parts)))
    return is_elsewhere and not is_provided_by_popular(name, site.project)


def _is_defined_beside(state: State, file: str, imported: Import) -> bool:
    """Whether a module beside the file, where Python finds it when it runs the file, defines all that is imported."""
    name, folder = imported.module, posixpath.dirname(file)
    if f"{name}.py" not in state.tree.listing(folder) or is_meant_beyond_doubt(name):
        return False
    return defines(state, posixpath.join(folder, f"{name}.py"), imported.names)


def _with_hosts(state: State, site: Site, file: SourceFile, imported: Import, found: Finding) -> Finding | Reason:
    """The finding, or that the program brings the module which is shown to run the file."""
    hosts = [one for one in (host_of(found.module), *hosts_with(found.module)) if one and (one.signs or one.advice)]
    is_asked = any(
        sign[0] in ("with", "imports") for one in hosts for sign in one.signs
    )  # the screen reads the whole file
    tops = {top(name) for name in file.screened()[0]} if is_asked else set()
    showing = {sign[1] for one in hosts for sign in one.signs if sign[0] == "imports"}
    tops -= {name for name in tops & showing if contained_by(state, site, name)}  # one's own `js` shows nothing
    with_modules = {sign[2] for one in hosts for sign in one.signs if sign[0] == "with"}
    tops |= _imported_around(state, site, with_modules)
    folders, project = folders_of_signs(state, site), site.project
    declared = project.declared | {project.name}  # its own tests have what it shows
    if any(is_shown(one, state.tree, folders, declared, file.source, tops) for one in hosts):
        return Reason("host")
    if is_stated_to_host(state, folders, found):
        return Reason("host")
    through = [sign[1] for one in hosts for sign in one.signs if sign[0] == "with" and sign[2] in tops]
    if through and not found.settled_by and top(found.module) not in with_modules:  # `System`, where clr is imported
        return found._replace(remedy=f"it passes once `{through[0]}` is declared; or, {found.remedy}")
    unsure = next((one for one in hosts if one.advice), None)
    return _advised(state, site, imported, unsure, found) if unsure and found.settled_by == "declaration" else found


def _imported_around(state: State, site: Site, names: set[str]) -> set[str]:
    """Those of the top-level modules that what runs before imports: a package around it, a test's conftest.py."""
    if not names:
        return set()
    folder = posixpath.dirname(site.file)
    is_of_test = is_test(site.project, relative(site.file, site.project.folder))
    before = [posixpath.join(above, "conftest.py") for above in upwards(folder)] if is_of_test else []
    while is_package(state.tree, folder):
        before.append(posixpath.join(folder, "__init__.py"))
        folder = posixpath.dirname(folder)
    return {top(one.module) for path in before for one in imports_of(state, path, names)}


def _advised(state: State, site: Site, imported: Import, host: Host, found: Finding) -> Finding | Reason:
    """The finding of a module of which the index tells only that some distribution holds modules beside it.

    What a file above says that it needs, as galaxy.yml does, is installed by the host.
    """
    file, keys = STATING_NAMES.get(host.module, ("", ()))
    name = ".".join(imported.module.split(".")[: 1 + len(keys)])
    key = rb"(?m)(?:^|[{,])[ \t]*+[\"']?%b[\"']?[ \t]*+:" % re.escape(name.partition(".")[2].encode())
    folders = upwards(posixpath.dirname(site.file)) if 0 < len(keys) == name.count(".") else ()
    stating = (posixpath.join(folder, file) for folder in folders)
    if any(re.search(key, text_of(state, path)) for path in stating):
        return Reason("host")
    remedy = f'{host.advice}; if not, add "{name}" to `ignore`, under {settings_table(site.project.path)}'
    message = f"`{name}` {not_declared(site.project)}"
    return found._replace(message=message, remedy=remedy, settled_by="")
