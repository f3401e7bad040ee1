"""setuptools and pbr: [tool.setuptools], setup.cfg, and setup.py, which is read by its syntax and never run.

Sources: setuptools' documentation, "Configuring setuptools using pyproject.toml files" (dynamic metadata, package-dir,
ext-modules), "Keywords"; setuptools-rust's, "Reference"; cffi's, "Preparing and Distributing modules"; pbr's,
"Features".
"""

from __future__ import annotations

from import_customs.model import RUNTIME, Place, Unread
from import_customs.model.later import pattern
from import_customs.model.requirement import leading, normalized
from import_customs.model.toml import at, strings
from import_customs.project.declarations import DeclaredList, declare
from import_customs.project.dialects.dialect import BOTH_KEYS, Dialect, ProjectFiles, absent_modules, backend_of
from import_customs.project.dialects.setup_cfg import StatedByFile, is_file, options_of, stated_by_setup_cfg
from import_customs.project.dialects.standard_tables import is_application
from import_customs.project.tool_settings import parse_ini, read_small, says_more, value_of_ini, values_of_ini

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from import_customs.project.dialects.setup_py import Setup

_PYTHON = b"python_requires"
# One of these is in each setup.py that states dependencies, which `**` may bring too; without them it is not parsed.
_STATING = (b"install_requires", b"extras_require", b"**", b"pbr")
_READ = (b".txt", b".in")  # one is in each setup.py that reads requirements files
_CFFI_SCRIPT = pattern(rb"""["'](\w[\w/-]*+\.py):\w""")  # "build_fast.py:ffibuilder", below the project's folder
_CFFI_MODULE = pattern(rb"""\bset_source\(\s*+["']([\w.]++)["']""")
_OF_PBR = {"requirements.txt": RUNTIME, "test-requirements.txt": Place("extra", "test")}


def setup_of(source: bytes) -> Setup:
    from import_customs.project.dialects.setup_py import read_setup_py  # 9 ms, for ast; only what a setup.py says

    return read_setup_py(source)


def states_project(files: ProjectFiles) -> bool:
    """A setup.py makes the folder a project's, and a setup.cfg with options or a name, not settings of tools.

    The table alone may configure a build of something else.
    """
    if "setup.py" in files.beside or "setup.cfg" not in files.beside:
        return "setup.py" in files.beside
    config = b"\n" + (files.read("setup.cfg") or b"").removeprefix(b"\xef\xbb\xbf")
    return b"\n[options" in config or (b"\n[metadata]" in config and distribution_name(files) != "")


def stating_file(files: ProjectFiles) -> str:
    """The path of the setup.cfg or setup.py that states dependencies, which may be computed; "" where none does."""
    config, script = (files.read(name) if name in files.beside else None for name in ("setup.cfg", "setup.py"))
    if config is not None and any(word in config for word in _STATING[:2]):
        found = stated_by_setup_cfg(files.path("setup.cfg"), config)
        if found and (found.lists or found.unread):
            return files.path("setup.cfg")
    if script is None or not any(word in script for word in _STATING):
        return ""
    stated = _of_setup_py(files, script)
    is_stated = stated.lists or stated.unread is not None or any(file in files.beside for file in _files_of_pbr(files))
    return files.path("setup.py") if is_stated else ""


def distribution_name(files: ProjectFiles) -> str:
    """What setup.cfg says, else setup.py; "" where it is computed."""
    config, script = _small(files, "setup.cfg"), _small(files, "setup.py")
    parser = parse_ini(config.decode("utf-8", "replace")) if b"name" in config else ""
    if not isinstance(parser, str) and (name := value_of_ini(parser, "metadata", "name").strip()):
        return name
    return setup_of(script).name if b"name" in script else ""


def declared_lists(files: ProjectFiles) -> list[DeclaredList]:
    """What setup.cfg and setup.py state, where [project] leaves it to them."""
    return [stated.declared for stated in stated_by_files(files)] if files.keys_left else []


def stated_keys(files: ProjectFiles) -> frozenset[str]:
    """Both keys if the files can be read in full and state runtime dependencies, or belong to an application.

    A setup.cfg from which setuptools builds alone states them by leaving them out, too.
    """
    found = stated_by_files(files)
    if any(stated.unread for stated in found):
        return frozenset()
    states = any(stated.states for stated in found) or is_application(files) or _is_setup_cfg_alone(files)
    return BOTH_KEYS if states else frozenset()


