"""Look again before something is reported, at files that the repository has and the judged state does not.

A finding may go away with them, and they may say why no project governs a file.
"""

import posixpath
from collections.abc import Callable, Mapping, Sequence

from import_customs.check import judge, submodules
from import_customs.check.remedies.ungoverned import ungoverned
from import_customs.check.state import State, keep_error
from import_customs.model import INDEX, WORKTREE, CheckError, Finding, Scope, Tree, upwards
from import_customs.model.names import top
from import_customs.model.option_advice import quote
from import_customs.project import may_declare, nearest, template_above
from import_customs.repository import git
from import_customs.repository.checked_out import file_meant, with_unchecked_out
from import_customs.repository.commit import beside_index, held_back
from import_customs.repository.partly_known import NotCheckedOut
from import_customs.repository.snapshot import Layered, OneFile
from import_customs.repository.tree import Noted, Worktree

Tracked = Callable[[], Mapping[str, str]]  # what git tracks, by path
HeldBack = Mapping[str, tuple[git.Entry, str]]  # as `held_back` gives it
_MOST_TRIED = 20  # files that are each tried alone


def still_found(objects: git.Objects, scope: Scope, state: State, findings: list[Finding]) -> list[Finding]:
    """The findings that stay if files count that the judged state does not hold: ignored ones, those of submodules.

    A finding that only files on disk would settle, which are no part of the commit, stays and names them.
    """
    is_on_disk, names_paths = isinstance(state.tree, (Worktree, Noted)), scope.commits == "named"
    if scope.text == WORKTREE:
        more = with_unchecked_out(objects, state.tree)
        findings = findings if more is state.tree else _judged_in(more, state, findings)
    else:
        more = Layered(state.tree, beside_index(objects.root, scope.text))
        findings = _judged_in(more, state, findings)
    findings = _outside_submodules(more, state, findings)
    if scope.text not in (WORKTREE, INDEX) or not findings:
        return findings
    if not is_on_disk:
        findings = _with_what_to_add(objects.root, more, state, findings, names_paths=names_paths)
    return _with_projects_to_add(objects.root, state, findings, names_paths=names_paths)


def _with_what_to_add(
    root: str, tree: Tree, state: State, findings: list[Finding], *, names_paths: bool
) -> list[Finding]:
    """The findings; one that files on disk would settle says which, and how they come into the commit."""
    disk = Noted(Worktree(root))
    left = _judged_in(disk, state, findings)
    staying = {_place(finding) for finding in left}
    going = [finding for finding in findings if _place(finding) not in staying]
    texts = {path: text for path in sorted(disk.paths) if (text := _beyond(tree, disk.tree, path)) is not None}
    settling: dict[tuple[str, int, str], list[str]] = {}
    for path, text in list(texts.items())[:_MOST_TRIED] if going else ():
        still = {_place(one) for one in _judged_in(Layered(OneFile(path, text), tree), state, going)}
        settled = [place for place in map(_place, going) if place not in still]
        for place in settled:
            settling.setdefault(place, [path])
    held = held_back(root) if going else {}
    asks = going and any(may_declare(path) for path in texts.keys() - state.tracked().keys())
    ignored = git.ignored_paths(root) if asks else ()
    tracked = state.tracked() if going else {}
    there = [path for path in texts if any(map(tracked.get, upwards(path)))]  # a link that is new is added itself
    links = {path: file_meant(root, path) for path in there}
    return [
        finding
        if _place(finding) in staying
        else _to_add(
            held, ignored, finding, settling.get(_place(finding)) or list(texts), links, names_paths=names_paths
        )
        for finding in findings
    ]


def _with_projects_to_add(root: str, state: State, findings: list[Finding], *, names_paths: bool) -> list[Finding]:
    """The findings; what nothing declared may settle, and a project that git does not track holds, names its folder."""
    unsettled = [one for one in findings if one.settled_by != "declaration" and one.local is None]
    untracked = git.untracked_paths(root) if unsettled else []
    if not any(map(may_declare, untracked)):
        return findings
    every = {**state.tracked(), **dict.fromkeys(untracked, "")}
    judged = _judged_in(Worktree(root), state, unsettled, tracked=lambda: every)
    places, folders = {_place(one) for one in unsettled}, {_place(one): one.local for one in judged if one.local}
    return [
        _to_add_project(one, folders[_place(one)], names_paths=names_paths)
        if _place(one) in places & folders.keys()
        else one
        for one in findings
    ]


def _to_add_project(finding: Finding, folder: str, *, names_paths: bool) -> Finding:
    message = f"`{finding.module}` is this repository's {folder}, which is neither staged nor declared"
    add = _lacking((), [folder], names_paths=names_paths)[1]
    remedy = f"{add}: the next report says how to declare it"
    return finding._replace(message=message, remedy=remedy, providers=(), candidates=(), settled_by="")


def _beyond(tree: Tree, disk: Tree, path: str) -> bytes | None:
    """The text of the file on disk, if the other state lacks it; None too if it cannot be read."""
    try:
        text = disk.read(path)
        return None if text == tree.read(path) else text
    except CheckError:
        return None


