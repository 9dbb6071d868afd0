"""What a person does to report a purchase: opens the form, looks a firm up, fills it in, sends it off."""

import asyncio
from typing import Any

from sqlalchemy import text as sql

from gwannae.programme.purchases import Purchase
from gwannae.sandbox.app_answers import Submission
from gwannae.sandbox.values import Json, Message, OpenView
from gwannae.storage import purchases
from tests.front_door import ROADS, STAFF, FrontDoor

VALUES: Json = {
    "report-title": "명함 인쇄",
    "report-amount": "300,000원",
    "report-date": "2027-06-14",
    "report-kind": "goods",
    "report-method": "direct_single",
}


async def open_form(door: FrontDoor, words: str = "", user: str = STAFF, channel: str = ROADS) -> OpenView:
    """Type the command; the form that opens."""
    answer = await door.driver.command(user, channel, "/report-purchase", words)
    assert answer.error == ""
    return door.form(user)


async def suggested(door: FrontDoor, typed: str, user: str = STAFF) -> list[Json]:
    """What the firm's menu offers for what was typed."""
    answer = await door.driver.options(user, door.form(user), "report-firm", "report-firm", typed)
    assert "error" not in answer
    found: list[Json] = answer["options"]
    return found


async def firm(door: FrontDoor, typed: str, user: str = STAFF) -> Json:
    """The first firm of the registry that the menu offers."""
    return (await suggested(door, typed, user))[0]


async def choose_unregistered(door: FrontDoor, typed: str, user: str = STAFF) -> OpenView:
    """Choose "명부에 없는 업체로 적기"; the form as it stands then."""
    option = (await suggested(door, typed, user))[-1]
    assert option["value"].startswith("new:")
    answer = await door.driver.choose(user, door.form(user), "report-firm", option)
    assert answer.error == ""
    return door.form(user)


async def report(
    door: FrontDoor, *, user: str = STAFF, channel: str = ROADS, vendor: str = "가온인쇄", **changes: Any
) -> Submission:
    """Open the form, fill it in and send it off; `changes` by the field's name without "report-"."""
    await open_form(door, user=user, channel=channel)
    values = {**VALUES, "report-firm": await firm(door, vendor, user)}
    values |= {f"report-{name}": value for name, value in changes.items()}
    sent = await door.driver.submit(user, values)
    await door.driver.settle()
    return sent


async def home_of(door: FrontDoor, user: str) -> OpenView:
    """Somebody's Home tab, opened for the first time."""
    await door.driver.open_home(user)
    async with asyncio.timeout(3):
        while (home := door.workspace.views.home(user)) is None:
            await asyncio.sleep(0.005)
    return home


def receipts(door: FrontDoor, user: str = STAFF) -> list[Message]:
    """The direct messages that are receipts."""
    return [m for m in door.direct_messages(user) if any(b["block_id"] == "receipt-head" for b in m.blocks)]


def stored(door: FrontDoor) -> list[Purchase]:
    """Every purchase, in the order in which they came."""
    with door.toolkit.database.read() as tx:
        ids = list(tx.execute(sql("SELECT id FROM purchases ORDER BY id")).scalars())
        found = [purchases.purchase(tx, i) for i in ids]
    return [p for p in found if p is not None]


def only(door: FrontDoor) -> Purchase:
    """The one purchase that there is."""
    (purchase,) = stored(door)
    return purchase


async def organisations_offered(door: FrontDoor, user: str, typed: str = "") -> list[str]:
    """The names that the organisation's menu offers."""
    answer = await door.driver.options(user, door.form(user), "report-organisation", "report-organisation", typed)
    return [option["text"]["text"] for option in answer["options"]]


def field(view: OpenView, name: str) -> Json | None:
    """A block of the form, by its name without "report-"."""
    return next((block for block in view.blocks if block["block_id"] == f"report-{name}"), None)


def initial(view: OpenView, name: str) -> Any:
    """What stands in a field at first: the text, the day, or the value of the choice."""
    block = field(view, name)
    assert block is not None, name
    element = block["element"]
    option = element.get("initial_option")
    return option["value"] if option else element.get("initial_value", element.get("initial_date"))
