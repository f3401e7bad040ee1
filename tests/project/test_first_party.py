"""Which imports the repository itself satisfies: files in, answer out."""

from pathlib import Path

import pytest

from conftest import written
from import_customs.project import first_party, source_roots


@pytest.mark.parametrize(
    ("files", "module", "found"),
    [
        pytest.param("app/__init__.py", "app", "whole", id="package"),
        pytest.param("app/__init__.py", "app.gone", "whole", id="inside a package everything is its own"),
        pytest.param("app.py", "app", "whole", id="module"),
        pytest.param("src/app/__init__.py", "app", "whole", id="src layout"),
        pytest.param("src/app/main.py", "app", "open", id="folder without __init__ that holds Python"),
        pytest.param("src/app/main.py", "app.main", "whole", id="dotted path to its end"),
        pytest.param("src/poetry/console/a.py", "poetry.core", None, id="a namespace that others share"),
        pytest.param("src/poetry/console/a.py", "poetry.console", "open", id="its own part of it"),
        pytest.param("app/readme.txt", "app", None, id="folder without Python"),
        pytest.param("app/deep/er/a.py", "app", None, id="Python further below"),
        pytest.param("app/deep/__init__.py app/deep/a.py", "app", "open", id="a package right in it"),
        pytest.param("app/deep/a.py", "app", None, id="a folder that holds Python is no package"),
        pytest.param("protos/order.proto", "protos.order_pb2", "whole", id="what protoc makes"),
        pytest.param("protos/order.proto", "protos.order_pb2_grpc", "whole", id="what its plug-in for gRPC makes"),
        pytest.param("protos/order.proto", "protos.order_grpc", "whole", id="what the one of grpclib makes"),
        pytest.param("protos/order.proto", "protos.order_connect", "whole", id="what the one of Connect makes"),
        pytest.param("order.proto", "order_pb2", "whole", id="generated code imports without a folder"),
        pytest.param("protos/order.proto", "protos.other_pb2", None, id="there is no such .proto"),
        pytest.param("protos/order.proto", "protos.order", None, id="a .proto is no module"),
        pytest.param("fast.pyi", "fast", "stub", id="a stub alone"),
        pytest.param("fast.pyi fast.py", "fast", "whole", id="a stub beside its module"),
        pytest.param("fast/__init__.pyi fast/a/b.pyi", "fast.a", "stub", id="a package of stubs"),
        pytest.param("fast/__init__.pyi fast/a/b.pyx", "fast", "whole", id="stubs of a package that is there"),
        pytest.param("fast/a.pyi", "fast.a", "stub", id="a stub in a folder without __init__"),
        pytest.param("fast.pyi src/fast/a.py", "fast", "stub", id="a stub says more than a folder"),
        pytest.param("fast.cpython-313-x86_64-linux-gnu.so", "fast", "whole", id="compiled module"),
        pytest.param("fast.pyx", "fast", "whole", id="Cython source"),
        pytest.param("App/__init__.py", "app", None, id="case counts"),
        pytest.param("other/app.py", "app", None, id="somewhere else"),
        pytest.param("celery.py", "celery", None, id="the importing file itself"),
        pytest.param("examples/pyproject.toml examples/a.py", "examples.a", "whole", id="in a project's folder"),
        pytest.param("lib/pyproject.toml lib/src/lib/a.py", "lib", None, id="a project that holds the module below"),
        pytest.param("lib/setup.py lib/lib/a.py", "lib", None, id="one without a pyproject.toml"),
        pytest.param("app/celery.py app/__init__.py", "celery", None, id="of the same name inside a package"),
    ],
)
def test_under_source_roots(tmp_path: Path, files: str, module: str, found: str | None) -> None:
    assert first_party.under_source_roots(written(tmp_path, files), ("", "src"), "celery.py", module) == found


@pytest.mark.parametrize(
    ("files", "file", "module", "found"),
    [
        pytest.param("scripts/a.py scripts/helper.py", "scripts/a.py", "helper", "whole", id="script beside script"),
        pytest.param("p/__init__.py p/a.py p/helper.py", "p/a.py", "helper", None, id="not in a package"),
        pytest.param("crypto/eth_account.py", "crypto/eth_account.py", "eth_account", None, id="never the file itself"),
        pytest.param(
            "crypto/a.py crypto/eth_account.py", "crypto/a.py", "eth_account", "whole", id="but its neighbour"
        ),
        pytest.param(
            "tests/conftest.py tests/x/__init__.py tests/x/a.py",
            "tests/x/a.py",
            "conftest",
            "whole",
            id="conftest above",
        ),
    ],
)
def test_beside(tmp_path: Path, files: str, file: str, module: str, found: str | None) -> None:
    assert first_party.beside(written(tmp_path, files), file, module) == found


@pytest.mark.parametrize(
    ("files", "file", "module", "found"),
    [
        pytest.param(
            "backend/app/x.py backend/app/b/c.py", "backend/app/b/c.py", "app", "open", id="started in backend/"
        ),
        pytest.param(
            "tests/helpers.py tests/unit/__init__.py tests/unit/a.py",
            "tests/unit/a.py",
            "helpers",
            "whole",
            id="helpers of tests",
        ),
        pytest.param("other/helpers.py tests/a.py", "tests/a.py", "helpers", None, id="not beside, not above"),
    ],
)
def test_above(tmp_path: Path, files: str, file: str, module: str, found: str | None) -> None:
    assert first_party.above(written(tmp_path, files), file, module) == found


