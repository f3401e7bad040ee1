"""Gather what a project's lock file and environment know of modules and distributions.

Only a finding needs this. A lock file or an environment that cannot be read gives a warning, and the other counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache, partial

from import_customs.model import CheckError, Locations, Tree, upwards
from import_customs.model.requirement import Name
from import_customs.model.value import NamedTuple
from import_customs.providers import environment, index
from import_customs.providers import lock as locks
from import_customs.providers.environment.installed import Installed
from import_customs.providers.lock_blocks import LockError
from import_customs.providers.requirement_graph import Need, Package


class Evidence(NamedTuple):
    """What is known of one project beyond its declarations."""

    lock: locks.Lock | None = None
    installed: Installed | None = None
    place: str = ""  # the path of the environment
    warnings: tuple[str, ...] = ()

    def installed_providers(self, module: str) -> list[Name]:
        """The distributions of the environment that install the module."""
        return self.installed.installed_providers(module) if self.installed else []

    def package(self, name: Name) -> Package | None:
        """From the lock file, or from the environment if that says more: some lock files hold versions alone."""
        locked = self.lock.package(name) if self.lock else None
        if locked and (locked.needs or locked.extras):
            return locked
        return (self.installed.package(name) if self.installed else None) or locked

    def extra_requirements(self, name: Name, extra: Name) -> tuple[Need, ...] | None:
        """What an extra requires, by the lock file, the environment or the bundled index; None if none knows."""
        for known in (self.lock.package if self.lock else None, self.installed.package if self.installed else None):
            package = known(name) if known else None
            if package and extra in package.extras:
                return package.extras[extra]
        listed = index.extra_requirements(name, extra)
        return None if listed is None else tuple(_parsed_need(text) for text in listed)


def gather_evidence(tree: Tree, folder: str, locations: Locations, known: dict[str, locks.Lock]) -> Evidence:
    """The evidence for the project in that folder, with its lock file as the given state has it.

    `known` are the lock files of this state that were read before, by path: projects of a workspace share one.
    """
    folders = list(upwards(folder))
    lock, warnings = _nearest_lock(tree, folders, known)
    place, installed = _nearest_environment(folders, locations) if locations.reads_environment else ("", None)
    if locations.python and locations.reads_environment and not installed:
        warnings.append(f"{locations.python} is no environment, nor a Python of one; the check goes on without")
    if installed and installed.unreadable:
        first, *others = installed.unreadable
        more = f" and {len(others)} more" if others else ""
        warnings.append(
            f"the environment {place}: the metadata in {first}{more} cannot be read; the check goes on without"
        )
    return Evidence(lock, installed, place, tuple(warnings))


def _nearest_environment(folders: Iterable[str], locations: Locations) -> tuple[str, Installed | None]:
    """The nearest environment with its path, or the one that the user names."""
    root = locations.root
    if locations.python:
        place, sites = locations.python, environment.site_folders(locations.python)
    else:
        absolute = [os.path.join(root, folder) if folder else root for folder in folders]
        place, sites = environment.find_environment(absolute, locations.variables) or ("", [])
    if not sites:
        return "", None
    return place, _installed_in(tuple(sites))


@lru_cache(maxsize=64)  # projects of one repository share their environments, and so do the base and the change
def _installed_in(sites: tuple[str, ...]) -> Installed:
    return Installed(sites)


def _nearest_lock(
    tree: Tree, folders: Iterable[str], known: dict[str, locks.Lock]
) -> tuple[locks.Lock | None, list[str]]:
    """The nearest lock file that can be read, and a warning for each that cannot."""
    warnings: list[str] = []
    for folder in folders:
        for name in locks.lock_files(tree.listing(folder)):
            path = f"{folder}/{name}" if folder else name
            if path in known:
                return known[path], warnings
            try:
                if lock := _read_lock(tree, path):
                    known[path] = lock
                    return lock, warnings
            except (LockError, CheckError) as error:
                warnings.append(f"{path}: {error}; the check goes on without it")
    return None, warnings


def _read_lock(tree: Tree, path: str) -> locks.Lock | None:
    """The lock file, None if it is not there. Raises LockError and CheckError if it cannot be read."""

    def whole() -> locks.Lock | None:
        source = tree.read(path)
        return None if source is None else locks.read_lock(source, path)

    def whole_if_possible() -> locks.Lock | None:
        try:
            return whole()
        except (LockError, CheckError):
            return None

    opened = getattr(tree, "opened", None)  # of states on disk alone
    return (locks.partly_read(path, partial(opened, path), whole_if_possible) if opened else None) or whole()


def _parsed_need(text: str) -> Need:
    """A requirement of the bundled index, such as `celery[redis,sqs]`."""
    name, _, extras = text.removesuffix("]").partition("[")
    return Need(Name(name), tuple(map(Name, extras.split(","))) if extras else ())
