"""Write the shells' completions from the table of options, for `sh .ci/completions`. The package does not import it."""

import sys
from collections.abc import Callable
from pathlib import Path

from import_customs.check.rules import RULES
from import_customs.cli.option_table import OPTIONS, Option

_MADE = "# Made by `sh .ci/completions` from the options of import-customs: a change here is lost.\n"
_REVISIONS = "git for-each-ref --format='%(refname:short)' 2>/dev/null"


def bash() -> str:
    """For bash 3.2 and newer. Where nothing is offered, it completes names of files by itself."""
    cases = [f"        {_either(option)}) {_in_bash(option)} ;;\n" for option in OPTIONS.values() if option.value]
    words = " ".join([*OPTIONS, *(option.short for option in OPTIONS.values() if option.short)])
    return (
        f"{_MADE}"
        "_import_customs() {\n"
        "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words= word\n"
        "    if [[ $current == = ]]; then # --option= is two words here\n"
        "        current=\n"
        "    elif [[ $before == = ]]; then\n"
        "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
        "    fi\n"
        "    case $before in\n"
        f"{''.join(cases)}"
        f"        *) [[ $current == -* ]] && words='{words}' ;;\n"
        "    esac\n"
        "    COMPREPLY=()\n"
        "    for word in $words; do # not by compgen -W, which runs what a branch may be called: $(...)\n"
        '        [[ $word == "$current"* ]] && printf -v word %q "$word" && COMPREPLY+=("$word")\n'
        "    done\n"
        "}\n"
        "complete -o default -F _import_customs import-customs\n"
    )


def zsh() -> str:
    """A file to be autoloaded: in a folder of `fpath`, by the name that its first line asks for."""
    specs = [*map(_in_zsh, OPTIONS.values()), "'*:file:_files'"]
    return (
        "#compdef import-customs\n"
        f"{_MADE}"
        "_import_customs_revisions() {\n"
        f'    compadd -- HEAD ${{(f)"$({_REVISIONS})"}}\n'
        "}\n"
        "_arguments -s -S : \\\n"
        f"{_joined(specs)}\n"
    )


def fish() -> str:
    """Where nothing is offered, fish completes names of files by itself."""
    return _MADE + "".join(f"complete -c import-customs {_in_fish(option)}\n" for option in OPTIONS.values())


def _joined(specs: list[str]) -> str:
    return " \\\n".join(f"    {spec}" for spec in specs)


def _either(option: Option) -> str:
    return " | ".join(filter(None, (option.short, option.name)))


def _offered(option: Option) -> str:
    """The words that are offered for the option's value."""
    return " ".join(RULES if option.completes == "rule" else option.choices)


def _in_bash(option: Option) -> str:
    return f'words="HEAD $({_REVISIONS})"' if option.completes == "revision" else f"words='{_offered(option)}'"


def _in_zsh(option: Option) -> str:
    """The option as `_arguments` takes it. Source: zshcompsys(1)."""
    value = f":{option.value}:{_zsh_action(option)}" if option.value else ""
    names = [f"{option.short}{'+' if option.value else ''}"] if option.short else []
    names.append(f"{option.name}{'=' if option.value else ''}")
    once = "*" if option.repeats else f"({' '.join(filter(None, (option.short, option.name)))})"
    listed = f"'{{{','.join(names)}}}'" if len(names) > 1 else names[0]
    return f"'{once}{listed}[{_in_quotes(option.help)}]{value}'"


def _zsh_action(option: Option) -> str:
    if option.completes in ("file", "revision"):
        return {"file": "_files", "revision": "_import_customs_revisions"}[option.completes]
    return f"({_offered(option)})"


def _in_fish(option: Option) -> str:
    """The option as `complete` takes it. Source: fish's documentation of that command."""
    names = f"-s {option.short[1:]} -l {option.name[2:]}" if option.short else f"-l {option.name[2:]}"
    takes = ""
    if option.completes == "file":
        takes = " -r -F"
    elif option.value:
        offered = f"(echo HEAD; {_REVISIONS})" if option.completes == "revision" else _offered(option)
        takes = f' -x -a "{offered}"'
    return f"{names}{takes} -d '{_in_quotes(option.help)}'"


def _in_quotes(text: str) -> str:
    return text.replace("'", "'\\''")


MADE: dict[str, Callable[[], str]] = {"import-customs": bash, "_import-customs": zsh, "import-customs.fish": fish}

if __name__ == "__main__":
    for name, text in MADE.items():
        Path(sys.argv[0]).with_name(name).write_text(text(), encoding="utf-8", newline="\n")
