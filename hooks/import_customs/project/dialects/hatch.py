"""Hatch: [tool.hatch], and a hatch.toml beside the pyproject.toml, which says the same without that prefix.

Sources: its documentation, "Environment configuration", "Metadata hooks", "Build configuration", "How to configure
workspace environments"; that of hatch-requirements-txt.
"""

from __future__ import annotations

import posixpath

from import_customs.model import BUILD, RUNTIME, Place, WritablePlace
from import_customs.model.later import re
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document, at, parse, strings
from import_customs.project.declarations import DeclaredList, declare, declare_list
from import_customs.project.dialects.dialect import (
    BOTH_KEYS,
    Dialect,
    ProjectFiles,
    absent_modules,
    modules_at,
    places_below,
    table_at,
)
from import_customs.project.workspace import expanded, name_written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from import_customs.project.dialects.dialect import Tables

# What Hatch's own environments hold unless the table says otherwise. Source: "Testing" and "Static analysis".
_BUILT_IN = {
    "hatch-test": ["coverage-enable-subprocess", "coverage[toml]", "pytest", "pytest-mock", "pytest-randomly",
                   "pytest-rerunfailures", "pytest-xdist[psutil]"],
    "hatch-static-analysis": ["ruff"],
}  # fmt: skip

_TEMPLATE = r"\{(?:matrix|env|args|verbosity)(?::[^{}]*)?\}"  # where Hatch fills in part of a version
_ENVIRONMENTS = ("tool", "hatch", "envs")
_HOOKS = ("tool", "hatch", "metadata", "hooks")


def _documents(files: ProjectFiles) -> Iterator[tuple[Document, str]]:
    """The documents that have Hatch's tables, each with what stands before their keys."""
    if "hatch" in files.document.get("tool", dict):
        yield files.document, "tool.hatch."
    if "hatch.toml" in files.beside and (source := files.read("hatch.toml")) is not None:
        yield parse(source, files.path("hatch.toml")), ""


def states_project(files: ProjectFiles) -> bool:
    """Environments are a project's."""
    return "envs" in files.document.get("tool", dict, "hatch")


def declared_lists(files: ProjectFiles) -> Iterator[DeclaredList]:
    """What environments, the build and metadata hooks list. Raises CheckError where a list is none."""
    for document, prefix in _documents(files):
        for name, environment in document.get(f"{prefix}envs", dict).items():
            if isinstance(environment, dict):
                keys, place = f"{prefix}envs.{name}.dependencies", Place("group", normalized(name))
                for listed in _of_environment(document, prefix, name):
                    yield _without_templates(document, keys, listed, place)
                if "workspace" in environment:
                    yield _of_workspace(files, document, f"{prefix}envs", name, place)
        yield from _of_build(document, prefix)
        yield from (declare_list(document, *hooked) for _, hooked in _hooked(document, prefix))


def stated_keys(files: ProjectFiles) -> set[str]:
    """What metadata hooks list; both where environments are all there is: neither [project] nor setup.py."""
    if not files.has_project_table and states_project(files) and "setup.py" not in files.beside:
        return set(BOTH_KEYS)
    return {key for document, prefix in _documents(files) for key, _ in _hooked(document, prefix)}


def _of_environment(document: Document, prefix: str, name: str) -> Iterator[list[Any]]:
    """The lists of one environment; overrides add to them."""
    if "dependencies" not in document.get(f"{prefix}envs", dict, name):
        yield _BUILT_IN.get(name, [])
    for key in ("dependencies", "extra-dependencies"):
        yield document.get(f"{prefix}envs", list, name, key)
    for kind in document.get(f"{prefix}envs", dict, name, "overrides"):
        for values in document.get(f"{prefix}envs", dict, name, "overrides", kind).values():
            yield list(_overridden(values))


