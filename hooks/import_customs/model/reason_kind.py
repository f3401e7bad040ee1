"""Why an import is covered, in a word. Only type checkers read this file, and nothing loads it."""

from typing import Literal

ReasonKind = Literal[
    "standard library",  # on every Python that the project supports
    "guard",  # standard library on some of them, and the import is guarded
    "substitute",  # standard library on some of them, and a declared distribution brings it to the others
    "declared",  # a declared distribution installs it, or is called after it
    "build requirement",  # it is installed for the build, which runs the file
    "provides",  # a declared distribution installs it, as the user's `provides` says
    "stubs",  # a declared stub distribution, for an import that only a type checker reads
    "local project",  # another project of the repository, which is declared
    "likely private",  # a declared distribution of which nothing is known is called after it
    "repository",  # a declared distribution comes from a repository that is called like it
    "first-party",  # the repository contains it
    "itself",  # the project installs it, though no file of the repository is the module
    "host",  # what runs the file has it: nox, setuptools
    "platform",  # type checkers, other Pythons or who installs Python have it
    "environment",  # a declared distribution is installed with it
    "contains",  # a declared distribution is known to contain it, under whatever name
    "extra",  # a declared extra brings the distribution
    "likely extra",  # a declared extra of which nothing is known is called after it
    "ignore",  # the user exempts it
    "per-file-ignores",  # the user exempts it in this file
    "comment",  # a comment in its statement exempts it
    "guarded",  # the user exempts imports under a guard
    "expected to fail",  # a test is that it cannot be imported
    "never runs",  # a test of the version lets it run on no supported Python
]
