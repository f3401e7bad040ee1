"""Write what a person types: an option on the command line or in the configuration of a hook manager, a quoted word."""

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-")


def quote(text: str) -> str:
    """As `shlex.quote`, which loads `re`: 6 ms of a finding."""
    return text if text and _SAFE.issuperset(text) else "'" + text.replace("'", "'\"'\"'") + "'"


def with_option(option: str, value: str = "", *, in_hook: bool) -> str:
    """The option as it is given; hooks of pre-commit and prek have it in YAML."""
    if in_hook:
        return f"`args: [{', '.join(filter(None, (option, value)))}]` at the hook"
    return f"`{' '.join(filter(None, (option, value)))}`"
