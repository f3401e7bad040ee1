"""Read from the magics of a cell which file it writes, and which folders the notebook goes to.

A notebook has the folder that it is in on sys.path, wherever it goes. Sources: IPython's documentation, "Built-in magic
commands": %%writefile, which is %%file too, and %cd; os.chdir.
"""

from collections.abc import Iterator

from import_customs.model.later import pattern

_WRITING = pattern(r"\s*+%%(?:writefile|file)[ \t]++(?:(?:-a|--append)[ \t]++)?(\S[^\n]*)")
_GOING = pattern(r"[ \t]*+%cd[ \t]++(?:-q[ \t]++)?(\S[^\n]*)|[ \t]*+(?:os\.)?chdir\(\s*+r?[\"']([^\"'\n]++)[\"']\s*+\)")
_COMPUTED = "{$~"  # signs of a variable, and of a folder that nobody can tell


def written_file(cell: str) -> str:
    """The path that the cell writes, as it says it; "" where it writes none, or computes the path."""
    found = _WRITING.match(cell)
    return _plain(found[1]) if found else ""


def folders_entered(cell: str) -> Iterator[str]:
    """The folders that the cell goes to, as it says them, each seen from the one before."""
    for line in cell.split("\n") if "%cd" in cell or "chdir(" in cell else ():
        found = _GOING.match(line)
        if found and (path := _plain(found[1] or found[2])):
            yield path


def _plain(text: str) -> str:
    path = text.partition(" #")[0].strip().strip("\"'").replace("\\", "/")
    return "" if path[:1] == "-" or any(sign in path for sign in _COMPUTED) else path
