"""Name an option to the person who can set it: on the command line, or in the configuration of a hook manager."""


def with_option(option: str, value: str = "", *, in_hook: bool) -> str:
    """The option as it is given; hooks of pre-commit and prek have it in YAML."""
    if in_hook:
        return f"`args: [{', '.join(filter(None, (option, value)))}]` at the hook"
    return f"`{' '.join(filter(None, (option, value)))}`"
