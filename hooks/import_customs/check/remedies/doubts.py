"""Say what is to be known of a missing declaration: what is as likely meant, and why nothing is written for it."""

from collections.abc import Iterator, Sequence

from import_customs import providers
from import_customs.check.remedies.versions import UNKNOWN_PYTHONS, Bound, bound_below
from import_customs.model import Finding, Project
from import_customs.model.requirement import Name
from import_customs.project.edit import places
from import_customs.providers import distributions

_AS_LIKELY = 4  # two providers are both likely if their ranks differ by less than this factor
_OF_SOME = (
    "only code for some platforms imports it; declare it with their marker "
    "(`sys_platform == 'win32'`, `'darwin'` or `'linux'`)"
)


def is_ours(project: Project, name: str, local: str | None) -> bool:
    """Whether the repository itself says what is meant: it is a local project, or `provides` names it."""
    return local is not None or any(name in named for _, named in project.config.provides)


def platforms_of(name: Name, importers: Sequence[Finding], pythons: str, *, is_named: bool) -> tuple[str, str]:
    """The marker of the one platform that it is for; else what to say of it if only some platforms import it.

    `pythons` is what the marker says of these.
    """
    marker = "" if is_named else distributions.platform_marker(name)
    is_of_some = not marker and all(one.guard == "platform" for one in importers)
    return " and ".join(filter(None, (pythons, marker))), _OF_SOME if is_of_some else ""


def doubt_of(finding: Finding, platforms: str) -> tuple[list[str], str]:
    """What is as likely as the first provider, and why that is not clearly meant, as far as the index knows.

    `platforms` is what to say where it is.
    """
    name, others = finding.providers[0], as_likely(finding)
    if not finding.is_declared_nowhere:
        return others, "declaring it is one of several ways; choose one"
    if providers.rank(name) is None and providers.is_known(name):
        why = f"`{name}` is not among the most downloaded: check that it is what you want, and declare it by hand"
        return others, why
    if others:
        return others, f"more than one package provides it: {', '.join((name, *others))}; declare the one that you want"
    return others, platforms


def notes_of(name: str, bound: Bound, others: Sequence[str], platforms: str, tool: str | None) -> Iterator[str]:
    """Sentences on a missing declaration: why it has no version, what else may be meant, which platforms need it."""
    if bound.why == UNKNOWN_PYTHONS:  # the same words for each name: a report says them once
        if not places.lock_command(tool):  # a tool that locks finds a version
            yield "The versions are left out: without `requires-python` no release is known to run on all your Pythons."
    elif bound.why:
        yield f"`{name}` {bound.why}, so {'its lower bound' if bound.specifier else 'its version'} is left out."
    if others:
        yield instead_of_first(name, others)
    if platforms:
        yield f"`{name}`: {platforms}."


def instead_of(finding: Finding) -> str:
    """A sentence that names the providers that are about as likely meant as the first; "" where none is."""
    return instead_of_first(finding.providers[0], others) if (others := as_likely(finding)) else ""


def instead_of_first(name: str, others: Sequence[str]) -> str:
    """The sentence that names these others."""
    return f"Instead of `{name}` you may want {' or '.join(f'`{other}`' for other in others)}."


def as_likely(finding: Finding) -> list[str]:
    """The further providers that are about as likely meant as the first, each with the bound that it needs.

    Without those whose newest releases lack the module, where the release that has it is not known.
    """
    first, *others = finding.providers
    best = providers.rank(first) or 0
    ranked = ((name, providers.rank(name)) for name in others)
    likely = (Name(name) for name, rank in ranked if rank is not None and rank < _AS_LIKELY * best)
    bounds = ((name, bound_below(name, (finding.module,))) for name in likely)
    return [f"{name}{bound.specifier if bound else ''}" for name, bound in bounds if bound is None or bound.specifier]
