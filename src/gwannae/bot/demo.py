"""`gwannae demo`: the unchanged bot and a pretend workspace on one port of this machine, over a made-up year."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.answers import build_answer
from gwannae.bot.app import Bot, build_desk
from gwannae.bot.demo_clock import DemoClock, DemoHand
from gwannae.bot.demo_posting import DemoPosting, begin
from gwannae.bot.demo_year import DEMO_TODAY, TEAM_ID, demo_colleagues, demo_organisations, demo_people, sow
from gwannae.bot.http import close, slack_door
from gwannae.bot.listening import take_port
from gwannae.bot.logs import set_up_logs
from gwannae.bot.start import toolkit_for
from gwannae.handlers.desk import Desk
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.city import City
from gwannae.programme.dates import write_date
from gwannae.sandbox.app import Sandbox, build_sandbox
from gwannae.sandbox.values import Channel, Command, Person
from gwannae.sandbox.workspace import Workspace

HOST, PORT = "127.0.0.1", 8765
BOT_USER = "U0GWANNAE"

COMMANDS = (
    Command("/localvendor", "관내 업체 찾기", "[품목이나 업체 이름]"),
    Command("/report-purchase", "구매 보고", "[계약명 금액 날짜]"),
    Command("/local-standings", "우리 부서·기관의 순위", ""),
    Command("/gwannae", "도움말, 채널 연결, 담당 정하기", "[연결 | 담당 | 부서 | 일정]"),
)
EXAMPLES = ("/localvendor 인쇄", "/report-purchase 현수막 30만원 어제", "/local-standings")


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
    city = demo_city(city)
    listener = take_port(host, port)
    with tempfile.TemporaryDirectory(prefix="gwannae-demo-") as folder:
        url = database_url or f"sqlite:///{Path(folder) / 'demo.db'}"
        clock = DemoClock(city)
        with toolkit_for(city, url, clock) as toolkit:
            sow(toolkit, TEAM_ID)
            begin(toolkit)
            address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"  # noqa: S104 - compared
            built = build_demo(toolkit, clock, address, DemoPosting(Path(folder)).post)
            say(f"관내봇 모의 작업공간: {address}")
            today = write_date(DEMO_TODAY)
            say(
                f"업체·사람·실적은 모두 지어낸 것이고, 오늘은 {today}입니다. 시계는 페이지에서 앞으로 돌릴 수 있습니다."
            )
            say("끝내려면 Ctrl-C.")
            _Server(built, uvicorn.Config(built.app, log_config=None, access_log=False)).run(sockets=[listener])


def demo_city(city: City) -> City:
    """The city, with the holidays of the year after the demo's taken for confirmed: its clock is to reach the bonus
    points of the next January, and nobody relies on the days of a made-up year.
    """
    until = max(city.calendar.holidays_confirmed_until, date(DEMO_TODAY.year + 1, 12, 31))
    return replace(city, calendar=replace(city.calendar, holidays_confirmed_until=until))


def build_demo(
    toolkit: Toolkit,
    clock: DemoClock,
    address: str,
    on_clock_moved: Callable[[Desk, datetime], Awaitable[object]] | None = None,
) -> Demo:
    """Join bot and workspace; they speak HTTP with each other through `address`, the one they are served at.

    `clock` is the toolkit's, which the page may set forward; `on_clock_moved` does what the bot does by itself at a
    moment, and is called with the clock standing there.
    """
    workspace = demo_workspace(toolkit.city, clock)
    sandbox = build_sandbox(workspace, bot_url=f"{address}/slack/events", public_url=address)
    desk = build_desk(toolkit, Workspaces((sandbox.workspace.bot_token,), f"{address}/api/"))
    tick = None if on_clock_moved is None else partial(on_clock_moved, desk)
    workspace.clock_hand = DemoHand(toolkit, clock, tick, workspace.clock_moved).hand()
    door = slack_door(build_answer(Bot(desk), desk), sandbox.workspace.signing_secret)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await sandbox.close()
        await close(desk)

    routes = [Route("/slack/events", door, methods=["POST"]), Mount("/", sandbox.app)]
    return Demo(Starlette(routes=routes, lifespan=lifespan), sandbox, toolkit)


def demo_workspace(city: City, clock: Callable[[], datetime]) -> Workspace:
    """The workspace's people and channels, as the made-up year names them; messages are dated by the demo's clock."""
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
        examples=EXAMPLES,
        zone=str(city.zone),
        clock=lambda: clock().timestamp(),
    )


class _Server(uvicorn.Server):
    """Ends the pages' endless streams first when told to stop: uvicorn would wait for them."""

    def __init__(self, built: Demo, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._built = built

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await self._built.sandbox.close()
        await asyncio.sleep(0)
        await super().shutdown(sockets)  # type: ignore[arg-type]
