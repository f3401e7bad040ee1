"""The story that the project began with, told by real commits: blocked, mended, passed. Run it; it prints what happens.

Needs pre-commit beside the interpreter and this project committed: the hook is taken from its own repository.
"""

import sys
import tempfile
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import ROOT, Repo
from end_to_end import seed

CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: undeclared-imports
"""


def commit(repo: Repo, subject: str) -> int:
    """Commit what is staged, showing the command and what it prints; its exit status."""
    sys.stdout.write(f'$ git commit -m "{subject}"\n')
    with redirect_stderr(StringIO()):  # Repo echoes standard error there, for a test that fails
        ran = repo.run("git", "commit", "--quiet", "-m", subject)
    sys.stdout.write(f"{ran.out}{ran.err}\n")
    return ran.status


def main() -> int:
    """Tell the story; 0 where it ended as it should."""
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder) / "trading-backend")
        repo.environment["PATH"] = f"{Path(sys.executable).parent}:{repo.environment['PATH']}"
        revision = repo.run("git", "-C", str(ROOT), "rev-parse", "HEAD").out.strip()
        repo.stage({".pre-commit-config.yaml": CONFIG.format(url=ROOT.as_uri(), rev=revision)})
        repo.git("commit", "--quiet", "-m", "Take the hook")
        repo.run("pre-commit", "install")
        sys.stdout.write("A trading backend; eight of its packages are declared nowhere:\n")
        repo.stage({"pyproject.toml": seed.PYPROJECT, **seed.files(packages=True)})
        blocked = commit(repo, "Trade")
        fixed = repo.run("import-customs", "--fix", "--staged")
        sys.stdout.write(f"$ import-customs --fix --staged\n{fixed.out}{fixed.err}\n")
        repo.git("add", "pyproject.toml")
        passed = commit(repo, "Trade")
    return 0 if (blocked, passed) == (1, 0) else 1


if __name__ == "__main__":
    sys.exit(main())
