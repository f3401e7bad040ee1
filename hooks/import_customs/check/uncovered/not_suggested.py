"""Say why a popular distribution is not suggested for a module that it is known to install."""

from import_customs.providers import releases
from import_customs.providers.common_names import is_common_word


def why_not(name: str, module: str) -> str:
    """Why no line names the distribution, and what to do; "" where one may: its newest release has the module."""
    if is_common_word(module, name):
        return (
            f"`{name}` and others bring a module of this common name along: declare the one that you mean, "
            "or, if your own is meant, name its folder in `source-roots`"
        )
    newest = releases.newest_release(name)
    if newest and releases.newest_installs(name, module) is False and not releases.bound_for(name, module):
        return f"`{name}` had it, and no longer has it in {newest[0]}: declare a release that does"
    return ""
