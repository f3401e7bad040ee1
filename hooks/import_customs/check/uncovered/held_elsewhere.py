"""Name what the repository itself may mean by a module that it cannot reach.

A file or a package of that very name lies in a folder that nothing shows to be on sys.path: no package is suggested
then. Or a submodule that is not checked out may hold it. Only findings for which a package would be suggested get here.
"""

import posixpath
from collections.abc import Iterator
from itertools import islice

from import_customs import providers
from import_customs.check import submodules
from import_customs.check.covered.first_party import own_namespace
from import_customs.check.covered.gathered_projects import is_joined
from import_customs.check.covered.own_files import defines, imports_itself, lacks_what_it_imports
from import_customs.check.covered.popular import has_popular_provider, is_meant_beyond_doubt, is_well_known
from import_customs.check.state import State, project_if_readable, readable_project_of, text_of
from import_customs.check.uncovered.generated import made_by_protoc, made_of
from import_customs.check.uncovered.on_path import leads_to_path
from import_customs.imports import NOTEBOOK
from import_customs.model import PYPROJECT, Finding, Import, Project, Site, upwards
from import_customs.model.later import re
from import_customs.model.names import top
from import_customs.model.option_advice import settings_file, settings_table
from import_customs.model.requirement import normalized
from import_customs.project import first_party
from import_customs.project.local_projects import is_aside

_SUFFIXES = (".py", ".pyx", ".ipynb", ".so", ".pyd")
_MANY = 4  # places, none of which is named as the one that is meant
LIES_HERE = "lies here: if that is meant,"  # in the remedies for what the repository holds


def naming_place(state: State, site: Site, module: str, imported: Import, finding: Finding) -> Finding:
    """The finding; where the repository holds what may be meant, it says where, and no package is suggested."""
    remedy = (
        _way(state, site, module, imported, finding)
        or _way_to_generated(state, site, module, imported, finding)
        or _way_into_namespace(state, site, module, finding)
        or _way_into_own_namespace(state, site.project, module, imported, finding)
    )
    if not remedy and finding.providers and is_meant_beyond_doubt(finding.module):
        return finding
    return _without_package(finding, remedy) if remedy else _naming_submodule(state, site, module, finding)


def _way_to_generated(state: State, site: Site, module: str, imported: Import, finding: Finding) -> str:
    """What to do where protoc makes the module of a file here, though a package has its top-level name."""
    if not finding.providers or providers.is_shared(module) or is_meant_beyond_doubt(module):
        return ""  # a part of `google` is known to be a package's; the best known may have their files copied
    if not (made := made_by_protoc(state, site.project, module, imported)):
        return ""
    ignoring = f'add "{top(module)}" to `ignore`, under {_settings_table(state, site.project)}'
    return f"`{made_of(state, site.project, made)}` {LIES_HERE} {ignoring}; if not, {_otherwise(finding)}"


def _way_into_namespace(state: State, site: Site, module: str, finding: Finding) -> str:
    """What to do about a part that is missing of a package to which others add; no other one has its name."""
    if not finding.providers or providers.is_shared(module):
        return ""
    path = first_party.shared_package(state.tree, site.project.source_roots, top(module))
    return f"`{path}` lets other packages add to `{top(module)}`: declare the one that has `{module}`" if path else ""


def _way_into_own_namespace(state: State, project: Project, module: str, imported: Import, finding: Finding) -> str:
    """What to do about a part that is missing of a bare namespace that the project is called after."""
    if is_meant_beyond_doubt(module) or not (folder := own_namespace(state, project, top(module))):
        return ""
    parts = [module] if "." in module else [f"{module}.{name}" for name in imported.names]
    what = f"declare the one that has `{parts[0]}`" if parts else "import a module in it"
    part = f"`{folder}/` is this project's part of the namespace `{top(module)}`:"
    return f"{part} if that is meant, {what}; {_otherwise(finding)}" if finding.providers else f"{part} {what}"


