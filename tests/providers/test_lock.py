"""Lock files: text in, distributions with versions, needs and extras out; the targeted read equals the full one."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_customs.model.requirement import normalized
from import_customs.providers import lock
from import_customs.providers.lock import LockError, lock_files, read_lock
from import_customs.providers.requirement_graph import Need, Package, merged_packages

UV = """\
version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "demo"
source = { editable = "." }
dependencies = [
    { name = "uvicorn", extra = ["standard"] },
]

[package.metadata]
requires-dist = [{ name = "uvicorn", extras = ["standard"] }]

[[package]]
name = "uvicorn"
version = "0.30.0"
source = { registry = "https://index.invalid/simple" }
dependencies = [
    { name = "h11", marker = "python_full_version < '4'" },
    { name = "typing-extensions" },
]
sdist = { url = "https://files.invalid/u.tar.gz", hash = "sha256:00", size = 1 }
wheels = [
    { url = "https://files.invalid/u-1.whl", hash = "sha256:00", size = 1 },
    { url = "https://files.invalid/u-2.whl", hash = "sha256:01", size = 2 },
]

[package.optional-dependencies]
standard = [
    { name = "uvloop", marker = "sys_platform != 'win32'" },
]

[[package]]
name = "numpy"
version = "1.26.0"

[[package]]
name = "numpy"
version = "2.0.0"
dependencies = [{ name = "blas" }]
"""
POETRY = """\
# This file is generated

[[package]]
name = "Celery"
version = "5.4.0"
optional = false
python-versions = ">=3.8"
groups = ["main"]
files = [
    {file = "celery-5.4.0-py3-none-any.whl", hash = "sha256:00"},
]

[package.dependencies]
kombu = ">=5.3"
redis = {version = ">=4.5", optional = true, markers = "extra == \\"redis\\""}
tzdata = [
    {version = ">=2022", markers = "python_version < \\"3.12\\""},
    {version = ">=2024", markers = "python_version >= \\"3.12\\""},
]
uvicorn = {version = "*", extras = ["standard"]}

[package.extras]
redis = ["redis (>=4.5.2,!=5.0.2)"]

[extras]
all = ["celery"]

[metadata]
lock-version = "2.1"
python-versions = "^3.11"
content-hash = "00"
"""
PDM = """\
[metadata]
groups = ["default"]
lock_version = "4.5.0"

[[package]]
name = "requests"
version = "2.32.0"
dependencies = ["urllib3<3,>=1.21.1", "uvicorn[standard]>=1; python_version < '4'"]
files = [
    {file = "r.whl", hash = "sha256:00"},
]

[[package]]
name = "requests"
version = "2.32.0"
extras = ["socks"]
dependencies = ["PySocks!=1.5.7,>=1.5.6", "requests==2.32.0"]
"""
PYLOCK = """\
lock-version = "1.0"
created-by = "a-tool"

[[packages]]
name = "attrs"
version = "25.1.0"
dependencies = [{ name = "numpy", version = "2.0.0" }]

[[packages.wheels]]
name = "attrs-25.1.0-py3-none-any.whl"
hashes = { sha256 = "00" }

