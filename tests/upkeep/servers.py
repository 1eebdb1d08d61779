"""A server on the own machine that says exactly what a test tells it to, well-formed or not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from netreg.upkeep.web import Web, is_public

Answer = bytes | Callable[[socket.socket, threading.Event], None]
"""What is sent, or who sends it; the event is set when the server is to end."""

LOCAL = "127.0.0.1"
TLS_HELLO = b"\x16"


class Server:
    """Answers by ``"/path"``, or by ``"HEAD /path"`` first; ``requests`` keeps what was asked, as it came."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.requests: list[str] = []
        self._ending = threading.Event()
        self._listener = socket.create_server((LOCAL, 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def address(self, path: str = "/", host: str = "site.example", scheme: str = "http") -> str:
        """The address of a path; every name leads here in these tests."""
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def asked(self) -> list[str]:
        """The first words of each request: ``HEAD /path``."""
        return [request.rpartition(" HTTP/")[0].split(" HTTP/")[0] for request in self.requests]

    def headers(self, place: int = -1) -> dict[str, str]:
        """The headers of a request."""
        lines = self.requests[place].split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines if line)

    def _serve(self) -> None:
        while not self._ending.is_set():
            with suppress(OSError):
                line, _ = self._listener.accept()
                thread = threading.Thread(target=self._answer, args=(line,))
                self._threads.append(thread)
                thread.start()

    def _answer(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            request = b""
            while not request.endswith(b"\r\n\r\n") and (piece := line.recv(65536)):
                request += piece
                if request[:1] == TLS_HELLO:
                    return
            if not request:
                return
            text = request.decode("latin-1")
            self.requests.append(text)
            method, path = text.split(" ")[:2]
            answer = self.answers.get(f"{method} {path}", self.answers.get(path, status(404)))
            if isinstance(answer, bytes):
                line.sendall(answer)
                line.shutdown(socket.SHUT_WR)
                line.recv(1)  # until the other side has read it all and closes
            else:
                answer(line, self._ending)

    def close(self) -> None:
        """End, and wait until every answer has ended."""
        self._ending.set()
        with suppress(OSError), socket.create_connection((LOCAL, self.port)):
            pass
        self._listener.close()
        for thread in self._threads:
            thread.join()


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[Server]:
    """A server that ends with the test."""
    server = Server(answers)
    try:
        yield server
    finally:
        server.close()


def status(number: int, *headers: str, body: bytes = b"") -> bytes:
    """An answer with these headers."""
    head = "\r\n".join([f"HTTP/1.1 {number} Words", *headers, f"Content-Length: {len(body)}", "", ""])
    return head.encode("latin-1") + body


def to(location: str, number: int = 301, *headers: str) -> bytes:
    """An answer that leads elsewhere."""
    return status(number, f"Location: {location}", *headers)


def silence(_line: socket.socket, ending: threading.Event) -> None:
    """Say nothing until the end."""
    ending.wait()


def endless(start: bytes, piece: bytes) -> Answer:
    """Say something, and then the same for ever."""

    def send(line: socket.socket, ending: threading.Event) -> None:
        line.sendall(start)
        while not ending.is_set():
            line.sendall(piece)

    return send


NUMBERS = {"private.example": ["10.0.0.7"], "mixed.example": ["169.254.169.254", LOCAL], "nobody.example": []}


def local_web(timeout: float = 5.0, agent: str = "netreg-test") -> Web:
    """Requests as they are made, only that every name leads to the own machine, and that this is allowed."""
    return Web(
        agent,
        timeout,
        numbers_of=lambda host, _port: NUMBERS.get(host, [LOCAL]),
        may_ask=lambda number: number == LOCAL or is_public(number),
    )
