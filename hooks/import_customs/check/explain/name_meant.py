"""Tell what a name means that `--explain` is asked for: a distribution, or a module."""

from keyword import iskeyword

from import_customs import providers
from import_customs.model import CheckError, requirement
from import_customs.model.names import normalized
from import_customs.model.requirement import Name
from import_customs.providers import releases, stdlib


def distribution_meant(text: str) -> Name | None:
    """The distribution of that name, if no module is called so that it or another popular one installs."""
    if not requirement.is_name(text):
        return None
    name, is_dotted = requirement.normalized(text), "." in text and text.replace(".", "").isidentifier()
    if not is_dotted and not text.isidentifier():
        return name
    known = providers.providers(text) if text.isidentifier() else []
    popular = [one for one in known if providers.rank(one) is not None]
    is_installed = any(one != name or releases.newest_installs(one, text) is not False for one in popular)
    is_installed = is_installed or stdlib.in_stdlib(text, "") != "never"
    return None if is_dotted or is_installed or providers.rank(name) is None else name


def module_meant(text: str) -> str:
    """The module as the parser names it. Raises CheckError if it is no module's name."""
    hint = "write a module as an import does, package.module, and a package by its name alone"
    if not all(part.isidentifier() for part in text.split(".")):
        raise CheckError(f"{text!r} is not the name of a module", hint=hint)
    module = normalized(text)
    if word := next(filter(iskeyword, module.split(".")), None):
        raise CheckError(f"`{word}` is a keyword of Python, and no module is called so", hint=hint)
    return module
