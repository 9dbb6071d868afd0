"""Product and peer as processes of their own, started as a person would start them."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.corpus import CITY_FILE
from benchmarks.knocking import SECRET, TOKEN, Connection, signed_command

_ROOT = Path(__file__).parent.parent
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server that has answered: where, its process, and how many seconds went from the start to the first 200."""

    port: int
    pid: int
    first_answer: float

    def memory(self) -> tuple[float, float]:
        """RSS and PSS in MB; PSS shares out what other processes use as well."""
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in rollup.splitlines() if line.endswith("kB")}
        return sizes["Rss"] / 1024, sizes["Pss"] / 1024


@contextmanager
def bare_app(slack: str) -> Iterator[Served]:
    """The peer, until the block ends."""
    with _process([sys.executable, "-m", "benchmarks.bare_app"], {"SLACK_API_URL": slack}, as_argument=True) as served:
        yield served


@contextmanager
def product(slack: str, database: str) -> Iterator[Served]:
    """`gwannae serve` over signed HTTP with the database of that address, until the block ends."""
    command = [str(Path(sys.executable).parent / "gwannae"), "serve"]
    told = {"SLACK_API_URL": slack, "DATABASE_URL": database, "GWANNAE_CITY": str(CITY_FILE)}
    with _process(command, told) as served:
        yield served


@contextmanager
def _process(command: list[str], told: Mapping[str, str], *, as_argument: bool = False) -> Iterator[Served]:
    port = _free_port()
    environment = {**os.environ, "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "PORT": str(port), **told}
    # Compiled modules are kept, as in any installation; without them each start compiles the program anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("SLACK_APP_TOKEN", None)
    command = [*command, str(port)] if as_argument else command
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=_ROOT, env=environment, stderr=said)
        try:
            _wait_for_answer(port, process, said)
            yield Served(port, process.pid, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for_answer(port: int, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    request = signed_command("인쇄", port)
    until = time.perf_counter() + _PATIENCE
    while time.perf_counter() < until:
        if process.poll() is not None:
            said.seek(0)
            raise RuntimeError(f"the server ended with {process.returncode}: {said.read().decode()[-2000:]}")
        try:
            connection = Connection(port)
        except OSError:
            time.sleep(0.002)
            continue
        status, _ = connection.ask(request)
        connection.close()
        if status == 200:
            return
        raise AssertionError(f"the first signed request was answered {status}")
    raise TimeoutError("no answer within a minute")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
