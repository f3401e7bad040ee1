"""Run this machine's git for the git.exe of `git.c`, which Windows' Python starts under Wine.

Paths that begin with `Z:` are this machine's, with `/`. What git prints is handed back unchanged, but for an absolute
path at the beginning of what `rev-parse` prints, which gets its `Z:`.
"""

import os
import re
import socket
import socketserver
import struct
import subprocess
import threading
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent
OUTPUT, ERRORS, STATUS = 1, 2, 3  # kinds of frames


def native(text: str) -> str:
    """A path, or URL, of Wine's drive Z: as this machine's; other text unchanged."""
    text = re.sub(r"^file:///[Zz]:", "file://", text)
    return re.sub(r"(^|=)[Zz]:([\\/][^\0]*|$)", lambda found: found[1] + (found[2].replace("\\", "/") or "/"), text)


class Call(socketserver.BaseRequestHandler):
    """One call of git.exe: its working folder, arguments and GIT_* variables come first, then its standard input."""

    request: socket.socket

    def handle(self) -> None:
        cwd, *rest = (native(self._text()) for _ in range(self._number()))
        arguments = [text for text in rest if not text.startswith("\1")]
        variables = dict(native(text[1:]).split("=", 1) for text in rest if text.startswith("\1"))
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        kept["GIT_CEILING_DIRECTORIES"] = str(ROOT)  # the tests' repositories are below it, not part of it
        self._lock = threading.Lock()
        git = subprocess.Popen(
            ["git", *arguments],
            cwd=cwd,
            env=kept | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        assert git.stdin
        assert git.stdout
        assert git.stderr
        feeding = threading.Thread(target=self._feed, args=(git.stdin,), daemon=True)
        feeding.start()
        errors = threading.Thread(target=self._hand_back, args=(ERRORS, git.stderr))
        errors.start()
        self._hand_back(OUTPUT, git.stdout, paths="rev-parse" in arguments)
        errors.join()
        self._send(STATUS, struct.pack("<i", git.wait()))
        feeding.join()  # ends when the caller has ended; once this closes the socket, its number is another call's

    def _number(self) -> int:
        return int(struct.unpack("<i", self._octets(4))[0])

    def _text(self) -> str:
        return self._octets(self._number()).decode()

    def _octets(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self.request.recv(size - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def _feed(self, to: IO[bytes]) -> None:
        try:
            while data := self.request.recv(65536):
                to.write(data)
        except OSError:
            pass
        finally:
            to.close()

    def _hand_back(self, kind: int, stream: IO[bytes], *, paths: bool = False) -> None:
        while data := stream.read(65536):
            self._send(kind, b"Z:" + data if paths and data.startswith(b"/") else data)
            paths = False

    def _send(self, kind: int, data: bytes) -> None:
        with self._lock:
            self.request.sendall(struct.pack("<Bi", kind, len(data)) + data)


class Server(socketserver.ThreadingTCPServer):
    """Listens on 127.0.0.1, on a port of the system's choice; a thread for each call."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a caller that ended."""
