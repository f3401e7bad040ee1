"""Say which declarations can be judged: those of distributions of which the index knows exactly what they install."""

from __future__ import annotations

from collections.abc import Iterator

from import_customs.check.covered import gathered_projects
from import_customs.check.state import State, text_of
from import_customs.model import BUILD, PYPROJECT, SCRIPT, Declaration, Project
from import_customs.model.later import pattern
from import_customs.model.names import top
from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple
from import_customs.project.dialects.pixi import MANIFEST
from import_customs.project.requirements_kept import is_compiled
from import_customs.providers import distributions
from import_customs.providers.uses import Facts, facts_of

_STUBS = pattern(r"types-(.+)|(.+)-(?:stubs|types)")
_CONDA = pattern(r"\s*\[tool\.pixi\.[^\]]*(?<!pypi-)dependencies\]")


class Subject(NamedTuple):
    """One distribution that a project declares, with all the declarations of it."""

    name: Name
    project: Project
    declarations: tuple[Declaration, ...]
    modules: tuple[str, ...]  # that it installs: top-level ones, and dotted ones in a namespace
    facts: Facts  # what the table of uses says of it

    @property
    def tops(self) -> set[str]:
        """The top-level modules by which an import of it, or of what it holds the types of, is known."""
        modules = [*self.modules, *(stubbed_modules(self.name) if stubbed(self.name) else ())]
        return {top(module) for module in modules if not module.endswith("-stubs")}

    @property
    def is_for_development(self) -> bool:
        """True if it is declared for development alone."""
        return all(one.place.kind in ("group", "extra") for one in self.declarations)


def subjects(state: State, project: Project) -> Iterator[Subject]:
    """The distributions of a project that can be judged, by name; none where not all its declarations can be read."""
    if project.unread or project.lacking:
        return
    by_name: dict[Name, list[Declaration]] = {}
    conda = _conda_lines(state, project)
    for one in project.declarations:
        if one.place not in (BUILD, SCRIPT):
            by_name.setdefault(one.name, []).append(one)
    for name, declarations in sorted(by_name.items()):
        if not _is_exempt(state, project, name, declarations, conda):
            modules = distributions.exact_modules(name)
            stated = tuple(module for module, names in project.config.provides if name in names)
            facts = facts_of(name)
            if modules is not None or stated or stubbed(name):
                yield Subject(name, project, tuple(declarations), (*(modules or ()), *stated), facts)


def stubbed(name: str) -> str:
    """The distribution that this one holds the types of, by either naming; "" if it is no stub distribution."""
    found = _STUBS.fullmatch(name)
    return (found[1] or found[2]) if found else ""


def stubbed_modules(name: str) -> list[str]:
    """The modules that a stub distribution holds the types of."""
    modules = distributions.exact_modules(name) or ()
    own = [module.removesuffix("-stubs") for module in modules if module.endswith("-stubs")]
    target = stubbed(name)
    return [*own, *(distributions.exact_modules(target) or [target.replace("-", "_")])]


def _is_exempt(
    state: State, project: Project, name: Name, declarations: list[Declaration], conda: set[tuple[str, int]]
) -> bool:
    return (
        name == project.name
        or name in project.elsewhere
        or any(one.is_elsewhere or one.folder is not None for one in declarations)
        or any(one.name == name for one in project.locals)
        or any((one.path, one.line) in conda or is_compiled(state.tree, one.path) for one in declarations)
        or any(one.path.endswith(MANIFEST) for one in declarations)
        or gathered_projects.is_local(state, project, name)
    )


def _conda_lines(state: State, project: Project) -> set[tuple[str, int]]:
    """The lines, with their file, in tables of conda packages: those hold programs of which the index knows nothing."""
    if not project.path.endswith(PYPROJECT):
        return set()
    text = text_of(state, project.path).decode("utf-8", "replace")
    found, is_conda = set(), False
    for number, line in enumerate(text.split("\n") if "[tool.pixi." in text else (), 1):
        if line.lstrip().startswith("["):
            is_conda = _CONDA.match(line) is not None
        if is_conda:
            found.add((project.path, number))
    return found
