"""Fetch from a package registry: a file, or of a large one only the parts that are read."""

import io
import threading
import time
from email.message import Message
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

_AGENT = {"User-Agent": "import-customs index builder"}
_TRIES = 5
_SECONDS = 60
_END = 1 << 16  # bytes of a wheel's end that are fetched first; its list of files is mostly within
_BLOCK = 1 << 14  # bytes that are fetched at once elsewhere
_kept = threading.local()  # the open connections


class RemoteFile(io.RawIOBase):
    """A file on the registry, read as if it lay here: its end is fetched at once, other parts where they are read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._content, self._size = _tail(url)
        self._start = self._size - len(self._content)  # of what was fetched
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        stop = self._size if size < 0 else min(self._at + size, self._size)
        if self._at < self._start or stop > self._start + len(self._content):
            self._fetch(stop)
        found = self._content[self._at - self._start : stop - self._start]
        self._at = max(self._at, stop)
        return found

    def _fetch(self, stop: int) -> None:
        last = min(max(stop, self._at + _BLOCK), self._size) - 1
        if last >= self._at:
            self._content = fetched(self._url, {"Range": f"bytes={self._at}-{last}"})
            self._start = self._at


def fetched(url: str, headers: dict[str, str] | None = None) -> bytes:
    """What stands at the URL. Raises OSError and HTTPException where it cannot be had."""
    return _answer(url, headers or {})[0]


def _tail(url: str) -> tuple[bytes, int]:
    """The end of a file, or all of it, and its size."""
    content, headers = _answer(url, {"Range": f"bytes=-{_END}"})
    said = headers.get("Content-Range", "")
    return content, int(said.rpartition("/")[2]) if said else len(content)


def _answer(url: str, headers: dict[str, str]) -> tuple[bytes, Message]:
    """The content and the headers of an answer; what may go better at the next try is tried again."""
    where = urlsplit(url)
    for attempt in range(1, _TRIES):
        try:
            status, content, said = _asked(where, headers)
        except (OSError, HTTPException):
            pass
        else:
            if status < HTTPStatus.TOO_MANY_REQUESTS:
                return _if_good(url, status, content), said
        time.sleep(attempt)
    status, content, said = _asked(where, headers)
    return _if_good(url, status, content), said


def _asked(where: SplitResult, headers: dict[str, str]) -> tuple[int, bytes, Message]:
    """One request, over a connection that stays open, one a thread and host: opening it takes longer than all else."""
    connection = _connection(where.scheme, where.netloc)
    try:
        connection.request("GET", where.path, headers={**_AGENT, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    except (OSError, HTTPException):
        connection.close()
        raise


def _if_good(url: str, status: int, content: bytes) -> bytes:
    if status >= HTTPStatus.BAD_REQUEST:
        raise OSError(f"{url}: {status}")
    return content


def _connection(scheme: str, host: str) -> HTTPConnection:
    opened: dict[str, HTTPConnection] = _kept.__dict__.setdefault("opened", {})
    if host not in opened:
        kind = HTTPSConnection if scheme == "https" else HTTPConnection
        opened[host] = kind(host, timeout=_SECONDS)
    return opened[host]
