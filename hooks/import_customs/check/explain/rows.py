"""Write the rows of what is known of a module or a distribution, and the same for programs."""

import os
from collections.abc import Iterable, Sequence

from import_customs import providers
from import_customs.model import Declaration
from import_customs.model.requirement import Name
from import_customs.providers import stdlib
from import_customs.providers.evidence import Evidence

_MOST = 8  # values that are listed, and one more if that is the last


def row(label: str, values: Sequence[str], where: str = "") -> str:
    """One line: its label, the values, and where they were found."""
    if len(values) > _MOST + 1:
        values = [*values[:_MOST], f"{len(values) - _MOST} more"]
    return f"  {label:<18} {', '.join(values) or 'nothing'}{f' ({where})' if where else ''}"


def environment_name(evidence: Evidence) -> str:
    """The folder of the environment that was looked at, in words."""
    return os.path.basename(evidence.place) or "no environment"


def pythons_with(module: str) -> str:
    """On which Pythons the standard library has the module."""
    having, known = stdlib.versions_with(module)
    if not having:
        return "no"
    if having == known:
        return "yes"
    since = "" if having[0] == known[0] else f"since {having[0]}"
    until = "" if having[-1] == known[-1] else f"up to {having[-1]}"
    return " ".join(filter(None, (since, until)))


def ranked_providers(known: Sequence[str], module: str) -> list[str]:
    """The providers among the most downloaded with their ranks, else the best one, and how many others there are."""
    if not known:
        return ["its parts (a namespace)" if providers.is_namespace(module) else "nothing that is known"]
    ranked = [f"{name} ({downloads(rank)})" for name in known if (rank := providers.rank(name))][:_MOST]
    named = ranked or [f"{known[0]}, not among the most downloaded"]
    others = len(known) - len(named)
    return [*named, f"{others} rarely used one{'s' if others > 1 else ''}"] if others else named


def downloads(rank: int) -> str:
    """The rank in words: 15th most downloaded."""
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending} most downloaded"


def with_version(name: str, evidence: Evidence) -> str:
    """The distribution with the version that the lock file or the environment has, if one has it."""
    package = evidence.package(Name(name))
    return f"{name} {package.version}" if package and package.version else name


def declared_at(one: Declaration) -> str:
    """A declaration with its extras, its place and its line."""
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    return f"{one.name}{extras} ({one.place}, {one.path}:{one.line})"


def versions(names: Iterable[str], evidence: Evidence) -> list[dict[str, str]]:
    """The distributions with the versions that the lock file or the environment has, for programs."""
    packages = ((name, evidence.package(Name(name))) for name in names)
    return [{"name": name, "version": package.version if package else ""} for name, package in packages]


def as_object(one: Declaration) -> dict[str, object]:
    """A declaration, for programs."""
    place = {"place": str(one.place), "file": one.path, "line": one.line}
    return {"name": one.name, "extras": list(one.extras), **place}
