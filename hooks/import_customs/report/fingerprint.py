"""Make a hash for each finding that stays when lines move, by which services know it again."""

from collections.abc import Sequence

from import_customs.model import Finding


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Of file, rule, module or distribution, and its number among the same ones."""
    made: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        key = (finding.path, finding.rule, finding.module or finding.distribution)
        seen[key] = seen.get(key, 0) + 1
        made.append(fingerprint(*key, str(seen[key])))
    return made


def fingerprint(*parts: str) -> str:
    """A hash of these parts."""
    from hashlib import sha256  # 4 ms

    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
