"""Say in words why an import passes; --explain and --verbose print it."""

from import_customs import providers
from import_customs.model import Reason

_WORDS = {  # by the kind of a reason
    "standard library": "it is standard library on every Python that the project supports",
    "guard": "it is standard library on some supported Pythons, and the import is guarded",
    "substitute": "`{}` is declared, and brings it to Pythons without it",
    "build requirement": "`{}` is a build requirement, and the build runs this file",
    "provides": "`{}` is declared, and `provides` says that it installs it",
    "stubs": "`{}` is declared, and only type checkers read the import",
    "local project": "`{}` is declared, and is another project of this repository",
    "likely private": "it is taken for a module of `{}`, of which nothing is known",
    "repository": "it is taken for a module of `{}`, whose repository or its folder is called so",
    "first-party": "it is first-party",
    "itself": "it is the project itself",
    "host": "what runs the file brings it",
    "platform": "type checkers, other Pythons or who installs Python bring it",
    "environment": "`{}` is declared, and installs it in the environment",
    "contains": "`{}` is declared, and holds it",
    "extra": "an extra that is declared brings `{}`",
    "likely extra": "it is taken for what `{}` brings, of which nothing is known",
    "ignore": "`ignore` exempts it",
    "per-file-ignores": "`per-file-ignores` exempts it",
    "comment": "a comment in its statement exempts it",
    "guarded": "`guarded` exempts imports under a guard",
    "expected to fail": "a test expects that it cannot be imported",
    "never runs": "a test of the version lets it run on no supported Python",
}


def why_it_passes(reason: Reason, module: str) -> str:
    """The reason as a sentence without its subject, the import."""
    if reason.kind != "declared":
        return _WORDS[reason.kind].format(reason.name)
    known = providers.providers(module)
    if reason.name in known:
        return f"`{reason.name}` is declared, and installs it"
    if providers.stands_for(reason.name, known):
        return f"`{reason.name}` is declared, and always brings what installs it"
    return f"`{reason.name}` is declared, and is called after it"
