"""What the kinds of use are given: one project in one state, and what was found in it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property

from import_customs import providers
from import_customs.check.unused.settings_text import read_for_uses
from import_customs.check.unused.subject import Subject
from import_customs.check.unused.texts import Text, Texts
from import_customs.model import BUILD, Declaration, Project
from import_customs.model.later import pattern
from import_customs.model.source_text import decode, what_can_be_read
from import_customs.model.unused import Use
from import_customs.model.value import NamedTuple
from import_customs.providers.evidence import Evidence
from import_customs.providers.requirement_graph import Need, RequirementGraph
from import_customs.providers.requires import who_requires

# Extras by which a distribution keeps its own development apart.
FOR_DEVELOPERS = frozenset(
    "dev develop development devel test tests testing doc docs documentation lint linting linters typing types "
    "type-checking mypy ci build release benchmark benchmarks pre-commit qa style format check quality".split()
)
_PINNED = r"===?\s*\d|@"
_SETTINGS_OF_TOOL = pattern(
    r"\.([\w-]+?)(?:rc|ignore|[-_]?config)?(?:\.(?:toml|ya?ml|jsonc?|ini|cfg))?"  # .coveragerc, .pre-commit-config.yaml
    r"|([\w-]+?)[-_.]?(?:rc|config|conf)\.(?:jsonc?|py|toml|ya?ml)"  # pyrightconfig.json, gunicorn.conf.py
    r"|([\w-]+)\.(?:toml|ya?ml|ini|cfg)"  # mkdocs.yml
)


class Here:
    """One project in one state, and what its files hold. What is asked of all its declarations is worked out once."""

    def __init__(
        self, project: Project, evidence: Evidence, texts: Texts, tracked: Collection[str], *, is_change: bool
    ) -> None:
        """`evidence` is its lock file and environment; `is_change` says that a change removed the last imports."""
        self.project = project
        self.evidence = evidence
        self.texts = texts
        self.is_change = is_change
        self._tracked = tracked
        self.imported: Mapping[str, list[Use]] = {}  # by distribution: the imports that it may meet
        self.holding: Mapping[str, list[str]] = {}  # by word: the files that hold it
        self._lines: dict[str, list[str]] = {}

    def files_holding(self, words: Collection[str], *kinds: str) -> Iterator[tuple[Text, frozenset[int]]]:
        """The text files of these kinds that hold one of the words, each with its lines that declare something."""
        for path in sorted({path for word in words for path in self.holding.get(word, ())}):
            if self.texts.kinds[path] in kinds:
                yield self.texts.text(path), self._declaring_lines.get(path, frozenset())

    def code_holding(self, words: Collection[str], *kinds: str) -> Iterator[tuple[Text, str]]:
        """The same files, each with its code: what may be a use."""
        for text, lines in self.files_holding(words, *kinds):
            yield text, read_for_uses(text, lines)

    def umbrellas_of(self, name: str) -> list[str]:
        """The declared distributions without modules that always bring the given one."""
        beginnings = (name[:end] + "*" for end in range(1, len(name) + 1))
        return [one for part in (name, *beginnings) for one in self._brought_by.get(part, ())]

    @cached_property
    def _brought_by(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in sorted(self.project.declared):
            for part in providers.umbrella_parts(name):
                found.setdefault(part, []).append(name)
        return found

    @cached_property
    def _declaring_lines(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for one in self.project.declarations:
            found.setdefault(one.path, set()).add(one.line)
        return {path: frozenset(lines) for path, lines in found.items()}

    @cached_property
    def names_of_files(self) -> frozenset[str]:
        """The names of all tracked files, without their folders."""
        return frozenset(map(posixpath.basename, self._tracked))

    @cached_property
    def files_of_tools(self) -> dict[str, str]:
        """By tool: the first file of the name that settings of it have; `.ruff.toml`, `pyrightconfig.json`."""
        found: dict[str, str] = {}
        for path in self._tracked:
            *folders, name = path.split("/")
            tools = [folder[1:] for folder in folders if folder.startswith(".")]
            if of_tool := _SETTINGS_OF_TOOL.fullmatch(name):
                tools.append(next(filter(None, of_tool.groups())))
            for tool in tools:
                found.setdefault(tool.lower().replace("_", "-"), path)
        return found

    def first_file(self, form: str) -> str | None:
        """The first tracked file whose name is of the form, in which `*` stands for anything."""
        return next((path for path in self._tracked if fnmatchcase(path.rpartition("/")[2], form)), None)

    @cached_property
    def known(self) -> frozenset[str]:
        """The distributions that the project has: those it declares, and those that its lock file names.

        Not itself, nor other projects of the repository: a lock file has their extras too, which they declare.
        """
        lock, project = self.evidence.lock, self.project
        own = {project.name, *(one.name for one in project.locals)}
        return (frozenset(project.declared) | (lock.names() if lock else frozenset())) - own

    @cached_property
    def graph(self) -> RequirementGraph:
        """Who requires whom, as far as the lock file and the environment say."""
        needs = dict.fromkeys(Need(one.name, one.extras) for one in self.project.declarations)
        return RequirementGraph(needs, self.evidence.package)

    @cached_property
    def of_the_build(self) -> frozenset[str]:
        """The distributions that `[build-system]` requires."""
        return frozenset(one.name for one in self.project.declarations if one.place == BUILD)

    @cached_property
    def required_by_index(self) -> dict[int, list[str]]:
        """By the rank of what is always required: the declared distributions that do, as the index says."""
        return who_requires(sorted(self.project.declared))

    @cached_property
    def optional(self) -> dict[str, list[str]]:
        """By distribution: the extras that bring it, of those that the project has."""
        found: dict[str, list[str]] = {}
        for host in sorted(self.known):
            for extra, names in self._extras(host):
                for name in names if extra not in FOR_DEVELOPERS else ():
                    found.setdefault(name, []).append(f"{host}[{extra}]")
        return found

    def _extras(self, host: str) -> Iterator[tuple[str, set[str]]]:
        """The extras of a distribution with what they bring, by the index, the lock file and the environment."""
        for extra, requirements in providers.extras_of(host):
            yield extra, {one.partition("[")[0] for one in requirements}
        package = self.evidence.package(host)  # type: ignore[arg-type]  # `known` holds normalized names
        for name, needs in package.extras.items() if package else ():
            yield name, {need.name for need in needs}

    def stated(self, declaration: Declaration) -> str:
        """The line that states it, without a comment and without its marker; "" if it cannot be read."""
        path, line = declaration.path, declaration.line
        if path not in self._lines:
            self._lines[path] = decode(what_can_be_read(self.texts.tree, path))[0].split("\n")
        lines = self._lines[path]
        return re.split(r"\s#|;", lines[line - 1])[0] if line <= len(lines) else ""

    @cached_property
    def pins_everything(self) -> bool:
        """Whether most declarations name one version: then a pin says nothing of the one it stands at."""
        pinned = sum(map(self.is_pinned, self.project.declarations))
        return pinned * 2 >= len(self.project.declarations)

    def is_pinned(self, declaration: Declaration) -> bool:
        """Whether it names one version alone."""
        return re.search(_PINNED, self.stated(declaration)) is not None


class Kind(NamedTuple):
    words: Callable[[Subject], Collection[str]]  # what is searched for in the text files
    uses: Callable[[Here, Subject], Iterator[Use]]


def no_words(_: Subject) -> tuple[str, ...]:
    """Nothing: the kind reads no text files."""
    return ()


def named_modules(subject: Subject) -> list[str]:
    """The modules that the distribution is meant by: not those that are a namespace of many."""
    return [module for module in subject.modules if module[:1] != "_" and not providers.is_namespace(module)]
