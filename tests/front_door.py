"""The bot behind its front door: the real app over loopback HTTP, and a pretend workspace that knocks."""

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.app import Bot, build_desk
from gwannae.bot.http import build_asgi
from gwannae.bot.serve import greet
from gwannae.bot.start import toolkit_for
from gwannae.handlers.desk import Desk
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.organisations import COMMAND_LINE, Organisation, Role
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact, Vendor
from gwannae.readers.city_file import read_city
from gwannae.sandbox.app import Sandbox, build_sandbox
from gwannae.sandbox.driver import Driver
from gwannae.sandbox.values import Channel, Command, Message, OpenView, Person
from gwannae.sandbox.workspace import Workspace
from gwannae.storage import affiliations, organisations, vendor_import
from tests.builders import a_vendor, an_address
from tests.serving import serve

TEAM = "T0HAETNIM"
STAFF, LEAD, OFFICE, NEWCOMER, OTHER = "U0STAFF", "U0LEAD", "U0OFFICE", "U0NEW", "U0OTHER"
ROADS, SQUARE = "C0ROADS", "C0SQUARE"
CITY_FILE = Path(__file__).parent / "cities" / "haetnim.toml"
NOW = datetime(2027, 6, 15, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
PRINTERS = ("가온인쇄", "나래인쇄", "다솜인쇄", "라온인쇄", "마루인쇄", "바다인쇄", "사랑인쇄")  # alike, so by turns
COMMANDS = ("/localvendor", "/report-purchase", "/local-standings", "/gwannae")


class Clock:
    """The city's clock in the tests' hands."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """Everything a test looks at: what people do (`driver`), what Slack saw (`workspace`), what is kept (`toolkit`)."""

    sandbox: Sandbox
    toolkit: Toolkit
    desk: Desk
    clock: Clock
    url: str

    @property
    def driver(self) -> Driver:
        return self.sandbox.driver

    @property
    def workspace(self) -> Workspace:
        return self.sandbox.workspace

    def direct_messages(self, user: str) -> list[Message]:
        """What stands in somebody's direct messages with the bot."""
        dm = self.workspace.open_dm(user)
        return [m for m in self.workspace.messages.seen_by(user, dm.id) if m.user == self.workspace.bot.user_id]

    def form(self, user: str) -> OpenView:
        """The form on top of somebody's screen."""
        view = self.workspace.views.top(user)
        assert view is not None, "no form is open"
        return view

    def organisation(self, code: str) -> Organisation:
        with self.toolkit.database.read() as tx:
            found = organisations.by_code(tx, code)
        assert found is not None
        return found


def text_of(message: Message | OpenView) -> str:
    """All words of a message or form, for a look at what was said."""
    blocks = message.blocks
    words: list[str] = (
        [message.text]
        if isinstance(message, Message)
        else [message.body["title"]["text"]]
        if (message.body["type"] == "modal")
        else []
    )

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("text"), str):
                words.append(node["text"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list | tuple):
            for value in node:
                walk(value)

    walk(list(blocks))
    return "\n".join(words)


def registry() -> list[Vendor]:
    """A small registry of made-up firms: seven local printers, one outside, one of unknown size, one unread."""
    since = date(2020, 3, 1)
    small = SizeFact(Fact.YES, "중소기업확인서")
    local = an_address(text="가람도 햇님시 솔숲구 볕뉘로 1", district="솔숲구", since=since)
    away = an_address(text="부산광역시 어디구 먼길 1", district=None, in_city=Fact.NO, evidence="other_province")
    women = Certificate(CertificateKind.WOMEN, "W-1", date(2025, 1, 1), date(2027, 7, 10))
    printers = [
        a_vendor(
            name=name,
            business_number=None,
            items=("인쇄", "명함", "책자 인쇄"),
            size=small,
            addresses=(local,),
            certificates=(women,) if name == "가온인쇄" else (),
            phone="031-000-0001" if name == "가온인쇄" else None,
        )
        for name in PRINTERS
    ]
    number = "0000000000"
    return [
        *printers,
        a_vendor(name="먼데인쇄", business_number=None, items=("인쇄",), size=small, addresses=(away,)),
        a_vendor(name="아직인쇄", business_number=None, items=("인쇄", "스티커"), addresses=(local,)),
        a_vendor(
            name="<!channel> 광고 & 디자인", business_number=None, items=("현수막",), size=small, addresses=(local,)
        ),
        a_vendor(name="안개간판", business_number=None, items=("현수막",), size=small, addresses=(
            an_address(text="어디인지 모름", district=None, in_city=Fact.UNKNOWN, evidence="unreadable"),
        )),
        a_vendor(name="번호상사", business_number=number[:0] or "1234567891", items=("복사용지",), size=small,
                 addresses=(local,)),
    ]  # fmt: skip


def sow(toolkit: Toolkit, vendors: Iterable[Vendor]) -> None:
    """Put firms, one staff member, one lead and the road division's channel into the city."""
    now = toolkit.clock()
    with toolkit.database.write() as tx:
        vendor_import.insert_vendors(tx, list(vendors), at=now)
        vendor_import.end_import(tx, as_of=date(2027, 6, 1), at=now)
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        organisations.link_channel(tx, roads.id, TEAM, ROADS, by=COMMAND_LINE, at=now)
        for user, role in ((STAFF, Role.STAFF), (LEAD, Role.LEAD)):
            affiliations.add_affiliation(
                tx, TEAM, user, roads.id, role, self_declared=False, since=date(2027, 1, 4), by=COMMAND_LINE
            )


def a_workspace(clock: Callable[[], float] = time.time) -> Workspace:
    """Five people, the road division's channel and one that belongs to nobody. `clock` dates what is said there."""
    names = {
        STAFF: "길가꿈 담당자",
        LEAD: "길가꿈과장",
        OFFICE: "상생경제과",
        NEWCOMER: "새로 온 직원",
        OTHER: "예술재단",
    }
    people = [Person(user, name) for user, name in names.items()]
    everyone = tuple(p.id for p in people)
    channels = [
        Channel(ROADS, "길가꿈과", members=(*everyone, "U0GWANNAE")),
        Channel(SQUARE, "광장", members=everyone),
    ]
    commands = [Command(name) for name in COMMANDS]
    return Workspace(name="햇님시청", people=people, channels=channels, commands=commands, team_id=TEAM, clock=clock)


@asynccontextmanager
async def open_front_door(
    database_url: str, vendors: Iterable[Vendor] | None = None, city: City | None = None
) -> AsyncIterator[FrontDoor]:
    """Serve bot and workspace; close both after, and see that nothing that the bot sent was against the rules."""
    clock = Clock()
    with toolkit_for(city or read_city(str(CITY_FILE)), database_url, clock) as toolkit:
        sow(toolkit, registry() if vendors is None else vendors)
        sandbox = build_sandbox(a_workspace(), redelivery_after=(0.05, 0.1, 0.1))
        async with serve(sandbox.app) as slack_url:
            workspaces = Workspaces((sandbox.workspace.bot_token,), f"{slack_url}/api/")
            desk = build_desk(toolkit, workspaces)
            asgi = build_asgi(Bot(desk), desk, sandbox.workspace.signing_secret)
            async with serve(asgi) as bot_url:
                sandbox.connect(bot_url=f"{bot_url}/slack/events", public_url=slack_url)
                await greet(desk)  # the server does it in the background, which a test must not race
                yield FrontDoor(sandbox, toolkit, desk, clock, bot_url)
                await sandbox.close()
