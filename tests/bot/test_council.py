"""실무협의회 at the front door: members by term, a half's packet by one press, minutes, the call for it."""

import json
from datetime import date, datetime

import pytest

from gwannae.actions.council_packet import look_council_packet, plan_council_packet
from gwannae.messages import council as say
from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.council import Member
from gwannae.programme.ledger import Skip, SkipReason
from gwannae.programme.outside_reasons import Looked, OutsideReason, ReasonCode
from gwannae.programme.verdict import Verdict
from gwannae.storage import audit, council, outside_reasons
from tests.bot import knocks
from tests.bot.test_outside_reasons import words_in
from tests.bot.test_purchase_export import files_of
from tests.bot.test_year_end import bought, decide, done, settled, winter
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, STAFF, FrontDoor, text_of

__all__ = ["winter"]  # a fixture
HALF = "2027-H1"


async def add_member(door: FrontDoor, post: str, *, user: str = OFFICE, **values: object) -> str:
    memo = json.dumps({"k": str(values.pop("key", post)), "m": values.pop("member", 0)})
    fields = {
        ids.COUNCIL_POST: post,
        ids.COUNCIL_SEAT: knocks.chosen(say.SEAT),
        ids.COUNCIL_SINCE: {"selected_date": "2027-01-01"},
        ids.COUNCIL_UNTIL: {"selected_date": None},
    }
    reply = await knocks.send(door, knocks.submitted(door, user, ids.COUNCIL_MEMBER_VIEW, {**fields, **values}, memo))
    return json.dumps(reply.json(), ensure_ascii=False)


def members(door: FrontDoor) -> tuple[Member, ...]:
    with door.toolkit.database.read() as tx:
        return council.members(tx)


async def hold_meeting(door: FrontDoor, present: list[int], *, key: str = "h1", **values: object) -> str:
    fields = {
        ids.COUNCIL_DAY: {"selected_date": "2027-06-14"},
        ids.COUNCIL_PRESENT: {"selected_options": [{"value": str(i)} for i in present]},
        ids.COUNCIL_OTHERS: "",
        f"{ids.COUNCIL_SAID}-0": "2027년 기본 사항을 그대로 하기로 함",
    }
    memo = json.dumps({"k": key, "h": values.pop("period", HALF)})
    payload = knocks.submitted(door, OFFICE, ids.COUNCIL_MEETING_VIEW, {**fields, **values}, memo)
    return json.dumps((await knocks.send(door, payload)).json(), ensure_ascii=False)


async def press(door: FrontDoor, action: str, value: str, user: str = OFFICE) -> list[str]:
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await done(door)
    return [message.text for message in door.direct_messages(user)]


async def window(door: FrontDoor, user: str = OFFICE) -> str:
    door.workspace.views.clear(user)
    await door.driver.command(user, ROADS, "/gwannae", "협의회")
    return text_of(door.form(user))


async def test_members_are_entered_with_their_terms_and_a_second_chair_is_refused(door: FrontDoor) -> None:
    chair = knocks.chosen(say.CHAIR)
    assert "소관과장(위원장) · 2027. 1. 1. ~" in await add_member(door, "소관과장", **{ids.COUNCIL_SEAT: chair})
    assert "두 번 저장하지 않았습니다" in await add_member(door, "소관과장", **{ids.COUNCIL_SEAT: chair})
    refused = await add_member(door, "새 과장", **{ids.COUNCIL_SEAT: chair})
    assert "앞선 위원장의 마지막 날을 먼저 적어 주세요" in refused
    (former,) = members(door)
    ended = {ids.COUNCIL_SEAT: chair, ids.COUNCIL_UNTIL: {"selected_date": "2027-05-31"}}
    await add_member(door, "소관과장", key="end", member=former.id, **ended)
    later = {ids.COUNCIL_SEAT: chair, ids.COUNCIL_SINCE: {"selected_date": "2027-06-01"}}
    assert "저장했습니다" in await add_member(door, "새 과장", key="new", **later)
    said = await window(door)
    assert "오늘 위원 1명" in said
    assert "소관과장(위원장) · 2027. 1. 1. ~ 2027. 5. 31." in said
    with door.toolkit.database.read() as tx:
        assert [e.event for e in audit.entries(tx)].count(AuditEvent.COUNCIL_MEMBER_KEPT) == 3


async def test_more_members_than_seats_are_said_and_not_refused(door: FrontDoor) -> None:
    for at in range(5):
        assert "정원" not in await add_member(door, f"팀장{at}")
    assert "오늘 위원이 6명으로 정원 5명보다 많습니다" in await add_member(door, "팀장5")