def _to_add(
    held: HeldBack,
    ignored: Sequence[str],
    finding: Finding,
    paths: list[str],
    links: Mapping[str, str],
    *,
    names_paths: bool,
) -> Finding:
    """The finding, with what would settle it; nobody else's package is named for what is there."""
    followed = [links.get(path, path) for path in paths]
    named = " ".join(map(quote, followed))
    is_declared = all(map(may_declare, paths))
    where = f"{'declared' if is_declared else 'found'} in {', '.join(paths)}"
    what = "that change" if is_declared else "that file" if len(paths) == 1 else "these files"
    verb = "are" if what == "these files" else "is"
    left, add = _lacking(ignored, followed, names_paths=names_paths)
    message = f"`{finding.module}` is {where}, but {what} {verb} not {left}"
    ending = next((held[path][1] for path in paths if path in held), "")
    add = f"`git update-index {ending} {named}`, then {add}" if ending else add
    return finding._replace(
        message=message, remedy=add, providers=(), candidates=(), settled_by="", uncommitted=tuple(paths)
    )


def _lacking(ignored: Sequence[str], paths: Sequence[str], *, names_paths: bool) -> tuple[str, str]:
    """Where these files are not, and what brings them into the commit; git adds what it ignores by force alone."""
    folders = tuple(one for one in ignored if one.endswith("/"))
    is_ignored = any(path in ignored or path.startswith(folders) for path in paths)
    named = " ".join(map(quote, paths))
    adding = f"`git add {'-f ' * is_ignored}{named}`"
    return ("in this commit", f"name {named} too, after {adding} if new") if names_paths else ("staged", adding)


def keep_ungoverned(root: str, scope: Scope, state: State, outside: list[Finding], *, in_hook: bool) -> None:
    """Keep an error for the files with imports that no project governs; a note for those below a template."""
    templates = {path: template_above(state.tree, posixpath.dirname(path)) for path in {one.path for one in outside}}
    for template in sorted(filter(None, set(templates.values()))):
        paths = ", ".join(sorted(path for path, above in templates.items() if above == template))
        state.warnings[f"not checked, for {template} is a template: {paths}"] = None
    outside = [finding for finding in outside if not templates[finding.path]]
    if not outside:
        return
    is_on_disk = scope.text not in (WORKTREE, INDEX) or isinstance(state.tree, (Worktree, Noted))
    outside = sorted(outside, key=lambda one: (one.path, one.line, one.column))
    first, others = outside[0], len({one.path for one in outside}) - 1
    names_paths, folder = scope.commits == "named", posixpath.dirname(first.path)
    project, why, hint = ("", "", "") if is_on_disk else _unstaged_project(root, folder, names_paths=names_paths)
    if not project:
        left = _without_uncommitted(state, outside)
        if left:
            keep_error(state, ungoverned(state, scope, left, in_hook=in_hook))
        return
    more = f"; likewise {others} more file{'s' * (others > 1)}" if others else ""
    message = f"imports {first.module}, and {project}, which governs it, {why}{more}"
    keep_error(state, _error_at(first, message, hint, [project]))


def _without_uncommitted(state: State, findings: list[Finding]) -> list[Finding]:
    """The findings that no files on disk would settle; of the others an error is kept, one for the same files."""
    settled: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        settled.setdefault(finding.uncommitted, []).append(finding)
    left = settled.pop((), [])
    for paths, (first, *others) in settled.items():
        more = f"; likewise {len(others)} more import{'s' * (len(others) > 1)}" if others else ""
        keep_error(state, _error_at(first, f"{first.message}{more}", first.remedy, paths))
    return left


def _error_at(finding: Finding, message: str, hint: str, named: Sequence[str]) -> CheckError:
    path, line, column, cell = finding.path, finding.line, finding.column, finding.cell
    return CheckError(message, hint=hint, path=path, line=line, column=column, cell=cell, named=named)


def _judged_in(tree: Tree, state: State, findings: list[Finding], tracked: Tracked | None = None) -> list[Finding]:
    """Judge the same source text again, but look up declarations and own modules in another state of the files.

    What cannot be read there, such as a pyproject.toml in the middle of an edit, declares nothing.
    """
    other = State(tree, state.locations, lenient=True, tracked=tracked or state.tracked)
    sources = {path: state.tree.read(path) or b"" for path in dict.fromkeys(finding.path for finding in findings)}
    return [finding for path, source in sources.items() for finding in judge.findings(other, path, source)]


def _outside_submodules(tree: Tree, state: State, findings: list[Finding]) -> list[Finding]:
    """The findings that stay if those submodules that are not checked out count as packages at their paths."""
    if not findings or tree.listing("").get(".gitmodules") is not False:
        return findings
    absent = [path for path in submodules.paths_of(state) if not tree.listing(path)]
    parts = {part for path in absent for part in path.split("/")}
    likely = [finding for finding in findings if top(finding.module) in parts]
    staying = {_place(finding) for finding in _judged_in(Layered(tree, NotCheckedOut(absent)), state, likely)}
    return [finding for finding in findings if top(finding.module) not in parts or _place(finding) in staying]


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.module


def _unstaged_project(root: str, folder: str, *, names_paths: bool) -> tuple[str, str, str]:
    """The project that governs the folder on disk, why it is not in the index, and what settles it; "" if none does."""
    try:
        project = nearest(Worktree(root), folder, {})
        path = project.path if project else ""
    except CheckError as error:  # such as the marks of a conflict
        path = error.path
    if not path:
        return "", "", ""
    if path in git.unmerged_paths(root):
        return path, "has a conflict", f"resolve it, then `git add {path}`"
    where, add = _lacking(git.ignored_paths(root), [path], names_paths=names_paths)
    return path, f"is there and not {where}", add
