"""Say what a person pastes: a new element of a list, and what goes around it, so that the file is valid afterwards."""

from __future__ import annotations

import posixpath

from import_customs.model.later import pattern, re
from import_customs.model.outcome import Frame
from import_customs.model.source_text import line_at
from import_customs.project.dialects.dialect import SETUPTOOLS_FILES, table_at
from import_customs.project.dialects.pipfile import PIPFILE
from import_customs.project.dialects.pixi import MANIFEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from import_customs.model import WritablePlace
    from import_customs.model.requirement import Name
    from import_customs.model.toml import Document
    from import_customs.project.dialects.dialect import Tables

_OPERATOR = pattern(r"[\w.-]+(?: *\[[^\]]*\])?( *)[<>=!~]+( *)")
_INSTALLED, _EXTRAS = "install_requires", "extras_require"
_WITHIN = "Add to {}, within the brackets:"
_MOST = 20  # elements of a list that is written anew


def line_to_add(slot: WritablePlace | None, name: Name, specifier: str, marker: str, elsewhere: str) -> str:
    """What a person is to add; a requirements file holds it as it is."""
    value = as_written(slot, name, specifier, marker)
    if slot and slot.form == "table":
        return f"{name} = {value}"
    if (tool := posixpath.basename(elsewhere)) in (PIPFILE, MANIFEST):
        return f"{name} = {_in_table(specifier or '*', marker, is_of_pixi=tool == MANIFEST)}"
    return value if holds_plain_lines(elsewhere) else f'"{value}",'


def holds_plain_lines(path: str) -> bool:
    """Whether a requirement stands in the file as it is: in setup.cfg, and in a requirements file of any suffix."""
    return path != "" and not path.endswith((".py", ".toml"))


def as_written(slot: WritablePlace | None, name: Name, specifier: str, marker: str) -> str:
    """The element of a list, or what a table gives to the name: `*` for no version, perhaps `^` in Poetry's."""
    if slot is None or slot.form == "list":
        return f"{name}{specifier}{f'; {marker}' if marker else ''}"
    is_lower_bound = specifier.startswith(">=") and "," not in specifier
    version = f"^{specifier[2:]}" if slot.caret and is_lower_bound else specifier or "*"
    return _in_table(version, marker, is_of_pixi=slot.keys[:2] == ("tool", "pixi"))


def _in_table(version: str, marker: str, *, is_of_pixi: bool) -> str:
    """What a table gives to a name. Sources: Poetry's and Pipenv's documentation; Pixi's, "Pixi Manifest"."""
    key = "env-markers" if is_of_pixi else "markers"
    return f'{{ version = "{version}", {key} = "{marker}" }}' if marker else f'"{version}"'


def in_style(specifier: str, tables: Tables, slot: WritablePlace | None) -> str:
    """The specifier with blanks around its operators (`six >= 1`) where all other versions of the list have them."""
    is_listed = slot is not None and slot.form == "list" and specifier
    listed = table_at(tables, *slot.keys[:-1]).get(slot.keys[-1]) if slot and is_listed else None
    texts = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    if not any(f" {sign}" in text for text in texts for sign in "<>=!~"):  # in most lists; `re` takes 5 ms to load
        return specifier
    stated = [found for text in texts if (found := _OPERATOR.match(text))]
    if not stated or not all(one[1] for one in stated):
        return specifier
    after = " " if all(one[2] for one in stated) else ""
    parts = (re.sub(r"^[<>=!~]+", lambda one: one[0] + after, part) for part in specifier.split(","))
    return f" {f',{after}'.join(parts)}"


def frame_of(document: Document, slot: WritablePlace) -> Frame:
    """What goes around a new element of the place, as the document has that now."""
    *tables, key = slot.keys
    if slot.form == "table":
        return Frame() if _has_header(document, slot.keys) else Frame(f"Add to {document.path}:", (slot.title,))
    return list_frame(document, tables, key, slot.title)


def frame_of_new(path: str, title: str, extra: str, text: bytes) -> Frame:
    """The same for what the text of a setup.py or setup.cfg lacks, a list or an extra, or of a tool's file, a table."""
    name, (header, bracket, _) = posixpath.basename(path), title.partition("]")
    if name in SETUPTOOLS_FILES and (extra or title.startswith(_INSTALLED)):
        return _of_setup_py(path, extra, text) if name == "setup.py" else _of_setup_cfg(path, extra, text)
    if name in (PIPFILE, MANIFEST) and bracket and f"{header}]".encode() not in text:
        return Frame(f"Add to {path}:", (f"{header}]",))
    return Frame()


def _of_setup_py(path: str, extra: str, text: bytes) -> Frame:
    is_there = (_EXTRAS if extra else _INSTALLED).encode() in text
    if is_there:
        return Frame(before=(f'"{extra}": [',), after=("],",)) if extra else Frame()
    opening, closing = (f'{_EXTRAS}={{"{extra}": [', "]},") if extra else (f"{_INSTALLED}=[", "],")
    return Frame(f"Add to the arguments of setup() in {path}:", (opening,), (closing,))


