"""Print the numbers that the project promises, measured here and now: `python tests/benchmarks/run.py [CHECKOUT…]`.

import-customs and deptry are those installed for this interpreter. See README.md beside this file.
"""

import compileall
import importlib.util
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

import hostile
import shapes
import trees
from measure import Command, Times, peak_mib, times

_PASS = (sys.executable, "-I", "-c", "pass")
_HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
_ENTRY = _HOOKS.read_text(encoding="utf-8").partition("entry: python ")[2].partition("\n")[0]
_HOOK = (sys.executable, *shlex.split(_ENTRY))
_DEPTRY = (str(Path(sys.executable).with_name("deptry")), ".", "-e", r"^\.git/")
_FOUND = (0, 1)
_SHAPED = {
    "a lock file, old debt": "≤ 3.5",
    "a lock file, a new finding": "≤ 5",
    "local projects, one new finding": "≤ 12",
}


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkouts", nargs="*", type=Path, metavar="CHECKOUT", help="real projects to check whole")
    parser.add_argument("--rounds", type=int, default=40, help="of each quick command; whole trees run a quarter")
    parser.add_argument("--only", choices=("commit", "trees", "shapes", "hostile"), help="one of the tables")
    options = parser.parse_args()
    _compile()
    print(_machine())
    with tempfile.TemporaryDirectory() as folder:
        if options.only in (None, "commit"):
            _commits(Path(folder), options.rounds)
        if options.only in (None, "trees"):
            _whole_trees(Path(folder), options.checkouts, max(1, options.rounds // 4))
        if options.only in (None, "shapes"):
            _shapes(Path(folder), max(1, options.rounds // 10))
        if options.only in (None, "hostile"):
            _worst_cases(Path(folder), max(1, options.rounds // 20))


def _commits(folder: Path, rounds: int) -> None:
    """One staged file, as the hook is started for it: clean in projects of three sizes, then in unusual ones."""
    sizes = (100, 1_000, 10_000)
    commands = {"pass": Command(_PASS, folder)}
    for size in sizes:
        tree = trees.make(folder / f"commit-{size}", size)
        commands[f"{size:,}"] = Command((*_HOOK, trees.STAGED), tree, under_pre_commit=True)
    for shape in shapes.SHAPES:
        if shape.name in _SHAPED:
            there = folder / shape.name
            arguments = shapes.make(there, shape, 4 * shape.size)
            commands[shape.name] = Command((*_HOOK, *arguments), there, under_pre_commit=True, statuses=_FOUND)
    taken = times(commands, rounds)
    start = taken.pop("pass")
    beside = [[name, _ms(one := taken.pop(name)), _ratio(one, start), most] for name, most in _SHAPED.items()]
    rows = [["`python -I -c pass`", _ms(start), "1", ""]]
    rows += [[f"clean, tree of {size} files", _ms(one), _ratio(one, start), "≤ 2.2"] for size, one in taken.items()]
    rows.append(["growth from 100 files to 10,000", "", _ratio(taken["10,000"], taken["100"]), "≤ 1.15"])
    rows += beside
    _table(["one staged file", "ms: best (median)", "ratio: best (median)", "to reach"], rows)


def _whole_trees(folder: Path, checkouts: list[Path], rounds: int) -> None:
    """All files against deptry on the same tree, and the most memory that each takes."""
    found = {f"generated, {size:,} files": trees.make(folder / f"whole-{size}", size) for size in (1_000, 4_000)}
    found |= {checkout.name: checkout.resolve() for checkout in checkouts}
    rows = []
    for name, tree in found.items():
        try:
            rows.append(_whole(name, tree, rounds))
        except RuntimeError as error:  # a real project that one of the two cannot check
            print(f"left out: {name}: {error}", file=sys.stderr)
    heads = [
        "all files",
        "Python",
        "import-customs, ms",
        "µs a file",
        "deptry, ms",
        "ratio",
        "of processor",
        "peak MiB",
    ]
    _table([*heads, "to reach"], rows)


def _whole(name: str, tree: Path, rounds: int) -> list[str]:
    ours, theirs = Command(_HOOK, tree, statuses=_FOUND), Command(_DEPTRY, tree, statuses=_FOUND)
    start, mine, other = times({"pass": Command(_PASS, tree), "ours": ours, "theirs": theirs}, rounds).values()
    each = f"{(mine.best - start.best) * 1000 / len(_files(tree)):.0f}"
    memory = f"{peak_mib(ours):.0f} / {peak_mib(theirs):.0f}"
    target = "≤ 0.12, ≤ 40 MiB" if name.startswith("generated") else "≤ 0.45, processor ≤ 0.30, ≤ 35 µs"
    processor = f"{mine.processor / other.processor:.2f}"
    return [name, _size(tree), _ms(mine), each, _ms(other), _ratio(mine, other), processor, memory, target]


def _shapes(folder: Path, rounds: int) -> None:
    """A repository of an unusual shape, and one with four times as much: what each takes over Python's own start."""
    rows = []
    for number, shape in enumerate(shapes.SHAPES):
        commands = {"pass": Command(_PASS, folder)}
        for size in (shape.size, 4 * shape.size):
            there = folder / f"shape-{number}-{size}"
            arguments = (*_HOOK, *shapes.make(there, shape, size))
            by_hand = bool(shape.arguments)
            commands[f"{size}"] = Command(arguments, there, under_pre_commit=not by_hand, statuses=_FOUND)
        none, small, large = (one.best for one in times(commands, rounds).values())
        growth = f"{(large - none) / (small - none):.1f}"
        rows.append([shape.name, f"{4 * shape.size:,} {shape.unit}", f"{small:.0f}", f"{large:.0f}", growth])
    _table(
        ["a repository with", "at most", "a quarter, ms", "all, ms", "growth over Python's start, to be ≤ 4.5"], rows
    )


def _worst_cases(folder: Path, rounds: int) -> None:
    """One staged file of a hostile kind, and one with four times as much: what each takes over a small file."""
    rows = []
    for kind in hostile.KINDS:
        commands = {"none": _one_file(folder / f"{kind.name}-0", b"import os\n")}
        for size in (kind.size, 4 * kind.size):
            commands[f"{size}"] = _one_file(folder / f"{kind.name}-{size}", kind.source(size))
        none, small, large = (one.best for one in times(commands, rounds).values())
        growth = f"{(large - none) / (small - none):.1f}" if small - none > 20 else "-"
        step = "exact" if kind.has_finding else "screen"
        rows.append([kind.name, step, f"{4 * kind.size:,} {kind.unit}", f"{small:.0f}", f"{large:.0f}", growth])
    _table(["one file of", "step", "at most", "a quarter, ms", "all, ms", "growth over an empty file, of 4"], rows)


def _one_file(folder: Path, source: bytes) -> Command:
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = []\n')
    (folder / "a.py").write_bytes(source)
    for arguments in (["init", "-q"], ["add", "."]):
        trees.git(folder, *arguments)
    return Command((*_HOOK, "a.py"), folder, under_pre_commit=True, statuses=_FOUND)


def _compile() -> None:
    """Byte-compile what is measured: an install under PYTHONDONTWRITEBYTECODE lacks it."""
    if not Path(_DEPTRY[0]).exists():
        sys.exit(f"{_DEPTRY[0]} is missing: `{sys.executable} -m pip install deptry`, for this comparison only")
    for package in ("import_customs", "deptry"):
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            sys.exit(f"{package} is not installed for {sys.executable}: `{sys.executable} -m pip install .`")
        for place in spec.submodule_search_locations:
            compileall.compile_dir(place, quiet=1)


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = next(iter(models), platform.processor())
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    deptry = subprocess.run([_DEPTRY[0], "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    system = f"{platform.system()} {platform.release()}"
    return (
        f"{model}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}, git {git}, deptry {deptry}\n"
    )


def _files(tree: Path) -> list[Path]:
    return [path for path in tree.rglob("*.py") if ".git" not in path.parts]


def _size(tree: Path) -> str:
    files = _files(tree)
    return f"{len(files):,} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB"


def _ms(taken: Times) -> str:
    return f"{taken.best:.1f} ({taken.median:.1f})"


def _ratio(one: Times, other: Times) -> str:
    return f"{one.best / other.best:.2f} ({one.median / other.median:.2f})"


def _table(heads: list[str], rows: list[list[str]]) -> None:
    for row in [heads, ["---"] * len(heads), *rows]:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


if __name__ == "__main__":
    main()