[[packages]]
name = "numpy"
"""
PIPFILE = json.dumps(
    {
        "_meta": {"pipfile-spec": 6, "hash": {}},
        "default": {"Requests": {"version": "==2.32.0"}, "local": {"editable": True}},
        "develop": {"pytest": {"version": "==8.0"}},
    }
)


@pytest.mark.parametrize(("path", "text", "packages"), [
    pytest.param("uv.lock", UV, [
        Package("demo", "", (Need("uvicorn", ("standard",)),), {}),
        Package("uvicorn", "0.30.0", (Need("h11"), Need("typing-extensions")), {"standard": (Need("uvloop"),)}),
        Package("numpy", "1.26.0 or 2.0.0", (Need("blas"),), {}),
    ], id="uv: extras, forks"),
    pytest.param("poetry.lock", POETRY, [
        Package(
            "celery", "5.4.0", (Need("kombu"), Need("tzdata"), Need("uvicorn", ("standard",))),
            {"redis": (Need("redis"),)},
        ),
    ], id="poetry: optional ones belong to extras, several constraints"),
    pytest.param("pdm.lock", PDM, [
        Package(
            "requests", "2.32.0", (Need("urllib3"), Need("uvicorn", ("standard",))), {"socks": (Need("pysocks"),)}
        ),
    ], id="pdm: extras are blocks of their own"),
    pytest.param("pylock.toml", PYLOCK, [
        Package("attrs", "25.1.0", (Need("numpy"),), {}), Package("numpy", "", (), {}),
    ], id="pylock: tables below a package have names too"),
    pytest.param("sub/pylock.dev.toml", PYLOCK, [Package("numpy", "", (), {})], id="pylock: named, in a folder"),
    pytest.param("Pipfile.lock", PIPFILE, [
        Package("requests", "2.32.0", (), {}), Package("local", "", (), {}), Package("pytest", "8.0", (), {}),
    ], id="pipenv: versions alone"),
    pytest.param("uv.lock", UV.replace("\n", "\r\n"), [
        Package("uvicorn", "0.30.0", (Need("h11"), Need("typing-extensions")), {"standard": (Need("uvloop"),)}),
    ], id="line ends of Windows"),
    pytest.param("uv.lock", 'version = 1\n[[package]]\nname = """\\\nx"""\nversion = "1"\n', [
        Package("x", "1", (), {}),
    ], id="laid out as no tool does: parsed whole"),
    pytest.param("uv.lock", 'version = 1\n[[package]]\n"name" = "x"\n[package.y]\nname = "z"\n', [
        Package("x", "", (), {}),
    ], id="a quoted key: parsed whole"),
    pytest.param("uv.lock", 'version = 1\n[[package]]\nname = "x"\ndependencies = 3\n'
                 '[[package]]\nname = "y"\ndependencies = [3, { y = 1 }]\n', [
        Package("x", "", (), {}), Package("y", "", (), {}),
    ], id="of another type: nothing is said"),
    pytest.param("pdm.lock", PDM.replace('dependencies = [', 'dependencies = [3, "(", ', 1), [
        Package(
            "requests", "2.32.0", (Need("urllib3"), Need("uvicorn", ("standard",))), {"socks": (Need("pysocks"),)}
        ),
    ], id="pdm: what names nothing"),
])  # fmt: skip
def test_read(path, text, packages):
    found = read_lock(text.encode(), path)
    assert [found.package(package.name) for package in packages] == packages
    assert found.package("no-such") is None


@pytest.mark.parametrize(("path", "text", "says"), [
    pytest.param("uv.lock", "version = 2\n", "is of version 2 of its format", id="newer uv"),
    pytest.param("uv.lock", "", "does not say the version", id="empty"),
    pytest.param("poetry.lock", '[metadata]\nlock-version = "9.0"', "is of version 9.0", id="newer poetry"),
    pytest.param("pdm.lock", '[metadata]\nlock_version = "5.0"', "is of version 5.0", id="newer pdm"),
    pytest.param("pylock.toml", 'lock-version = "2.0"', "is of version 2.0", id="newer pylock"),
    pytest.param("Pipfile.lock", '{"_meta": {"pipfile-spec": 7}}', "is of version 7", id="newer pipenv"),
    pytest.param("Pipfile.lock", "[]", "is no Pipfile.lock", id="another JSON"),
    pytest.param("Pipfile.lock", "[" * 100_000, "is no Pipfile.lock", id="deep JSON"),
    pytest.param("uv.lock", 'version = 1\n[[package]]\nname = """\n', "is no valid TOML", id="broken, parsed whole"),
    pytest.param("uv.lock", f'version = 1\n[[package]]\n{"a." * 50_000}b = 1', "is too deep", id="a deep key"),
    pytest.param("uv.lock", b"version = 1\n\xff", "is not UTF-8", id="not UTF-8"),
])  # fmt: skip
def test_what_is_not_understood_is_said(path, text, says):
    with pytest.raises(LockError, match=says):
        read_lock(text if isinstance(text, bytes) else text.encode(), path)


