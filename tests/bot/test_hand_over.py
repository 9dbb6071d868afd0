"""`/gwannae 인수인계` at the front door: what somebody who takes an organisation over finds, and for whom it is."""

from datetime import date

import pytest

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.verdict import Verdict
from gwannae.storage import affiliations, audit, purchases
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, SQUARE, STAFF, TEAM, FrontDoor, text_of


def bought(door: FrontDoor, code: str, day: date, verdict: Verdict, amount: int) -> None:
    draft = a_draft(
        organisation_id=door.organisation(code).id, contract_date=day, amount=amount, kind=PurchaseKind.SERVICES
    )
    with door.toolkit.database.write() as tx:
        purchases.add(tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=door.clock())


async def asked(door: FrontDoor, user: str, name: str = "", channel: str = ROADS) -> str:
    answer = await door.driver.command(user, channel, "/gwannae", f"인수인계 {name}".strip())
    assert answer.shown[-1].only_for == user
    return text_of(answer.shown[-1])


async def test_a_lead_reads_what_is_owed_what_is_open_and_how_both_years_went(door: FrontDoor) -> None:
    bought(door, "roads", date(2026, 5, 10), Verdict.LOCAL, 3_000_000)
    bought(door, "roads", date(2026, 6, 10), Verdict.OUTSIDE, 1_000_000)
    bought(door, "roads", date(2027, 4, 10), Verdict.UNCONFIRMED, 600_000)
    bought(door, "roads", date(2027, 5, 10), Verdict.OUTSIDE, 600_000)
    said = await asked(door, LEAD)
    assert "*길가꿈과 인수인계* · 남은 일 4가지 · 다음 보고 기한 2027. 6. 18.(금)" in said
    assert "• 1월분, 2월분, 3월분 구매 보고가 아직 없습니다." in said
    assert "• 미확인 1건은" in said
    assert "• 관외 구매 1건에 사유가 필요합니다." in said
    assert "• 4월분, 5월분 실적은 책임자의 확정이 필요합니다." in said
    assert "*지난해* · 1위 / 1 · 건수 50.0% (1/2) · 금액 75.0% (300/400만 원)" in said
    assert "용역: 건수 50.0% (1/2)" in said
    assert "*올해 지금까지* · 건수 0.0% (0/1)" in said
    assert "미확인 1건은 어느 쪽에도 넣지 않았습니다." in said


async def test_where_nothing_is_left_it_says_so(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, OTHER, door.organisation("arts").id, Role.LEAD,
            self_declared=False, since=date(2027, 1, 4), by=COMMAND_LINE,
        )  # fmt: skip
    door.clock.now = door.clock.now.replace(month=1, day=4)
    said = await asked(door, OTHER, channel=SQUARE)
    assert "*햇님예술재단 인수인계* · 남은 일이 없습니다" in said
    assert "*지난해* · 보고된 구매가 없습니다." in said


async def test_from_it_one_says_that_nothing_was_bought(door: FrontDoor) -> None:
    answer = await door.driver.command(LEAD, ROADS, "/gwannae", "인수인계")
    await door.driver.press(LEAD, answer.shown[-1], ids.OWED_NOTHING, "owed-nothing-2027-03")
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert "1월분, 2월분, 4월분, 5월분 구매 보고가 아직 없습니다" in await asked(door, LEAD)


@pytest.mark.parametrize(
    ("name", "channel", "says"),
    [
        ("길가꿈과", SQUARE, "*길가꿈과 인수인계*"),
        ("햇님 예술 재단", SQUARE, "*햇님예술재단 인수인계*"),
        ("", ROADS, "*길가꿈과 인수인계*"),
        ("", SQUARE, "어느 곳의 인수인계인지 이름을 함께 적어 주세요"),
        ("없는과", ROADS, "어느 곳의 인수인계인지 이름을 함께 적어 주세요"),
        ("<!channel>", ROADS, "어느 곳의 인수인계인지 이름을 함께 적어 주세요"),
    ],
)
async def test_the_office_names_whose_it_wants(door: FrontDoor, name: str, channel: str, says: str) -> None:
    assert says in await asked(door, OFFICE, name, channel)


@pytest.mark.parametrize("user", [STAFF, NEWCOMER])
async def test_who_reads_no_results_is_refused_and_it_is_written_down(door: FrontDoor, user: str) -> None:
    bought(door, "roads", date(2026, 5, 10), Verdict.LOCAL, 3_000_000)
    said = await asked(door, user, "길가꿈과")
    assert "책임자만 할 수 있습니다" in said
    assert "300" not in said
    with door.toolkit.database.read() as tx:
        refused = [e for e in audit.entries(tx) if e.event is AuditEvent.REFUSED]
    assert [e.user_id for e in refused] == [user]


async def test_a_lead_sees_no_other_organisations(door: FrontDoor) -> None:
    bought(door, "arts", date(2026, 5, 10), Verdict.LOCAL, 9_000_000)
    said = await asked(door, LEAD, "햇님예술재단")
    assert "어느 곳의 인수인계인지" in said
    assert "900" not in said
