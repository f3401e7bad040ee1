"""The rule `unknown`: nothing is known to provide the module."""

from import_customs import providers
from import_customs.check.rules.rule import Hints, Rule, shown_module, which_may_bring
from import_customs.model import NO_PROJECT, Finding, Import, Site
from import_customs.model.option_advice import settings_table
from import_customs.providers.hosts import Host

PAGE = """\
No known package has this module, and you declare none of that name.

## What it finds

An import of a module that neither the standard library, the repository, the bundled index, the environment nor any
declaration is known to provide. It is a misspelling, a module of a private distribution, or one that another program
brings, such as an editor or a game engine that runs the file.

## Why it matters

A misspelt import fails when it is run. A name that is merely guessed is worse: whoever registers it on a public index
gets their code into your build. That is why no line or command names a distribution here, however alike its name may
look; a misspelling is told as a question ("did you mean `requests`?").

## What settles it

Correct the spelling. If a private distribution of another name installs the module, declare it and say so in
`provides`. If it is a package newer than the bundled index, declare it: a declaration of that name covers the module.
What another program brings, or is made at run time, cannot be declared: ignore it.

## Options

- `provides`: which modules a private distribution installs, such as `provides = { our-platform = ["acmecorp"] }`.
- `ignore`, `per-file-ignores`, or `# import-customs: ignore` in the import's statement: exempt the import.
- `source-roots`: further folders that your own modules are imported from.
"""

_SPELLING = (
    "correct the spelling (`{}` installs no such module), or say in `provides`, under {}, "
    "which declared package installs it"
)
_NAMESPACE = (  # in `ignore` its name would exempt all that is in it
    "import the module in it that you use; if you look through it, as for plug-ins, "
    "say `# import-customs: ignore` in that line"
)


def finding(site: Site, module: str, imported: Import, hints: Hints) -> Finding:
    """The finding for a module that nothing is known to provide.

    No distribution is suggested: an invented name is how a hostile distribution gets installed.
    """
    shown = hints.shown or shown_module(module, providers.providers(module))
    message = f"`{shown}` is provided by no known package"
    if hints.near:  # a misspelling is corrected, not exempted
        lacking = f" That needs `{hints.needs}`, which is not declared" if hints.needs else ""
        found = RULE.finding(site, shown, imported, message)
        return found._replace(remedy=f"did you mean `{hints.near}`?{lacking}", settled_by="")
    if providers.is_namespace(module):  # a declaration of its name would not count
        found = RULE.finding(site, shown, imported, f"`{module}` is a namespace, which several packages fill")
        return found._replace(remedy=_NAMESPACE, settled_by="")
    message += which_may_bring(hints.extra) or f" (index of {providers.index_day()})"
    config = (
        NO_PROJECT.config if site.project.path == site.file else site.project.config
    )  # a script has none of its own
    found = RULE.finding(site, shown, imported, message)._replace(
        candidates=hints.candidates, has_provides=bool(config.provides), has_ignore=bool(config.ignore)
    )
    denied = next((name for name in providers.own_names(module) if providers.installs(name, module) is False), "")
    return found._replace(remedy=_SPELLING.format(denied, settings_table(site.project.path))) if denied else found


def of_host(site: Site, host: Host, imported: Import) -> Finding:
    """The finding for a module that a program brings, which nothing shows to run the file."""
    message = f"`{host.module}` is imported; {host.program} brings it, and no distribution that can be declared"
    table = settings_table(site.project.path)
    remedy = f'if {host.program} runs this file, add "{host.module}" to `ignore`, under {table}'
    return RULE.finding(site, host.module, imported, message)._replace(remedy=remedy, settled_by="")


RULE = Rule("unknown", PAGE, settled_by="provides", is_declared_nowhere=True)
