"""What a repository that is declared by its URL is called: files in, which modules pass as its own out."""

# ruff: noqa: E501  a row is one line

import pytest

from conftest import Repo

URL = "git+https://git.invalid/team/xarray_jax"
SETUP = 'from setuptools import setup\nsetup(name="a", install_requires=[\n "six",\n "gdm-jax @ {}"])\n'
PROJECT = '[project]\nname = "a"\nversion = "0"\n'
POETRY = (
    '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\ngdm-jax = { git = "https://git.invalid/xarray-jax.git" }\n'
)
UV = '[tool.uv.sources]\nGdm_Jax = { git = "ssh://git@git.invalid/team/xarray_jax", rev = "1" }\n'
NOTE = "`xarray_jax` is taken for a module of `gdm-jax`, whose repository or its folder is called so\n"


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"setup.py": SETUP.format(f"{URL}.git@v1")}, id="setup.py"),
        pytest.param({"setup.py": SETUP.format(URL)}, id="without .git"),
        pytest.param({"requirements.txt": f"six\n-e {URL}.git#egg=gdm-jax\n"}, id="a requirements file"),
        pytest.param({"requirements.txt": f"-f https://git.invalid\n# {URL}\n-i https://a.invalid/ # https://\n-e {URL}.git#egg=gdm-jax\n"}, id="below other URLs"),
        pytest.param({"setup.py": SETUP.format(URL).replace('name="a",', 'name="a",\n url="file://x",\n home="://",\n')}, id="below what is no URL"),
        pytest.param({"pyproject.toml": f"{PROJECT}dependencies = [\n 'gdm-jax @ {URL}/ ; os_name != \"nt\"',\n]\n"}, id="a table"),
        pytest.param({"pyproject.toml": f"{PROJECT}dependencies = ['gdm-jax']\n{UV}"}, id="a source of uv"),
        pytest.param({"pyproject.toml": POETRY}, id="Poetry"),
        pytest.param({"pyproject.toml": f"{PROJECT}dependencies = ['b @ git+https://git.invalid/b', 'gdm-jax[x] @ {URL}']\n"}, id="one of two in a line"),
        pytest.param({"requirements.txt": "six\ngit+https://git.invalid/gdm-jax.git@v1#subdirectory=libs/xarray-jax/\n"}, id="by a folder in it"),
        pytest.param({"requirements.txt": "git+https://git.invalid/x#subdirectory=xarray_jax&egg=gdm-jax\n"}, id="by a folder before an egg"),
        pytest.param({"pyproject.toml": POETRY.replace('xarray-jax.git"', 'x", subdirectory = "libs/xarray-jax"')}, id="by a folder of Poetry"),
    ],
)  # fmt: skip
def test_a_module_called_like_the_repository(repo: Repo, files: dict[str, str]) -> None:
    repo.stage({"a.py": "import xarray_jax.core\n", **files})
    ran = repo.customs("--scope", "all")
    assert (ran.status, NOTE in ran.err) == (0, True)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        pytest.param("git+https://git.invalid/team/requests.git", "import requests", id="a popular one has it"),
        pytest.param(f"{URL}-tools.git", "import xarray_jax", id="a repository of another name"),
        pytest.param(URL.replace("team/", "xarray_jax/").replace("m/xarray_jax", "m/other"), "import team", id="its owner"),
        pytest.param("git+https://git.invalid/x#subdirectory=xarray_jax/python", "import xarray_jax", id="a folder above the one in it"),
        pytest.param("https://git.invalid/xarray_jax.whl", "import xarray_jax", id="no repository"),
        pytest.param(f'git+https://git.invalid/x",  # was {URL}\n"seven', "import xarray_jax", id="in a comment"),
        pytest.param(f'git+https://git.invalid/x",  # or other @ {URL}\n"seven', "import xarray_jax", id="of another name"),
    ],
)  # fmt: skip
def test_another_module(repo: Repo, url: str, source: str) -> None:
    repo.stage({"setup.py": SETUP.format(url), "a.py": f"{source}\n"})
    assert repo.customs("--scope", "all").status == 1


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("- -e git+https://git.invalid/x/taming-transformers.git@master#egg=taming-transformers", id="an egg"),
        pytest.param("- taming_transformers @ git+https://git.invalid/x.git", id="by its name"),
    ],
)  # fmt: skip
def test_a_little_known_one_that_a_file_names_by_its_url(repo: Repo, line: str) -> None:
    repo.stage({"environment.yaml": f"dependencies:\n  - pip:\n    {line}\n", "a.py": "import taming\n"})
    repo.stage({"pyproject.toml": f"{PROJECT}dependencies = []\n"})
    told = "environment.yaml:3 names `taming-transformers`, from a URL: declare it likewise"
    assert told in repo.customs("--quiet", "--scope", "all").out


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("six @ git+https://git.invalid/six\n# six @ {}", id="in a comment"),
        pytest.param("six @ git+https://git.invalid/six\n  # was six @ {}", id="behind white space"),
    ],
)  # fmt: skip
def test_a_line_that_is_a_comment(repo: Repo, lines: str) -> None:
    repo.stage({"requirements.txt": lines.format(URL), "a.py": "import xarray_jax\n"})
    assert repo.customs("--scope", "all").status == 1


@pytest.mark.parametrize("other", ["https://git.invalid/b.zip", "git+https://git.invalid/b"])
def test_a_folder_belongs_to_the_url_before_it(repo: Repo, other: str) -> None:
    both = f"'gdm-jax @ git+https://git.invalid/a', 'six @ {other}#subdirectory=xarray_jax'"
    repo.stage({"pyproject.toml": f"{PROJECT}dependencies = [{both}]\n", "a.py": "import xarray_jax\n"})
    assert NOTE not in repo.customs("--scope", "all").err
