"""What lies around a project in: its lock file and its environment; out what they say of modules and distributions.

Only a finding asks here. Neither is needed: where one cannot be read that is a warning, and the other counts.
"""

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from import_customs.model import CheckError, Locations, Tree, upwards
from import_customs.model.requirement import Name
from import_customs.providers import environment, index
from import_customs.providers import lock as locks
from import_customs.providers.environment.installed import Installed
from import_customs.providers.requirement_graph import Need, Package

_EXTRA = re.compile(r"([a-z0-9-]+)(?:\[([a-z0-9,-]+)\])?")


class Evidence(NamedTuple):
    """What is known of one project beyond its declarations."""

    lock: locks.Lock | None = None
    installed: Installed | None = None
    place: str = ""  # of the environment
    warnings: tuple[str, ...] = ()

    def installing(self, module: str) -> list[Name]:
        """The distributions of the environment that install the module."""
        return self.installed.installing(module) if self.installed else []

    def package(self, name: Name) -> Package | None:
        """By the lock file, or by the environment where that says more: some lock files hold versions alone."""
        locked = self.lock.package(name) if self.lock else None
        if locked and (locked.needs or locked.extras):
            return locked
        return (self.installed.package(name) if self.installed else None) or locked

    def of_extra(self, name: Name, extra: Name) -> tuple[Need, ...] | None:
        """What an extra requires: by the lock file, the environment, else the bundled table; None where none knows."""
        for known in (self.lock.package if self.lock else None, self.installed.package if self.installed else None):
            package = known(name) if known else None
            if package and extra in package.extras:
                return package.extras[extra]
        listed = index.of_extra(name, extra)
        return None if listed is None else tuple(_need(text) for text in listed)


def gather(tree: Tree, folder: str, around: Locations, known: dict[str, locks.Lock]) -> Evidence:
    """The evidence for the project in that folder, its lock file as the given state has it.

    `known` are the lock files of this state that were read, by path: a workspace's is its every project's.
    """
    folders = list(upwards(folder))
    locked, warnings = _lock(tree, folders, known)
    place, installed = _environment(folders, around)
    unreadable = installed.unreadable if installed else []
    more = [_not_read(place, unreadable)] if unreadable else []
    return Evidence(locked, installed, place, (*warnings, *more))


def _environment(folders: Iterable[str], around: Locations) -> tuple[str, Installed | None]:
    """The nearest environment and its place; the one that was asked for, if one was."""
    absolute = [os.path.join(around.root, folder) if folder else around.root for folder in folders]
    if around.python:
        place, sites = around.python, environment.folders_of(around.python)
    else:
        place, sites = environment.find(absolute, around.variables) or ("", [])
    if not sites:
        return "", None
    return place, _installed_in(tuple(sites))


@lru_cache(maxsize=64)  # projects of one repository, and the base of a change, share their environments
def _installed_in(sites: tuple[str, ...]) -> Installed:
    return Installed(sites)


def _not_read(place: str, unreadable: list[str]) -> str:
    more = f" and {len(unreadable) - 1} more" if len(unreadable) > 1 else ""
    return f"the environment {place}: the metadata in {unreadable[0]}{more} cannot be read; the check goes on without"


def _lock(tree: Tree, folders: Iterable[str], known: dict[str, locks.Lock]) -> tuple[locks.Lock | None, list[str]]:
    """The nearest lock file that can be read, and a warning for each that cannot."""
    warnings: list[str] = []
    for folder in folders:
        for name in locks.preferred(tree.listing(folder)):
            path = f"{folder}/{name}" if folder else name
            if path in known:
                return known[path], warnings
            try:
                source = tree.read(path)
                if source is not None:
                    known[path] = locks.read(source, path)
                    return known[path], warnings
            except (locks.LockError, CheckError) as error:
                warnings.append(f"{path}: {error}; the check goes on without it")
    return None, warnings


def _need(text: str) -> Need:
    said = _EXTRA.match(text)
    if said is None:
        return Need(Name(text))
    return Need(Name(said[1]), tuple(Name(extra) for extra in (said[2] or "").split(",") if extra))
