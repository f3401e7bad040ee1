"""A commit where the project has an environment: what that settles, and that the hook's own is never taken for it."""

import sys

SITE = "lib/python3.13/site-packages"
PROJECT = '[project]\nname = "demo"\nversion = "1"\ndependencies = ["our-sdk"]\n'


def environment(place: str) -> dict[str, str]:
    """An environment with one private distribution, `our-sdk`, whose module is `house`."""
    base = f"{place}/{SITE}/our_sdk-2.1.dist-info"
    return {
        f"{place}/pyvenv.cfg": "",
        f"{place}/bin/python": "",
        f"{base}/METADATA": "Name: our-sdk\nVersion: 2.1\nRequires-Dist: requests\n",
        f"{base}/RECORD": "house/__init__.py,,\n",
    }


def test_the_environment_of_the_project_settles_a_private_package(repo):
    repo.write({**environment(".venv"), ".gitignore": ".venv/\n"})
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import house\n"})
    assert repo.customs(PRE_COMMIT="1").status == 0


def test_without_it_the_private_package_is_a_candidate(repo):
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import no_body_knows\n"})
    ran = repo.customs("a.py", PRE_COMMIT="1")
    assert ran.status == 1
    assert '    provides = { our-sdk = ["no_body_knows"] }' in ran.out


def test_one_that_is_named_settles_it_too(repo):
    repo.write({**environment("elsewhere"), ".gitignore": "elsewhere/\n"})
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import house.x\n"})
    assert repo.customs("a.py").status == 1
    assert repo.customs("a.py", "--python", "elsewhere/bin/python").status == 0


def test_one_that_is_named_and_is_none_is_told(repo):
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import house.x\n"})
    ran = repo.customs("a.py", "--python", ".", "--scope", "all", "--verbose")
    assert ran.status == 1
    assert "is no environment, nor a Python of one; the check goes on without" in ran.err


def test_the_hooks_own_environment_is_not_the_projects(repo):
    repo.stage({"pyproject.toml": PROJECT.replace("our-sdk", "pytest-xdist"), "a.py": "import execnet\n"})
    ran = repo.customs("a.py", PRE_COMMIT="1", VIRTUAL_ENV=sys.prefix)
    assert "a.py:1:8: undeclared: `execnet` is not declared" in ran.out
    ran = repo.customs("a.py", "--python", sys.prefix)
    assert "a.py:1:8: transitive: `execnet` is not declared in pyproject.toml" in ran.out


def test_a_private_package_whose_declaration_goes_is_missed(repo):
    """The base is judged with the same environment: there the import was covered, so what is found now is new."""
    repo.write({**environment(".venv"), ".gitignore": ".venv/\n"})
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import house\n"})
    assert repo.commit().status == 0
    repo.stage({"pyproject.toml": PROJECT.replace('"our-sdk"', "")})
    ran = repo.customs("pyproject.toml", PRE_COMMIT="1")
    assert ran.status == 1
    assert "a.py:1:8: undeclared: `house` (of `our-sdk`) is not declared" in ran.out


def test_what_is_old_stays_old_where_the_lock_file_changes(repo):
    lock = 'version = 1\n\n[[package]]\nname = "our-sdk"\ndependencies = [{ name = "requests" }]\n'
    lock += '\n[[package]]\nname = "requests"\nversion = "2.32.0"\n'
    repo.stage({"pyproject.toml": PROJECT, "a.py": "import requests\n"})
    assert repo.commit().status == 0
    repo.stage({"uv.lock": lock, "a.py": "import requests\n\n"})
    assert repo.customs("uv.lock", "a.py", PRE_COMMIT="1").status == 0
    assert "transitive" in repo.customs("--scope", "all").out
