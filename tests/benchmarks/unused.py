"""How often `--unused` is right, on projects whose declarations were each looked at by hand.

    python tests/benchmarks/unused.py TRUTH.json FOLDER [DEPTRY [FAWLTYDEPS]]

TRUTH.json is a list of rows with repo, commit, file, distribution, place and verdict: USED, USED-OTHERWISE, UNUSED or
UNSURE. FOLDER holds a clone of each repository, by its last name, checked out at that commit. DEPTRY and FAWLTYDEPS are
their commands, to be measured beside. A distribution counts once a project; unsure ones count neither way. At the end
the figures stand in a table.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import perf_counter

BLOCKING, TELLING = "import-customs, what nothing uses", "import-customs, all it tells"


def main() -> None:
    truth_file, folder, *peers = sys.argv[1:]
    rows = []
    truth: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in json.loads(Path(truth_file).read_text()):
        if row["place"] != "build":
            truth[row["repo"].rpartition("/")[2]][row["distribution"]].add(row["verdict"])
    for tool in (BLOCKING, TELLING, *PEERS[: len(peers)]):
        total: list[int] = [0, 0, 0, 0]
        for project, verdicts in truth.items():
            began = perf_counter()
            where = Path(folder, project)
            peer = PEERS.index(tool) if tool in PEERS else -1
            reported = PEERS_RUN[peer](peers[peer], where) if tool in PEERS else _told(where, whole=tool == TELLING)
            took = perf_counter() - began
            counts = _counts(reported, verdicts)
            total = [one + other for one, other in zip(total, counts, strict=True)]
            _say(f"  {project} ({took:.2f} s)", counts)
            wrong = sorted(name for name in reported & verdicts.keys() if _is_used(verdicts[name]))
            missed = sorted(name for name, said in verdicts.items() if said == {"UNUSED"} and name not in reported)
            print(f"    wrong: {', '.join(wrong)}\n    missed: {', '.join(missed)}")
        _say(tool, total)
        rows.append(f"| {tool} | {' | '.join(map(str, total))} |")
    print("\n| | right | wrong | unsure ones reported | missed |\n|---|---|---|---|---|", *rows, sep="\n")


def _is_used(said: set[str]) -> bool:
    return not said.isdisjoint({"USED", "USED-OTHERWISE"})


def _counts(reported: set[str], verdicts: dict[str, set[str]]) -> list[int]:
    """Right, wrong, unsure ones reported, missed."""
    found = [0, 0, 0, 0]
    for name, said in verdicts.items():
        if _is_used(said):
            found[1] += name in reported
        elif "UNSURE" in said:
            found[2] += name in reported
        else:
            found[0 if name in reported else 3] += 1
    return found


def _say(title: str, counts: list[int]) -> None:
    right, wrong, unsure, missed = counts
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    print(
        f"{title}: right {right}, wrong {wrong}, unsure {unsure}, missed {missed}; "
        f"precision {precision:.2f}, recall {recall:.2f}"
    )


def _told(project: Path, *, whole: bool) -> set[str]:
    """What nothing uses; the `whole` with what may be unused."""
    command = [sys.executable, "-I", "-m", "import_customs", "--unused", "--scope", "all", "--format", "json"]
    ran = subprocess.run(command, cwd=project, capture_output=True, check=False)
    said = json.loads(ran.stdout)
    told = [one for one in said["told"] if whole or one["verdict"] == "unused"]
    return {one["distribution"] for one in (*said["findings"], *told) if one["path"] == "pyproject.toml"}


def _deptry(command: str, project: Path) -> set[str]:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([command, ".", "--json-output", report.name], cwd=project, capture_output=True, check=False)
        said = json.loads(Path(report.name).read_text() or "[]")
    return {one["module"].lower().replace("_", "-") for one in said if one["error"]["code"] == "DEP002"}


def _fawltydeps(command: str, project: Path) -> set[str]:
    ran = subprocess.run([command, "--check-unused", "--json"], cwd=project, capture_output=True, check=False)
    unused = json.loads(ran.stdout)["unused_deps"]
    stated = [one for one in unused if any(place["path"] == "pyproject.toml" for place in one["references"])]
    return {one["name"].lower().replace("_", "-").replace(".", "-") for one in stated}


PEERS, PEERS_RUN = ("deptry", "FawltyDeps"), (_deptry, _fawltydeps)

if __name__ == "__main__":
    main()
