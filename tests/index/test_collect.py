"""Releases on a registry, served here for real, in; what is kept of them out."""

import io
import json
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.collect import collect, main, only_platform, version_in
from index.corrections import parse_corrections
from index.files import shipped_files
from index.metadata import brought
from index.releases import Release, line_of, read_date, read_releases

METADATA = "Metadata-Version: 2.1\nName: x\nVersion: 1\n"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param("", {"": ()}, id="nothing"),
        pytest.param("Requires-Dist: A_b>1\nRequires-Dist: c; python_version < '3'", {"": ("a-b",)}, id="always"),
        pytest.param(
            "Requires-Dist: a==1; python_version < '3.11'\nRequires-Dist: a==2; python_version >= '3.11'",
            {"": ("a",)},
            id="always, in two lines",
        ),
        pytest.param("Requires-Dist: a; sys_platform == 'darwin'", {"": ()}, id="on some platform"),
        pytest.param(
            "Provides-Extra: All_Of\nRequires-Dist: a[B,a]; extra == 'all-of'",
            {"": (), "all-of": ("a[a,b]",)},
            id="an extra",
        ),
        pytest.param(
            "Provides-Extra: e\nRequires-Dist: a; extra == 'e' and os_name == 'nt'\nRequires-Dist: b; os_name == 'nt'",
            {"": (), "e": ("a",)},
            id="somewhere",
        ),
        pytest.param(
            "Provides-Extra: e\nRequires-Dist: a; extra == 'e' or python_version > '3'",
            {"": ("a",)},
            id="not by the extra",
        ),
        pytest.param("Provides-Extra: dev\nRequires-Dist: a; extra == 'dev'", {"": ()}, id="for its developers"),
        pytest.param("Provides-Extra: e\nRequires-Dist: not valid; extra == 'e'", {"": ()}, id="not valid"),
    ],
)
def test_brought(lines, found):
    assert brought(f"{METADATA}{lines}\n") == found


def test_what_the_one_platform_always_requires():
    lines = "Requires-Dist: a; platform_machine == 'arm64'\nRequires-Dist: b; sys_platform == 'win32'\n"
    assert brought(METADATA + lines, platform="darwin") == {"": ("a",)}


@pytest.mark.parametrize(
    ("files", "platform"),
    [
        pytest.param("x-1-cp313-cp313-win32.whl x-1-cp313-cp313-win_amd64.whl", "win32", id="Windows"),
        pytest.param("x-1-cp39-abi3-macosx_12_0_arm64.whl", "darwin", id="macOS"),
        pytest.param(
            "x-1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl x-1-cp39-abi3-musllinux_1_2_x86_64.whl",
            "linux",
            id="Linux",
        ),
        pytest.param("x-1-cp313-cp313-win32.whl x-1-cp39-abi3-linux_armv7l.whl", "", id="two"),
        pytest.param("x-1-py3-none-any.whl x-1-cp313-cp313-win32.whl", "", id="any"),
        pytest.param("x-1-cp313-cp313-win32.whl x-1.tar.gz", "", id="it can be built elsewhere"),
        pytest.param("x-1-cp313-cp313-ios_13_0_arm64_iphoneos.whl", "", id="a platform that nobody develops on"),
        pytest.param("", "", id="no file"),
    ],
)
def test_only_platform(files, platform):
    assert only_platform(files.split()) == platform


@pytest.mark.parametrize(
    ("filename", "version"),
    [
        pytest.param("x_y-1.2.tar.gz", "1.2", id="a source distribution"),
        pytest.param("X.y-1.2.zip", "1.2", id="the name as it was spelt once"),
        pytest.param("x-y-1.2-70.tar.gz", "1.2.post70", id="a post-release in its short form"),
        pytest.param("x-y-2.0-dev-9429.tar.gz", "2.0.dev9429", id="a pre-release in an old form"),
        pytest.param("x-y-z-3.tar.gz", None, id="another distribution's"),
        pytest.param("x_y-1.2-py3-none-any.whl", "1.2", id="a wheel"),
        pytest.param("x_y-1.2-70-py3-none-any.whl", "1.2", id="a wheel with the number of its build"),
        pytest.param("x_z-1.2-py3-none-any.whl", None, id="another distribution's wheel"),
        pytest.param("x_y-1.2-py3.egg", None, id="neither"),
        pytest.param("x_y-new.tar.gz", None, id="no version"),
    ],
)
def test_version_in(filename, version):
    found = version_in(filename, "x-y")
    assert (found and str(found)) == version


