"""Tell where the signs of a host may stand for a file, and what its package says to the host that it needs.

Only findings get here.
"""

from __future__ import annotations

import posixpath

from import_customs import providers
from import_customs.check.state import text_of
from import_customs.model import PYPROJECT, relative, upwards
from import_customs.model.later import pattern
from import_customs.model.requirement import normalized
from import_customs.project.purpose import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_customs.check.state import State
    from import_customs.model import Finding, Site

# The files in which a package says what its host installs with it, and how they name that. Sources: REP 149, and the
# keys of rosdep, which are those of Debian; wiki.freecad.org, "Package Metadata"; docs.blender.org, "Python Wheels".
_STATING = {
    "package.xml": pattern(rb"<(?:\w+_)?depend\b[^>]*+>\s*+(?:python3-)?([\w.-]+?)(?:-pip|-modules)?\s*+<"),
    "blender_manifest.toml": pattern(rb"""["'](?:[^"'\n]*/)?(\w[\w.]*)-[^"'/\n]*\.whl["']"""),
}
_COMMENT = pattern(rb"(?s:<!--.*?-->)|(?m:^[ \t]*+#.*)")


def folders_of_signs(state: State, site: Site) -> list[str]:
    """The folders whose files may show the host of a file: its own, and those above it that are of its project.

    What runs a test is shown by the folders that lie in the project's, too: an add-on's tests stand beside it.
    """
    project, tree = site.project, state.tree
    within = project.folder if PYPROJECT in tree.listing(project.folder) else ""
    found = [one for one in upwards(posixpath.dirname(site.file)) if not within or f"{one}/".startswith(f"{within}/")]
    if is_test(project, relative(site.file, project.folder)):
        inside = (name for name, is_folder in tree.listing(project.folder).items() if is_folder)
        found += [one for one in (posixpath.join(project.folder, name) for name in inside) if one not in found]
    return found


def is_stated_to_host(state: State, folders: Sequence[str], finding: Finding) -> bool:
    """Whether such a file in one of the folders names what installs the module, or is called like it."""
    wanted = {*providers.own_names(finding.module), *finding.providers}
    for folder in folders:
        listing = state.tree.listing(folder)
        for name in (name for name in _STATING if listing.get(name) is False):
            source = _COMMENT.sub(b"", text_of(state, posixpath.join(folder, name)))
            if not wanted.isdisjoint(normalized(one.decode()) for one in _STATING[name].findall(source)):
                return True
    return False
