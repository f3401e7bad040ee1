"""Say in a sentence what settles a finding; every format for programs carries it."""

import posixpath
from collections.abc import Mapping, Sequence

from import_customs.model import Finding, Result
from import_customs.model.option_advice import settings_table
from import_customs.model.outcome import MissingDeclaration
from import_customs.model.requirement import is_name, normalized

Missing = Mapping[tuple[str, str], MissingDeclaration]  # by project and name


def with_remedies(result: Result) -> Result:
    """The result, each of whose findings has a remedy."""
    missing = by_name(result)
    return result._replace(findings=[one._replace(remedy=_remedy(one, missing, result)) for one in result.findings])


def remedied(finding: Finding) -> Finding:
    """The finding with a remedy, where nothing is known of the declarations that are missing."""
    if finding.remedy:
        return finding
    if finding.settled_by == "provides":
        return finding._replace(remedy=_of_unknown(finding))
    name = next(iter(finding.providers), "")
    return finding._replace(remedy=f"declare `{name}`" if name else f"declare what installs `{finding.module}`")


def by_name(result: Result) -> Missing:
    """The missing declarations by project and name."""
    return {(one.project, one.name): one for one in result.missing}


def missing_of(finding: Finding, missing: Missing) -> MissingDeclaration | None:
    """The declaration that settles the finding; None where no distribution may be named."""
    named = finding.settled_by == "declaration" and finding.providers
    return missing.get((finding.project, finding.providers[0])) if named else None


def _remedy(finding: Finding, missing: Missing, result: Result) -> str:
    one, told = missing_of(finding, missing), finding.remedy
    if one and (finding.is_declared_nowhere or not told):
        otherwise = told or _declaring(one)
        return _stated_elsewhere(finding, one.name, result, otherwise) or otherwise
    name = name_stated(finding, result)
    return (_stated_elsewhere(finding, name, result, f"declare `{name}`") if name else "") or remedied(finding).remedy


def name_stated(finding: Finding, result: Result) -> str:
    """The distribution called like a module that nothing is known to install, if a file that could declare states it.

    "" if none does, and where the finding has a remedy.
    """
    if finding.settled_by != "provides" or finding.remedy:
        return ""
    name = normalized(finding.module)
    return name if any(one.project == finding.project and name in one.names for one in result.elsewhere) else ""


def providing(package: str, modules: Sequence[str], *, has_provides: bool) -> str:
    """The line of `provides`; where that is there already, the entry that it gains: a second one would be no TOML."""
    quoted = ", ".join(f'"{module}"' for module in modules)
    entry = f"{package} = [{quoted}]"
    return entry if has_provides else f"provides = {{ {entry} }}"


def _of_unknown(finding: Finding) -> str:
    where = f"`provides`, under {settings_table(finding.project)}"
    name = normalized(finding.module)
    own = f"correct the spelling, or declare a package called `{name}`" if is_name(name) else "correct the spelling"
    if finding.candidates:
        listed = " or ".join(f"`{name}`" for name in finding.candidates)
        return f"{own}, or say in {where}, that {listed} installs it"
    return f"{own}, or say in {where}, which declared package installs it"


def _stated_elsewhere(finding: Finding, name: str, result: Result, otherwise: str) -> str:
    """What to do where a requirements file states it: the setting by which that counts, if it may; "" if none does."""
    for one in result.elsewhere:
        is_offered = name in one.names
        places = (place for place in one.places if place.endswith(f" states `{name}`"))
        place = next((place for place in places if is_offered or _is_beside(place, finding)), "")
        if one.project == finding.project and place:
            listed = ", ".join(f'"{file}"' for file in one.files)
            stating = place.removesuffix(f" `{name}`")
            key = f": add `requirements-files = [{listed}]` under [tool.import-customs], or "
            return f"{stating} it{key if is_offered else ', which does not count here: '}{otherwise}"
    return ""


def _is_beside(place: str, finding: Finding) -> bool:
    """Whether the file of the place, or its folder `requirements`, stands beside the importing file or above it."""
    folder = posixpath.dirname(place.rpartition(":")[0])
    folder = posixpath.dirname(folder) if posixpath.basename(folder) == "requirements" else folder
    return finding.path.startswith(f"{folder}/") if folder else not finding.path.startswith("../")


def _declaring(one: MissingDeclaration) -> str:
    if one.is_local:
        return one.doubt.partition(": ")[2] or f"declare `{one.name}` by its path"
    likely = " or ".join(f"`{name}`" for name in one.others)
    instead = f" (or {likely})" if likely else ""
    if one.command[0]:
        folder = one.project.rpartition("/")[0]
        return f"run `{' '.join(one.command)}`{instead}{f' in {folder}/' if folder else ''}"
    line = one.line.removeprefix("#").strip().removesuffix(",")
    settling = f"add `{line}`{instead} to {one.title or one.project}"
    return f"{settling}; {one.doubt}" if one.slot and one.doubt and not likely else settling
