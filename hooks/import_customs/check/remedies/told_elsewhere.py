"""Say in a finding what a file beside the project states of it: from a URL, another provider, or a little known one."""

from __future__ import annotations

from import_customs import providers
from import_customs.check.rules.rule import module_and_provider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from import_customs.model import Finding


def of_url(finding: Finding, clause: str, *, is_offered: bool) -> Finding:
    """The finding without the names of the index: what is meant is another distribution."""
    remedy = f"{clause}, from a URL: {_likewise(is_offered=is_offered)}"
    return _renamed(finding, "")._replace(providers=(), remedy=remedy, settled_by="", candidates=())


def of_other(finding: Finding, name: str) -> Finding:
    """The finding with that provider as its first, if a declaration of the first is all that it takes."""
    if finding.settled_by != "declaration" and not _is_little_known(finding):
        return finding
    others = (one for one in finding.providers if one != name)
    return _renamed(finding, name)._replace(providers=(name, *others))


def of_little_known(finding: Finding, clause: str, *, is_offered: bool) -> Finding:
    """The finding; of a provider that nobody could be sure of, that it is stated there: people know what they mean."""
    if not _is_little_known(finding):
        return finding
    return finding._replace(remedy=f"{clause}: {_likewise(is_offered=is_offered)}")


def _is_little_known(finding: Finding) -> bool:
    return bool(finding.providers) and not finding.settled_by and providers.rank(finding.providers[0]) is None


def _likewise(*, is_offered: bool) -> str:
    naming = ", or name that file in `requirements-files`, under [tool.import-customs]" if is_offered else ""
    return f"declare it likewise{naming}"


def _renamed(finding: Finding, name: str) -> Finding:
    """The finding with a message that names this provider."""
    told = module_and_provider(finding.module, next(iter(finding.providers), ""))
    better = module_and_provider(finding.module, name)
    return finding._replace(message=finding.message.replace(told, better, 1))
