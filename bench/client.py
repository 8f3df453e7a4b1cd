"""A small HTTP client that costs little: one kept connection a client, no library between the clock and the socket."""

import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

HOST = "127.0.0.1"
Ask = Callable[["Connection", int], object]


@dataclass
class Answer:
    """What came back; `cookies` as name=value pairs."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """The first value of a header, "" where there is none."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.lower() == name.lower().encode():
                return value.strip().decode("latin-1")
        return ""


@dataclass(eq=False)
class Connection:
    """One connection kept open, with the cookies of one browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection((HOST, self.port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def get(self, path: str, **headers: str) -> Answer:
        """GET a path."""
        return self._send(self._head("GET", path, headers) + b"\r\n")

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """POST a form."""
        body = urlencode(fields).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return self._send(self._head("POST", path, headers) + b"\r\n" + body)

    def _head(self, method: str, path: str, headers: dict[str, str]) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        return ("\r\n".join(lines) + "\r\n").encode()

    def _send(self, sent: bytes) -> Answer:
        self._socket.sendall(sent)
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        answer = Answer(int(head[9:12]), head, b"")
        length = int(answer.header("Content-Length") or 0)
        if answer.status == 304:
            length = 0
        parts, have = [self._rest], len(self._rest)
        while have < length:
            parts.append(self._socket.recv(262_144))
            if not parts[-1]:
                raise ConnectionError("closed by the server")
            have += len(parts[-1])
        whole = b"".join(parts)
        answer.body, self._rest = whole[:length], whole[length:]
        self._keep(answer)
        if answer.header("Connection").lower() == "close":  # as waitress does after a 304
            self.close()
            self._open()
        return answer

    def _more(self) -> None:
        got = self._socket.recv(262_144)
        if not got:
            raise ConnectionError("closed by the server")
        self._rest += got

    def _keep(self, answer: Answer) -> None:
        for line in answer.head.split(b"\r\n"):
            if line.lower().startswith(b"set-cookie:"):
                name, _, value = line[11:].decode("latin-1").strip().partition(";")[0].partition("=")
                self.cookies[name] = value

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def visit(path: str, status: int = 200, **headers: str) -> Ask:
    """Ask for one path each time; anything but the expected status stops the run."""

    def ask(connection: Connection, _turn: int) -> None:
        answer = connection.get(path, **headers)
        if answer.status != status:
            raise RuntimeError(f"{path}: {answer.status} instead of {status}")

    return ask


def crowd(
    port: int, clients: int, each: int, ask: Ask, before: Ask | None = None
) -> tuple[float, list[float]]:
    """So many clients at once, each on a fresh connection asking so many times.

    Returns the seconds from the first question to the last answer, and the seconds of every answer.
    """
    gate = threading.Barrier(clients + 1)
    taken: list[list[float]] = [[] for _ in range(clients)]
    faults: list[BaseException] = []

    def run(number: int) -> None:
        connection = Connection(port)
        try:
            if before is not None:
                before(connection, number)
            gate.wait()
            for turn in range(each):
                start = perf_counter()
                ask(connection, number * each + turn)
                taken[number].append(perf_counter() - start)
        except BaseException as fault:  # noqa: BLE001 - shown by the caller
            faults.append(fault)
            gate.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    with suppress(threading.BrokenBarrierError):
        gate.wait()
    start = perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return perf_counter() - start, flat(taken)


def flat(lists: Sequence[Sequence[float]]) -> list[float]:
    """All of them in one list."""
    return [one for each in lists for one in each]
