"""Find the module that is likely meant by one that nothing covers: the repository's own, or one that is known."""

import posixpath

from import_customs.check.covered.first_party import contained_by
from import_customs.check.state import State
from import_customs.model import Site, upwards
from import_customs.model.names import top
from import_customs.project.module_files import stems
from import_customs.providers import distributions
from import_customs.providers.misspelling import likely_meant, near

_MOST_SPELLINGS = 200  # modules for which a likely spelling is looked for: 2 to 6 ms each, and there may be 100,000
_MOST_COMPARED = 500_000  # names of files that modules are compared with: a microsecond each


def likely_spelling(state: State, site: Site, module: str) -> str | None:
    """The module that it may be a misspelling of: one of the repository, of the declarations, or a well-known one.

    None where a declared distribution is called by its name and more: with `acme-billing` declared, `acme` is no slip.
    """
    begins = f"{top(module).lower().replace('_', '-')}-"
    if any(name.startswith(begins) for name in site.project.declared):
        return None
    key = site.project.path, top(module), own_near(state, site, module)
    if key not in state.spellings:
        declared = (one for name in site.project.declared for one in distributions.top_level_modules(name))
        ours = {*(one for one in declared if one.isidentifier()), *key[-1]}
        state.spellings[key] = likely_meant(module, ours) if len(state.spellings) < _MOST_SPELLINGS else None
    return state.spellings[key]


def own_near(state: State, site: Site, module: str) -> tuple[str, ...]:
    """The repository's own modules that are called nearly so, as far as this file may import them."""
    name, project = top(module), site.project
    key = project.path, posixpath.dirname(site.file), site.added, name
    if key not in state.own_near:
        is_affordable = state.own_compared < _MOST_COMPARED
        folders = dict.fromkeys((*project.source_roots, *site.added, *upwards(key[1]))) if is_affordable else ()
        names = frozenset().union(*(stems(state.tree, folder) for folder in folders))
        state.own_compared += len(names)
        state.own_near[key] = tuple(sorted(filter(str.isidentifier, near(name, names))))
    return tuple(one for one in state.own_near[key] if one == name or contained_by(state, site, one))
