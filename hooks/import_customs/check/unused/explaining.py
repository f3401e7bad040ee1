"""Say what uses a declared distribution, of every kind: a part of what `--explain` answers."""

from import_customs.check.state import State
from import_customs.check.unused.imported import find_imports
from import_customs.check.unused.judging import Tracked, here_of
from import_customs.check.unused.subject import subjects
from import_customs.check.unused.verdicts import every_use, words_of
from import_customs.model import Project
from import_customs.model.unused import Use
from import_customs.repository import git


def explained_uses(state: State, project: Project, name: str, root: str) -> tuple[list[str], dict[str, object]]:
    """The uses of a distribution in the repository at `root`: in words, and as JSON has them.

    Nothing where the project does not declare it, or nobody can tell.
    """
    wanted = (one for one in subjects(state, project) if one.name == name) if name in project.declared else iter(())
    subject = next(wanted, None)
    if subject is None:
        return [], {}
    tracked = Tracked(state, git.index_entries(root))
    here = here_of(tracked, project, is_change=False)
    here.imported = find_imports(state, tracked.python, [subject], all_of_them=True).met
    here.holding = tracked.texts.holding(words_of(subject))
    uses = every_use(here, subject)
    return list(map(_in_words, uses)), {"uses": [use._asdict() for use in uses]}


def _in_words(use: Use) -> str:
    """The use, with its kind and its place."""
    what = use.what or "a bound, which may be for what another one requires"
    return f"{use.kind} {what}" + (f" ({use.path}:{use.line})" if use.path else "")
