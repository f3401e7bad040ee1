"""Builds the bundled index from its sources, byte for byte the same each time.

    python hooks/index/build.py            write the shipped files
    python hooks/index/build.py --check    compare with the shipped files; exit 1 where they differ

Exit 2 where a source is missing; the message says what to install.
"""

import gc
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a script: its siblings are found as a package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.corrections import CorrectionError, read_corrections
from index.extras_file import read_extras
from index.files import shipped_files
from index.releases import read_releases
from index.sources import SourceMissingError, pigar_database, read_installed, read_ranks

SHIPPED = Path(__file__).resolve().parents[1] / "import_customs" / "providers" / "bundled"


def build() -> dict[str, bytes]:
    """Name and content of every shipped file. Raises SourceMissingError, CorrectionError."""
    gc.disable()  # its passes over a million sets take a third of the time
    try:
        return shipped_files(
            read_installed(pigar_database()), read_ranks(), read_corrections(), read_extras(), read_releases()
        )
    finally:
        gc.enable()


def differences(files: dict[str, bytes], folder: Path = SHIPPED) -> list[str]:
    """The names of the files that stand otherwise, or not, or no longer in the folder."""
    there = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
    return sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name))


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    try:
        files = build()
    except (SourceMissingError, CorrectionError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if arguments:
        return _check(files)
    SHIPPED.mkdir(exist_ok=True)
    for name, data in files.items():
        (SHIPPED / name).write_bytes(data)
        print(f"{len(data):>10,} bytes  {name}")
    return 0


def _check(files: dict[str, bytes]) -> int:
    differ = differences(files)
    for name in differ:
        print(f"{name}: the shipped file is not what the builder makes; run: python hooks/index/build.py")
    return 1 if differ else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