def _of_setup_cfg(path: str, extra: str, text: bytes) -> Frame:
    section, key = (f"[options.{_EXTRAS}]", extra) if extra else ("[options]", _INSTALLED)
    if section.encode() not in text:
        return Frame(f"Add to {path}:", (section, f"{key} ="))
    return (
        Frame() if key == _INSTALLED and key.encode() in text else Frame(f"Add to {section} of {path}:", (f"{key} =",))
    )


def list_frame(document: Document, tables: Sequence[str], key: str, title: str) -> Frame:
    """The same for the list of that key in a table, which a report calls by the title."""
    there: Any = table_at(document.table, *tables)
    header = f"[{'.'.join(tables)}]"
    if there and tables and not _has_header(document, tables):
        return _below_dotted(document, tables, key, there, title)
    if key in there:
        return _around_list(document, document.line_of_key(key, ".".join(tables)), key, there[key], title)
    if not tables or there or _has_header(document, tables):
        return Frame(f"Add to {header if tables else title}:", (f"{key} = [",), ("]",))
    return Frame(f"Add to {document.path}:", (header, f"{key} = ["), ("]",))


def _below_dotted(document: Document, tables: Sequence[str], key: str, there: Any, title: str) -> Frame:
    """The same in a table that dotted keys make, `optional-dependencies.test = [`, or that stands in a line."""
    depth = max((depth for depth in range(len(tables)) if _has_header(document, tables[:depth])), default=0)
    above, dotted = ".".join(tables[:depth]), ".".join((*tables[depth:], key))
    where = f"[{above}]" if above else document.path
    if key not in there:
        return Frame(f"Add to {where}:", (f"{dotted} = [",), ("]",))
    found = re.search(rf"^[ \t]*{_spelled((*tables[depth:], key))}[ \t]*=", document.text, re.MULTILINE)
    if found is None:
        return Frame(_WITHIN.format(title))
    return _around_list(document, line_at(document.text, found.start()), dotted, there[key], f"{where} {dotted}")


def _around_list(document: Document, number: int, key: str, elements: object, title: str) -> Frame:
    lines = document.text.split("\n")[number - 1 :]
    if _is_closed(lines[0]):
        return _anew(elements, key, title)
    last = ""
    for line in lines[1:]:
        bare = _without_comment(line).strip()
        if bare.startswith("]"):
            break
        if _is_closed(bare):
            has_comment = any(_without_comment(one) != one for one in lines)
            return Frame(_WITHIN.format(title)) if has_comment else _anew(elements, key, title)
        last = bare or last
    return Frame(f"Add to {title}{f', and a comma behind `{last}`' if last and last[-1] != ',' else ''}:")


def _is_closed(line: str) -> bool:
    """Whether a bracket ends the line, but for a comment."""
    return any(after.lstrip(" \t")[:1] in ("", "#") for after in line.split("]")[1:])


def _without_comment(line: str) -> str:
    return "" if line.startswith("#") else line.partition(" #")[0].partition("\t#")[0]


def _anew(elements: object, key: str, title: str) -> Frame:
    """The whole list, a line for each element; not a long one, and none with what is no string."""
    written = [_as_toml(one) for one in elements] if isinstance(elements, list) else [None]
    if None in written or len(written) > _MOST:
        return Frame(_WITHIN.format(title))
    return Frame(f"Write {title} as:", (f"{key} = [", *(f"    {one}," for one in written)), ("]",))


def _as_toml(element: object) -> str | None:
    """A string as TOML has it, or the name of an included group (PEP 735); None for anything else."""
    if isinstance(element, dict):
        group = element.get("include-group")
        return f'{{ include-group = "{group}" }}' if isinstance(group, str) and len(element) == 1 else None
    if not isinstance(element, str) or not element.isprintable():
        return None
    return (
        f"'{element}'"
        if '"' in element and "'" not in element
        else f'"{element}"'
        if not {'"', "\\"} & {*element}
        else None
    )


def _has_header(document: Document, tables: Sequence[str]) -> bool:
    """True if the table has a header of its own, and is not made by dotted keys or its sub-tables alone."""
    if f"\n[{'.'.join(tables)}]" in f"\n{document.text}":  # the usual form: `re` takes 5 ms to load
        return True
    return re.search(rf"^[ \t]*\[[ \t]*{_spelled(tables)}[ \t]*\]", document.text, re.MULTILINE) is not None


def _spelled(keys: Sequence[str]) -> str:
    """The pattern of a dotted key."""
    return r"[ \t]*\.[ \t]*".join(rf"""(?:{re.escape(one)}|"{re.escape(one)}"|'{re.escape(one)}')""" for one in keys)
