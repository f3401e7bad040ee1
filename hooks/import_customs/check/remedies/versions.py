"""Find the version specifier for a distribution that is to be declared; none is invented."""

from __future__ import annotations

from collections.abc import Collection

from import_customs.model import Finding, Project
from import_customs.model.names import top
from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple
from import_customs.providers import distributions, stdlib
from import_customs.providers.evidence import Evidence

_LONG = 100  # characters
UNKNOWN_PYTHONS = "no requires-python is stated"


class Bound(NamedTuple):
    """The versions to ask for, and why they are not bound as usual."""

    specifier: str = ""  # such as ">=5.3"; "" for none
    why: str = ""  # said of the distribution; "" if the lower bound is the usual one
    needs: str = ""  # what the newest release needs, where requires-python admits more: "2.5.5 needs Python >=3.12"
    marker: str = ""  # of the Pythons for which it is needed, where it runs on no others


def known_version(name: Name, evidence: Evidence) -> str:
    """`>=` the version in the lock file or the environment, the lowest of several; "" if `>=` does not allow them all.

    Its local part is left out. Source: PEP 440.
    """
    package = evidence.package(name)
    if package is None:
        return ""
    versions = [one.strip() for one in package.version.split(" or ")]  # one for each part of a forked lock file
    if not all(one[:1].isdigit() and (_is_plain(one) or _is_valid(one)) for one in versions):  # not all tools take `v1`
        return ""
    return f">={_lowest(versions).partition('+')[0]}"


def _lowest(versions: list[str]) -> str:
    if len(versions) == 1:
        return versions[0]
    from packaging.version import Version  # 14 ms; only of what is missing, in a forked lock file

    return min(versions, key=Version)


def _is_plain(version: str) -> bool:
    """Whether it is one of a few numbers, which may be a pre-release: `1.2.3`, `1.2rc1`."""
    release, before, number = version.replace("rc", "b").replace("a", "b").partition("b")
    is_numbers = all(map(str.isdigit, release.split("."))) and (not before or number.isdigit())
    return is_numbers and version.isascii() and len(version) < _LONG


def _is_valid(version: str) -> bool:
    from packaging.version import Version  # 14 ms; only of what is missing, in an unusual form

    try:
        Version(version)
    except ValueError:  # InvalidVersion, and what int() says of 5,000 digits
        return False
    return True


def newest_release(name: Name, project: Project, modules: Collection[str]) -> Bound:
    """`>=` the newest release when the index was built, if it runs on each Python of the project and installs these.

    Where the newest release no longer installs one of the modules: the bound below which releases do (`<82`).
    """
    newest = distributions.newest_release(name)
    if newest is None:
        return Bound()
    if below := bound_below(name, modules):
        return below
    if not project.requires_python and newest[1]:
        return Bound("", UNKNOWN_PYTHONS)
    if not stdlib.admits_all(newest[1], project.requires_python):
        return Bound("", needs=f"{newest[0]} needs Python {newest[1]}")
    return Bound(f">={newest[0]}")


def where_dropped(name: Name, findings: Collection[Finding]) -> Bound | None:
    """`>=` the newest release, for the Pythons whose standard library no longer has its module; None elsewhere."""
    if any(one.rule != "stdlib-version" for one in findings):
        return None
    newest, firsts = distributions.newest_release(name), set()
    for one in findings:
        having, known = stdlib.versions_with(top(one.module))
        is_dropped = having and having[-1] != known[-1]
        firsts.add(known[known.index(having[-1]) + 1] if is_dropped else "")
    first = firsts.pop() if len(firsts) == 1 else ""
    if not (newest and first and stdlib.admits_all(newest[1], f">={first}")):
        return None
    return Bound(f">={newest[0]}", marker=f"python_version >= '{first}'")


def bound_below(name: Name, modules: Collection[str]) -> Bound | None:
    """The bound below which releases install these, as far as it is known; None where the newest one does, too."""
    newest = distributions.newest_release(name)
    gone = [module for module in sorted(modules) if distributions.newest_installs(name, module) is False]
    if newest is None or not gone:
        return None
    return Bound(distributions.bound_for(name, gone[0]), f"no longer installs `{gone[0]}` in {newest[0]}")