def test_a_broken_block_spoils_no_other():
    found = read_lock(
        UV.replace('name = "numpy"\nversion = "1.26.0"', 'name = "numpy"\nversion = !').encode(), "uv.lock"
    )
    assert found.package("numpy") == Package("numpy", "2.0.0", (Need("blas"),), {})
    assert not read_lock(b'version = 1\n[[package]]\nname = "x"\nd = """\n', "uv.lock").names()


@pytest.mark.parametrize(("names", "found"), [
    pytest.param(["poetry.lock", "uv.lock", "a.py"], ["uv.lock", "poetry.lock"], id="uv before poetry"),
    pytest.param(["Pipfile.lock", "pylock.toml"], ["pylock.toml", "Pipfile.lock"], id="versions alone come last"),
    pytest.param(["pylock.toml", "pylock..toml", "pylock.a.b.toml", "pylock.a.toml"], ["pylock.a.toml", "pylock.toml"],
                 id="one part of its own"),
    pytest.param(["package-lock.json", "pylock.toml.orig", "Cargo.lock"], [], id="of others"),
])  # fmt: skip
def test_lock_files(names, found):
    assert lock_files(names) == found


SPELLED = ["a", "b-c", "d", "e.f", "G", "in-a-string"]
NAMES = st.sampled_from(SPELLED[:-1])
SOURCES = st.sampled_from(["", ', version = "1"', ', version = "1", source = { registry = "x" }', ', git = "y"'])
MARKERS = st.sampled_from(["", ", marker = \"extra == 'a'\"", ', marker = "\\"a"', ", marker = 'a'"])
EXTRAS = st.one_of(st.just(""), st.lists(NAMES).map(lambda names: f", extra = {json.dumps(names)}"))
ENTRY = st.builds('{{ name = "{}"{}{}{} }}'.format, NAMES, SOURCES, EXTRAS, MARKERS)


STRINGS = [
    ['x = """', "[[package]]", 'name = "in-a-string"', '"""'],
    ["x = '''", "[[package]]", 'name = "a"', "'''"],
    ['x = "[[package]]"'],
    ["[[package.x]]", 'name = "a"'],
]


FILES = [
    [],
    ["sdist = { size = 1 }"],
    ["wheels = [", "]"],
    ["resolution-markers = [", '    "a",', "]", "wheels = [", '    { url = "x]" },', '    { url = "y" },', "]"],
    ['wheels = [{ url = "x" }]', "other = [", "    { a = 1 },", "]"],
]


@st.composite
def blocks(draw):
    lines = ["[[package]]", f'name = "{draw(NAMES)}"']
    if draw(st.booleans()):
        lines.append(f'version = "{draw(st.integers(0, 9))}"')
    if draw(st.booleans()):
        lines += ["dependencies = [", *(f"    {entry}," for entry in draw(st.lists(ENTRY))), "]"]
    lines += draw(st.sampled_from(FILES))
    if draw(st.booleans()):
        lines += ["", "[package.optional-dependencies]"]
        lines += draw(
            st.sampled_from([["x1 = [{}]", "x2 = [{}]"], ["x1 = [", "    {},", "]", "x2 = [", "    {},", "]"]])
        )
        lines = [line.format(draw(ENTRY)) if "{}" in line else line for line in lines]
    if draw(st.booleans()):
        lines += draw(st.sampled_from(STRINGS))
    return "\n".join(lines)


@given(st.lists(blocks(), max_size=6))
def test_the_targeted_read_is_the_full_parse(texts):
    text = "version = 1\n\n" + "\n\n".join(texts) + "\n"
    whole: dict[str, list[Package]] = {}
    for table in tomllib.loads(text).get("package", []):
        package = lock._uv(table)
        whole.setdefault(package.name, []).append(package)
    found = read_lock(text.encode(), "uv.lock")
    assert all(found.package(name) is None for name in map(normalized, SPELLED) if name not in whole)
    assert {name: found.package(name) for name in found.names()} == {
        name: merged_packages(all_) for name, all_ in whole.items()
    }
