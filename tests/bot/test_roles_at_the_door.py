"""Every role and every deed that Slack can bring: who may, who may not; a refusal changes nothing and tells nothing."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from gwannae.messages import ids
from gwannae.messages.report_purchase import button_value_of
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Affiliation, Role
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.sandbox.requests_out import Reply
from gwannae.sandbox.values import OpenView, Person
from gwannae.storage import affiliations, audit, organisations, purchases
from tests.bot import knocks
from tests.bot.reports import TITLE, a_report, stored
from tests.front_door import LEAD, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of

CLAIMANT, SECOND_LEAD, NAMED = "U0CLAIMANT", "U0SECOND", "U0NAMED"
WHO = {
    "nobody": "U0NOBODY",
    "self-declared": "U0DECLARED",
    "staff": "U0COLLEAGUE",
    "lead": LEAD,
    "another's lead": OTHER,
    "office": OFFICE,
    "planning": "U0PLANNER",
}
CHANNEL, LINKED = "C0FRESH", "C0LINKED"


@dataclass
class Stage:
    """The road division, a colleague's report, a newcomer's own claim; and the one who tries."""

    door: FrontDoor
    user: str
    report: Purchase

    @property
    def roads(self) -> int:
        return self.door.organisation("roads").id

    async def send(self, payload: Mapping[str, Any]) -> Reply:
        reply = await knocks.send(self.door, payload)
        await self.door.driver.settle()
        assert await self.door.desk.later.drain(5) == 0
        assert reply.status == 200
        return reply

    async def submit(self, callback_id: str, values: Mapping[str, Any], memo: str = "") -> Reply:
        return await self.send(knocks.submitted(self.door, self.user, callback_id, values, memo))

    async def press(self, action_id: str, value: object = "") -> Reply:
        return await self.send(knocks.pressed(self.door, self.user, action_id, str(value)))

    def people(self, code: str = "roads") -> list[Affiliation]:
        with self.door.toolkit.database.read() as tx:
            return affiliations.people_of(tx, self.door.organisation(code).id, self.door.toolkit.today)

    def of(self, user: str, role: Role, code: str = "roads") -> Affiliation:
        return next(a for a in self.people(code) if (a.user_id, a.role) == (user, role))

    def owner(self, channel: str) -> str | None:
        with self.door.toolkit.database.read() as tx:
            found = organisations.organisation_of_channel(tx, TEAM, channel)
        return found.code if found else None

    def purchase(self) -> Purchase:
        with self.door.toolkit.database.read() as tx:
            found = purchases.purchase(tx, self.report.id)
        assert found is not None
        return found

    def reports(self, code: str) -> int:
        with self.door.toolkit.database.read() as tx:
            mine = purchases.recent_of(tx, TEAM, self.user, 100)
        return sum(purchase.draft.organisation_id == self.door.organisation(code).id for purchase in mine)

    def refusals(self) -> list[AuditEntry]:
        with self.door.toolkit.database.read() as tx:
            return [
                entry
                for entry in audit.entries(tx, limit=1000)
                if entry.event is AuditEvent.REFUSED and entry.user_id == self.user
            ]

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """All rows but those that say what was tried."""
        path = self.door.toolkit.database.url.partition(":///")[2]
        connection = sqlite3.connect(path)
        try:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            kept = [name for name in tables if name not in ("audit_entries", "sqlite_sequence")]
            return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in kept}  # noqa: S608
        finally:
            connection.close()

    def told(self) -> str:
        """All that the person was shown: windows and direct messages."""
        views = self.door.workspace.views.stack(self.user)
        return "\n".join(map(text_of, [*views, *self.door.direct_messages(self.user)]))


async def link(stage: Stage) -> bool:
    await stage.submit(ids.LINK_VIEW, {ids.LINK_ORGANISATION: knocks.chosen(stage.roads)}, CHANNEL)
    return stage.owner(CHANNEL) == "roads"


async def take_over_channel(stage: Stage) -> bool:
    """A channel of the road division's is linked to another one."""
    arts = stage.door.organisation("arts").id
    await stage.submit(ids.LINK_VIEW, {ids.LINK_ORGANISATION: knocks.chosen(arts)}, LINKED)
    moved = stage.owner(LINKED) == "arts"
    if moved:
        _link(stage.door, LINKED)
    return moved


