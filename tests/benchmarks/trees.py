"""Numbers of files in, git repositories out: the same bytes each time, with everything they import declared."""

import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

STAGED = "src/acme/part_00/module_00001.py"
_PER_PACKAGE = 50
_FILE_BYTES = 6_250  # of a file on average, as in 28 MB of 4,000 files
_STANDARD = "os sys re json logging functools itertools collections typing datetime pathlib dataclasses asyncio".split()
# Module, the distribution that installs it, what is imported from it.
_THIRD_PARTY = [
    ("numpy", "numpy", "ndarray"),
    ("pandas", "pandas", "DataFrame"),
    ("requests", "requests", "Session"),
    ("httpx", "httpx", "AsyncClient"),
    ("yaml", "PyYAML", "safe_load"),
    ("dateutil.parser", "python-dateutil", "isoparse"),
    ("jwt", "PyJWT", "decode"),
    ("bs4", "beautifulsoup4", "BeautifulSoup"),
    ("sqlalchemy.orm", "SQLAlchemy", "Session"),
    ("pydantic", "pydantic", "BaseModel"),
    ("fastapi", "fastapi", "APIRouter"),
    ("starlette.responses", "starlette", "JSONResponse"),
    ("aiohttp", "aiohttp", "ClientSession"),
    ("celery", "celery", "shared_task"),
    ("redis.asyncio", "redis", "Redis"),
    ("boto3.session", "boto3", "Session"),
    ("botocore.exceptions", "botocore", "ClientError"),
    ("google.cloud.storage", "google-cloud-storage", "Client"),
    ("jinja2", "Jinja2", "Environment"),
    ("click", "click", "command"),
    ("rich.console", "rich", "Console"),
    ("tenacity", "tenacity", "retry"),
    ("networkx", "networkx", "DiGraph"),
    ("scipy.optimize", "scipy", "minimize"),
    ("sklearn.linear_model", "scikit-learn", "Ridge"),
    ("PIL.Image", "Pillow", "Image"),
    ("cryptography.fernet", "cryptography", "Fernet"),
    ("attr", "attrs", "define"),
    ("orjson", "orjson", "dumps"),
    ("structlog", "structlog", "get_logger"),
]
_TESTING = [("pytest", "pytest", "fixture"), ("hypothesis", "hypothesis", "given")]
_MODULE_NAMES = "\n".join(f'{name} = "{module.partition(".")[0]}"' for module, name, _ in _THIRD_PARTY)
_PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "acme"
version = "1.4.2"
description = "A generated project"
readme = "README.md"
requires-python = ">=3.11"
authors = [{{ name = "Acme", email = "dev@acme.invalid" }}]
classifiers = [
  "Programming Language :: Python :: 3",
  "Programming Language :: Python :: 3.13",
  "Typing :: Typed",
]
dependencies = [
{runtime}
]

[project.optional-dependencies]
speed = ["uvloop>=0.19; sys_platform != 'win32'", "orjson~=3.9"]
postgres = ["psycopg[binary,pool]>=3.1,<4"]

[project.scripts]
acme = "acme.part_00.module_00001:main"

[dependency-groups]
test = ["pytest>=8", "hypothesis>=6.100", "pytest-asyncio>=0.23"]
lint = ["ruff>=0.5", "mypy>=1.10"]
dev = [{{ include-group = "test" }}, {{ include-group = "lint" }}]

[tool.hatch.build.targets.wheel]
packages = ["src/acme"]

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = ["-ra", "--strict-markers"]
filterwarnings = ["error", "ignore::DeprecationWarning:celery.*"]

[tool.ruff]
line-length = 100
src = ["src", "tests"]

[tool.ruff.lint]
select = ["B", "E", "F", "I", "UP", "SIM", "RUF"]
ignore = ["E501"]  # the formatter's business

[tool.mypy]
strict = true
files = ["src"]

[tool.deptry]  # what it would else take from an environment, and what it would report about the groups
known_first_party = ["acme"]
ignore = ["DEP002", "DEP004"]

