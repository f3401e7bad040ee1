"""Environments: their folders and metadata in, what is installed out. Nothing in them is run."""

import json
import ntpath
import os
from pathlib import Path

import pytest

from import_customs.providers import environment
from import_customs.providers.environment import editable
from import_customs.providers.environment.installed import Installed
from import_customs.providers.requirement_graph import Need, Package

SITE, OLDER = "lib/python3.13/site-packages", "lib/python3.9/site-packages"
DEBIAN, WINDOWS = "lib/python3/dist-packages", "Lib/site-packages"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            text.replace("{here}", str(folder)).replace("{uri}", folder.as_uri()).encode(errors="surrogateescape")
        )


def dist(name: str, record: str = "", metadata: str = "", **more: str) -> dict[str, str]:
    """The files of the metadata of one distribution, in a folder of distributions."""
    base = f"{name}-1.0.dist-info"
    files = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{metadata}\n\nName: body\n", **more}
    if record:
        files["RECORD"] = "".join(f"{path},sha256=x,1\n" for path in record.split())
    return {f"{base}/{file}": text for file, text in files.items()}


VENV = {".venv/pyvenv.cfg": "", f".venv/{SITE}/x.py": ""}


@pytest.mark.parametrize(("files", "variables", "found"), [
    pytest.param(VENV, {}, ".venv", id="venv"),
    pytest.param({"../.venv/pyvenv.cfg": "", f"../.venv/{SITE}/x.py": ""}, {}, "../.venv", id="of the workspace"),
    pytest.param({f".venv/{SITE}/x.py": ""}, {}, None, id="a folder of that name"),
    pytest.param({"venv/pyvenv.cfg": "", "venv/Lib/site-packages/x.py": ""}, {}, "venv", id="Windows"),
    pytest.param({f"else/{SITE}/x.py": "", ".venv": "{here}/else\n"}, {}, "else", id="a file that names one"),
    pytest.param({f"else/{SITE}/x.py": "", ".pdm-python": "{here}/else/bin/python\n"}, {}, "else/bin/python", id="pdm"),
    pytest.param({f"e/{SITE}/x.py": ""}, {"UV_PROJECT_ENVIRONMENT": "e"}, "e", id="uv, relative"),
    pytest.param({**VENV, f"e/{SITE}/x.py": ""}, {"UV_PROJECT_ENVIRONMENT": "{here}/e"}, "e", id="uv, before .venv"),
    pytest.param({f"e/{SITE}/x.py": ""}, {"VIRTUAL_ENV": "{here}/e"}, "e", id="active"),
    pytest.param({f"own/{SITE}/x.py": ""}, {"VIRTUAL_ENV": "{here}/own"}, None, id="active, the hook's own"),
    pytest.param({**VENV, f"e/{SITE}/x.py": ""}, {"VIRTUAL_ENV": "{here}/e"}, ".venv", id="active, not the project's"),
    pytest.param({f"e/{SITE}/x.py": ""}, {"CONDA_PREFIX": "{here}/e"}, "e", id="conda, active"),
    pytest.param({".conda/conda-meta/h": "", f".conda/{SITE}/x.py": ""}, {}, ".conda", id="conda, in the project"),
    pytest.param({"__pypackages__/3.12/lib/a-1.dist-info/METADATA": ""}, {}, "__pypackages__/3.12/lib", id="PEP 582"),
    pytest.param({"__pypackages__/²/lib/x": "", "__pypackages__/3.²/lib/a-1.dist-info/METADATA": ""}, {},
                 "__pypackages__/3.²/lib", id="PEP 582, digits that are no numbers"),
    pytest.param({".venv/pyvenv.cfg": "", ".venv/lib/python3.²/site-packages/x.py": ""}, {}, ".venv",
                 id="venv, digits that are no numbers"),
    pytest.param({".venv": "\udcff", ".pdm-python": ""}, {}, None, id="files that name nothing"),
    pytest.param({"e/pyvenv.cfg": ""}, {"VIRTUAL_ENV": "{here}/e"}, None, id="nothing installed"),
    pytest.param({}, {}, None, id="none"),
])  # fmt: skip
def test_find(tmp_path, files, variables, found):
    project = tmp_path / "project"
    project.mkdir()
    write(project, files)
    variables = {key: value.replace("{here}", str(project)) for key, value in variables.items()}
    place = environment.find_environment([str(project), str(tmp_path)], variables, own=str(project / "own"))
    assert (Path(place[0]).resolve() if place else None) == ((project / found).resolve() if found else None)


