"""What a file imported before by the same statement is old without a look at evidence; whatever may differ is judged.

Each case says whether lock files, environment and neighbours are asked: `exactly` is loaded for nothing else.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Repo, clean_environment, examples
from import_customs.check import judge, pipeline
from import_customs.check.scope import Request, ScopeRequest

PROJECT = '[project]\nname = "demo"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["requests"]\n'
OLD = "import os\n\nimport boto3\nimport requests\n\nVALUE = 1\n"
NEW = f"{OLD}MORE = 2\n"
GUARDED = "try:\n    import boto3\nexcept ImportError:\n    boto3 = None\n"
BASE = {"pyproject.toml": PROJECT, "pkg/__init__.py": "", "pkg/sub/a.py": OLD, "pkg/b.py": "", "README.md": ""}


@pytest.mark.parametrize(
    ("change", "base"),
    [
        pytest.param({"pkg/sub/a.py": NEW}, {}, id="a line is added below"),
        pytest.param({"pkg/sub/a.py": OLD.replace("VALUE", "OTHER")}, {}, id="a line differs below"),
        pytest.param({"pkg/sub/a.py": NEW, "README.md": "x", "docs/x.rst": ""}, {}, id="prose changes too"),
        pytest.param({"pkg/sub/a.py": NEW, "pkg/sub/c.py": "", "other/d.py": ""}, {}, id="files beside it come"),
        pytest.param(
            {"pkg/sub/a.py": "import os\nfrom boto3 import (\n  a,\n  b,\n)\nV = 2\n"},
            {"pkg/sub/a.py": "import os\nfrom boto3 import (\n  a,\n  b,\n)\nV = 1\n"},
            id="a statement of several lines",
        ),
        pytest.param({"a.py": NEW}, {"a.py": OLD}, id="in the root"),
        pytest.param(
            {"a.py": f"import os\nimport re\n{GUARDED}def f():\n    import boto3\n\n\nclass C:\n    V = 2\n"},
            {"a.py": f"import os\nimport re\n{GUARDED}def f():\n    import boto3\n\n\nclass C:\n    V = 1\n"},
            id="guarded, and in a function",
        ),
        pytest.param(
            {"a.py": "import os\nimport re\nimport google.api_core\nV = __import__('x')\n"},
            {"a.py": "import os\nimport re\nimport google.api_core\n__import__('x')\n", "x.py": ""},
            id="in a namespace, beside a call that imports something else",
        ),
    ],
)
def test_old_without_evidence(repo, change, base):
    assert _is_judged(repo, base, change) == (0, False)


@pytest.mark.parametrize(
    ("change", "base"),
    [
        pytest.param({"pkg/sub/a.py": f"{NEW}import boto3.session\n"}, {}, id="the module is imported once more"),
        pytest.param({"pkg/sub/a.py": OLD.replace("import os\n", "")}, {}, id="a line above it goes"),
        pytest.param({"pkg/sub/a.py": NEW, "pyproject.toml": f"{PROJECT}# x\n"}, {}, id="declarations change"),
        pytest.param({"pkg/sub/a.py": NEW, "uv.lock": "version = 1\n"}, {}, id="a lock file comes"),
        pytest.param({"pkg/sub/a.py": NEW, "uv.lock": "version = 1\n# x\n"}, {"uv.lock": "version = 1\n"}, id="a lock"),
        pytest.param({"pkg/sub/a.py": NEW, "requirements.txt": ""}, {}, id="a requirements file comes"),
        pytest.param({"pkg/sub/a.py": NEW, "pytest.ini": ""}, {}, id="settings come"),
        pytest.param({"pkg/sub/a.py": NEW, "pkg/b.py": "X = 1\n"}, {}, id="a file above it changes"),
        pytest.param({"pkg/sub/a.py": NEW, "other/__init__.py": ""}, {}, id="a package comes"),
        pytest.param({"pkg/sub/a.py": NEW, "other/conftest.py": ""}, {}, id="a conftest.py comes"),
        pytest.param({"pkg/sub/a.py": NEW, "other/boto3.py": ""}, {}, id="a module of that name comes"),
        pytest.param(
            {"pkg/sub/a.py": f"{NEW}from importlib import import_module\nimport_module(\n'boto3')\n"},
            {},
            id="a call imports it too",
        ),
        pytest.param({"pkg/sub/a.py": NEW}, {"pkg/boto3/x.txt": ""}, id="a folder of that name is near"),
        pytest.param({"pkg/sub/a.py": NEW}, {"pkg/sub/a.py": f"# /// script\n{OLD}"}, id="a script with metadata"),
        pytest.param(
            {"pkg/sub/a.py": f"import sys\nimport os\n{NEW}"},
            {"pkg/sub/a.py": f"import sys\nimport os\n{OLD}sys.path.append('x')\n"},
            id="sys.path",
        ),
        pytest.param(
            {"pkg/sub/a.py": "import os\nimport sys\nif sys:\n    import boto3\nV = 2\n"},
            {"pkg/sub/a.py": "import os\nimport sys\nif sys:\n    import boto3\nV = 1\n"},
            id="indented, and what follows may tell its guard",
        ),
        pytest.param(
            {"pkg/sub/a.py": f"import os\nimport re\n{GUARDED}    V = '''\ndef x\n'''\n"},
            {"pkg/sub/a.py": f"import os\nimport re\n{GUARDED}    V = '''\ndef x\n'''; W = 1\n"},
            id="what follows at no indentation is in a string",
        ),
        pytest.param(
            {"pkg/sub/a.py": "import os\nimport re\nfrom boto3 import (\n  a,\n  c,\n)\n"},
            {"pkg/sub/a.py": "import os\nimport re\nfrom boto3 import (\n  a,\n  b,\n)\n"},
            id="a statement that ends otherwise",
        ),
        pytest.param(
            {"pkg/sub/a.py": "import os\nimport bpy\nV = 2\n"},
            {"pkg/sub/a.py": "import os\nimport bpy\nV = 1\n"},
            id="a host may bring it, as other words of the file tell",
        ),
        pytest.param(
            {"pkg/sub/a.py": "import os\nimport numpy\nV = 2\n"},
            {"pkg/sub/a.py": "import os\nimport numpy\nV = 1\nbl_info = {}\n"},
            id="a host brought it, as other words of the file told",
        ),
    ],
)
def test_judged(repo, change, base):
    assert _is_judged(repo, base, change)[1]


@pytest.mark.parametrize("gone", ["pkg/b.py", "README.md", "uv.lock"])
def test_judged_where_a_file_goes(repo, gone):
    repo.git("rm", "-q", "--cached", gone) if _committed(repo, {"uv.lock": "version = 1\n"}) is None else None
    repo.stage({"pkg/sub/a.py": NEW})
    assert _loads(repo)[1]


def test_judged_in_a_merge(repo):
    _committed(repo, {})
    repo.git("checkout", "-q", "-b", "side")
    repo.stage({"pkg/b.py": "X = 2\n"})
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.stage({"pkg/b.py": "X = 3\n"})
    repo.commit()
    assert repo.run("git", "merge", "-q", "side").status
    repo.stage({"pkg/b.py": "X = 4\n", "pkg/sub/a.py": NEW})
    assert _loads(repo)[1]


def test_a_new_module_beside_old_ones_is_found(repo):
    _committed(repo, {})
    repo.stage({"pkg/sub/a.py": f"{NEW}import celery\n"})
    ran = repo.customs("--quiet", "pkg/sub/a.py", PRE_COMMIT="1")
    assert ran.status == 1
    assert "celery" in ran.out
    assert "boto3" not in ran.out


def _committed(repo, base):
    repo.stage(BASE | base)
    assert repo.commit().status == 0


def _is_judged(repo, base, change):
    """The exit status, and whether the file was read exactly."""
    _committed(repo, base)
    repo.stage(change)
    return _loads(repo)


# As in a Python that has just started.
NOT_LOADED = """
import sys
from import_customs.check import judge
from import_customs.cli import main
del judge.exactly, sys.modules["import_customs.check.judge.exactly"]
status = main()
print("import_customs.check.judge.exactly" in sys.modules, file=sys.stderr)
sys.exit(status)
"""


def _loads(repo):
    path = "a.py" if (repo.path / "a.py").exists() else "pkg/sub/a.py"
    ran = repo.python(NOT_LOADED, path, PRE_COMMIT="1")
    assert ran.err in ("True\n", "False\n")
    return ran.status, ran.err == "True\n"


LINES = st.sampled_from(
    [
        "import boto3",
        "import celery",
        "def f():",
        "    import celery",
        "from boto3 import a",
        "from celery import (",
        "    b,",
        ")",
        "import requests, celery",
        "try:",
        "    import boto3",
        "except ImportError:",
        "    pass",
        "if __name__ == '__main__':",
        '"""',
        "import helper",
        "import sys; sys.path.append('lib')",
        "import boto3  # import-customs: ignore",
        "X = 1",
        "__import__(",
        "'boto3')",
        "X = 1 \\",
    ]
)
TEXTS = st.lists(LINES, max_size=7)
PATHS = ("a.py", "pkg/a.py", "pkg/sub/a.py", "pkg/sub/helper.py", "lib/helper.py", "celery.py", "pkg/__init__.py")
EDIT = st.tuples(st.sampled_from(PATHS), st.integers(0, 7), st.integers(0, 2), st.lists(LINES, max_size=2))
FILES = st.dictionaries(st.sampled_from(PATHS), TEXTS, min_size=1)


@settings(max_examples=examples(60))
@given(FILES, st.lists(EDIT, min_size=1, max_size=3))
def test_the_same_is_found_by_the_full_way(tmp_path_factory, files, edits):
    repo = Repo(tmp_path_factory.mktemp("repo"))
    head = ["import os", "", ""]
    now = {path: head + lines for path, lines in files.items()}
    repo.stage({"pyproject.toml": PROJECT} | {path: _text(lines) for path, lines in now.items()})
    repo.commit()
    for path, at, gone, more in edits:
        lines = now.setdefault(path, [*head])
        lines[3 + at : 3 + at + gone] = more
    repo.stage({path: _text(lines) for path, lines in now.items()})
    with pytest.MonkeyPatch.context() as patch:
        for key in set(clean_environment()) ^ set(repo.environment):
            patch.delenv(key, raising=False)
        quick = _findings(repo)
        patch.setattr(judge, "_imported_before", lambda *_: set())
        assert quick == _findings(repo)


def _text(lines):
    return "".join(f"{line}\n" for line in lines)


def _findings(repo):
    return pipeline.run(Request(str(repo.path), (), ScopeRequest(scope="new", staged=True))).findings