@pytest.mark.parametrize(
    ("post", "values", "said"),
    [
        ("  \u200b ", {}, "직위를 적어 주세요"),
        ("팀장", {ids.COUNCIL_SINCE: {"selected_date": None}}, "임기가 시작된 날을 골라 주세요"),
        ("팀장", {ids.COUNCIL_UNTIL: {"selected_date": "2026-12-31"}}, "마지막 날이 시작한 날보다 앞입니다"),
        ("팀장", {"member": 99}, "그 사이 바뀌었습니다"),
    ],
)
async def test_a_wrong_member_is_refused_at_the_field(
    door: FrontDoor, post: str, values: dict[str, object], said: str
) -> None:
    assert said in await add_member(door, post, **values)
    assert members(door) == ()


async def test_a_meeting_is_written_down_and_who_was_no_member_that_day_is_told(door: FrontDoor) -> None:
    await add_member(door, "소관과장")
    await add_member(door, "옛 팀장", **{ids.COUNCIL_UNTIL: {"selected_date": "2027-03-31"}})
    await add_member(door, "계약총괄팀장")
    head, former, team = (member.id for member in members(door))
    said = await hold_meeting(door, [head, former])
    assert "2027. 6. 14.(월) 회의를 저장했습니다" in said
    assert "그날 위원이 아니었던 분: 옛 팀장(2027. 1. 1. ~ 2027. 3. 31.)" in said
    assert "그날 위원이지만 참석에 없는 분: 계약총괄팀장" in said
    assert "두 번 저장하지 않았습니다" in await hold_meeting(door, [head, former])
    await hold_meeting(door, [head, team], key="h2")
    told = await press(door, ids.COUNCIL_MINUTES, HALF)
    assert "회의록 초안입니다" in told[-2]
    (file,) = files_of(door, OFFICE)
    assert file.name == "실무협의회_회의록_2027-H1.hwpx"
    words = words_in(file)
    assert "2027년 상반기 공공구매 실무협의회 회의록" in words
    assert "소관과장, 계약총괄팀장" in words
    assert "1. 지역상품 우선구매의 기본 사항: 2027년 기본 사항을 그대로 하기로 함" in words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({ids.COUNCIL_DAY: {"selected_date": "2027-06-16"}}, "회의한 날이 오늘보다 뒤입니다"),
        ({ids.COUNCIL_DAY: {"selected_date": None}}, "회의한 날을 골라 주세요"),
        ({ids.COUNCIL_PRESENT: {"selected_options": []}}, "참석한 위원을 골라 주세요"),
        ({f"{ids.COUNCIL_SAID}-0": "  "}, "한 안건이라도"),
        ({"period": "2027"}, "어느 반기의 회의인지 알 수 없습니다"),
    ],
)
async def test_a_wrong_meeting_is_refused_at_the_field(door: FrontDoor, values: dict[str, object], said: str) -> None:
    await add_member(door, "소관과장")
    assert said in await hold_meeting(door, [members(door)[0].id], **values)
    with door.toolkit.database.read() as tx:
        assert council.meetings(tx) == ()


async def test_one_press_makes_the_packet_of_a_half_as_text_and_as_a_file(door: FrontDoor) -> None:
    await add_member(door, "소관과장", **{ids.COUNCIL_SEAT: knocks.chosen(say.CHAIR)})
    bought(door, "roads", Verdict.LOCAL, 600_000)
    outside = bought(door, "roads", Verdict.OUTSIDE, 400_000)
    bought(door, "arts", Verdict.OUTSIDE, 9_000_000, day=date(2027, 7, 1))  # of the other half
    with door.toolkit.database.write() as tx:
        reason = OutsideReason(
            ReasonCode.PRICE, "비쌈", Looked("책자 인쇄", date(2027, 6, 1), (), 0), door.clock(), "T", "U"
        )
        outside_reasons.add(tx, outside, reason, "r1")
    told = await press(door, ids.COUNCIL_PACKET, HALF)
    assert told[-2].startswith("*2027년 상반기 실무협의회 자료* · 한글 파일은 아래에 있습니다.")
    (file,) = files_of(door, OFFICE)
    assert file.name == "실무협의회_자료_2027-H1.hwpx"
    words = words_in(file)
    for part in (
        "2027년 상반기 공공구매 실무협의회 자료",
        "순위: 건수 비율이 높은 순, 같으면 금액 비율",
        "소관과장(위원장) (정원 5명)",
        "1. 지역상품 우선구매의 기본 사항",
        "건수 50.0% (1/2) · 금액 60.0% (60/100만 원)",
        "책자 인쇄",
        "가격·성능 차이",
        "먼바다기획",
        "2027년 상반기 공공구매 실무협의회 회의록",
    ):
        assert part in words, part
    assert "9,000" not in words


