"""Where all begins: the hooks' entry, the command `import-customs`, and `python -m import_customs`."""

import gc
import os
import sys


def run() -> None:
    """Run the command, and end the process with its exit status."""
    gc.disable()  # 1.5 ms; what is made here holds no cycles, and the process is short
    try:
        if not sys.flags.isolated:
            sys.path[:] = _trusted_here()
        from import_customs.cli import main  # after the line above, which the imports gain from too

        status = main()
    except KeyboardInterrupt:
        status = 130
    os._exit(status)  # 3.5 ms: everything is written by now, and taking the interpreter down frees nothing of use


def _trusted_here() -> list[str]:
    """The entries of sys.path that are trusted. Where the working folder is gone, no relative one leads anywhere."""
    try:
        return trusted(sys.path, os.getcwd())
    except FileNotFoundError:
        return [entry for entry in sys.path if os.path.isabs(entry)]


def trusted(path: list[str], cwd: str) -> list[str]:
    """The entries of sys.path but those in the repository: `PYTHONPATH=.` would have its `json.py` run.

    What belongs to this Python stays: an environment may stand in the repository.
    """
    top = cwd
    while not os.path.lexists(os.path.join(top, ".git")) and top != os.path.dirname(top):
        top = os.path.dirname(top)
    repository = _placed(top if top != os.path.dirname(top) else cwd)
    own = [_placed(prefix) for prefix in (sys.prefix, sys.base_prefix)]
    found = []
    for entry in path:
        real = _placed(entry)
        is_own = real != repository and any(_is_inside(real, prefix) for prefix in own)
        if is_own or not _is_inside(real, repository):
            found.append(entry)
    return found


def _placed(path: str) -> str:
    """The path with all links followed; as it is where Windows cannot say it, as of a folder that a service holds."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.path.abspath(path)


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))


if __name__ == "__main__":
    run()