@pytest.mark.parametrize(
    ("files", "file", "module", "found"),
    [
        pytest.param(
            "crate/__init__.py crate/box/__init__.py crate/box/a.py", "crate/box/a.py", "box", None, id="in a package"
        ),
        pytest.param(
            "crate/__init__.py crate/hub/box/a.py", "crate/hub/box/a.py", "box", None, id="further below a package"
        ),
        pytest.param(
            "crate/__init__.py crate/box/__init__.py crate/a.py",
            "crate/a.py",
            "box",
            "whole",
            id="a neighbour's folder",
        ),
        pytest.param(
            "crate/__init__.py crate/box.py crate/x/a.py", "crate/x/a.py", "box", "whole", id="a file holds nothing"
        ),
        pytest.param("__init__.py b/app/a.py", "b/app/a.py", "app", "open", id="the root's name is not known"),
    ],
)
def test_above_never_by_the_last_name_of_a_package(
    tmp_path: Path, files: str, file: str, module: str, found: str | None
) -> None:
    assert first_party.above(written(tmp_path, files), file, module) == found


@pytest.mark.parametrize(
    ("files", "module", "is_there"),
    [
        pytest.param("a/mcp/types.py", "mcp.types", True, id="in a folder above"),
        pytest.param("a/mcp/server.py", "mcp.types", False, id="not to its end"),
        pytest.param("a/mcp.py", "mcp", False, id="one name"),
        pytest.param("a/__init__.py a/mcp/types.py", "mcp.types", False, id="a part of a package"),
        pytest.param("__init__.py b/__init__.py a/mcp/types.py", "mcp.types", True, id="the root's name is not known"),
        pytest.param("p/__init__.py p/q/mcp/types.py", "mcp.types", False, id="further down in a package"),
    ],
)
def test_above_to_its_end(tmp_path: Path, files: str, module: str, *, is_there: bool) -> None:
    folder = "p/q/b" if "p/q" in files else "a/b"
    assert first_party.above_to_its_end(written(tmp_path, files), f"{folder}/x.py", module) == is_there


@pytest.mark.parametrize(
    ("name", "folder", "file", "top"),
    [
        pytest.param("acme-billing", "", "acme/billing/a.py", "acme", id="two parts"),
        pytest.param("acme-plugins-big-box", "p/b", "p/b/src/acme/plugins/big_box/c/a.py", "p/b/src/acme", id="more"),
        pytest.param("acme-billing", "acme", "acme/billing/a.py", "", id="above the project"),
        pytest.param("acme-billing", "", "acme/billing.py", "", id="a module"),
        pytest.param("acme-billing", "", "acme_billing/a.py", "", id="a package"),
        pytest.param("billing", "", "acme/billing/a.py", "", id="the last name alone"),
    ],
)
def test_top_of_namespace(name: str, folder: str, file: str, top: str) -> None:
    assert source_roots.top_of_namespace(name, folder, file) == top


@pytest.mark.parametrize(
    ("files", "module", "has_stubs"),
    [
        pytest.param("quux-stubs/__init__.pyi", "quux", True, id="the package"),
        pytest.param("src/quux-stubs/__init__.pyi", "quux.sub", True, id="in it, under another root"),
        pytest.param("ns-stubs/part/__init__.pyi", "ns.part", True, id="part of a namespace"),
        pytest.param("ns-stubs/part/__init__.pyi", "ns.other", False, id="no such part"),
        pytest.param("lib/quux-stubs/__init__.pyi", "quux", False, id="no source root"),
        pytest.param("quux_stubs/__init__.pyi", "quux", False, id="another name"),
    ],
)
def test_stub_only_packages(tmp_path: Path, files: str, module: str, *, has_stubs: bool) -> None:
    assert first_party.has_stubs(written(tmp_path, files), ("", "src"), module) == has_stubs


PKGUTIL = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
PKG_RESOURCES = "__import__('pkg_resources').declare_namespace(__name__)\n"


@pytest.mark.parametrize("init", [PKGUTIL, PKG_RESOURCES])
@pytest.mark.parametrize(("module", "found"), [
    pytest.param("google.protobuf", None, id="what others add to the package"),
    pytest.param("google.cloud.storage", None, id="what others add to a package in it"),
    pytest.param("google.cloud.mine", "whole", id="its own part"),
    pytest.param("google.cloud.mine.gone", "whole", id="inside its own part"),
    pytest.param("google.cloud.one", "whole", id="its own module"),
    pytest.param("google.cloud.one.Name", "whole", id="inside its own module"),
    pytest.param("google.cloud", "whole", id="the namespace itself"),
])  # fmt: skip
def test_a_package_that_others_add_to(tmp_path, init, module, found):
    files = {"google/__init__.py": init, "google/cloud/__init__.py": init, "google/cloud/mine/__init__.py": ""}
    tree = written(tmp_path, {**files, "google/cloud/one.py": ""})
    assert first_party.under_source_roots(tree, ("",), "a.py", module) == found
