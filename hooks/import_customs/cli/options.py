"""Read the arguments. Those that are only names of existing files do not need this module."""

from __future__ import annotations

import os

from import_customs.check.remedies.replaced_source import replaced_source
from import_customs.cli.combinations import refuse
from import_customs.cli.command import own_command
from import_customs.cli.option_table import OPTIONS, SHORT, Option
from import_customs.model import CheckError
from import_customs.repository import git, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any


def parse(arguments: Sequence[str], *, names_first: bool = False) -> dict[str, Any]:
    """The options by their names in `cli`, and the files under `files`.

    A word that begins like an option and is none of ours is the name of a file where there is one; with `names_first`
    ours are too. Raises CheckError for a wrong, an empty or a repeated value, and for options that exclude each other.
    """

    def is_name(word: str) -> bool:
        is_ours = word == "--" or word.partition("=")[0] in OPTIONS or word in SHORT
        return word[:1] != "-" or word == "-" or ((names_first or not is_ours) and os.path.lexists(word))

    files, given = _words(arguments, is_name)
    options: dict[str, Any] = {"files": files}
    for option, values in given.items():
        if option.value:
            _must_be_values(option, values)
            options[option.field] = values if option.repeats else values[0]
        else:
            options[option.field] = True
    if "" in files:
        raise _empty("FILE")
    if not {"help", "version"} & options.keys():
        refuse(options)
    return options


def refuse_output(output: str) -> None:
    """Raises CheckError where `--output` leads through a link to somewhere else, for a tracked source, and for "-"."""
    if output == "-":  # other tools print to it
        raise CheckError("--output cannot be -", hint="without --output the report is printed; the file is ./-")
    cwd = os.getcwd()
    if tree.leads_out(output, git.root(cwd)):
        hint = "take the link away, or name the file itself"
        raise CheckError("leads through a symlink out of the repository", hint=hint, path=output)
    if path := replaced_source(cwd, output):
        message = "is tracked by git, and a report replaces no source or declaring file"
        raise CheckError(message, hint="name another file after --output", path=path)


def _words(arguments: Sequence[str], is_name: Callable[[str], bool]) -> tuple[list[str], dict[Option, list[str]]]:
    """The words that are no options, and the values of each option that is given."""
    files: list[str] = []
    given: dict[Option, list[str]] = {}
    words = iter(arguments)
    for word in words:
        if is_name(word) and OPTIONS["--explain"] in given:
            given[OPTIONS["--explain"]].append(_further_name(word))
        elif is_name(word):
            files.append(word)
        elif word == "--":
            files.extend(words)
        elif word[:2] == "--":
            name, equals, value = word.partition("=")
            option = OPTIONS.get(name) or _unknown(name)
            given.setdefault(option, []).extend(_value(option, name, value if equals else None, words))
        else:
            for option, attached in _cluster(word):
                given.setdefault(option, []).extend(_value(option, option.short, attached, words))
    return files, given


def _cluster(word: str) -> Iterator[tuple[Option, str | None]]:
    """The short options of one word, the last with the value that follows in it: `-qo=x`, `-qox`, `-qo`."""
    for at, letter in enumerate(word[1:], start=1):
        option = SHORT.get(f"-{letter}") or _unknown(word)
        rest = word[at + 1 :]
        if option.value or rest[:1] == "=":
            yield option, rest.removeprefix("=") if rest else None
            return
        yield option, None


def _value(option: Option, name: str, attached: str | None, words: Iterator[str]) -> list[str]:
    """The value of an option, in the same word or in the next; none for one that takes none."""
    if not option.value:
        if attached is not None:
            raise CheckError(f"{name} takes no value", hint=f"write {name} alone")
        return []
    value = attached if attached is not None else next(words, None)
    if value is None or (attached is None and len(value) > 1 and value[0] == "-"):
        hint = f"write {name} {option.value}" + (f", or {option.name}={value}" if value else "")
        raise CheckError(f"{name} lacks its value", hint=hint)
    return [value]


def _must_be_values(option: Option, values: list[str]) -> None:
    """Raises CheckError for an empty value, one that is no choice, and two where there can be one."""
    if "" in values:
        raise _empty(option.name)
    if not option.repeats and len(set(values)) > 1:
        hint = "leave out one of the two"
        raise CheckError(f"{option.name} is given twice, as {values[0]} and as {values[1]}", hint=hint)
    if option.choices and values[0] not in option.choices:
        hint = f"it is one of {', '.join(option.choices)}"
        near = _near(values[0].lower(), option.choices)
        raise CheckError(
            f"{option.name} cannot be {values[0]}", hint=f"did you mean `{near}`? {hint}" if near else hint
        )


def _empty(which: str) -> CheckError:
    """The error for an empty value: it comes of a variable that is not set, and does not mean everything."""
    return CheckError(f"{which} is empty", hint="name one, or leave it out")


def _further_name(word: str) -> str:
    """The word after `--explain NAME`. Raises CheckError for a file: it would not be looked at."""
    if os.path.isfile(word):
        hint = f"it takes names of modules, distributions and rules; of a module called so: --explain={word}"
        raise CheckError(f"--explain and the file {word} exclude each other", hint=hint)
    return word


def _unknown(word: str) -> Option:
    near = _near(f"--{word.lstrip('-').lower()}", [*OPTIONS])
    see = f"see `{own_command(os.environ)} --help`"
    hint = f"did you mean `{near}`? If not, {see}" if near else see
    raise CheckError(f"there is no option {word}", hint=hint)


def _near(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # 5 ms; only what is misspelt gets here

    return next(iter(get_close_matches(word, known, n=1)), "")
