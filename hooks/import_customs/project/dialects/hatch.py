"""The declarations of [tool.hatch], and of a hatch.toml beside the pyproject.toml, which says the same without prefix.

Sources: Hatch's documentation, "Environment configuration", "Metadata hooks", "Build configuration", "How to
configure workspace environments".
"""

import re
from collections.abc import Iterator
from typing import Any

from import_customs.model import BUILD, RUNTIME, Place
from import_customs.model.requirement import normalized
from import_customs.model.toml import Document
from import_customs.project.declarations import Declared, add, declared

# What Hatch's own environments hold unless the table says otherwise. Source: "Testing" and "Static analysis".
_BUILT_IN = {
    "hatch-test": ["coverage-enable-subprocess", "coverage[toml]", "pytest", "pytest-mock", "pytest-randomly",
                   "pytest-rerunfailures", "pytest-xdist[psutil]"],
    "hatch-static-analysis": ["ruff"],
}  # fmt: skip

_TEMPLATE = re.compile(r"\{(?:matrix|env|args|verbosity)(?::[^{}]*)?\}")  # where Hatch fills in part of a version
_HOOKS = "metadata.hooks"


def read(document: Document, prefix: str = "tool.hatch.") -> Iterator[Declared]:
    """The environments' and the build's declarations. Raises CheckError where a list is none."""
    for name, environment in document.get(f"{prefix}envs", dict).items():
        if isinstance(environment, dict):
            keys = f"{prefix}envs.{name}"
            for listed in _lists(document, prefix, name):
                yield _filled(document, f"{keys}.dependencies", listed, Place("group", normalized(name)))
    yield from _build(document, prefix)


def _filled(document: Document, keys: str, listed: list[Any], place: Place) -> Declared:
    """The declarations of an environment's list, in which parts of versions may come from its matrix."""
    found = declared(document, keys, [text for text in listed if not (isinstance(text, str) and "{" in text)], place)
    for text in listed:
        if isinstance(text, str) and "{" in text:
            line = document.line_of(text, keys.rpartition(".")[0])
            add(found, _TEMPLATE.sub("0.0", text), place, document.path, line)
    return found


def members(document: Document, prefix: str = "tool.hatch.") -> Iterator[str]:
    """The globs of the environments' workspaces, those of `exclude` with a leading "!"."""
    keys = f"{prefix}envs"
    for name, environment in document.get(keys, dict).items():
        if isinstance(environment, dict) and "workspace" in environment:
            for member in document.get(keys, list, name, "workspace", "members"):
                path = member.get("path") if isinstance(member, dict) else member
                if not isinstance(path, str):
                    raise document.wrong(f"{keys}.{name}.workspace.members", "an array of paths", member)
                yield path
            yield from (f"!{glob}" for glob in document.strings(keys, name, "workspace", "exclude"))


def metadata_hooks(document: Document, prefix: str = "tool.hatch.") -> dict[str, list[Declared]]:
    """What the metadata hooks' own tables list, templates among them, by the key of [project] that it stands for.

    Every hook that was seen names its lists as [project] does.
    """
    found: dict[str, list[Declared]] = {}
    for name in document.get(prefix + _HOOKS, dict):
        keys, hook = f"{prefix}{_HOOKS}.{name}", document.get(prefix + _HOOKS, dict, name)
        if isinstance(hook.get("dependencies"), list):
            listed = declared(document, f"{keys}.dependencies", hook["dependencies"], RUNTIME)
            found.setdefault("dependencies", []).append(listed)
        extras = hook.get("optional-dependencies")
        for extra in extras if isinstance(extras, dict) and name != "requirements_txt" else ():
            wanted = document.get(prefix + _HOOKS, list, name, "optional-dependencies", extra)
            place = Place("extra", normalized(extra))
            listed = declared(document, f"{keys}.optional-dependencies.{extra}", wanted, place)
            found.setdefault("optional-dependencies", []).append(listed)
    return found


def requirements_files(document: Document, prefix: str = "tool.hatch.") -> list[tuple[str, Place]]:
    """The files that hatch-requirements-txt reads, each with the place that it declares for."""
    hooks = prefix + _HOOKS
    if "requirements_txt" not in document.get(hooks, dict):
        return []
    listed = document.get(hooks, list, "requirements_txt", "files")
    filename = document.get(hooks, str, "requirements_txt", "filename")
    found = [(file, RUNTIME) for file in [*listed, *([filename] if filename else [])] or ["requirements.txt"]]
    for extra in document.get(hooks, dict, "requirements_txt", "optional-dependencies"):
        files = document.get(hooks, list, "requirements_txt", "optional-dependencies", extra)
        found.extend((file, Place("extra", normalized(extra))) for file in files)
    return [(file, place) for file, place in found if isinstance(file, str)]


def _lists(document: Document, prefix: str, name: str) -> Iterator[list[Any]]:
    if "dependencies" not in document.get(f"{prefix}envs", dict, name):
        yield _BUILT_IN.get(name, [])
    for key in ("dependencies", "extra-dependencies"):
        yield document.get(f"{prefix}envs", list, name, key)
    for kind in document.get(f"{prefix}envs", dict, name, "overrides"):
        for values in document.get(f"{prefix}envs", dict, name, "overrides", kind).values():
            yield list(_overridden(values))


def _overridden(values: Any) -> Iterator[str]:
    """What an override of `dependencies` adds: texts, or tables with the text as `value`."""
    for key, entries in values.items() if isinstance(values, dict) else ():
        if key.removeprefix("set-") in ("dependencies", "extra-dependencies"):
            listed = entries if isinstance(entries, list) else [entries]
            texts = (entry.get("value") if isinstance(entry, dict) else entry for entry in listed)
            yield from (text for text in texts if isinstance(text, str))


def _build(document: Document, prefix: str) -> Iterator[Declared]:
    """What the build's hooks and targets need, and the hooks of one target."""
    tables: list[tuple[str, ...]] = [("hooks",), ("targets",)]
    tables.extend(("targets", target, "hooks") for target in document.get(f"{prefix}build", dict, "targets"))
    for path in tables:
        for name in document.get(f"{prefix}build", dict, *path):
            listed = document.get(f"{prefix}build", dict, *path, name).get("dependencies", [])
            if isinstance(listed, list):
                keys = ".".join((f"{prefix}build", *path, name, "dependencies"))
                yield declared(document, keys, listed, BUILD)
