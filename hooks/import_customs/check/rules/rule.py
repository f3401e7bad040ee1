"""What a rule is, how it makes a finding, and the parts of a message that several rules share."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence

from import_customs import providers
from import_customs.model import BUILD, PYPROJECT, Declaration, Finding, Import, Project, SettledBy, Site, Tree
from import_customs.model.later import re
from import_customs.model.names import prefixes, top
from import_customs.model.sentence import enumerated
from import_customs.model.span import Span
from import_customs.model.value import NamedTuple

# Judges an import that declarations cover: the tree, its site, its module, the import, and those (at least one).
Judgement = Callable[[Tree, Site, str, Import, Sequence[Declaration]], Finding | None]


_MOST_FILES = 3  # that a message names


class Rule(NamedTuple):
    name: str
    page: str  # Markdown. Its first line is the summary; then what it finds, why that matters, what settles it, options
    settled_by: SettledBy = ""  # what settles its findings, unless one of them has a remedy of its own
    is_declared_nowhere: bool = False  # True if no declaration covers what it finds; no finding is graver
    is_opt_in: bool = False  # True if only a project that lists it in `rules` has its findings
    judgement: Judgement | None = None  # of imports that declarations cover; the others judge what nothing covers

    @property
    def summary(self) -> str:
        """One sentence, for lists of rules."""
        return self.page.partition("\n")[0]

    def finding(
        self, site: Site, module: str, imported: Import, message: str, distributions: Sequence[str] = ()
    ) -> Finding:
        """The finding of this rule for an import; `distributions` are the providers that may be named, best first."""
        span = span_of(imported, module)
        return Finding(
            path=site.file,
            line=span.line,
            column=span.column,
            module=module,
            rule=self.name,
            providers=tuple(distributions),
            project=site.project.path,
            guard=imported.guard,
            via=(),
            message=message,
            excerpt="",
            settled_by=self.settled_by,
            is_declared_nowhere=self.is_declared_nowhere,
            cell=span.cell,
            end_column=span.end_column,
        )


def span_of(imported: Import, module: str) -> Span:
    """Where a module stands in what imports it: the module itself, one above it, or one of the names taken from it."""
    if not imported.spans:
        return Span(imported.line, imported.column, imported.column + len(module), imported.cell)
    below = module.removeprefix(f"{imported.module}.").partition(".")[0] if module != imported.module else ""
    if below in imported.names and module.startswith(f"{imported.module}."):
        return imported.spans[1 + imported.names.index(below)]
    whole = imported.spans[0]
    is_above = imported.module.startswith(f"{module}.") and whole.end_column - whole.column == len(imported.module)
    return _resized(whole, len(module)) if is_above else whole


def _resized(span: Span, width: int) -> Span:
    """The beginning of a span; in a notebook that is one string, only its cell tells where it ends."""
    if span.cell is None:
        return span._replace(end_column=span.column + width)
    is_in_file = span.end_column - span.column == span.cell.end_column - span.cell.column
    cell = span.cell._replace(end_column=span.cell.column + width)
    return span._replace(end_column=span.column + width if is_in_file else span.end_column, cell=cell)


def placed(finding: Finding, imported: Import) -> Finding:
    """The finding for another import of its module."""
    line, column, end_column, cell = span_of(imported, finding.module)
    return finding._replace(line=line, column=column, end_column=end_column, cell=cell)


def finding_of_declaration(
    rule: str, project: str, declaration: Declaration, line: str, message: str, remedy: str
) -> Finding:
    """The finding that a declaration is at fault for, and no import; `line` is the text of its line."""
    spelled = re.search(re.escape(declaration.name).replace(r"\-", "[-_.]+"), line, re.IGNORECASE)
    return Finding(
        path=declaration.path,
        line=declaration.line,
        column=spelled.start() + 1 if spelled else 1,
        end_column=spelled.end() + 1 if spelled else 1,
        module="",
        rule=rule,
        providers=(),
        project=project,
        guard=None,
        via=(),
        message=message,
        excerpt=line,
        remedy=remedy,
        settled_by="",
        is_declared_nowhere=False,
        distribution=declaration.name,
    )


class Hints(NamedTuple):
    """What is known about a module that nothing covers, besides its providers."""

    shown: str = ""  # the part of the dotted name that has these providers; "" if only the index knows it
    near: str | None = None  # the module that it may be a misspelling of
    extra: str = ""  # a declared extra that may install it
    obscure: bool = False  # True if its provider is neither installed here nor among the most downloaded
    doubt: str = ""  # why its provider, one of those, is not suggested all the same
    candidates: tuple[str, ...] = ()  # declared distributions whose modules are not known
    needs: str = ""  # the distribution to declare for `near`; "" if that is covered


def shown_module(module: str, known: list[str]) -> str:
    """The shortest part of the dotted name that has the `known` providers.

    Without any, the top-level module, or in a namespace the whole name.
    """
    if not known:
        return module if providers.is_namespace(top(module)) else top(module)
    shortest_first = reversed(list(prefixes(module)))
    return next((prefix for prefix in shortest_first if providers.providers(prefix) == known), module)


def module_and_provider(module: str, distribution: str) -> str:
    """Names the module in a message, and its provider, unless that is called like it."""
    return f"`{module}`" if distribution in ("", module) else f"`{module}` (of `{distribution}`)"


def not_declared(project: Project) -> str:
    """Says that a project does not declare it, in a message that names all files that state its dependencies."""
    files = _stating_files(project)
    folders = {posixpath.dirname(file) for file in files}
    if len(files) > 1 and len(folders) == 1 and "" not in folders and project.path.endswith((".txt", ".in")):
        return f"is declared in none of {posixpath.join(*folders, '*')}{posixpath.splitext(project.path)[1]}"
    return f"is not declared in {stated_in(project)}"


def stated_in(project: Project) -> str:
    """The files that state its dependencies, as a sentence names them."""
    return enumerated(_stating_files(project), "or", _MOST_FILES)


def _stating_files(project: Project) -> list[str]:
    """The files that do, that of the project first; not a pyproject.toml without any beside a setup.py or setup.cfg."""
    stating = {one.path for one in project.declarations if one.place != BUILD}
    others = sorted(path for path in stating - {project.path} if posixpath.basename(path) != PYPROJECT)
    of_setuptools = any(posixpath.basename(path) in ("setup.py", "setup.cfg") for path in others)
    if project.path.endswith((".txt", ".in")):
        return sorted([project.path, *others])
    return others if of_setuptools and project.path not in stating else [project.path, *others]


def which_may_bring(extra: str) -> str:
    """Names the declared extra that may install the module, in a message; "" if there is none."""
    return f"; `{extra}` may bring it, of which nothing is known here" if extra else ""
