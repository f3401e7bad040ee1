"""Read from a file's text which folders it puts on sys.path.

Only a file that nothing else settles is read so.
"""

from __future__ import annotations

import posixpath
from itertools import chain, islice

from import_customs.model import upwards
from import_customs.model.later import lru_cache, re
from import_customs.project.dialects.dialect import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from import_customs.model import Tree

# What puts folders on sys.path: a call, or a list that it is given or that is added to it. Each pattern begins with
# what a search finds at once, 20 times as fast as `\b` or a choice.
_CALL = (
    r"sys\.path(?<!\wsys\.path)"
    r"(?:\.(?:insert|append|extend)\(|[ \t]*+(?:\+=|=|\[[^\]\n]{0,20}\][ \t]*+=)[ \t]*+\[)"
)
_PREPENDING = r"\.syspath_prepend\("
# A function that puts there what it is given: `def add_path(path):`, and then `sys.path.insert(0, path)`.
_HEADER = r"def[ \t]++(\w++)\([ \t]*+(\w++)"
_A_NAME = r"(?:[^,\n]{1,20},[ \t]*+)?(?:str\()?(\w++)[ \t]*+\)"
_MOST_CALLS = 100  # of a file
_LONGEST = 500  # characters of such a call, and of what is given to a name
_GIVEN = rf"^[ \t]*+([A-Za-z_]\w*+)[ \t]*+=(?!=)(.{{1,{_LONGEST}}})"
_LITERAL = r"""["']([^"'\n]+)["']"""
_LAST = r"""(?:["'][^"'\n]++["'][\s,/+]*+)+(?=[)\s,]*+\Z)"""  # the literals that an argument ends in
# A folder that a test makes: `monkeypatch.syspath_prepend(…)`, `sys.path.insert(0, str(tmp_path))`. Each pattern begins
# with a literal: then a search takes a tenth of the time.
_OWN_FOLDER = (
    r"\.syspath_?(?:prepend|insert)\(",
    r"sys\.path(?<!\wsys\.path)(?:\.(?:insert|append)\(|[ \t]*+\+?=)[^\n]{0,200}\b(?:tmp|temp(?!late)%s)",
    r"setattr\(\s*+sys,[ \t]*+[\"']path[\"'],[^\n]{0,200}\b(?:tmp|temp(?!late)%s)",
)
_LIKELY = ("sys.modules", "sys.path", ".syspath", "setattr(sys")  # one of which a text has that makes a module
_NAMING = ('"%s', "'%s", "/%s", "%s=", "%s =", "%s\t")  # one of which names the module there
_TEMPORARY = (
    ("TemporaryDirectory(", r"TemporaryDirectory\([^)\n]*+\)[ \t]*+as[ \t]++(\w++)"),
    ("mkdtemp(", r"\b(\w++)[ \t]*+=[ \t]*+(?:tempfile\.)?mkdtemp\("),
)
_VARIABLE = r"""\b(?:environ(?:\[|\.get\()|getenv\()[ \t]*+["'][^"'\n]++["']"""  # its name is no part of a path
# What is put before a literal by a placeholder that it begins with: `"%s/lib" % root`, `"{}/lib".format(root)`.
_FORMATTED = r"""(["'])(?:%s|\{\w*\})([^"'%{}\n]*)\1\s*+(?:%|\.format\b)\s*+(.+)"""
# How what is given to a name begins, if it is a path that the text spells.
_A_PATH = r"""[ \t]*+(?:["']|(?:(?:os\.path|osp|path)\.\w++|abspath|realpath|join|(?:pathlib\.)?Path)\()"""
_FILTERING = r"\bfor\s+\w+\s+in\s+(?:list\()?sys\.path\b"  # `[one for one in sys.path if one != here]` adds nothing
_MAIN = r"""(?m)^if[ \t]++__name__[ \t]*+==[ \t]*+["']__main__["'].*\n(?:(?:[ \t]++.*)?\n)*+"""
_MOST_NAMES = 3  # that lead from such a call to `__file__`


def without_main(text: str) -> str:
    """The text without what runs only where its file is started: whoever imports it does not have that run."""
    return re.sub(_MAIN, "", f"{text}\n") if "__main__" in text else text


def may_add_folders(source: bytes) -> bool:
    """Whether a file may put a folder on sys.path: false for most, in a hundredth of the time that a search takes."""
    return b"sys.path" in source or b".syspath_prepend(" in source


