"""The command that runs this once more, wherever it is typed: a hook manager's environment is not on anyone's PATH."""

import os
import sys
from collections.abc import Mapping

from import_customs.model.option_advice import quote


def own_command(environment: Mapping[str, str]) -> str:
    """As it was started: `import-customs`, or this interpreter with its options, which always works."""
    name = os.path.basename(sys.argv[0])
    if name.startswith("import-customs") and environment.get("PRE_COMMIT") != "1":
        return "import-customs"
    return f"{_quoted(sys.executable)} -I -m import_customs"


def _quoted(path: str) -> str:
    """For a shell; below the home folder by its short name, which every shell but Windows' takes."""
    if os.name == "nt":
        return f'"{path}"' if " " in path else path
    home = os.path.join(os.path.expanduser("~"), "")
    inner = path.removeprefix(home)
    return f"~/{quote(inner)}" if len(home) > 1 and inner != path else quote(path)
