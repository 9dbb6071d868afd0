"""`gwannae demo`: the unchanged bot and a pretend workspace on one port of this machine, over a made-up year."""

import asyncio
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.answers import build_answer
from gwannae.bot.app import Bot, build_desk
from gwannae.bot.demo_year import DEMO_TODAY, TEAM_ID, demo_colleagues, demo_organisations, demo_people, sow
from gwannae.bot.http import close, slack_door
from gwannae.bot.logs import set_up_logs
from gwannae.bot.start import toolkit_for
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.city import City
from gwannae.programme.dates import write_date
from gwannae.sandbox.app import Sandbox, build_sandbox
from gwannae.sandbox.values import Channel, Command, Person
from gwannae.sandbox.workspace import Workspace

HOST, PORT = "127.0.0.1", 8765
OPENS_AT = 10  # o'clock: an ordinary morning
BOT_USER = "U0GWANNAE"

COMMANDS = (
    Command("/localvendor", "관내 업체 찾기", "[품목이나 업체 이름]"),
    Command("/report-purchase", "구매 보고", "[계약명 금액 날짜]"),
    Command("/local-standings", "우리 부서·기관의 순위", ""),
    Command("/gwannae", "도움말, 채널 연결, 담당 정하기", "[연결 | 담당 | 부서]"),
)
EXAMPLES = ("/localvendor 인쇄", "/report-purchase 현수막 30만원 어제", "/local-standings")


class PortTakenError(OSError):
    """Something else listens on `port`, or it may not be used."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port}")
        self.port = port


@dataclass(frozen=True, slots=True)
class Demo:
    """The served parts; `app` holds both sides."""

    app: Starlette
    sandbox: Sandbox
    toolkit: Toolkit


def demo(city: City, *, host: str = HOST, port: int = PORT, database_url: str = "", say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. Without `database_url` the year is sown anew into a file that is removed at the end.

    `say` gets the lines for the person at the terminal.

    Raises PortTakenError before anything is sown when something else listens there.
    """
    set_up_logs("WARNING")
    listener = _listen(host, port)
    with tempfile.TemporaryDirectory(prefix="gwannae-demo-") as folder:
        url = database_url or f"sqlite:///{Path(folder) / 'demo.db'}"
        with toolkit_for(city, url, demo_clock(city)) as toolkit:
            sow(toolkit, TEAM_ID)
            address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"  # noqa: S104 - compared
            built = build_demo(toolkit, address)
            say(f"관내봇 모의 작업공간: {address}")
            today = write_date(DEMO_TODAY)
            say(f"업체·사람·실적은 모두 지어낸 것이고, 오늘은 {today}로 고정되어 있습니다. 끝내려면 Ctrl-C.")
            _Server(built, uvicorn.Config(built.app, log_config=None, access_log=False)).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(port) from error
    return listener


def build_demo(toolkit: Toolkit, address: str) -> Demo:
    """Join bot and workspace; they speak HTTP with each other through `address`, the one they are served at."""
    workspace = demo_workspace(toolkit.city, toolkit.clock)
    sandbox = build_sandbox(workspace, bot_url=f"{address}/slack/events", public_url=address)
    desk = build_desk(toolkit, Workspaces((sandbox.workspace.bot_token,), f"{address}/api/"))
    door = slack_door(build_answer(Bot(desk), desk), sandbox.workspace.signing_secret)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await sandbox.close()
        await close(desk)

    routes = [Route("/slack/events", door, methods=["POST"]), Mount("/", sandbox.app)]
    return Demo(Starlette(routes=routes, lifespan=lifespan), sandbox, toolkit)


def demo_workspace(city: City, clock: Callable[[], datetime]) -> Workspace:
    """The workspace's people and channels, as the made-up year names them; its messages are dated by the fixed day."""
    at_home = {o.seed.code: o.channel_id for o in demo_organisations(city)}
    people = [
        Person(p.user_id, p.name, p.label, channel=at_home.get(p.organisation_code or "", ""))
        for p in (*demo_people(city), *demo_colleagues(city))
    ]
    everyone = (*(p.id for p in people), BOT_USER)
    channels = [
        Channel(o.channel_id, o.channel_name, f"{o.seed.name} 구매 이야기", everyone) for o in demo_organisations(city)
    ]
    return Workspace(
        name=f"{city.name}청(모의)",
        people=people,
        channels=channels,
        commands=COMMANDS,
        team_id=TEAM_ID,
        notice="업체, 사람, 실적은 모두 지어낸 것입니다.",
        today=write_date(DEMO_TODAY),
        examples=EXAMPLES,
        zone=str(city.zone),
        clock=lambda: clock().timestamp(),
    )


def demo_clock(city: City) -> Callable[[], datetime]:
    """A clock that runs from ten in the morning of the fixed day and never reaches the next."""
    opened = datetime(DEMO_TODAY.year, DEMO_TODAY.month, DEMO_TODAY.day, OPENS_AT, tzinfo=city.zone)
    started = time.monotonic()

    def now() -> datetime:
        elapsed = (time.monotonic() - started) % (13 * 3600)
        return opened + timedelta(seconds=elapsed)

    return now


class _Server(uvicorn.Server):
    """Ends the pages' endless streams first when told to stop: uvicorn would wait for them."""

    def __init__(self, built: Demo, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._built = built

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await self._built.sandbox.close()
        await asyncio.sleep(0)
        await super().shutdown(sockets)  # type: ignore[arg-type]