@pytest.mark.parametrize(("files", "given", "sites"), [
    pytest.param({f"{SITE}/x.py": "", "bin/python": ""}, "bin/python", [SITE], id="interpreter"),
    pytest.param({f"{SITE}/x.py": ""}, "", [SITE], id="environment"),
    pytest.param({f"{SITE}/x.py": ""}, SITE, [SITE], id="folder of distributions"),
    pytest.param({f"{DEBIAN}/x.py": "", "bin/python3": ""}, "bin/python3", [DEBIAN], id="Debian"),
    pytest.param({f"{WINDOWS}/x.py": "", "python.exe": ""}, "python.exe", [WINDOWS], id="Windows, no environment"),
    pytest.param({f"{SITE}/x.py": "", f"{OLDER}/x.py": ""}, "", [SITE, OLDER], id="the newest first"),
    pytest.param({"bin/python": ""}, "bin/python", [], id="none"),
])  # fmt: skip
def test_site_folders(tmp_path, files, given, sites):
    write(tmp_path, files)
    found = environment.site_folders(str(tmp_path / given))
    assert [*map(os.path.normcase, found)] == [os.path.normcase(tmp_path / site) for site in sites]


SHARED = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
NAMESPACE = {
    **dist("acme-core", "acme/core/__init__.py"),
    **dist("acme-billing", "acme/billing/__init__.py acme/billing/api.py acme/tax.py"),
}
OLD_NAMESPACE = {
    **dist("old-core", "old/__init__.py old/core.py"), **dist("old-more", "old/__init__.py old/more.py"),
    "old/__init__.py": SHARED,
}  # fmt: skip
FINDER = """\
from __future__ import annotations
MAPPING: dict[str, str] = {"acme": "{here}/src/acme", "one": "{here}/src/one"}
raise SystemExit(1)
"""