def test_a_line_is_read_as_it_was_written(tmp_path):
    releases = [
        Release("a", "1.0", ">=3.9,<4", ("a", "n.b"), {"": ("c",), "e": ("d", "f[g,h]")}),
        Release("b", "2", "", (), {}),
        Release("c", "3", "", None, {}),
        Release("d", "4", "", ("d",), {}, "win32"),
        Release("e", "5", "", ("e",), {"": ("c",)}, "", {"": ("e", "e-run"), "pytest11": ("e",), ".pth": ()}),
    ]
    file = tmp_path / "releases.txt"
    file.write_text("# On 2026-11-25.\n" + "".join(map(line_of, releases)))
    assert list(read_releases(file).values()) == releases
    assert read_date(file) == "2026-11-25"


def wheel(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return content.getvalue()


def sdist(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for path, text in files.items():
            member = tarfile.TarInfo(f"x-1/{path}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return content.getvalue()


META = f"{METADATA}Provides-Extra: e\nRequires-Dist: y; extra == 'e'\n"
WHEEL = wheel({"x/__init__.py": "", "x-1.data/purelib/z.py": "", "x-1.dist-info/METADATA": META})
ENTRIES = "[console_scripts]\nx = x:main\n[pytest11]\nx-plugin = x.plugin\n"
RUN = wheel(
    {
        "x/__init__.py": "",
        "x_start.pth": "import x\n",
        "x-1.data/scripts/xs": "",
        "x-1.dist-info/entry_points.txt": ENTRIES,
        "x-1.dist-info/METADATA": f"{METADATA}Requires-Dist: y\nRequires-Dist: z>1\n",
    }
)
ON_THE_PATH = wheel(
    {
        "x.pth": "x1\nx1\\lib\nimport x_start\n",
        "x1/a.pyd": "",
        "x1/lib/b.py": "",
        "x1/lib/c/__init__.py": "",
        "x1/big.bin": "".join(map(str, range(40_000))),
        "x-nspkg.pth": "x2\n",
        "x2/d.py": "",
        "x-1.dist-info/METADATA": METADATA,
    }
)
EMPTY = wheel({"x-1.dist-info/METADATA": f"{METADATA}Requires-Dist: y\n"})
LISTED = sdist({"src/x.egg-info/top_level.txt": "x\n_x\n", "src/x/__init__.py": "", "tests/t.py": "", "setup.py": ""})
UNLISTED = sdist({"x/__init__.py": "", "setup.py": "", "PKG-INFO": META})
FOR_EACH_PYTHON = sdist({"python2/x/__init__.py": "", "python2/x/a.py": "", "python3/x/__init__.py": ""})
RUN_FROM_SOURCE = sdist({"x/__init__.py": "", "x.egg-info/entry_points.txt": ENTRIES})


@pytest.fixture
def registry():
    """A function: files by their names, each with what its entry says besides, in; the URL that serves them out."""
    servers = []

    def serve(files, *, ranges):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.rpartition("/")[2]
                content, status, said = files[name][0] if name else listing(self.server.server_port), 200, ""
                if ranges and "Range" in self.headers:
                    first, _, last = self.headers["Range"].removeprefix("bytes=").partition("-")
                    start = int(first) if first else max(0, len(content) - int(last))
                    end = int(last) + 1 if first else len(content)
                    said, status = f"bytes {start}-{end - 1}/{len(content)}", 206
                    content = content[start:end]
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                if said:
                    self.send_header("Content-Range", said)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *said):
                pass

        def listing(port):
            entries = ({"filename": one, "url": f"http://127.0.0.1:{port}/f/{one}", **files[one][1]} for one in files)
            return json.dumps({"files": list(entries)}).encode()

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/simple/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("ranges", [False, True])
@pytest.mark.parametrize(
    ("files", "release"),
    [
        pytest.param({"x-1-py3-none-any.whl": (WHEEL, {})}, ("1", "", ("x", "z"), {"": (), "e": ("y",)}), id="a wheel"),
        pytest.param(
            {"x-1-py3-none-any.whl": (WHEEL, {"requires-python": ">=3.9"}), "x-2a1-py3-none-any.whl": (EMPTY, {})},
            ("1", ">=3.9", ("x", "z"), {"": (), "e": ("y",)}),
            id="a pre-release is not the newest",
        ),
        pytest.param(
            {"x-1-py3-none-any.whl": (WHEEL, {}), "x-2-py3-none-any.whl": (EMPTY, {"yanked": "broken"})},
            ("1", "", ("x", "z"), {"": (), "e": ("y",)}),
            id="nor is one that was yanked",
        ),
        pytest.param(
            {"x-1-cp313-cp313-win_amd64.whl": (ON_THE_PATH, {})},
            ("1", "", ("a", "b", "c", "x1.a", "x1.lib.b", "x1.lib.c", "x2.d"), {"": ()}, "win32", {".pth": ()}),
            id="folders that a .pth file puts on the path, for one platform",
        ),
        pytest.param({"x-10-py3-none-any.whl": (EMPTY, {})}, ("10", "", (), {"": ("y",)}), id="without modules"),
        pytest.param({"x-1.tar.gz": (LISTED, {})}, ("1", "", ("_x", "x"), {}), id="a source distribution"),
        pytest.param({"x-1.tar.gz": (FOR_EACH_PYTHON, {})}, ("1", "", ("x",), {}), id="with a folder for each Python"),
        pytest.param(
            {"x-1.tar.gz": (UNLISTED, {})}, ("1", "", ("x",), {"": (), "e": ("y",)}), id="without its list of modules"
        ),
        pytest.param({"x-1.zip": (b"", {})}, ("1", "", None, {}), id="one that is not read"),
        pytest.param(
            {"x-1-py3-none-any.whl": (RUN, {})},
            ("1", "", ("x",), {"": ("y", "z")}, "", {"": ("x", "xs"), "pytest11": ("x-plugin",), ".pth": ()}),
            id="commands, a plugin, a .pth file that runs, what it requires",
        ),
        pytest.param(
            {"x-1.tar.gz": (RUN_FROM_SOURCE, {})},
            ("1", "", ("x",), {}, "", {"": ("x",), "pytest11": ("x-plugin",)}),
            id="a source distribution with commands and a plugin",
        ),
    ],
)
def test_collect(registry, files, release, ranges):
    assert collect(registry(files, ranges=ranges), "x") == Release("x", *release)


def test_nothing_to_collect(registry):
    assert collect(registry({}, ranges=True), "x") is None


def test_the_lines_of_others_stay(registry, tmp_path):
    file = tmp_path / "releases.txt"
    file.write_text("# On 2026-11-25.\na\t1\nx\t0\n")
    assert main([registry({"x-1-py3-none-any.whl": (WHEEL, {})}, ranges=True), "X"], file) == 0
    assert file.read_text() == "# On 2026-11-25.\na\t1\nx\t1\t\tx z\t=;e=y\n"


def test_the_index_that_is_collected_twice_is_the_same(registry, tmp_path):
    """From the registry to the shipped files, byte for byte."""
    url = registry({"x-1-py3-none-any.whl": (RUN, {}), "x-0.tar.gz": (LISTED, {})}, ranges=True)
    built = []
    for file in (tmp_path / "one.txt", tmp_path / "two.txt"):
        file.write_text("# On 2026-11-25.\ny\t1\t\ty\n")
        assert main([url, "x"], file) == 0
        built.append(shipped_files({}, {"x": 1, "y": 2}, parse_corrections(""), {}, read_releases(file)))
    assert built[0] == built[1]
    assert built[0]["entry-points.txt"] == b"x\t= xs\t.pth=\tpytest11=x-plugin\n"
    assert built[0]["requires.bin"] == b"\2\0" + b"\1\xff" + b"\2\0"
