"""Count whether declaring a distribution covers every module that the sources list for it.

    python hooks/index/audit.py             the figures
    python hooks/index/audit.py --list      and each module that is not covered, with its distribution

It goes over the popular distributions and those of further-distributions.txt, and over the modules that either source
lists, as the shipped index answers for a project that declares that distribution alone. Of a namespace the parts are
asked for, not its bare name. Exit 2 where a source is missing.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

if __package__ in (None, ""):  # run as a script: its siblings are found as a package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packaging.utils import NormalizedName

from import_customs import providers
from import_customs.providers import common_names, distributions, index
from index.namespaces_and_ranks import LEFTOVERS, is_importable
from index.releases import Release, read_releases
from index.sources import Installed, SourceMissingError, pigar_database, read_further, read_installed, read_ranks


class Listed(NamedTuple):
    """A module that a source lists for a distribution."""

    distribution: str
    module: str
    is_leftover: bool  # of a build: kept out of the index on purpose
    is_covered: bool


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--list"]):
        print(__doc__)
        return 2
    try:
        installed = read_installed(pigar_database())
    except SourceMissingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    by_name = read_releases()
    names = [*read_ranks(), *read_further()]
    listed = [one for name in names for one in listed_modules(name, installed, by_name.get(name))]
    for one in listed if arguments else ():
        if not one.is_covered and not one.is_leftover:
            print(f"{one.distribution}\t{one.module}")
    for line in _figures(listed, names, by_name):
        print(line)
    return 0


def listed_modules(name: NormalizedName, installed: Installed, release: Release | None) -> Iterator[Listed]:
    """Every module that a source lists for the distribution, and whether its declaration covers it."""
    modules = {module for module in installed.get(name, ()) if is_importable(module)}
    modules |= {module for module in (release and release.modules) or () if all(map(is_importable, module.split(".")))}
    tops = {module.partition(".")[0] for module in modules if "." in module}
    for module in sorted(module for module in modules - tops if providers.namespace_of(module) != module):
        is_leftover = module.partition(".")[0].lower() in LEFTOVERS
        yield Listed(name, module, is_leftover, _is_covered(name, module))


def _is_covered(distribution: str, module: str) -> bool:
    is_seen = providers.is_module_among(module, distributions.known_modules(distribution))
    is_told = providers.declared_provider(module, {distribution}) is not None
    return is_told or is_seen or bool(common_names.unlisted_providers(module, [distribution]))


def _figures(listed: list[Listed], names: list[NormalizedName], by_name: dict[NormalizedName, Release]) -> list[str]:
    kinds = Counter((one.is_covered, one.is_leftover) for one in listed)
    lacking = {one.distribution for one in listed if not one.is_covered and not one.is_leftover}
    empty = [name for name in names if name in by_name and by_name[name].modules == ()]
    umbrellas = len(index.umbrellas().intersection(empty))
    return [
        f"{len(listed):>7,} modules listed for {len(names):,} distributions",
        f"{kinds[True, False] + kinds[True, True]:>7,} covered by declaring the distribution",
        f"{kinds[False, False]:>7,} not covered, of {len(lacking):,} distributions",
        f"{kinds[False, True]:>7,} leftovers of a build, left out on purpose",
        f"{umbrellas:>7,} of {len(empty):,} distributions without modules stand for what they require",
        f"{sum(bool(distributions.platform_marker(name)) for name in names):>7,} are for one platform alone",
    ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
