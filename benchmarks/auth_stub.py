"""Slack's side for both servers: `auth.test` answered from a thread of the benchmark, everything else with "ok"."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TEAM = "T0MULBYEOL"
_ANSWER = json.dumps(
    {
        "ok": True,
        "url": "https://mulbyeol.example/",
        "team": "물별시청",
        "user": "gwannae",
        "team_id": TEAM,
        "user_id": "U0GWANNAE",
        "bot_id": "B0GWANNAE",
        "is_enterprise_install": False,
    }
).encode()


@contextmanager
def slack_stub() -> Iterator[str]:
    """The base address of a Web API that knows one workspace."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stub)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        server.server_close()


class _Stub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer every method alike."""
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(_ANSWER)))
        self.end_headers()
        self.wfile.write(_ANSWER)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""
