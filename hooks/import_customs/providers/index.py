"""Tell which distributions install a module, by the bundled index alone: no environment, no network.

Distributions are normalized names (`packaging.utils.canonicalize_name`). hooks/index builds the files and explains them
(files.py). Every function raises IndexDamagedError where a file is missing or not what was installed.
"""

from __future__ import annotations

from import_customs.model.later import cache
from import_customs.model.names import prefixes
from import_customs.model.names import top as _top
from import_customs.model.requirement import normalized
from import_customs.providers.index_lines import SortedLines, damaged, mapped, rank_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MAX_PARTS = 10  # the deepest namespace member has 8; more of a name says nothing further
WELL_KNOWN = 8000  # rank up to which people mean a distribution by the name of its module
BEYOND_DOUBT = 1000  # rank up to which they mean it by the name of each of its modules; `config` is 3,887
_NAMES, _BUCKETS = "names.bin", 1 << 16

_modules = SortedLines("modules.txt")
_distributions = SortedLines("distributions.txt")
_members = SortedLines("members.txt")
_umbrellas = SortedLines("umbrellas.txt")
_extras = SortedLines("extras.txt")
_found: dict[str, list[str]] = {}
_shared: dict[str, bool] = {}


def providers(module: str) -> list[str]:
    """The distributions that install a dotted module, best first; in a namespace the longest known prefix decides.

    Empty where nothing is known to install it, and for a bare namespace (`google`).
    """
    return list(_resolve(module))


def installs(distribution: str, module: str) -> bool | None:
    """Whether a distribution installs the module, or always brings one that does; None where that is not known."""
    found = _resolve(module)
    if distribution in found or stands_for(distribution, found):
        return True
    named = own_names(module)
    if is_shared(module):
        if distribution in named:
            return _part_installs(distribution, module) if found else True
        # aws-cdk-aws-s3 may install what aws-cdk-lib provides now
        return False if found and is_known(distribution) else None
    kept = popular_fields(distribution)
    if kept is not None:
        return _popular_installs(kept[1], distribution, module)
    own = _installs_own_module(distribution)
    return own if own is None or distribution in named else False


def _part_installs(distribution: str, module: str) -> bool | None:
    """False for what others install below its part: opentelemetry-instrumentation lacks `….instrumentation.redis`."""
    parts = [one for one in (popular_fields(distribution) or ["", ""])[1].split() if "." in one]
    return False if parts and not is_module_among(module, parts) else None


def rank(distribution: str) -> int | None:
    """Place among the most downloaded distributions, from 1; None outside them (about 15,000)."""
    kept = popular_fields(distribution)
    return rank_in(kept[0]) if kept is not None else None


def is_known(distribution: str) -> bool:
    """Whether a distribution of that name exists; wrong for one invented name in 3,400 (`_installs_own_module`)."""
    return _distributions.value(distribution) is not None or _installs_own_module(distribution) is not None


def is_second(module: str, distribution: str) -> bool:
    """Whether a popular distribution installs the module beside one that it is called after: `typings`, of bokeh.

    By such a name people hardly mean it, but for those that are known to all: `pylab`, of matplotlib.
    """
    kept = popular_fields(distribution)
    if kept is None or rank_in(kept[0]) <= BEYOND_DOUBT or is_shared(module):
        return False
    name, named = joined_letters(distribution), joined_letters(_top(module))
    own = max((one for one in map(joined_letters, kept[1].split()) if one in name), key=len, default="")
    return len(own) > 2 and own not in named  # two letters are in many a name


