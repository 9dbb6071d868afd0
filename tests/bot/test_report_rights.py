"""Who may still change a report: its reporter only while they may report for that organisation."""

from datetime import timedelta

import pytest

from gwannae.messages import ids
from gwannae.messages.report_purchase import button_value_of
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.storage import affiliations, audit, purchases
from tests.bot import knocks
from tests.bot.reports import TITLE, a_report, kept, stored
from tests.front_door import NEWCOMER, OFFICE, STAFF, TEAM, FrontDoor, text_of


def take_back(door: FrontDoor, user: str) -> None:
    """Everything that the person holds is taken back today."""
    with door.toolkit.database.write() as tx:
        for held in affiliations.affiliations_of(tx, TEAM, user, door.toolkit.today):
            affiliations.end_affiliation(tx, held.id, door.toolkit.today, taken_back=True)


def give(door: FrontDoor, user: str, code: str) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, user, door.organisation(code).id, Role.STAFF,
            self_declared=False, since=door.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip


async def press(door: FrontDoor, user: str, action: str, purchase: Purchase) -> str:
    """All that the person is shown after pressing a button of the receipt."""
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, action, button_value_of(purchase)))
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    dm = door.workspace.open_dm(user)
    told = list(door.workspace.messages.seen_by(user, dm.id))
    return "\n".join(map(text_of, [*door.workspace.views.stack(user), *told[-1:]]))


@pytest.mark.parametrize("user", [NEWCOMER, STAFF])
async def test_after_the_affiliation_was_taken_back_the_reporter_looks_but_changes_nothing(
    door: FrontDoor, user: str
) -> None:
    purchase = await stored(door, user)
    take_back(door, user)

    assert TITLE in await press(door, user, ids.REPORT_WHY, purchase)
    for action in (ids.REPORT_CHANGE, ids.REPORT_CANCEL):
        shown = await press(door, user, action, purchase)
        assert "더는 이 부서·기관의 이름으로 보고하지 않아 고치거나 취소할 수 없습니다" in shown
        assert "보고는 그대로 있습니다" in shown
    reply = await knocks.send(
        door, a_report(door, user, key="late", changing=(purchase.id, 1), **{ids.REPORT_AMOUNT: "1원"})
    )
    assert "고치거나 취소할 수 없습니다" in str(reply.json())
    assert kept(door, user) == [purchase]
    with door.toolkit.database.read() as tx:
        refused = [e for e in audit.entries(tx, subject=f"purchase:{purchase.id}") if e.event is AuditEvent.REFUSED]
    assert [(e.user_id, e.detail["deed"]) for e in refused] == [(user, "correct")] * 3


async def test_a_report_for_one_organisation_is_not_changed_by_who_belongs_to_another_now(door: FrontDoor) -> None:
    purchase = await stored(door)
    take_back(door, STAFF)
    give(door, STAFF, "arts")
    await press(door, STAFF, ids.REPORT_CANCEL, purchase)
    assert kept(door) == [purchase]
    await knocks.send(door, a_report(door, STAFF, key="moved", organisation="arts", changing=(purchase.id, 1)))
    assert kept(door) == [purchase]


async def test_a_reporter_whose_affiliation_holds_changes_and_cancels(door: FrontDoor) -> None:
    purchase = await stored(door, NEWCOMER)
    door.clock.now += timedelta(days=1)
    await knocks.send(
        door, a_report(door, NEWCOMER, key="more", changing=(purchase.id, 1), **{ids.REPORT_AMOUNT: "4만원"})
    )
    [changed] = kept(door, NEWCOMER)
    assert (changed.version, changed.draft.amount) == (2, 40_000)
    await press(door, NEWCOMER, ids.REPORT_CANCEL, changed)
    assert kept(door, NEWCOMER)[0].state is PurchaseState.CANCELLED


async def test_a_stranger_is_told_nothing_of_the_report(door: FrontDoor) -> None:
    purchase = await stored(door)
    shown = await press(door, NEWCOMER, ids.REPORT_CHANGE, purchase)
    assert "이 보고는 볼 수 없습니다" in shown
    assert TITLE not in shown


async def test_a_change_that_comes_too_late_leaves_no_affiliation_behind(door: FrontDoor) -> None:
    purchase = await stored(door, NEWCOMER)
    with door.toolkit.database.read() as tx:
        held = affiliations.affiliations_of(tx, TEAM, NEWCOMER, door.toolkit.today)
    await knocks.send(
        door, a_report(door, OFFICE, key="office", changing=(purchase.id, 1), **{ids.REPORT_AMOUNT: "5만원"})
    )
    with door.toolkit.database.read() as tx:
        now = purchases.purchase(tx, purchase.id)
        written = len(audit.entries(tx, limit=1000))
    assert now is not None
    assert now.version == 2

    late = await knocks.send(door, a_report(door, NEWCOMER, key="late", organisation="arts", changing=(purchase.id, 1)))

    assert "그 사이 이 보고가 바뀌어" in str(late.json())
    with door.toolkit.database.read() as tx:
        assert affiliations.affiliations_of(tx, TEAM, NEWCOMER, door.toolkit.today) == held
        assert len(audit.entries(tx, limit=1000)) == written
        assert purchases.purchase(tx, purchase.id) == now