@pytest.mark.parametrize(("files", "module", "found"), [
    pytest.param(dist("PyYAML", "yaml/__init__.py yaml/x.py"), "yaml", "pyyaml", id="another name"),
    pytest.param(dist("PyYAML", "yaml/__init__.py"), "yaml.x.y", "pyyaml", id="below a package"),
    pytest.param(dist("six", "six.py"), "six", "six", id="one file"),
    pytest.param(dist("cffi", "_cffi_backend.cpython-313-x86_64-linux-gnu.so"), "_cffi_backend", "cffi", id="compiled"),
    pytest.param(dist("tool", "../../../bin/tool.py tool/data.json /etc/x.py"), "tool", "", id="scripts and data"),
    pytest.param(dist("x", f'x/a.py "x,y/b.py" ,, "" "{"y" * 140_000}'), "x.a", "x", id="odd lines of RECORD"),
    pytest.param({**dist("a", "cv2/__init__.py"), **dist("b", "cv2/__init__.py")}, "cv2.x", "a b", id="two install it"),
    pytest.param(NAMESPACE, "acme.billing.api.x", "acme-billing", id="namespace: part"),
    pytest.param(NAMESPACE, "acme.tax", "acme-billing", id="namespace: file"),
    pytest.param(NAMESPACE, "acme.other", "", id="namespace: a part that is not there"),
    pytest.param(NAMESPACE, "acme", "acme-billing acme-core", id="namespace: bare"),
    pytest.param(OLD_NAMESPACE, "old.more", "old-more", id="shared package: part"),
    pytest.param(OLD_NAMESPACE, "old.other", "", id="shared package: a part that is not there"),
    pytest.param(OLD_NAMESPACE, "old", "old-core old-more", id="shared package: bare"),
    pytest.param(
        dist("b", "vendored/__init__.py", "Import-Name: bee\nImport-Name: bee._x ; private"), "bee.x", "b", id="PEP 794"
    ),
    pytest.param(dist("b", "vendored/__init__.py", "Import-Name: bee"), "vendored", "", id="PEP 794: says all"),
    pytest.param(
        {"e.egg-info/PKG-INFO": "Name: E.x\nVersion: 2\n", "e.egg-info/top_level.txt": "ee\n"}, "ee.a", "e-x", id="egg"
    ),
    pytest.param(
        {"e.egg-info/PKG-INFO": "Name: e\n", "e.egg-info/installed-files.txt": "../ee/__init__.py\nPKG-INFO\n"},
        "ee", "e", id="egg: files",
    ),
    pytest.param(
        {"e.egg-link": "{here}/src\n.", "src/e.egg-info/PKG-INFO": "Name: e\n", "src/e.egg-info/top_level.txt": "ee"},
        "ee", "e", id="egg: link",
    ),
    pytest.param({"e.egg-link": "/a\0b"}, "ee", "", id="egg: a link with a null byte"),
    pytest.param(
        {**dist("acme", "_acme.pth"), "_acme.pth": "import os; os.abort()\n{here}/src\n/no/such\n",
         "src/acme/__init__.py": "", "src/acme/x.py": ""},
        "acme.x", "acme", id="editable: path entry",
    ),
    pytest.param(
        {**dist("Acme", "__editable___acme_finder.py"), "__editable___acme_finder.py": FINDER,
         "src/acme/__init__.py": "", "src/one.py": ""},
        "acme", "acme", id="editable: finder, package",
    ),
    pytest.param(
        {**dist("Acme", "__editable___acme_finder.py"), "__editable___acme_finder.py": FINDER, "src/one.py": ""},
        "one", "acme", id="editable: finder, file",
    ),
    *(
        pytest.param(
            {**dist("a", "__editable___a_finder.py"), "__editable___a_finder.py": f"MAPPING = {value}\n"}, "a", "",
            id=f"editable: finder with {value}",
        ) for value in ("f()", "['a']", "{")
    ),
    pytest.param(
        {**dist("a", "a_loader.py x.pth", **{"direct_url.json": json.dumps({
            "url": "{uri}/my%20code", "dir_info": {"editable": True}})}),
         "x.pth": "import a_loader", "my code/src/acme/__init__.py": ""},
        "acme", "a", id="editable: another way, by direct_url.json",
    ),
    pytest.param(
        dist("a", "a_loader.py", **{"direct_url.json": '{"url": "file:///a%00b", "dir_info": {"editable": true}}'}),
        "b", "", id="editable: a folder with a null byte",
    ),
    pytest.param(
        dist("a", "a.py", **{"direct_url.json": '{"url": "file:///%00", "dir_info": {"editable": true}}'}), "a", "a",
        id="direct_url.json with a null byte",
    ),
    pytest.param(
        dist("a", "a.py", **{"direct_url.json": "[1]"}), "a", "a", id="direct_url.json that says something else",
    ),
    pytest.param(
        {**dist("a", "b.py", **{"direct_url.json": '{"url": "{uri}/src", "dir_info": {"editable": false}}'}),
         "src/a.py": ""}, "a", "", id="direct_url.json of a copy",
    ),
    pytest.param(
        {**dist("a", "__editable___a_finder.py"), "__editable___a_finder.py": FINDER.replace("MAPPING", "NAMESPACES"),
         "src/one.py": ""}, "one", "", id="editable: finder of namespaces",
    ),
    pytest.param({"nameless-1.0.dist-info/RECORD": "m.py,,\n"}, "m", "nameless", id="without METADATA"),
    pytest.param({"x-1.dist-info": "a file"}, "x", "", id="a file called like metadata"),
])  # fmt: skip
def test_installed_providers(tmp_path, files, module, found):
    write(tmp_path, files)
    assert Installed([str(tmp_path)]).installed_providers(module) == found.split()


@pytest.mark.parametrize(("entry", "encoding"), [
    pytest.param("b", "utf-8", id="seen from its own folder"),
    pytest.param("{here}/ä", "utf-8", id="in UTF-8"),
    pytest.param("{here}/ä", "cp1252", id="in the system's own encoding"),
    pytest.param("{here}/ä", "utf-8-sig", id="with a mark"),
])  # fmt: skip
@pytest.mark.parametrize("link", [False, True], ids=["path entry", "egg-link"])
def test_paths_in_any_encoding(tmp_path, monkeypatch, entry, encoding, link):
    """Before Python 3.13 Windows has them in its code page."""
    monkeypatch.setattr("locale.getencoding", lambda: "cp1252")
    write(tmp_path, {"ä/one.py": "", "b/one.py": ""} | ({} if link else dist("acme", "_acme.pth")))
    write(tmp_path, {"ä/a.egg-info/PKG-INFO": "Name: acme", "ä/a.egg-info/top_level.txt": "one"} if link else {})
    text = entry.replace("{here}", str(tmp_path)) if entry != "b" or not link else f"{tmp_path}/ä"
    (tmp_path / ("acme.egg-link" if link else "_acme.pth")).write_bytes(text.encode(encoding))
    assert Installed([str(tmp_path)]).installed_providers("one") == ["acme"]