async def unlink(stage: Stage) -> bool:
    payload = knocks.pressed(stage.door, stage.user, ids.UNLINK, LINKED)
    view = {"id": "V0GONE", "type": "modal", "callback_id": ids.LINK_VIEW, "private_metadata": LINKED, "blocks": []}
    await stage.send({**payload, "view": view, "response_url": ""})
    return stage.owner(LINKED) is None


async def name_lead(stage: Stage) -> bool:
    return await _name(stage, Role.LEAD)


async def name_staff(stage: Stage) -> bool:
    return await _name(stage, Role.STAFF)


async def name_office(stage: Stage) -> bool:
    return await _name(stage, Role.OFFICE)


async def _name(stage: Stage, role: Role) -> bool:
    values = {
        ids.LEAD_ORGANISATION: knocks.chosen(stage.roads),
        ids.LEAD_PERSON: {"selected_user": NAMED},
        ids.LEAD_ROLE: knocks.chosen(role.value),
    }
    await stage.submit(ids.LEAD_VIEW, values)
    return any((a.user_id, a.role) == (NAMED, role) for a in stage.people())


async def take_back_claim(stage: Stage) -> bool:
    await stage.press(ids.AFFILIATION_TAKE_BACK, stage.of(CLAIMANT, Role.STAFF).id)
    gone = all(a.user_id != CLAIMANT for a in stage.people())
    if gone:
        _claim(stage.door, CLAIMANT)
    return gone


async def confirm_claim(stage: Stage) -> bool:
    await stage.press(ids.AFFILIATION_CONFIRM, stage.of(CLAIMANT, Role.STAFF).id)
    return not stage.of(CLAIMANT, Role.STAFF).self_declared


async def take_back_lead(stage: Stage) -> bool:
    await stage.press(ids.AFFILIATION_TAKE_BACK, stage.of(SECOND_LEAD, Role.LEAD).id)
    return all(a.user_id != SECOND_LEAD for a in stage.people())


async def take_back_office(stage: Stage) -> bool:
    await stage.press(ids.AFFILIATION_TAKE_BACK, stage.of("U0OFFICE2", Role.OFFICE, "economy").id)
    return all(a.user_id != "U0OFFICE2" for a in stage.people("economy"))


async def add_organisation(stage: Stage) -> bool:
    await stage.submit(ids.ORGANISATION_VIEW, {ids.ORGANISATION_NAME: "새물결과"})
    with stage.door.toolkit.database.read() as tx:
        return bool(organisations.by_name(tx, "새물결과"))


async def rename_organisation(stage: Stage) -> bool:
    values = {ids.ORGANISATION_TARGET: knocks.chosen(stage.roads), ids.ORGANISATION_NAME: "길가꿈본부"}
    await stage.submit(ids.ORGANISATION_VIEW, values)
    return stage.door.organisation("roads").name == "길가꿈본부"


async def look_at_report(stage: Stage) -> bool:
    await stage.press(ids.REPORT_WHY, button_value_of(stage.report))
    return TITLE in stage.told()


async def open_change_of_report(stage: Stage) -> bool:
    stage.door.workspace.views.clear(stage.user)
    await stage.press(ids.REPORT_CHANGE, button_value_of(stage.report))
    top = stage.door.workspace.views.top(stage.user)
    assert top is not None
    return TITLE in json.dumps(top.body, ensure_ascii=False)


async def change_report(stage: Stage) -> bool:
    now = stage.purchase()
    changed = {ids.REPORT_AMOUNT: "31만원"}
    await stage.send(a_report(stage.door, stage.user, key="swapped", changing=(now.id, now.version), **changed))
    return stage.purchase().draft.amount == 310_000


async def cancel_report(stage: Stage) -> bool:
    await stage.press(ids.REPORT_CANCEL, button_value_of(stage.purchase()))
    return stage.purchase().state is PurchaseState.CANCELLED


