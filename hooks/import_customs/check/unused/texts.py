"""Find words in the text files that git tracks: the bytes are searched first, and few files are looked at closely."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from import_customs.check.unused.places import LARGE, Strings, runs_in, runs_of
from import_customs.model import CheckError, NotInClone, TooLarge
from import_customs.model.later import pattern
from import_customs.model.source_text import STRING_OR_COMMENT, decode, line_at
from import_customs.model.value import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Literal

    from import_customs.model import Tree

    FileKind = Literal["python", "notebook", "document", "settings", ""]

_DOCUMENTS = (".md", ".rst", ".txt", ".adoc", ".markdown", ".mdx", ".org")
# What is written in other languages, and data: neither runs a command nor names a module of Python.
_OTHER = tuple(
    ".lock .js .mjs .cjs .ts .tsx .jsx .vue .svelte .css .scss .sass .less .svg .html .htm .po .pot .csv .tsv .sql "
    ".geojson .map .snap .graphql .proto .c .cc .cpp .h .hpp .rs .go .java .kt .swift .xml .xsd .xsl .pem .crt .ambr "
    ".png .jpg .jpeg .gif .ico .pdf .woff .woff2 .ttf .eot .otf .zip .gz .whl .parquet .npy .pkl .mp4 .mp3 .wav "
    ".xlf .xliff .mo .arb .resx .har .eml .mbox .warc .cast .bib .tif .tiff .bmp .webp .heic .icns .doc .docx .odt "
    ".xls .xlsx .ods .ppt .pptx .exe .dll .so .dylib .db .sqlite .sqlite3 .jsonl .ndjson".split()
)
# Lists of what is installed, and what tells the history or the rights of a project.
_NOT_SETTINGS = pattern(
    r"(?:[\w.-]*requirements[\w.-]*|[\w.-]*constraints[\w.-]*)(?:\.(?:txt|in|lock|md|rst))?"
    r"|(?:package-lock|pnpm-lock|composer|Pipfile|environment|uv|poetry|pdm|pylock[\w.-]*)(?:\.(?:json|toml|ya?ml|lock))?"
    r"|(?:dependabot|renovate)\.(?:json|ya?ml)|CODEOWNERS|\.gitignore|\.gitattributes"
    r"|(?:LICENSE|NOTICE|AUTHORS|CHANGELOG|CHANGES|HISTORY|NEWS|RELEASE|RELEASES|RELEASE[_-]NOTES)[\w-]*(?:\.(?:txt|md|rst))"
    r"|(?-i:LICENSE|NOTICE|AUTHORS|CHANGELOG|CHANGES|HISTORY|NEWS|RELEASE)[\w-]*",
    re.IGNORECASE,
)
_SKIPPED_FOLDERS = ("node_modules/", ".git/")
_LARGEST_DOCUMENT = 4 * 1024**2  # bytes; a larger text is data, and no person wrote it
_FEW = 150  # words
_COMMENT = pattern(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


class Text(NamedTuple):
    """One text file."""

    path: str
    kind: FileKind
    source: str

    @property
    def code(self) -> str:
        """The text without its comments, which are blank, as is the end of a line that goes on: places stay."""
        return _code(self)

    def line_of(self, place: int) -> int:
        """The line, from 1, of a place."""
        return line_at(self.source, place)


class Texts:
    """The text files of one state. Each is read once for each search, and none is kept."""

    def __init__(self, tree: Tree, paths: Collection[str], python: Collection[str]) -> None:
        self.tree = tree
        self._paths = paths
        self._python = frozenset(python)
        self._made: dict[str, Text] = {}
        self._strings: dict[str, Strings] = {}
        self.too_large: dict[str, None] = {}  # what was not looked at

    @cached_property
    def kinds(self) -> Mapping[str, FileKind]:
        """The files that are looked at, by path."""
        kinds = ((path, self._kind(path)) for path in self._paths)
        return {path: kind for path, kind in kinds if kind}

    def holding(self, words: Collection[str]) -> dict[str, list[str]]:
        """By word: the files that hold it, in whatever form; a large one may only hold its parts."""
        found: dict[str, list[str]] = {word: [] for word in words}
        is_few = len(words) <= _FEW  # then each by itself is quicker
        by_run: dict[bytes, list[tuple[str, bytes, frozenset[bytes]]]] = {}
        for word in words:
            runs = runs_in(word)
            key = b"" if is_few or not runs else runs[0]
            by_run.setdefault(key, []).append((word, word.encode("utf-8", "surrogatepass"), frozenset(runs)))
        for path in self.kinds if words else ():
            source = self._read(path)
            runs_here = set[bytes]() if is_few else runs_of(source)
            for key in (b"", *(runs_here & by_run.keys())):
                for word, encoded, runs_of_word in by_run.get(key, ()):
                    is_whole = is_few or len(source) <= LARGE
                    if (is_few or runs_of_word <= runs_here) and (not is_whole or encoded in source):
                        found[word].append(path)
        return found

    def text(self, path: str) -> Text:
        """The file, read closely."""
        if path not in self._made:
            source, kind = self._read(path), self.kinds[path]
            is_python = kind in ("python", "notebook")
            self._made[path] = Text(path, kind, decode(source)[0] if is_python else source.decode("utf-8", "replace"))
        return self._made[path]

    def strings(self, path: str) -> Strings:
        """The strings of a Python file or notebook."""
        if path not in self._strings:
            self._strings[path] = Strings(list(_strings_in(self.text(path).source)))
        return self._strings[path]

    def _kind(self, path: str) -> FileKind:
        name = path.rpartition("/")[2]
        if path.endswith(".ipynb"):
            return "notebook"
        if path in self._python:
            return "python"
        if name.endswith(_OTHER) or _NOT_SETTINGS.fullmatch(name) or path.startswith(_SKIPPED_FOLDERS):
            return ""
        return "document" if name.endswith(_DOCUMENTS) else "settings"

    def _read(self, path: str) -> bytes:
        """The bytes of a text file; nothing of a binary one, and of one that cannot be read."""
        try:
            source = self.tree.read(path) or b""
        except (TooLarge, NotInClone):
            self.too_large[path] = None
            return b""
        except CheckError:
            return b""
        if b"\0" in source[:8000]:
            return b""
        if len(source) > _LARGEST_DOCUMENT and self.kinds[path] != "python":
            self.too_large[path] = None
            return b""
        return source


def _strings_in(code: str) -> Iterator[tuple[int, str]]:
    for found in re.finditer(STRING_OR_COMMENT, code):
        token = found[0]
        quote = token[:3] if token[:3] in ("'''", '"""') and len(token) >= 6 else token[:1]
        if quote != "#" and len(token) > len(quote):
            yield found.start() + len(quote), token[len(quote) : -len(quote)]


@lru_cache(maxsize=1024)
def _code(text: Text) -> str:
    if text.kind in ("python", "notebook"):
        return re.sub(STRING_OR_COMMENT, _without_comment, text.source) if "#" in text.source else text.source
    joined = text.source.replace("\\\r\n", "   ").replace("\\\n", "  ")
    return joined if text.kind == "document" or text.path.endswith(".json") else _COMMENT.sub(_without_comment, joined)


def _without_comment(found: re.Match[str]) -> str:
    return " " * len(found[0]) if found[0].startswith("#") else found[0]