[tool.deptry.package_module_name_map]
{names}
"""


def make(folder: Path, count: int) -> Path:
    """A repository of `count` tracked Python files, all committed, one changed again and staged."""
    _write(folder / "pyproject.toml", pyproject())
    for path, text in _files(count):
        _write(folder / path, text)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        git(folder, *arguments)
    with (folder / STAGED).open("a") as file:
        file.write("\n\ndef staged():\n    return 1\n")
    git(folder, "add", STAGED)
    return folder


def pyproject() -> str:
    """Every third-party module of a tree, declared as a project of that size would."""
    names = [name for _, name, _ in _THIRD_PARTY]
    runtime = [f'  "{name}>={1 + place % 5}.{place % 9}",' for place, name in enumerate(names)]
    return _PYPROJECT.format(runtime="\n".join(runtime), names=_MODULE_NAMES)


def git(folder: Path, *arguments: str) -> None:
    """Run git with a fixed identity and no configuration of the user's."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.invalid", "-c", "core.autocrlf=false"]
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *identity, *arguments], cwd=folder, env=environment, check=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _files(count: int) -> Iterator[tuple[str, str]]:
    """Packages of modules under src/, a tenth of the files as tests: `count` in all."""
    packages = max(1, count // _PER_PACKAGE)
    yield from ((f"src/acme/part_{place:02}/__init__.py", "") for place in range(packages))
    yield "src/acme/__init__.py", '__version__ = "1.4.2"\n'
    for number in range(1, count - packages):
        package = number % packages
        is_test = number % 10 == 0
        path = f"tests/test_{number:05}.py" if is_test else f"src/acme/part_{package:02}/module_{number:05}.py"
        if number == 1:
            path = STAGED
        yield path, _text(random.Random(number), packages, is_test=is_test)  # noqa: S311  the same each time


def _text(rng: random.Random, packages: int, *, is_test: bool) -> str:
    """A module: docstring, imports in the forms that occur, functions to a size that varies as real ones do."""
    third_party = rng.sample(_THIRD_PARTY, rng.randint(1, 5)) + (_TESTING if is_test else [])
    lines = ['"""Generated: how to import this, and what it is for."""', "", "from __future__ import annotations", ""]
    lines += [f"import {name}" for name in sorted(rng.sample(_STANDARD, rng.randint(2, 6)))]
    lines += ["from typing import TYPE_CHECKING", ""]
    for module, _, name in third_party:
        lines.append(rng.choice([f"import {module}", f"from {module} import {name}", f"import {module} as used"]))
    part = rng.randrange(packages)
    lines += ["", f"from acme.part_{part:02} import (", "    helper,", "    other,", ")", "from . import sibling", ""]
    lines += ["if TYPE_CHECKING:", f"    from acme.part_{part:02} import Typed", ""]
    size = int(rng.triangular(0.2, 1.8) * _FILE_BYTES)
    while size > 0:
        function = _function(rng)
        size -= len(function)
        lines.append(function)
    return "\n".join(lines) + "\n"


def _function(rng: random.Random) -> str:
    name = rng.choice(["load", "store", "merge", "render", "send", "check"])
    lines = [f"def {name}_{rng.randrange(1000)}(items, limit={rng.randrange(100)}):"]
    lines += [f'    """{name.title()} the items, up to the limit; nothing is imported here."""']
    if rng.random() < 0.1:
        lines += [f"    from {rng.choice(_THIRD_PARTY)[0]} import __name__ as module_name"]
    lines += ["    found = {}"]
    for place in range(rng.randint(2, 9)):
        lines += [f"    for key_{place}, value in sorted(items.items()):"]
        lines += [f'        if value > {rng.randrange(1000)} and key_{place} != "{name}":']
        lines += [f"            found[key_{place}] = (value, limit, {rng.random():.6f})"]
    return "\n".join([*lines, "    return found", "", ""])