async def send_anothers_form(stage: Stage) -> bool:
    """The form of somebody else, with the key under which their report was stored."""
    reply = await stage.send(a_report(stage.door, stage.user, key="the-colleagues"))
    return "errors" not in reply.body


async def report_for_roads(stage: Stage) -> bool:
    await stage.send(a_report(stage.door, stage.user, key="own-1"))
    return stage.reports("roads") == 1


async def report_for_arts(stage: Stage) -> bool:
    await stage.send(a_report(stage.door, stage.user, key="own-2", organisation="arts"))
    return stage.reports("arts") == 1


async def ask_for_link_form(stage: Stage) -> bool:
    return await _opens(stage, "연결", ids.LINK_VIEW)


async def ask_for_lead_form(stage: Stage) -> bool:
    return await _opens(stage, "담당", ids.LEAD_VIEW)


async def ask_for_organisation_form(stage: Stage) -> bool:
    return await _opens(stage, "부서", ids.ORGANISATION_VIEW)


async def _opens(stage: Stage, word: str, callback_id: str) -> bool:
    stage.door.workspace.views.clear(stage.user)
    await stage.send(knocks.command(stage.door, stage.user, "/gwannae", word, ROADS))
    top: OpenView | None = stage.door.workspace.views.top(stage.user)
    return top is not None and top.body["callback_id"] == callback_id


LEADS, OFFICE_ALONE = frozenset({"lead", "office"}), frozenset({"office"})

# The deed, all upon the road division or its rows, and the roles that may.
DEEDS: dict[Callable[[Stage], Awaitable[bool]], frozenset[str]] = {
    ask_for_link_form: LEADS,
    ask_for_lead_form: frozenset({"lead", "another's lead", "office"}),
    ask_for_organisation_form: OFFICE_ALONE,
    link: LEADS,
    take_over_channel: OFFICE_ALONE,
    unlink: LEADS,
    name_staff: LEADS,
    name_lead: LEADS,
    name_office: OFFICE_ALONE,
    take_back_claim: LEADS,
    confirm_claim: LEADS,
    take_back_lead: LEADS,
    take_back_office: OFFICE_ALONE,
    add_organisation: OFFICE_ALONE,
    rename_organisation: OFFICE_ALONE,
    look_at_report: LEADS | {"planning"},
    open_change_of_report: LEADS,
    change_report: LEADS,
    cancel_report: LEADS,
    send_anothers_form: frozenset(),
    # Last, for these two give a role to those who have none: who has none names one by reporting.
    report_for_roads: frozenset(WHO) - {"another's lead"},
    report_for_arts: frozenset(WHO) - {"staff", "lead"},
}


def _link(door: FrontDoor, channel: str) -> None:
    with door.toolkit.database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        organisations.link_channel(tx, roads.id, TEAM, channel, by=COMMAND_LINE, at=door.clock())