def _of_workspace(files: ProjectFiles, document: Document, keys: str, name: str, place: Place) -> DeclaredList:
    """The members of an environment's workspace, which are installed in it by their paths."""
    found, line = DeclaredList([], [], []), document.line_of_key("workspace", f"{keys}.{name}")
    for folder in expanded(files.tree, files.folder, tuple(_members_of(document, keys, name))):
        if member := name_written(files.tree, folder):
            declare(found, member, place, document.path, line, folder, is_location=True)
    return found


def _overridden(values: Any) -> Iterator[str]:
    """What an override of `dependencies` adds: texts, or tables with the text as `value`."""
    for key, entries in values.items() if isinstance(values, dict) else ():
        if key.removeprefix("set-") in ("dependencies", "extra-dependencies"):
            for entry in entries if isinstance(entries, list) else [entries]:
                text = entry.get("value") if isinstance(entry, dict) else entry
                if isinstance(text, str):
                    yield text


def _without_templates(document: Document, keys: str, listed: list[Any], place: Place) -> DeclaredList:
    """The declarations of an environment's list, in which parts of versions may come from its matrix."""
    templates = [text for text in listed if isinstance(text, str) and "{" in text]
    found = declare_list(document, keys, [text for text in listed if text not in templates], place)
    for text in templates:
        line = document.line_after(document.start_of(keys), text)
        declare(found, re.sub(_TEMPLATE, "0.0", text), place, document.path, line)
    return found


def build_scripts(files: ProjectFiles) -> Iterator[str]:
    """The custom hooks, which stand in hatch_build.py unless they say where. Source: "Custom build hook"."""
    hatch = table_at(files.document.table, "tool", "hatch")
    tables = [table_at(hatch, "metadata"), table_at(hatch, "build"), *table_at(hatch, "build", "targets").values()]
    for table in tables:
        yield from strings(table_at(table, "hooks", "custom").get("path", "hatch_build.py"))


def _of_build(document: Document, prefix: str) -> Iterator[DeclaredList]:
    """What the build's hooks and targets need, and the hooks of one target."""
    tables: list[tuple[str, ...]] = [("hooks",), ("targets",)]
    tables.extend(("targets", target, "hooks") for target in document.get(f"{prefix}build", dict, "targets"))
    for path in tables:
        for name in document.get(f"{prefix}build", dict, *path):
            listed = document.get(f"{prefix}build", dict, *path, name).get("dependencies", [])
            if isinstance(listed, list):
                keys = ".".join((f"{prefix}build", *path, name, "dependencies"))
                yield declare_list(document, keys, listed, BUILD)


def _hooked(document: Document, prefix: str) -> Iterator[tuple[str, tuple[str, list[Any], Place]]]:
    """The lists of metadata hooks: the key of [project] that each stands for, then its own keys, it and its place.

    Every hook that was seen, templates among them, names its lists as [project] does.
    """
    hooks = f"{prefix}metadata.hooks"
    for name in document.get(hooks, dict):
        hook = document.get(hooks, dict, name)
        if isinstance(hook.get("dependencies"), list):
            yield "dependencies", (f"{hooks}.{name}.dependencies", hook["dependencies"], RUNTIME)
        extras = hook.get("optional-dependencies")
        for extra in extras if isinstance(extras, dict) and name != "requirements_txt" else ():
            listed = document.get(hooks, list, name, "optional-dependencies", extra)
            keys = f"{hooks}.{name}.optional-dependencies.{extra}"
            yield "optional-dependencies", (keys, listed, Place("extra", normalized(extra)))


