"""The kinds of use: what makes a declaration needed, and what leaves that open."""

from import_customs.check.unused.uses import (
    commands,
    drivers,
    hosts,
    optional,
    parts,
    plugins,
    required,
    strings,
    tools,
    unsearched,
)

# Each shows that a declaration is used.
USED = (
    unsearched.IMPORTS,
    commands.KIND,
    unsearched.FILES,
    strings.KIND,
    plugins.KIND,
    drivers.KIND,
    unsearched.STARTING,
)
# Each leaves it unsure.
UNSURE = (optional.KIND, required.KIND, parts.KIND, hosts.KIND, tools.KIND)
