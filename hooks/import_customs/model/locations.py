"""Where evidence of a project is looked for, kept apart from the reading of it: a clean commit loads this alone."""

TYPE_CHECKING = False  # typing and collections.abc cost 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping

    from import_customs.providers.environment.installed import Installed


class Around:
    """A repository's root, the process environment, what options say, and the environments read so far."""

    def __init__(self, root: str, variables: "Mapping[str, str]", python: str | None = None) -> None:
        """`root` and `python` are absolute; `python` is an interpreter or the folder of an environment."""
        self.root = root
        self.variables = variables
        self.python = python
        self.requirements_files: tuple[str, ...] = ()  # from the root: they declare where no pyproject.toml does
        self.read: dict[str, Installed] = {}  # by the place of an environment