async def test_the_packet_says_what_is_missing_instead_of_failing(door: FrontDoor) -> None:
    await press(door, ids.COUNCIL_PACKET, "2026-H2")
    words = words_in(files_of(door, OFFICE)[0])
    assert "해당 없음" in words
    assert "적혀 있지 않음 (정원 5명)" in words
    for value, said in (("2027-H2", "아직 시작하지 않은 기간"), ("x/y", "어느 반기인지"), ("", "어느 반기인지")):
        assert said in (await press(door, ids.COUNCIL_PACKET, value))[-1]
    assert "회의를 아직 적지 않았습니다" in (await press(door, ids.COUNCIL_MINUTES, HALF))[-1]


async def test_nobody_but_the_office_sees_or_keeps_the_council(door: FrontDoor) -> None:
    for user in (STAFF, LEAD, NEWCOMER):
        assert "총괄 부서만 할 수 있습니다" in await window(door, user)
        assert "총괄 부서만 할 수 있습니다" in await add_member(door, "팀장", user=user)
        assert "총괄 부서만 할 수 있습니다" in (await press(door, ids.COUNCIL_PACKET, HALF, user))[-1]
        assert files_of(door, user) == []
    assert members(door) == ()


async def test_a_meeting_needs_members_first(door: FrontDoor) -> None:
    await press(door, ids.COUNCIL_MEETING_OPEN, HALF)
    assert "먼저 [위원 적기]로" in text_of(door.form(OFFICE))
    await add_member(door, "소관과장")
    await press(door, ids.COUNCIL_MEETING_OPEN, HALF)
    assert "구매계획, 구매실적과 포상" in text_of(door.form(OFFICE))


async def test_on_the_calendars_day_the_office_is_called_once_and_not_after_the_meeting(door: FrontDoor) -> None:
    planned = [p for day in range(1, 31) for p in _plans(door, datetime(2027, 6, day, 10))]  # noqa: DTZ001
    planned += [p for day in range(1, 31) for p in _plans(door, datetime(2027, 7, day, 10))]  # noqa: DTZ001
    keys = {post.key.spelled for post in planned}
    assert keys == {"council_packet/2027-H1//office/1"}
    post = planned[0]
    assert len({p.due for p in planned}) == 1
    found = look_council_packet(door.toolkit, post.key, post.due)
    assert not isinstance(found, Skip)
    said = json.dumps(say.call(found), ensure_ascii=False)
    assert "2027년 상반기 공공구매 실무협의회 자료를 만들 때입니다" in said
    assert "자료 만들기" in said
    await add_member(door, "소관과장")
    await hold_meeting(door, [members(door)[0].id])
    assert look_council_packet(door.toolkit, post.key, post.due) == Skip(SkipReason.NOTHING_OWED)


def _plans(door: FrontDoor, at: datetime) -> list[object]:
    return list(plan_council_packet(door.toolkit, at.replace(tzinfo=door.clock.now.tzinfo)))


async def test_a_decision_that_names_somebody_without_a_seat_says_so(winter: FrontDoor) -> None:
    await settled(winter)
    await add_member(winter, "옛 팀장", **{ids.COUNCIL_UNTIL: {"selected_date": "2027-03-31"}})
    told = json.dumps(await decide(winter, **{ids.AWARD_MEMBERS: "위원장, 옛 팀장"}), ensure_ascii=False)
    assert "심의 결과를 저장했습니다" in told
    assert "2027. 12. 13.에 위원이 아니었던 분이 적혀 있습니다: 옛 팀장(2027. 1. 1. ~ 2027. 3. 31.)" in told


async def test_the_packet_on_postgresql(postgres_door: FrontDoor) -> None:
    bought(postgres_door, "roads", Verdict.OUTSIDE, 400_000)
    await add_member(postgres_door, "소관과장")
    await hold_meeting(postgres_door, [members(postgres_door)[0].id])
    await press(postgres_door, ids.COUNCIL_PACKET, HALF)
    assert "책자 인쇄" in words_in(files_of(postgres_door, OFFICE)[0])