def requirements_files(files: ProjectFiles) -> Iterator[tuple[str, Place]]:
    """The files that hatch-requirements-txt reads."""
    for document, prefix in _documents(files):
        hooks, name = f"{prefix}metadata.hooks", "requirements_txt"
        if name not in document.get(hooks, dict):
            continue
        filename = document.get(hooks, str, name, "filename")
        listed = [*document.get(hooks, list, name, "files"), *([filename] if filename else [])]
        yield from ((file, RUNTIME) for file in strings(listed or "requirements.txt"))
        for extra in document.get(hooks, dict, name, "optional-dependencies"):
            listed = document.get(hooks, list, name, "optional-dependencies", extra)
            yield from ((file, Place("extra", normalized(extra))) for file in strings(listed))


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """`packages = ["a/b"]` ships b, found in a; `sources` strips folders from the front, or gives them other names."""
    for build in _builds(files):
        sources = at(build, "sources")
        yield from strings(list(sources) if isinstance(sources, dict) else sources)
        yield from strings(at(build, "dev-mode-dirs"))
        for package in strings(at(build, "packages")):
            yield posixpath.dirname(package.rstrip("/")) or "."


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The packages that are copied into the wheel from elsewhere, or get another name in it, or are not there."""
    for build in _builds(files):
        for root in strings(at(build, "sources")):
            named = places_below(root, strings(at(build, "only-include")))
            yield from absent_modules(files, root, named)
        for package in strings(at(build, "packages")):
            if not files.tree.listing(posixpath.normpath(files.path(package))):
                yield posixpath.basename(package.rstrip("/"))
        yield from modules_at(_places_in_wheel(at(build, "force-include")))
        yield from (place.replace("/", ".") for place in _places_in_wheel(at(build, "sources")) if place)


def _builds(files: ProjectFiles) -> Iterator[Any]:
    """The tables for all targets and for wheels."""
    for document, prefix in _documents(files):
        build = at(document.table, f"{prefix}build")
        yield from (build, at(build, "targets.wheel"))


def _places_in_wheel(table: Any) -> Iterator[str]:
    """The places that a table gives to what is in the folder."""
    return (place.strip("/") for place in strings(list(table.values()) if isinstance(table, dict) else []))


def members(files: ProjectFiles) -> Iterator[str]:
    """The members of the environments' workspaces."""
    for document, prefix in _documents(files):
        keys = f"{prefix}envs"
        for name, environment in document.get(keys, dict).items():
            if isinstance(environment, dict) and "workspace" in environment:
                yield from _members_of(document, keys, name)


def _members_of(document: Document, keys: str, name: str) -> Iterator[str]:
    """The globs of an environment's workspace. Raises CheckError where they are none."""
    for member in document.get(keys, list, name, "workspace", "members"):
        path = member.get("path") if isinstance(member, dict) else member
        if not isinstance(path, str):
            raise document.wrong(f"{keys}.{name}.workspace.members", "an array of paths", member)
        yield path
    yield from (f"!{glob}" for glob in document.strings(keys, name, "workspace", "exclude"))


def writable_places(tables: Tables) -> Iterator[WritablePlace]:
    """The runtime dependencies where a metadata hook lists them in the place of [project]."""
    if "dependencies" in strings(table_at(tables, "project").get("dynamic")):
        for name, hook in table_at(tables, *_HOOKS).items():
            if isinstance(at(hook, "dependencies"), list):
                yield WritablePlace(RUNTIME, (*_HOOKS, name, "dependencies"), "list")


def writable_extras(tables: Tables) -> Iterator[WritablePlace]:
    """The environments' lists."""
    for name, environment in table_at(tables, *_ENVIRONMENTS).items():
        for key in ("dependencies", "extra-dependencies"):
            if isinstance(at(environment, key), list):
                yield WritablePlace(Place("group", normalized(name)), (*_ENVIRONMENTS, name, key), "list")


def new_group(tables: Tables, name: str) -> WritablePlace | None:
    """An environment beside those that are there, unless there are standard groups; `default` is the one for dev."""
    if not table_at(tables, *_ENVIRONMENTS) or "dependency-groups" in tables:
        return None
    environment = "default" if name == "dev" else name
    keys = (*_ENVIRONMENTS, environment, "dependencies")
    return WritablePlace(Place("group", normalized(environment)), keys, "list")


DIALECT = Dialect(
    states_project=states_project,
    declared_lists=declared_lists,
    stated_keys=stated_keys,
    requirements_files=requirements_files,
    source_roots=source_roots,
    built_modules=built_modules,
    build_scripts=build_scripts,
    members=members,
    writable_places=writable_places,
    writable_extras=writable_extras,
    new_group=new_group,
)
