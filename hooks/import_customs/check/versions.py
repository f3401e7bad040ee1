"""Find the version specifier for a distribution that is to be declared; none is invented."""

from import_customs import providers
from import_customs.model import Project
from import_customs.model.requirement import Name
from import_customs.providers import stdlib
from import_customs.providers.evidence import Evidence


def known_version(name: Name, evidence: Evidence) -> str:
    """`>=` the version in the lock file or the environment; "" if they have none that `>=` allows.

    Its local part is left out. Source: PEP 440.
    """
    package = evidence.package(name)
    if package is None:
        return ""
    from packaging.version import Version  # 14 ms; only what is missing and installed gets here

    public = package.version.strip().partition("+")[0]
    try:
        Version(package.version)
    except ValueError:  # InvalidVersion, and what int() says of 5,000 digits
        return ""
    return f">={public}" if public[:1].isdigit() else ""  # `v1` is a version, which not all tools take


def newest_release(name: Name, project: Project) -> str:
    """`>=` the newest release when the index was built; "" if a Python of the project cannot run that."""
    newest = providers.newest_release(name)
    if newest is None or not stdlib.admits_all(newest[1], project.requires_python):
        return ""
    return f">={newest[0]}"