def _is_setup_cfg_alone(files: ProjectFiles) -> bool:
    is_read = backend_of(files.document.table).partition(".")[0] in ("", "setuptools") and not _is_built_by_pbr(files)
    return is_read and "setup.py" not in files.beside and states_project(files)


def unread(files: ProjectFiles) -> Unread | None:
    """The first file and line that compute requirements."""
    return next((stated.unread for stated in stated_by_files(files) if stated.unread), None)


def stated_by_files(files: ProjectFiles) -> list[StatedByFile]:
    """What the folder's setup.cfg and setup.py state; nothing for one without any statement."""
    config, script = (files.read(name) if name in files.beside else None for name in ("setup.cfg", "setup.py"))
    stated = stated_by_setup_cfg(files.path("setup.cfg"), config) if config is not None else None
    return [one for one in (stated, _of_setup_py(files, script) if script is not None else None) if one]


def _of_setup_py(files: ProjectFiles, source: bytes) -> StatedByFile:
    path, stated = files.path("setup.py"), setup_of(source)
    found = DeclaredList([], [], [])
    for text, place, line, *_ in stated.requirements:
        declare(found, text, place, path, line)
    lacking = (one.line for one in stated.from_files if not one.files_there(files))
    line = stated.unread or min(lacking, default=0)
    return StatedByFile(found, stated.states, stated.lists, Unread(path, line, stated.why) if line else None)


def requirements_files(files: ProjectFiles) -> Iterator[tuple[str, Place]]:
    """The files of [tool.setuptools.dynamic], those that `file:` in setup.cfg names, and pbr's.

    For runtime the former only if [project] calls these dynamic: else setuptools does not read them.
    """
    dynamic = files.document.get("tool.setuptools.dynamic", dict)
    of_runtime = _dynamic_files(files, dynamic, "dependencies") if "dependencies" in files.keys_left else ()
    yield from ((file, RUNTIME) for file in of_runtime)
    extras = dynamic.get("optional-dependencies")
    for extra in extras if isinstance(extras, dict) else ():
        listed = _dynamic_files(files, extras, extra, "optional-dependencies.")
        yield from ((file, Place("extra", normalized(extra))) for file in listed)
    if files.keys_left and states_project(files):
        options = options_of((files.read("setup.cfg") or b"").decode("utf-8", "replace"))
        for value, place in () if isinstance(options, str) else options:
            named = value.partition("file:")[2].replace("\n", ",").split(",") if is_file(value) else ()
            yield from ((file.strip(), place) for file in named if file.strip())
        yield from ((file, _OF_PBR[file]) for file in _files_of_pbr(files))


def read_by_script(files: ProjectFiles) -> Iterator[tuple[str, Place]]:
    """The requirements files that setup.py reads."""
    if not (files.keys_left and states_project(files) and "setup.py" in files.beside):
        return
    script = files.read("setup.py") or b""
    if any(word in script for word in _READ):
        for one in setup_of(script).from_files:
            yield from ((file, one.place) for file in one.files_there(files))


def _dynamic_files(files: ProjectFiles, table: dict[str, Any], key: str, above: str = "") -> list[str]:
    """The files that a key of [tool.setuptools.dynamic] names, which is in `above`; none where it names no file."""
    value = table.get(key)
    named = value.get("file", []) if isinstance(value, dict) else []
    listed = [named] if isinstance(named, str) else named
    if not isinstance(listed, list) or not all(isinstance(file, str) for file in listed):
        keys = f"tool.setuptools.dynamic.{above}{key}.file"
        raise files.document.wrong(keys, "a string or an array of strings", named)
    return listed


def _files_of_pbr(files: ProjectFiles) -> list[str]:
    """The requirements files that pbr reads; none where something else builds."""
    there = [file for file in _OF_PBR if file in files.beside]
    return there if there and _is_built_by_pbr(files) else []


def _is_built_by_pbr(files: ProjectFiles) -> bool:
    requires = map(leading, files.document.strings("build-system.requires"))
    if any(requirement and requirement.name == "pbr" for requirement in requires):
        return True
    source = files.read("setup.py") or b""
    return b"pbr" in source and setup_of(source).pbr


def requires_python(files: ProjectFiles) -> str:
    """What setup.cfg says, else setup.py; "" where neither does."""
    config, script = _small(files, "setup.cfg"), _small(files, "setup.py")
    if _PYTHON in config:  # most hold settings of tools, and configparser costs 8 ms
        parser = parse_ini(config.decode("utf-8", "replace"))
        if not isinstance(parser, str) and (stated := value_of_ini(parser, "options", _PYTHON.decode()).strip()):
            return stated
    return setup_of(script).requires_python if _PYTHON in script else ""


