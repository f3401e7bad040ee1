"""Whether a project installs the module of its own name, though no source root has it: by what git tracks of it."""

import json

import pytest

from conftest import Repo

NAMED = '[project]\nname = "{}"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n'
BUILT_BY = '[build-system]\nrequires = []\nbuild-backend = "{}"\n'
CELERY, OURS = NAMED.format("celery"), NAMED.format("acmedemo")
HATCH = BUILT_BY.format("hatchling.build")
SETUPTOOLS = BUILT_BY.format("setuptools.build_meta")
SETUP_PY = 'from setuptools import setup\nsetup(name="scrapy", install_requires=[])\n'


@pytest.mark.parametrize(("files", "module", "found"), [
    pytest.param({"pyproject.toml": f"{CELERY}[tool.uv]\npackage = false\n"}, "celery", "celery", id="an application"),
    pytest.param({"pyproject.toml": CELERY}, "celery", "celery", id="nothing builds it"),
    pytest.param({"pyproject.toml": CELERY + HATCH}, "celery", "celery", id="it is built, of nothing"),
    pytest.param({"pyproject.toml": CELERY + HATCH, "celery.py": "from celery import Celery\n"}, "celery", "celery",
                 id="its module means the distribution itself"),
    pytest.param({"pyproject.toml": CELERY, "ops/celery/start.py": ""}, "celery", "", id="a folder of scripts"),
    pytest.param(
        {"pyproject.toml": BUILT_BY.format("poetry.core.masonry.api")
         + '[tool.poetry]\nname = "celery"\npackage-mode = false\n[tool.poetry.dependencies]\npython = "^3.11"\n'},
        "celery", "celery", id="Poetry's application",
    ),
    pytest.param({"setup.py": SETUP_PY}, "scrapy", "scrapy", id="setup.py without any module"),
    pytest.param({"pyproject.toml": OURS}, "acmedemo", "", id="nothing is known of it, and nothing is there"),
    pytest.param({"pyproject.toml": OURS, "lint/a.py": ""}, "acmedemo.lint.a", None, id="its folder is the package"),
    pytest.param({"pyproject.toml": OURS, "lint/a.py": ""}, "acmedemo.x", "", id="its folder has not that"),
    pytest.param({"pyproject.toml": CELERY, "app.py": ""}, "celery.app", "celery", id="a known one has that, too"),
    pytest.param({"pyproject.toml": CELERY + BUILT_BY.format("maturin")}, "celery", None, id="maturin, from Rust"),
    pytest.param({"pyproject.toml": CELERY + BUILT_BY.format("backend")}, "celery", None, id="a backend not known"),
    pytest.param({"pyproject.toml": CELERY + SETUPTOOLS, "c/celery.cpp": ""}, "celery", None, id="compiled from C++"),
    pytest.param({"pyproject.toml": CELERY + HATCH + "[tool.hatch.build.hooks.custom]\n"}, "celery", None, id="a hook"),
    pytest.param({"pyproject.toml": CELERY + HATCH + '[tool.hatch.build.hooks.vcs]\nversion-file = "v.py"\n'},
                 "celery", "celery", id="a hook that makes one file"),
    pytest.param({"pyproject.toml": OURS + SETUPTOOLS, "setup.py": "setup(package_dir={'acmedemo': 'x'})\n"},
                 "acmedemo.y", None, id="its folder is called otherwise"),
    pytest.param({"pyproject.toml": OURS + HATCH, "code/python/acmedemo/__init__.py": ""}, "acmedemo", None,
                 id="in a folder that no table names"),
])  # fmt: skip
def test_own_name(repo: Repo, files, module, found):
    repo.stage({**files, "tasks.py": f"import {module}\n"})
    ran = repo.customs("--staged", "--format", "json")
    findings = json.loads(ran.out)["findings"]
    assert [" ".join(one["providers"]) for one in findings] == ([] if found is None else [found])
    assert all(one["declare"] is None for one in findings)
    if found:
        assert "give this project another name" in findings[0]["remedy"]


def test_what_its_folder_has(repo: Repo) -> None:
    repo.stage({"pyproject.toml": OURS, "lint.py": "", "tasks.py": "from acmedemo import lint\n"})
    assert repo.customs("--staged").status == 0
    repo.stage({"tasks.py": "from acmedemo import lint, x\n"})
    assert repo.customs("--staged").status == 1


@pytest.mark.parametrize("intended", [False, True], ids=["untracked", "intended to be added"])
@pytest.mark.parametrize("path", ["acmedemo.py", "src/acmedemo/__init__.py", "acmedemo/__init__.py"])
@pytest.mark.parametrize("build", ["", HATCH, SETUPTOOLS], ids=["not built", "hatchling", "setuptools"])
def test_own_module_that_is_not_in_the_commit(repo: Repo, build, path, intended):
    repo.stage({"pyproject.toml": OURS + build, "tasks.py": "from acmedemo import f\n"})
    file = repo.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("def f(): ...\n")
    if intended:
        repo.git("add", "-N", path)
    ran = repo.customs("--staged", "--format", "json")
    assert [one["remedy"] for one in json.loads(ran.out)["findings"]] == [f"`git add {path}`"]
    assert repo.customs("--scope", "all", "tasks.py").status == 0
