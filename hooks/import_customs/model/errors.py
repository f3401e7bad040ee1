"""What stops a check: said once, by `cli`, with exit status 2."""


class CheckError(Exception):
    """A check that could not be made: where, what, and what to do about it."""

    def __init__(self, message: str, *, hint: str, path: str = "", line: int = 0, column: int = 0) -> None:
        """`path` is relative to the repository's root; `line` and `column` count from 1, 0 where none is meant."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column


class TooLarge(CheckError):
    """A file over the size that is read."""

    def __init__(self, most: int, path: str = "") -> None:
        """`most` is that size, in bytes."""
        message = f"is larger than {most // 1024**2} MiB"
        super().__init__(message, hint="it is not read; leave it out, or make it smaller", path=path)
