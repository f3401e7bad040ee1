"""Searches for inputs that break a target of `targets.py`, guided by what each runs of the code.

    pip install --group fuzz
    python tests/fuzz/run.py TARGET [options of libFuzzer, such as -max_total_time=240] [folder that keeps the inputs]

Without a folder each run starts from the seeds. What breaks is written to `crash-…` here. A find becomes a row of the
table test of its part before it is mended.
"""

import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
with atheris.instrument_imports(include=["import_customs", "packaging", "tomllib", "tomlkit", "json", "csv"]):
    from fuzz.targets import TARGETS, Target, seeds, words

_OPTIONS = ("-max_len=2000", "-timeout=20", "-rss_limit_mb=2048")


def main(name: str, *arguments: str) -> None:
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        dictionary, corpus = Path(folder, "words"), Path(folder, "seeds")
        dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in words(target)))
        _write_seeds(target, corpus)
        kept = [one for one in arguments if not one.startswith("-")] or [f"{folder}/new"]
        options = [one for one in arguments if one.startswith("-")]
        for path in kept:
            Path(path).mkdir(parents=True, exist_ok=True)
        atheris.Setup([name, *_OPTIONS, f"-dict={dictionary}", *options, *kept, str(corpus)], target.check)
        atheris.Fuzz()


def _write_seeds(target: Target, folder: Path) -> None:
    folder.mkdir()
    for number, seed in enumerate(seeds(target)):
        (folder / str(number)).write_bytes(seed)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: run.py {'|'.join(TARGETS)} [options of libFuzzer] [folder]")
    main(*sys.argv[1:])
