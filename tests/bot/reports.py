"""A purchase report as a form that was sent off, and what became of it."""

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy import text as sql

from gwannae.messages import ids
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import Firm, Purchase
from gwannae.storage import purchases, vendors
from gwannae.storage.tables import registry as tables
from gwannae.storage.vendor_parts import parts_text
from tests.bot import knocks
from tests.builders import a_draft, a_judgement
from tests.front_door import STAFF, FrontDoor

TITLE = "안내판 제작"
FIRM = "먼데광고"


def a_report(
    door: FrontDoor,
    user: str = STAFF,
    *,
    key: str = "form-1",
    organisation: str = "roads",
    changing: tuple[int, int] | None = None,
    **values: Any,
) -> dict[str, Any]:
    """The form, complete, for a firm that the registry lacks. `changing`: the purchase and its version."""
    purchase_id, version = changing or (None, None)
    memo = json.dumps({"k": key, "o": door.organisation(organisation).id, "p": purchase_id, "v": version})
    fields = {
        ids.REPORT_TITLE: TITLE,
        ids.REPORT_FIRM: knocks.chosen(f"new:{FIRM}"),
        ids.REPORT_FIRM_NAME: FIRM,
        ids.REPORT_FIRM_ADDRESS: "부산광역시 어디구 1",
        ids.REPORT_AMOUNT: "30만원",
        ids.REPORT_DATE: {"selected_date": "2027-06-14"},
        ids.REPORT_KIND: knocks.chosen("goods"),
        ids.REPORT_METHOD: knocks.chosen("direct_single"),
    }
    return knocks.submitted(door, user, ids.REPORT_VIEW, {**fields, **values}, memo)


def kept(door: FrontDoor, user: str = STAFF) -> list[Purchase]:
    """What is stored of a person's reports, the latest first."""
    with door.toolkit.database.read() as tx:
        return list(purchases.recent_of(tx, door.workspace.team_id, user, 1000))


async def stored(door: FrontDoor, user: str = STAFF, **more: Any) -> Purchase:
    """Report, and give what was stored."""
    reply = await knocks.send(door, a_report(door, user, **more))
    assert (reply.status, reply.body) == (200, ""), reply.body
    await door.driver.settle()
    return kept(door, user)[0]


def vendor_id(door: FrontDoor, name: str) -> int:
    with door.toolkit.database.read() as tx:
        found = tx.execute(sql("SELECT id FROM vendors WHERE name = :name"), {"name": name}).scalar_one()
    return int(found)


def readdress(door: FrontDoor, name: str, **changes: Any) -> None:
    """What the registry knows of a firm's addresses is otherwise: in the table, and in what its row keeps of it."""
    firm_id = vendor_id(door, name)
    with door.toolkit.database.write() as tx:
        firm = vendors.vendor(tx, firm_id)
        assert firm is not None
        moved = replace(firm, addresses=tuple(replace(address, **changes) for address in firm.addresses))
        of = {"vendor_id": firm_id}
        tx.execute(update(tables.vendors).where(tables.vendors.c.id == firm_id), {"parts": parts_text(moved)})
        tx.execute(delete(tables.vendor_addresses).where(tables.vendor_addresses.c.vendor_id == firm_id))
        for position, address in enumerate(moved.addresses):
            values = {field.name: getattr(address, field.name) for field in fields(address)}
            tx.execute(insert(tables.vendor_addresses), {**of, "position": position, **values})


def buy(door: FrontDoor, name: str, *days: date, code: str = "roads", amount: int = 1_100_000) -> None:
    """Reports of purchases from a firm."""
    firm = Firm(name, vendor_id(door, name))
    with door.toolkit.database.write() as tx:
        for day in days:
            draft = a_draft(organisation_id=door.organisation(code).id, firm=firm, contract_date=day, amount=amount)
            purchases.add(tx, draft, a_judgement(), actor=COMMAND_LINE, self_declared=False, at=door.clock())
