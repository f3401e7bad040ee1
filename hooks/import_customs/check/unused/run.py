"""Check which declarations nothing uses: the steps in their order, the cheapest first.

Most commits end at the first: no changed file imports less than before, and no declaring file changed.
"""

from import_customs import providers
from import_customs.check import pipeline
from import_customs.check.scope import Request, decide
from import_customs.check.unused.dropped import dropped_tops, files_changed
from import_customs.model import Result, Scope
from import_customs.project import must_be_there
from import_customs.repository import git, select

_ONLY_PYTHON = (".py", ".pyi", ".pyw", ".ipynb")  # names of files that declare nothing; setup.py is one that does


def run(request: Request) -> Result:
    """Check the declarations of the request. Raises CheckError if that cannot be done."""
    with git.Objects(git.root(request.cwd)) as objects:
        try:
            return _run(objects, request)
        except git.ObjectMissing as error:
            raise error.as_error() from None


def _run(objects: git.Objects, request: Request) -> Result:
    request = request._replace(arguments=select.expanded(request.arguments, request.cwd))
    given = pipeline.given_paths(objects.root, request)
    scope = decide(objects.root, given, request.asked)
    pipeline.refuse_unknown_paths(objects.root, request, given, scope)
    tree = pipeline.judged_tree(objects, request, given, scope)
    where = pipeline.locations(objects.root, request)
    must_be_there(tree, where.requirements_files)
    gone = dropped_tops(objects, tree, scope)
    if scope.kind == "new" and not gone and not _may_redeclare(scope):
        return Result([], [], files_changed(scope), scope, told=())
    from import_customs.check.unused import judging  # 15 ms; most commits drop no import

    if scope.kind == "all":
        result = judging.judge_tree(objects, request, given, scope, where, tree)
    else:
        result = judging.judge_change(objects, scope, where, tree, gone)
    providers.verify_used()
    return result


def _may_redeclare(scope: Scope) -> bool:
    """Whether the change may add a declaration, by the names of its files; a merge may bring one in any."""
    paths = [path for change in scope.changes for path in (change.old, change.new)]
    return any(not path.endswith(_ONLY_PYTHON) or path.endswith("setup.py") for path in paths)