def joined_letters(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def is_namespace(module: str) -> bool:
    """True if distributions install parts below the module: `from google.cloud import storage` names one."""
    if not is_shared(module):
        return False
    if "." not in module or _modules.begins(f"{module}."):
        return True
    return any(_members.begins(f"{name}-") for name in (normalized(module), _prefix_of_parts(module)) if name)


def is_shared(module: str) -> bool:
    """True if the module's top level is a namespace, or belongs to one distribution and others add parts to it."""
    name = _top(module)
    if (known := _shared.get(name)) is None:  # a whole tree asks 20 times for each
        _shared[name] = known = (_modules.value(name) or "").startswith(("*", "+"))
    return known


def namespace_of(module: str) -> str:
    """The longest beginning that is a namespace and nobody's package: `google.cloud` of `google.cloud.storage`.

    "" if there is none.
    """
    prefixes = _prefixes(module) if is_shared(module) else []
    return next((prefix for prefix in prefixes if is_namespace(prefix) and not providers(prefix)), "")


@cache
def umbrellas() -> frozenset[str]:
    """The distributions that always bring others and stand for their modules: about 50."""
    return _umbrellas.keys()


def stands_for(distribution: str, wanted: list[str]) -> bool:
    """True for an umbrella that always brings one of the wanted distributions."""
    parts = (_umbrellas.value(distribution) or "").split()
    return any(name == part or (part.endswith("*") and name.startswith(part[:-1])) for part in parts for name in wanted)


def extra_requirements(distribution: str, name: str) -> list[str] | None:
    """The requirements of an extra of a distribution; None if they are not known."""
    value = _extras.value(f"{distribution}[{name}]")
    if value is None:
        value = _extras.value(f"{distribution}[*]")
    return None if value is None else value.replace("*", name).split()


def extras_of(distribution: str) -> Iterator[tuple[str, list[str]]]:
    """The extras of a distribution that are known, each with its requirements; `*` stands for any other."""
    for key, value in _extras.below(f"{distribution}["):
        yield key.partition("[")[2].removesuffix("]"), value.split()


def umbrella_parts(distribution: str) -> list[str]:
    """What an umbrella always brings; a name may end in `*`. Empty for what is none."""
    return (_umbrellas.value(distribution) or "").split()


def is_module_among(module: str, modules: Collection[str]) -> bool:
    """True if the module is one of the modules, or in one of them."""
    return any(one in modules for one in (_prefixes(module)[:-1] if is_shared(module) else [_top(module)]))


def is_part(distribution: str, namespace: str) -> bool:
    """True if a distribution installs a part of the bare namespace, whether it is called after the part or not."""
    if distribution.startswith(f"{normalized(namespace)}-") and _members.value(distribution) is not None:
        return True
    if installs_some_part(distribution, namespace):
        return True
    return distribution in _installers_below(namespace)


@cache
def _installers_below(namespace: str) -> frozenset[str]:
    """The distributions that install the known parts of a namespace: each declared one is looked for among them."""
    return frozenset(name for value in _modules.values_below(f"{namespace}.") for name in value.split())


def installs_some_part(distribution: str, module: str) -> bool:
    """True if it installs a part of the module's namespace that its name does not tell: sqlalchemy-spanner."""
    mark, *names = (_modules.value(_top(module)) or "").split() or [""]
    return mark == "*" and distribution in names


def dotted_names(module: str) -> Iterator[tuple[str, str]]:
    """The module and each one above it, the longest first, each with the name of a distribution called like it."""
    return ((prefix, normalized(prefix)) for prefix in _prefixes(module))


def own_names(module: str) -> list[str]:
    """The names of distributions that are called after the module: `acme`; in a namespace one for each longer prefix.

    The longest comes first. The bare name of a namespace is left out: `google` declares nothing.
    """
    if not is_shared(module):
        return [normalized(_top(module))]
    return [name for prefix in _prefixes(module)[:-1] for name in _part_names(prefix)]


def _resolve(module: str) -> list[str]:
    shared = is_shared(module)
    key = ".".join(module.split(".")[:MAX_PARTS]) if shared else _top(module)
    if key not in _found:
        _found[key] = _in_namespace(key) if shared else _top_level(key)
    return _found[key]


def _in_namespace(module: str) -> list[str]:
    *longer, top = _prefixes(module)
    for prefix in longer:
        value = _modules.value(prefix) or _modules.value(_plain(prefix))
        if value and value[0] not in "=*+":
            return value.split()
        members = [name for name in _part_names(prefix) if _members.value(name) is not None]
        if members:
            return members[:1]
    mark, *names = (_modules.value(top) or "").split()
    return [] if mark == "*" else names


def _top_level(top: str) -> list[str]:
    value = _modules.value(top)
    if value is not None:
        return value.split()
    own = normalized(top)
    kept = popular_fields(own)
    if kept is None:
        return [own] if _installs_own_module(own) else []
    return [own] if _popular_installs(kept[1], own, top) else []


def popular_fields(distribution: str) -> list[str] | None:
    """What distributions.txt has of a popular distribution, else None; hooks/index/files.py names the fields."""
    value = _distributions.value(distribution)
    return None if value is None else [*value.split("\t"), *[""] * 5][:6]


def _popular_installs(modules: str, distribution: str, module: str) -> bool | None:
    """By the third field of distributions.txt: "" is the own name, "?" is not known.

    A known module counts in its own case alone: Python takes no `import Numpy`, on any system.
    """
    top = _top(module)
    if modules == "?":
        return normalized(top) == distribution or None
    return top in (modules.split() or [distribution.replace("-", "_")])


def _installs_own_module(distribution: str) -> bool | None:
    """Whether a distribution outside the popular ones installs the module of its own name; None if none has this name.

    names.bin holds a hash of each of 638,000 names: 65,537 ends of buckets (32 bits each, little-endian), one bucket
    for the upper 16 bits of the name's CRC-32; then the buckets' values of 16 bits, sorted: 15 further bits of it and,
    lowest, whether that module is installed. One of 3,400 invented names is taken for one that exists (2^31 places).
    """
    import struct
    import zlib  # 0.6 ms, with struct; only what is not popular gets here

    data = mapped(_NAMES)
    crc = zlib.crc32(distribution.encode("utf-8", "surrogatepass"))
    try:
        start, end = struct.unpack_from("<2I", data, 4 * (crc >> 16))
        values = struct.unpack_from(f"<{end - start}H", data, 4 * (_BUCKETS + 1) + 2 * start)
    except struct.error:
        raise damaged(_NAMES, "points beyond its end") from None
    sought = crc & 0xFFFE
    if sought | 1 in values:
        return True
    return False if sought in values else None


def _part_names(prefix: str) -> list[str]:
    """What the distribution of a namespace's part would be called, the version of an API left out as well."""
    names = [_prefix_of_parts(prefix), normalized(prefix)]
    if _plain(prefix) != prefix:
        names.append(normalized(_plain(prefix)))
    return [name for name in names if name]


def _plain(prefix: str) -> str:
    """Without the version of an API: `google.cloud.vision_v1p4beta1` is a part of google-cloud-vision."""
    head, _, version = prefix.rpartition("_v")
    return head if version[:1].isdigit() and "." not in version else prefix


def _prefix_of_parts(module: str) -> str:
    """What the names of parts below the module begin with, by a line `airflow.providers =apache-airflow-providers`.

    "" where neither the module nor one above it has such a line.
    """
    for above in _prefixes(module):
        mark = (_modules.value(above) or "").partition(" ")[0]
        if mark[:1] in {"=", "+"} and mark[1:]:
            return "-".join(name for name in (mark[1:], normalized(module[len(above) + 1 :])) if name)
    return ""


def _prefixes(module: str) -> list[str]:
    """The module and all above it, longest first."""
    return [*prefixes(".".join(module.split(".")[:MAX_PARTS]))]