@pytest.mark.parametrize(("url", "here", "windows"), [
    pytest.param("file:///home/a%20b", "/home/a b", "/home/a b", id="a path"),
    pytest.param("file:///C:/p/a%20b", "/C:/p/a b", "C:/p/a b", id="on a drive"),
    pytest.param("file://localhost/C:/p", "/C:/p", "C:/p", id="of this machine"),
    pytest.param("file://server/share/p", "/share/p", "//server/share/p", id="on a server"),
    pytest.param("https://x.invalid/p", "", "", id="elsewhere"),
])  # fmt: skip
def test_the_path_of_a_url(monkeypatch, url, here, windows):
    assert editable.path_of_url(url) == (windows if os.name == "nt" else here)
    monkeypatch.setattr(editable.os, "path", ntpath)
    there = editable.path_of_url(url)
    monkeypatch.undo()
    assert there == windows


REQUIRES = """\
Provides-Extra: redis
Provides-Extra: none
Requires-Dist: kombu<6,>=5.3
Requires-Dist: uvicorn[standard]
  >=0.1; python_version < "4"
Requires-Dist: Redis (!=5.0) ; (python_version > "3") and extra == 'redis'
Requires-Dist: {{ odd }}
Requires-Dist: ~~~"""


@pytest.mark.parametrize(("files", "package"), [
    pytest.param(
        dist("celery", metadata=REQUIRES),
        Package("celery", "1.0", (Need("kombu"), Need("uvicorn", ("standard",))),
                {"redis": (Need("redis"),), "none": ()}),
        id="needs and extras; odd ones passed over",
    ),
    pytest.param(
        {"c.egg-info/PKG-INFO": "Name: celery\nVersion: 2\n",
         "c.egg-info/requires.txt": "kombu\n\n[redis]\nredis\n\n[:os_name=='x']\nold\n\n[x:os_name=='nt']\nwin\n"},
        Package("celery", "2", (Need("kombu"), Need("old")), {"redis": (Need("redis"),), "x": (Need("win"),)}),
        id="egg",
    ),
    pytest.param(dist("other"), None, id="not installed"),
])  # fmt: skip
def test_package(tmp_path, files, package):
    write(tmp_path, files)
    assert Installed([str(tmp_path)]).package("celery") == package


@pytest.mark.parametrize("name", [".venv", ".pdm-python"])
def test_what_would_wait_for_a_writer_is_no_environment(tmp_path, name):
    os.mkfifo(tmp_path / name)
    assert environment.find_environment([str(tmp_path)], {}, own="") is None


@pytest.mark.parametrize("name", ["METADATA", "RECORD", "direct_url.json", "../a.pth", "../__editable___a_finder.py"])
def test_what_would_wait_for_a_writer_is_not_read(tmp_path, name):
    write(tmp_path, dist("a", "a.py a.pth __editable___a_finder.py"))
    path = tmp_path / "a-1.0.dist-info" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    Installed([str(tmp_path)]).installed_providers("a")


def test_a_path_entry_that_names_the_whole_disk_is_looked_through_in_part(tmp_path):
    write(tmp_path, {**dist("a", "a.py a.pth"), "a.pth": "/\n"})
    assert Installed([str(tmp_path)]).installed_providers("a") == ["a"]


@pytest.mark.parametrize("name", ["METADATA", "RECORD"])
def test_metadata_that_is_too_large_is_told(tmp_path, name):
    write(tmp_path, dist("good") | dist("large", "large.py"))
    with (tmp_path / "large-1.0.dist-info" / name).open("ab") as file:
        file.truncate(33 * 1024**2)  # a hole, which takes no room
    assert Installed([str(tmp_path)]).unreadable == ["large-1.0.dist-info"]


def test_what_has_no_readable_metadata_is_told(tmp_path):
    write(tmp_path, {**dist("good"), "bad-1.0.dist-info/RECORD": "", "a_dir-2.dist-info/METADATA/x": ""})
    assert Installed([str(tmp_path), "/no/such/folder"]).unreadable == ["a_dir-2.dist-info", "bad-1.0.dist-info"]