def source_roots(files: ProjectFiles) -> Iterator[str]:
    """Where packages are looked for, and the folders above those that are called as their package is."""
    yield from strings(at(files.document.table, "tool.setuptools.packages.find.where"))
    yield from (root for _, root in package_dirs(files) if root is not None)
    if "setup.cfg" in files.beside:
        yield from values_of_ini(_small(files, "setup.cfg"), [("options.packages.find", "where")])
    if says_more(source := _small(files, "setup.py"), b"find_packages(", b"find_namespace_packages("):
        yield from setup_of(source).where


def built_modules(files: ProjectFiles) -> Iterator[str]:
    """The packages in folders of another name, or that are not there, and the extensions."""
    for package, root in package_dirs(files):
        if root is None:
            yield package
        else:
            named = [package] if package else _listed_packages(files)
            yield from absent_modules(files, root, (name.replace(".", "/") for name in named))
    find = at(files.document.table, "tool.setuptools.packages.find")
    for where in strings(at(find, "where")):
        globs = (glob.removesuffix("*").removesuffix(".") for glob in strings(at(find, "include")))
        yield from absent_modules(files, where, globs)
    yield from _compiled(files)


def _compiled(files: ProjectFiles) -> Iterator[str]:
    """The extensions that tables name, setup.py, and the scripts of cffi."""
    table = files.document.table
    for tool, key in (("setuptools", "name"), ("setuptools-rust", "target")):
        extensions = at(table, f"tool.{tool}.ext-modules")
        for extension in extensions if isinstance(extensions, list) else ():
            yield from strings(at(extension, key))
    source = _small(files, "setup.py")
    if b"Extension(" in source:
        yield from setup_of(source).extensions
    for path in _CFFI_SCRIPT.findall(source) if b"cffi_modules" in source else ():
        found = _CFFI_MODULE.findall(read_small(files.tree, files.path(path.decode())))
        yield from (module.decode() for module in found)


def _listed_packages(files: ProjectFiles) -> Iterator[str]:
    """The packages and modules that are named one by one."""
    yield from strings(at(files.document.table, "tool.setuptools.packages"))
    yield from strings(at(files.document.table, "tool.setuptools.py-modules"))
    for option in ("packages", "py_modules"):
        yield from _beside_package_dir(files, option).replace(",", " ").split()
    if says_more(source := _small(files, "setup.py"), b"package_dir"):
        yield from setup_of(source).packages


def package_dirs(files: ProjectFiles) -> Iterator[tuple[str, str | None]]:
    """The packages with a folder, and the one above it if that is called alike. "" is the root of all packages."""
    stated = at(files.document.table, "tool.setuptools.package-dir")
    pairs: list[tuple[str, Any]] = list(stated.items()) if isinstance(stated, dict) else []
    text = _beside_package_dir(files, "package_dir")
    lines = (line.partition("=") for line in text.split("\n" if "\n" in text else ","))
    pairs.extend((package.strip(), place.strip()) for package, sign, place in lines if sign)
    if says_more(source := _small(files, "setup.py"), b"package_dir"):
        pairs.extend(setup_of(source).package_dirs)
    for package, place in pairs:
        if isinstance(place, str):
            wanted, folders = package.split(".") if package else [], place.replace("\\", "/").rstrip("/").split("/")
            above = folders[: len(folders) - len(wanted)]
            yield package, ("/".join(above) or ".") if above + wanted == folders else None


def _beside_package_dir(files: ProjectFiles, option: str) -> str:
    """The option of a setup.cfg that says where packages are."""
    if not says_more(source := _small(files, "setup.cfg"), b"package_dir"):
        return ""
    parser = parse_ini(source.decode("utf-8", "replace"))
    return "" if isinstance(parser, str) else value_of_ini(parser, "options", option)


def _small(files: ProjectFiles, name: str) -> bytes:
    return read_small(files.tree, files.path(name)) if name in files.beside else b""


DIALECT = Dialect(
    states_project=states_project,
    stating_file=stating_file,
    distribution_name=distribution_name,
    declared_lists=declared_lists,
    stated_keys=stated_keys,
    unread=unread,
    requirements_files=requirements_files,
    read_by_script=read_by_script,
    requires_python=requires_python,
    source_roots=source_roots,
    built_modules=built_modules,
)