def _naming_submodule(state: State, site: Site, module: str, finding: Finding) -> Finding:
    """The finding; where a submodule that is not checked out may hold the module by its path, it says so.

    What is not well known is suggested no more then.
    """
    project, is_known = site.project, is_well_known(module, site.project)
    absent = submodules.absent(state)
    leading = next((path for path in absent if _leads_to(state, project, path, module, is_known=is_known)), "")
    if leading and finding.settled_by == "declaration" and not is_known:
        see = f"the submodule {leading} is not checked out, and may hold it: see with `git submodule update --init`"
        return _without_package(finding, f"{see}; if it does not, declare `{finding.providers[0]}`")
    if leading:
        may_hold = f"the submodule {leading}, which is not checked out, may hold it (`git submodule update --init`)"
        return finding._replace(message=f"{finding.message}; {may_hold}")
    return finding


def _without_package(finding: Finding, remedy: str) -> Finding:
    message = f"`{finding.module}` is not declared in {finding.project}" if finding.providers else finding.message
    return finding._replace(message=message, remedy=remedy, providers=(), candidates=(), settled_by="")


def _leads_to(state: State, project: Project, path: str, module: str, *, is_known: bool) -> bool:
    """Whether a submodule is called like the module, or lies where modules are looked for.

    One that is joined as a local project counts only for a module that no well known package installs.
    """
    if normalized(posixpath.basename(path)) == normalized(top(module)) or leads_to_path(state, project, path):
        return True
    return not is_known and is_joined(state, project, path)


def is_below(state: State, folder: str, name: str) -> bool:
    """Whether git tracks a module or a package of that name below the folder.

    A file that imports its own name is none, nor a folder without `__init__` where a popular package has the name.
    """
    inside = f"{folder}/" if folder else ""
    paths = [_path_of(state, one, name) for one in _holding(state, name) if f"{one}/".startswith(inside) or not inside]
    is_popular = any(providers.rank(one) is not None for one in providers.providers(name))
    return any(not (is_popular and path.endswith("/")) and not imports_itself(state, path) for path in paths)


def paths_of(state: State, name: str) -> list[str]:
    """The files, and the folders with a `/`, that git tracks and a top-level module of that name may be."""
    return [_path_of(state, folder, name) for folder in _holding(state, name)]


def _way(state: State, site: Site, module: str, imported: Import, finding: Finding) -> str:
    """What to do where the repository holds the module: in the nearest place, unless many are as near; "" for none."""
    found = list(islice(_held(state, site, module, imported), _MANY))
    if not found:
        return ""
    name, table = top(module), _settings_table(state, site.project)
    first, folder, path = found[0]
    ignoring = f'add "{name}" to `ignore`, under {table}'
    if path.endswith(NOTEBOOK):
        return f"`{path}` {LIES_HERE} {ignoring}"
    if folder in site.project.source_roots:  # there a file of the module's name means something else by it
        which = f"`{path}` {LIES_HERE} {ignoring}"
    elif len(found) == _MANY and all(nearness == first for nearness, _, _ in found):
        which = f"`{name}`, in several folders, {LIES_HERE} name its folder in `source-roots`, under {table}"
    else:
        root = posixpath.relpath(folder or ".", site.project.folder or ".")
        which = f'`{path}` {LIES_HERE} say `source-roots = ["{root}"]` under {table}'
    return f"{which}; {_otherwise(finding)}"


def _otherwise(finding: Finding) -> str:
    """What to do if nothing of the repository is meant."""
    known = [name for name in finding.providers if not providers.is_brought_along(finding.module, name)]
    return f"if the package `{known[0]}` is, declare it" if known else "if not, declare the package that you mean"


def _held(state: State, site: Site, module: str, imported: Import) -> Iterator[tuple[int, str, str]]:
    """The places that hold the module, the nearest first: how near it is, its folder, its path."""
    above = set(upwards(site.file.rpartition("/")[0]))
    for folder in _likely_folders(state, site, module):
        if path := _held_as(state, site, folder, module, imported):
            yield len(above.intersection(upwards(folder))), folder, path


