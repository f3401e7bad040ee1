"""Make what is made in docs/: the page of each rule, and pictures of three blocked commits. Run it to write them."""

import html
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import ROOT, Repo
from import_customs.check.rules import RULES

DOCS = ROOT / "docs"
_PROJECT = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["fastapi"]\n'
_SCREENS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {  # what is staged, and what only lies there
    "undeclared": ({"shop/worker.py": "import yaml\nfrom celery import Task\n"}, {}),
    "unknown": ({"shop/prices.py": "import reqeusts\nimport acme_prices\n"}, {}),
    "uncommitted": ({"cart.py": "from prices import total\n"}, {"prices.py": "total = 1\n"}),
}
_COLORS = {"1": "#e6edf3", "1;31": "#ff7b72", "1;34": "#79c0ff", "1;36": "#56d4dd"}
_PLAIN, _BACKGROUND = "#c9d1d9", "#0d1117"
_WIDTH, _HEIGHT, _MARGIN = 8.43, 18, 16  # pixels: of a character, of a line, around the text


def pages() -> dict[str, str]:
    """The pages of the rules, and the list of them, by their paths below docs/."""
    rows = "".join(f"| [`{name}`]({name}.md) | {rule.summary} |\n" for name, rule in RULES.items())
    listed = f"# Rules\n\n| rule | why an import is blocked |\n|---|---|\n{rows}"
    told = "\n`import-customs --explain RULE` prints a rule's page.\n"
    return {"rules/index.md": listed + told} | {
        f"rules/{name}.md": f"# {name}\n\n{rule.page}" for name, rule in RULES.items()
    }


def screens(folder: Path) -> dict[str, str]:
    """Pictures of what the command prints in three commits, which are made in the folder; by their paths."""
    made = {}
    for name, (staged, beside) in _SCREENS.items():
        repo = Repo(folder / name)
        repo.stage({"pyproject.toml": _PROJECT, "shop/__init__.py": ""})
        repo.commit()
        repo.stage(staged)
        repo.write(beside)
        ran = repo.customs("--staged", "--color", "always")
        made[f"images/{name}.svg"] = picture(f"$ git commit\n{ran.out}", f"A commit that is blocked: {name}")
    return made


def picture(printed: str, title: str) -> str:
    """An SVG of what a terminal shows; the title is for who cannot see it."""
    lines = printed.rstrip("\n").split("\n")
    columns = max(len(re.sub(r"\033\[[\d;]*m", "", line)) for line in lines)
    width, height = int(columns * _WIDTH) + 2 * _MARGIN, len(lines) * _HEIGHT + 2 * _MARGIN
    rows = "".join(
        f'<text x="{_MARGIN}" y="{_MARGIN + (at + 0.75) * _HEIGHT:g}">{"".join(_spans(line))}</text>\n'
        for at, line in enumerate(lines)
        if line
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{html.escape(title)}">\n<title>{html.escape(title)}</title>\n'
        f'<rect width="{width}" height="{height}" rx="8" fill="{_BACKGROUND}"/>\n'
        f'<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="{_PLAIN}" '
        f'xml:space="preserve">\n{rows}</g>\n</svg>\n'
    )


def _spans(line: str) -> Iterator[str]:
    for color, colored, plain in re.findall(r"\033\[([\d;]+)m(.*?)\033\[0m|([^\033]+)", line):
        text = html.escape(colored or plain)
        yield f'<tspan fill="{_COLORS[color]}">{text}</tspan>' if color else text


def main() -> None:
    """Write all of them."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in (pages() | screens(Path(folder))).items():
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
