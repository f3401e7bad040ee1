"""Translate a Python constraint of Poetry into a version specifier (PEP 440) and a marker (PEP 508).

Source: Poetry's documentation, "Dependency specification" (caret, tilde, wildcard, multiple requirements).
"""

from import_customs.model.later import pattern, re

_CLAUSE = pattern(r"(\^|~=|~|==|!=|>=|<=|>|<|=)?\s*v?(\d+(?:\.\d+)*)(\.\*)?")
_OPERATORS = ("^", "~=", "~", "==", "!=", ">=", "<=", ">", "<", "=")
_LONGEST = 200  # characters of a constraint; longer ones take time with their square
_MINORS = [(2, 7), *((3, minor) for minor in range(31))]  # those that an alternative is told apart by


def specifier(wanted: str) -> str:
    """The set of version specifiers; "" where nothing is asked for, and where it is no such constraint.

    Alternatives (`||`) become the range that holds them all without the minor versions that none of them admits.
    """
    if len(wanted) > _LONGEST:
        return ""
    texts = re.split(r"\s*\|\|?\s*", wanted.strip()) if "|" in wanted else [wanted.strip()]
    alternatives = [_clauses(text) for text in texts]
    if not all(alternatives):
        return ""
    if len(alternatives) == 1:
        return ",".join(operator + version for operator, version in alternatives[0])
    return _hull([minor for minor in _MINORS if any(_admits(clauses, minor) for clauses in alternatives)])


def marker(wanted: str) -> str:
    """The environment marker; "" where `specifier` is ""."""
    specifiers = specifier(wanted)
    return " and ".join(_comparison(clause) for clause in specifiers.split(",")) if specifiers else ""


def _clauses(text: str) -> list[tuple[str, str]]:
    """Operators and versions; none where the text is no constraint, or admits everything."""
    spaced = text.replace(",", " ").strip()
    usual = [_usual(word) for word in spaced.split()]
    if None not in usual:
        return [clause for one in usual if one for clause in _clause(one[0], one[1], is_open=one[2])]
    found = list(_CLAUSE.finditer(spaced))
    if _CLAUSE.sub("", spaced).strip():
        return []
    return [clause for one in found for clause in _clause(one[1] or "", one[2], is_open=bool(one[3]))]


def _usual(word: str) -> tuple[str, str, bool] | None:
    """A clause without blanks, by the methods of `str`: a clean commit then does without `re`, which takes 6 ms."""
    operator = next(filter(word.startswith, _OPERATORS), "")
    version = word[len(operator) :].removesuffix(".*")
    is_version = word.isascii() and all(map(str.isdigit, version.split(".")))
    return (operator, version, word.endswith(".*")) if is_version else None


def _clause(operator: str, version: str, *, is_open: bool) -> list[tuple[str, str]]:
    parts = version.split(".")
    if operator == "^":
        return [(">=", version), ("<", str(int(parts[0]) + 1))]
    if operator == "~":
        upper = [*parts[:1], str(int(parts[1]) + 1)] if len(parts) > 1 else [str(int(parts[0]) + 1)]
        return [(">=", version), ("<", ".".join(upper))]
    if operator in ("", "=", "==", "!="):
        # A minor version stands for its micro versions: nobody supports 3.11.0 alone.
        return [("!=" if operator == "!=" else "==", f"{version}.*" if is_open or len(parts) < 3 else version)]
    return [(operator, version)]


def _admits(clauses: list[tuple[str, str]], minor: tuple[int, int]) -> bool:
    return all(_holds(operator, version, minor) for operator, version in clauses)


def _holds(operator: str, version: str, minor: tuple[int, int]) -> bool:
    """Whether some micro version of the minor one meets the clause."""
    parts = tuple(int(part) for part in version.removesuffix(".*").split("."))
    bound, is_exact = (*parts, 0)[:2], len(parts) > 2 and any(parts[2:])
    if operator == "<":
        return minor < bound or (is_exact and minor == bound)
    if operator == "<=":
        return minor <= bound
    if operator in (">=", ">"):
        return minor >= bound
    if operator == "~=":
        return minor >= bound and minor[0] == bound[0] and (len(parts) < 3 or minor == bound)
    return (minor[: len(parts)] == parts[:2]) == (operator == "==") or (operator == "!=" and is_exact)


def _hull(minors: list[tuple[int, int]]) -> str:
    if not minors:
        return ""
    inside = _MINORS[_MINORS.index(minors[0]) : _MINORS.index(minors[-1])]
    holes = [f"!={major}.{minor}.*" for major, minor in inside if (major, minor) not in minors]
    above = [] if minors[-1] == _MINORS[-1] else [f"<{minors[-1][0]}.{minors[-1][1] + 1}"]
    return ",".join([f">={minors[0][0]}.{minors[0][1]}", *above, *holes])


def _comparison(clause: str) -> str:
    version = clause.lstrip("<>=!~")
    operator, bare = clause.removesuffix(version), version.removesuffix(".*")
    variable = "python_version" if bare.count(".") < 2 else "python_full_version"
    return f'{variable} {operator} "{bare if variable == "python_version" else version}"'
