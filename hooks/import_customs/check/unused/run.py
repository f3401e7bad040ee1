"""Check which declarations nothing uses: the steps in their order, the cheapest first.

Most commits end at the first: no changed file imports less than before, and no declaring file changed.
"""

from __future__ import annotations

from import_customs.check import pipeline
from import_customs.check.scope import Request, decide
from import_customs.check.unused.dropped import dropped_tops, files_changed
from import_customs.model import Result
from import_customs.repository import git, select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.model import Scope, Tree

_ONLY_PYTHON = (".py", ".pyi", ".pyw", ".ipynb")  # names of files that declare nothing; setup.py is one that does


def run(request: Request) -> Result:
    """Check the declarations of the request. Raises CheckError if that cannot be done."""
    with git.Objects(git.root(request.cwd)) as objects:
        try:
            return _run(objects, request)
        except git.ObjectMissing as error:
            raise pipeline.missing_object(error) from None


def _run(objects: git.Objects, request: Request) -> Result:
    request = request._replace(arguments=select.expanded(request.arguments, request.cwd))
    given = pipeline.given_paths(objects.root, request)
    scope = decide(objects.root, given, request.asked)
    tree = pipeline.judged_tree(objects, request, given, scope)
    if scope.kind == "all":
        from import_customs.check.unused.judging import judge_tree  # 15 ms; no commit needs it

        return judge_tree(objects, given, scope, pipeline.locations(objects.root, request), tree)
    return _checked_change(objects, request, scope, tree)


def _checked_change(objects: git.Objects, request: Request, scope: Scope, tree: Tree) -> Result:
    gone = dropped_tops(objects, tree, scope)
    if not gone and not _may_redeclare(scope):
        return Result([], [], files_changed(scope), scope, told=())
    from import_customs.check.unused.judging import judge_change  # 15 ms; most commits drop no import

    return judge_change(objects, scope, pipeline.locations(objects.root, request), tree, gone)


def _may_redeclare(scope: Scope) -> bool:
    """Whether the change may add a declaration, by the names of its files; a merge may bring one in any."""
    paths: Sequence[str] = [path for change in scope.changes for path in (change.old, change.new)]
    return any(not path.endswith(_ONLY_PYTHON) or path.endswith("setup.py") for path in paths)