def folders_added(tree: Tree, file: str, text: str, *, from_file_only: bool = False) -> tuple[str, ...]:
    """The folders of the repository that the file's text itself puts on sys.path, as far as such calls spell them.

    What begins at `__file__` is followed upwards; the literals are joined, and seen from there, or from the nearest
    folder above the file that has them; `from_file_only` leaves out what does not begin so.
    """
    found = []
    stated = list(islice(_arguments(text), _MOST_CALLS))
    names = _Names(text if stated else "")
    for argument in (re.sub(_VARIABLE, "", _added_up(names.spelled(one))) for one in stated):
        literals = [_joined(argument, literal) for literal in re.finditer(_LITERAL, argument)]
        bases = [*upwards(posixpath.dirname(file))] if literals and not from_file_only else []
        if bases and posixpath.normpath(posixpath.join("", *literals)) == ".":  # the file's own is there already
            bases = [""]
        if "__file__" in argument and (begin := _climbed(file, argument)) is not None:
            bases.insert(0, begin)
        places = (joined(base, posixpath.join("", *literals)) for base in bases)
        found.extend([place for place in places if tree.listing(place)][:1])
    return tuple(dict.fromkeys(found))


def folders_of_steps(tree: Tree, file: str, steps: Iterable[str]) -> tuple[str, ...]:
    """The folders of the repository that these steps lead to, each from the one before, the first from the file's.

    A step that leads nowhere is one from the root; one that does not either (`/content/clone`) is passed over.
    """
    found, here = [], posixpath.dirname(file)
    for step in steps:
        places = (joined(base, step.lstrip("/")) for base in (here, ""))
        there = next((place for place in places if tree.listing(place)), None)
        if there is not None:
            found.append(here := there)
    return tuple(dict.fromkeys(found))


def _added_up(argument: str) -> str:
    """The argument, where a literal's placeholder takes a text with that text added before it: `(root) + "/lib"`."""
    return re.sub(_FORMATTED, r"\3 + \1\2\1", argument, flags=re.DOTALL)


def _joined(argument: str, literal: re.Match[str]) -> str:
    """A literal as a part of a path: what is added to a text, or follows a name in it, begins with a "/"."""
    before, _, rest = literal[1].replace("\\", "/").rpartition("}")
    is_added = before or argument[: literal.start()].rstrip().endswith("+")
    return rest.lstrip("/") if is_added else rest


class _Names:
    """What a text gives to names, the first of each; keeps what it found for the next call."""

    def __init__(self, text: str) -> None:
        self._given = dict(reversed(re.findall(_GIVEN, text, re.MULTILINE)))
        self._spelled: dict[tuple[str, int], str] = {}

    def spelled(self, argument: str, depth: int = _MOST_NAMES) -> str:
        """The argument, after what the text gives to a name in it, where that begins at `__file__`.

        For a name alone it is the path that the text gives to it.
        """
        if (argument, depth) not in self._spelled:
            self._spelled[argument, depth] = self._sought(argument, depth)
        return self._spelled[argument, depth]

    def _sought(self, argument: str, depth: int) -> str:
        names = re.findall(r"[A-Za-z_]\w*", re.sub(_LITERAL, "", argument)) if depth else []
        for name in () if "__file__" in argument else names:
            value = self.spelled(self._given.get(name, ""), depth - 1)
            if "__file__" in value:
                return f"{value} {argument}"
        alone = [name for name in names if name != "str"]
        if len(alone) == 1 and not re.search(_LITERAL, argument):
            value = self._given.get(alone[0], "")
            return value if re.match(_A_PATH, value) else argument
        return argument


def _climbed(file: str, argument: str) -> str | None:
    """The folder above the file that `parent`, `parents[N]` and `dirname` of it mean; None above the root."""
    steps = len(re.findall(r"\.parent\b|\bdirname\(", argument))
    steps += sum(int(number) + 1 for number in re.findall(r"\.parents\[(\d{1,2})\]", argument))
    parts = file.split("/")
    return "/".join(parts[: len(parts) - steps]) if steps <= len(parts) else None


def _arguments(text: str) -> Iterator[str]:
    """What the calls are given, and each element of the lists."""
    calls = [*islice(chain(re.finditer(_CALL, text), re.finditer(_PREPENDING, text)), _MOST_CALLS)]
    named = islice(dict.fromkeys(_functions_around(text, calls)), _MOST_NAMES)
    of_functions = (call for name in named for call in re.finditer(rf"(?<![\w.])(?<!def ){name}\(", text))
    for call in islice(chain(calls, of_functions), _MOST_CALLS):
        if "#" in text[text.rfind("\n", 0, call.start()) + 1 : call.start()]:  # in a comment
            continue
        given = list(_elements(text, call.end()))
        if not call[0].endswith("["):
            whole = ",".join(given)
            is_list = call[0].endswith("extend(") and whole.lstrip()[:1] in ("[", "(")
            given = list(_elements(f"{whole.strip()[1:]}", 0)) if is_list else [whole]
        yield from (one for one in given if not re.search(_FILTERING, one))


