"""Count findings by rule, and by the distribution that would settle them."""

from collections import Counter
from collections.abc import Iterator

from import_customs.model import Result
from import_customs.report import printable

_NO_PROVIDER = "(unknown)"


def render(result: Result) -> str:
    """Two lists, the most frequent first; nothing where there is no finding."""
    rules = Counter(finding.rule for finding in result.findings)
    names = Counter((*finding.providers, finding.distribution or _NO_PROVIDER)[0] for finding in result.findings)
    lines = [*_listed("rule", rules), *_listed("package", names)]
    return "".join(f"{line}\n" for line in lines)


def _listed(title: str, counts: Counter[str]) -> Iterator[str]:
    if counts:
        yield ""
        yield f"imports  {title}"
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        yield from (f"{count:7}  {printable(name)}" for name, count in ordered)