def _give(door: FrontDoor, user: str, code: str, role: Role, *, self_declared: bool = False) -> None:
    with door.toolkit.database.write() as tx:
        organisation = organisations.by_code(tx, code)
        assert organisation is not None
        affiliations.add_affiliation(
            tx, TEAM, user, organisation.id, role,
            self_declared=self_declared, since=door.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip


def _claim(door: FrontDoor, user: str) -> None:
    _give(door, user, "roads", Role.STAFF, self_declared=True)


async def set_up(door: FrontDoor, user: str) -> Stage:
    for person in {*WHO.values(), CLAIMANT, SECOND_LEAD, NAMED, "U0OFFICE2"}:
        door.workspace.people.setdefault(person, Person(person, person.lower()))
    _give(door, WHO["staff"], "roads", Role.STAFF)
    _give(door, OTHER, "arts", Role.LEAD)
    _give(door, WHO["planning"], "economy", Role.PLANNING)
    _give(door, SECOND_LEAD, "roads", Role.LEAD)
    _give(door, "U0OFFICE2", "economy", Role.OFFICE)
    for claimant in (CLAIMANT, WHO["self-declared"]):
        _claim(door, claimant)
    _link(door, LINKED)
    report = await stored(door, STAFF, key="the-colleagues")
    return Stage(door, user, report)


@pytest.mark.parametrize("role", WHO)
async def test_every_deed_of_a_role_is_allowed_or_refused_as_the_table_says(door: FrontDoor, role: str) -> None:
    stage = await set_up(door, WHO[role])
    seen: dict[str, bool] = {}
    for deed in DEEDS:
        rows, refusals = stage.rows(), len(stage.refusals())
        allowed = seen[deed.__name__] = await deed(stage)
        if not allowed:
            assert stage.rows() == rows, f"{deed.__name__} was refused and yet changed something"
            assert len(stage.refusals()) == refusals + 1, f"the refusal of {deed.__name__} was not written down"
    assert seen == {deed.__name__: role in roles for deed, roles in DEEDS.items()}
    if not seen["look_at_report"]:
        titles = [view.body for view in door.workspace.views.stack(stage.user)]
        assert seen["report_for_roads"] or seen["report_for_arts"] or TITLE not in json.dumps(titles)


async def test_a_refusal_is_written_down_with_who_what_and_when(door: FrontDoor) -> None:
    stage = await set_up(door, WHO["staff"])
    await name_office(stage)
    [entry] = stage.refusals()
    assert (entry.team_id, entry.user_id) == (TEAM, WHO["staff"])
    assert entry.at == door.clock()
    assert (entry.subject, entry.detail) == (f"organisation:{stage.roads}", {"deed": "name_office_people"})


@pytest.mark.parametrize("number", ["0", "999999", "-1", "１", "1;2", "9" * 30, "'; DROP TABLE members; --", ""])
@pytest.mark.parametrize("role", ["nobody", "office"])
async def test_numbers_that_are_nobodys_change_nothing(door: FrontDoor, role: str, number: str) -> None:
    stage = await set_up(door, WHO[role])
    rows = stage.rows()
    await stage.press(ids.AFFILIATION_CONFIRM, number)
    if number != "１":  # a full-width one is a one, and the first affiliation is the office's own to end
        await stage.press(ids.AFFILIATION_TAKE_BACK, number)
    for action in (ids.REPORT_WHY, ids.REPORT_CHANGE, ids.REPORT_CANCEL):
        await stage.press(action, f"{number}:7")
    await stage.submit(
        ids.LINK_VIEW, {ids.LINK_ORGANISATION: knocks.chosen("0" if number == "１" else number)}, CHANNEL
    )
    role_values = {
        ids.LEAD_ORGANISATION: knocks.chosen("0" if number == "１" else number),
        ids.LEAD_PERSON: {"selected_user": NAMED},
        ids.LEAD_ROLE: knocks.chosen("staff"),
    }
    await stage.submit(ids.LEAD_VIEW, role_values)
    await stage.submit(ids.LEAD_VIEW, {**role_values, ids.LEAD_ROLE: knocks.chosen("emperor")})
    assert stage.rows() == rows
    assert "문의 번호" not in stage.told()


async def test_confirming_and_taking_back_at_once_leaves_one_of_the_two(door: FrontDoor) -> None:
    stage = await set_up(door, LEAD)
    for _ in range(20):
        claim = str(stage.of(CLAIMANT, Role.STAFF).id)
        payloads = [
            knocks.pressed(door, LEAD, action, claim) for action in (ids.AFFILIATION_CONFIRM, ids.AFFILIATION_TAKE_BACK)
        ]
        await asyncio.gather(*(knocks.send(door, payload) for payload in payloads))
        mine = [a for a in stage.people() if a.user_id == CLAIMANT]
        assert [a.self_declared for a in mine] in ([], [False])
        with door.toolkit.database.write() as tx:
            for affiliation in mine:
                affiliations.end_affiliation(tx, affiliation.id, door.toolkit.today)
        _claim(door, CLAIMANT)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0


async def test_a_reporter_may_change_and_cancel_their_own_report(door: FrontDoor) -> None:
    stage = await set_up(door, STAFF)
    assert await look_at_report(stage)
    assert await change_report(stage)
    assert await cancel_report(stage)
    assert stage.refusals() == []