def _functions_around(text: str, calls: Iterable[re.Match[str]]) -> Iterator[str]:
    """The functions that put on sys.path what they are given first."""
    for call in calls:
        begin = text.rfind("def ", max(0, call.start() - _LONGEST), call.start())
        header = re.match(_HEADER, text[begin : begin + _LONGEST]) if begin >= 0 else None
        given = re.match(_A_NAME, text[call.end() : call.end() + _LONGEST]) if header else None
        if header and given and given[1] == header[2]:
            yield header[1]


def _elements(text: str, start: int) -> Iterator[str]:
    """What stands between commas, from `start` to the bracket that closes the one before it."""
    depth, begin = 1, start
    for position in range(start, min(len(text), start + _LONGEST)):
        sign = text[position]
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign, 0)
        if depth == 0 or (sign == "," and depth == 1):
            yield text[begin:position]
            begin = position + 1
        if depth == 0:
            return


def ends_of_folders(text: str) -> Iterator[str]:
    """What the folders end in that the text puts on sys.path: the literals that such calls end in, joined."""
    for argument in islice(_arguments(text), _MOST_CALLS):
        if last := re.search(_LAST, _added_up(argument)):
            found = (literal.replace("\\", "/") for literal in re.findall(_LITERAL, last[0]))
            literals = (literal.rpartition("}")[2].strip("/") for literal in found)
            path = posixpath.normpath(posixpath.join(*literals))
            while path.startswith("../"):
                path = path[3:]
            if path not in (".", ".."):
                yield path


def makes_module(text: str, module: str) -> bool:
    """Whether the text makes the module that it imports: in a folder of its own making, or in `sys.modules`.

    What it writes into a folder that it puts on sys.path it names in a literal by itself or as that of a file:
    `"plugin"`, `"plugin.py"`, `"plugin/__init__.py"`. One that only an import's call names is not written.
    """
    if not _is_likely(text) or not any(one % module in text for one in _NAMING):
        return False
    text = _without_comments(text)
    if "sys.modules" in text and _puts_in_modules(text, re.escape(module)):
        return True
    if not _adds_own_folder(text):
        return False
    name = rf"""(?<![\w.])["'](?:[^"'\n]*/)?{re.escape(module)}(?:\.py|/[^"'\n]*)?["']"""
    written = rf"{name}|\.makepyfile\({re.escape(module)}="  # pytest's
    calls = rf"(?:import_module|__import__|importorskip)\(\s*+{name}"
    return len(re.findall(written, text)) > len(re.findall(calls, text))


@lru_cache(maxsize=1)  # asked for each finding of a file, one after the other
def _is_likely(text: str) -> bool:
    return "sys" in text and any(one in text for one in _LIKELY)


@lru_cache(maxsize=1)  # likewise
def _without_comments(text: str) -> str:
    return re.sub(r"(?m)^[ \t]*+#.*", "", text)


def _puts_in_modules(text: str, module: str) -> bool:
    """Whether the text puts the module, or a part of it, into `sys.modules`: a value of its own making.

    With None an import fails, and what an import gave, or `sys.modules` had, is what is installed.
    """
    taking = "\n".join(line for line in text.split("\n") if "sys.modules" in line)
    others = ["None", *islice(re.findall(r"(\w++)[ \t]*+=[ \t]*+sys\.modules\b", taking), _MOST_NAMES)]
    made = (rf"{module}(?<!\w{module})[ \t]*+=(?!=)", rf"as(?<!\was)[ \t]++{module}\b")
    if not any(re.search(way, text) for way in made):
        others.append(module)
    name, value = rf"""["']{module}(?:\.[\w.]++)?["']""", rf"\s*+(?!(?:{'|'.join(others)})\b)"
    among = rf"""(?:[^)}}]|\)(?!\s*+\n)){{0,{_LONGEST}}}?(?:{name}\s*+:|\b{module}[ \t]*+=){value}"""
    ways = (
        rf"sys\.modules(?:\[{name}\][ \t]*+=(?!=)|(?:\.setdefault\(|,)\s*+{name},){value}",
        rf"sys\.modules\.update\({among}",
        rf"""patch\.dict\(\s*+["']?sys\.modules["']?,{among}""",
    )
    return any(re.search(way, text) for way in ways)


@lru_cache(maxsize=1)  # asked for each finding of a file, one after the other
def _adds_own_folder(text: str) -> bool:
    if not any(one in text for one in _LIKELY[1:]):
        return False
    names = (name for sign, given in _TEMPORARY if sign in text for name in re.findall(given, text))
    named = "".join(f"|{name}\\b" for name in islice(names, _MOST_NAMES))
    return any(re.search(one.replace("%s", named), text) for one in _OWN_FOLDER)
