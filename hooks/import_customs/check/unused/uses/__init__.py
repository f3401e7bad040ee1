"""The kinds of use, one a file: what makes a declaration needed, and what leaves that open."""

from import_customs.check.unused.uses import (
    commands,
    drivers,
    files,
    hosts,
    imports,
    optional,
    parts,
    path,
    plugins,
    required,
    strings,
    tools,
)

# Each shows that a declaration is used.
USED = (imports.KIND, commands.KIND, files.KIND, strings.KIND, plugins.KIND, drivers.KIND, path.KIND)
# Each leaves it unsure.
UNSURE = (optional.KIND, required.KIND, parts.KIND, hosts.KIND, tools.KIND)
