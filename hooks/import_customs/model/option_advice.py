"""Name an option or a setting to the person who can set it, and where, as it is typed."""

import posixpath

from import_customs.model import PYPROJECT

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-")
_SCRIPTS = (".py", ".pyw", ".ipynb")  # files that may state a project of their own
_OF_REQUIREMENTS = "requirements"  # a folder of files that are those of the one above it


def quote(text: str) -> str:
    """The text as one word of a shell."""
    if text and _SAFE.issuperset(text):
        return text
    import shlex  # 6 ms, for `re`; most words need no quotes

    return shlex.quote(text)


def with_option(option: str, value: str = "", *, in_hook: bool) -> str:
    """The option as it is given; hooks of pre-commit and prek have it in YAML."""
    if in_hook:
        return f"`args: [{', '.join(filter(None, (option, value)))}]` at the hook"
    return f"`{' '.join(filter(None, (option, value)))}`"


def settings_file(project: str) -> str:
    """The file with the settings of the project that a file states: itself, if it is a pyproject.toml or a script.

    Else that is the pyproject.toml in the project's folder, which may yet have to be made.
    """
    folder, name = posixpath.split(project)
    if name == PYPROJECT or is_script(project):
        return project
    above, inside = posixpath.split(folder)
    return posixpath.join(above if inside == _OF_REQUIREMENTS else folder, PYPROJECT)


def is_script(project: str) -> bool:
    """Whether the file that states a project is a script with metadata, by its name."""
    return project.endswith(_SCRIPTS) and posixpath.basename(project) != "setup.py"


def settings_table(project: str) -> str:
    """The table of the settings of the project that a file states, and in which file, unless it is that one."""
    file = settings_file(project)
    if file.endswith(_SCRIPTS):
        return f"[tool.import-customs] in the metadata of {file}"
    return "[tool.import-customs]" if file == project else f"[tool.import-customs] in {file}"