def _settings_table(state: State, project: Project) -> str:
    """The table of the settings that count, and where: for a script without any, those of the project around it."""
    around = readable_project_of(state, posixpath.dirname(project.path)) or state.of_none
    if around.path == project.path or around.config is not project.config:
        return settings_table(project.path)
    return f"[tool.import-customs] in {settings_file(around.path or PYPROJECT)}"


def _likely_folders(state: State, site: Site, module: str) -> list[str]:
    """The folders that hold what is called like the module, the nearest to the importing file first.

    What lies in another project is no reason to doubt one of the best known packages: it may be a copy that is shipped.
    """
    above = set(upwards(site.file.rpartition("/")[0]))
    folders = sorted(_holding(state, top(module)), key=lambda one: -len(above.intersection(upwards(one))))
    if folders and is_meant_beyond_doubt(module):
        projects = ((folder, project_if_readable(state, folder) or state.of_none) for folder in folders)
        folders = [folder for folder, project in projects if project.path == site.project.path]
    return folders


def _held_as(state: State, site: Site, folder: str, module: str, imported: Import) -> str:
    """The path at which the folder holds the module, so that it may be meant; "" where it does not.

    A popular package is not hidden by a folder of its name without `__init__`, nor a well-known one by a module that
    lies in a package or among tests, or that has not what is imported: only by the dotted path, or by one that defines
    what is imported, if the package is no better known. What lies in a package hides one of the best known only from
    its own files, which may be a copy of that.
    """
    tree, name = state.tree, top(module)
    path = _path_of(state, folder, name)
    is_around = f"{site.file}/".startswith(f"{posixpath.join(folder, name)}/")
    if is_meant_beyond_doubt(module) and not is_around and first_party.lies_in_package(tree, folder):
        return ""
    below = [module] if "." in module else [f"{module}.{one}" for one in imported.names]
    itself = site.file.removesuffix(".py") if is_meant_beyond_doubt(module) else ""
    others = (one for one in below if posixpath.join(folder, one.replace(".", "/")) != itself)
    if any(first_party.exists(tree, folder, one) for one in others):
        return path
    is_known = is_well_known(module, site.project)
    if "." in module or imports_itself(state, path):
        return ""
    if (is_known or is_around) and path.endswith("/__init__.py") and lacks_what_it_imports(state, path):
        return ""
    if path.endswith("/"):
        is_module = any(first_party.holding(tree, [folder], "", name))
        return path if is_module and not has_popular_provider(module, site.project) else ""
    is_defined = defines(state, path, imported.names) and not is_meant_beyond_doubt(module)
    if is_defined or not is_known:
        return path
    is_hidden = first_party.lies_in_package(tree, folder) or is_aside(posixpath.join(folder, name), site.file)
    source = b"" if is_hidden else text_of(state, path)
    words = (re.escape(name.encode()) for name in imported.names if name != "*")
    return path if not is_hidden and all(re.search(rb"\b%b\b" % word, source) for word in words) else ""


def _path_of(state: State, folder: str, name: str) -> str:
    """The file that is the module of that name in the folder, a package's `__init__`; else its folder, with a `/`."""
    tree, inside = state.tree, posixpath.join(folder, name)
    listing, below = tree.listing(folder), tree.listing(inside)
    found = [posixpath.join(inside, f"__init__{one}") for one in _SUFFIXES if f"__init__{one}" in below]
    found += [f"{inside}{one}" for one in _SUFFIXES if f"{name}{one}" in listing]
    return next(iter(found), f"{inside}/")


def _holding(state: State, name: str) -> list[str]:
    """The folders that directly hold a file or a folder of a module's name, the highest first."""
    if state.holding is None:
        state.holding = {}
        seen: set[str] = set()
        for path in (*state.tracked(), *submodules.files_of(state)):
            if path.endswith(_SUFFIXES):
                folder, _, file = path.rpartition("/")
                state.holding.setdefault(file.partition(".")[0], set()).add(folder)
                while folder and folder not in seen:
                    seen.add(folder)
                    folder, _, inside = folder.rpartition("/")
                    state.holding.setdefault(inside, set()).add(folder)
    return sorted(state.holding.get(name, ()), key=lambda folder: (folder.count("/"), folder))
