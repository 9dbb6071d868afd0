"""Signed slash commands over one kept connection: raw sockets, so that the client costs next to nothing."""

import hashlib
import hmac
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.auth_stub import TEAM

SECRET = "benchmark-signing-secret"
TOKEN = "xoxb-benchmark"


def signed_command(text: str, port: int, at: int | None = None, name: str = "/localvendor") -> bytes:
    """A whole HTTP request with the command, as Slack sends it."""
    stamp = str(at if at is not None else int(time.time()))
    body = urlencode(
        {
            "token": "unused",
            "team_id": TEAM,
            "team_domain": "mulbyeol",
            "channel_id": "C0ROADS",
            "channel_name": "roads",
            "user_id": "U0STAFF",
            "user_name": "staff",
            "command": name,
            "text": text,
            "api_app_id": "A0GWANNAE",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.example/commands/T0/1/x",
            "trigger_id": "1.2.3",
        }
    ).encode()
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def signed_commands(texts: Sequence[str], port: int) -> list[bytes]:
    """One request for each text, signed now; the signatures hold for five minutes."""
    now = int(time.time())
    return [signed_command(text, port, now) for text in texts]


class Connection:
    """A kept connection that sends one request after the other."""

    def __init__(self, port: int, timeout: float = 10) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._socket.sendall(request)
        received = self._socket.recv(65536)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].lower()
        at = head.index(b"content-length:") + 15
        line_end = head.find(b"\r\n", at)
        length = int(head[at : line_end if line_end > 0 else end])
        while len(received) < end + 4 + length:
            received += self._more()
        return int(head[9:12]), received[end + 4 :]

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _more(self) -> bytes:
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionError("the server hung up")
        return more


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds at the median and at the 99th percentile."""

    p50: float
    p99: float


def timing(seconds: Sequence[float]) -> Timing:
    """Percentiles of single requests."""
    ordered = sorted(seconds)
    return Timing(ordered[len(ordered) // 2] * 1000, ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000)


def time_each(connection: Connection, requests: Sequence[bytes], count: int) -> list[float]:
    """Seconds of `count` requests one after the other, in turn from `requests`; each must answer 200."""
    taken = []
    for n in range(count):
        request = requests[n % len(requests)]
        began = time.perf_counter()
        status, _ = connection.ask(request)
        taken.append(time.perf_counter() - began)
        if status != 200:
            raise AssertionError(f"answered {status}")
    return taken


def throughput(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> float:
    """Answers a second over that many connections at once. The client shares the machine: for information."""
    until = time.perf_counter() + seconds

    def knock(first: int) -> int:
        connection, n = Connection(port), 0
        while time.perf_counter() < until:
            status, _ = connection.ask(requests[(first + n) % len(requests)])
            if status != 200:
                raise AssertionError(f"answered {status}")
            n += 1
        connection.close()
        return n

    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as threads:
        done = sum(threads.map(knock, range(connections)))
    return done / (time.perf_counter() - began)
