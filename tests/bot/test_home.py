"""The Home tab: for somebody new, for staff, for a lead, for the programme office."""

import asyncio

from gwannae.messages import ids
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.storage import affiliations
from tests.bot import knocks
from tests.bot.reports import TITLE, a_report, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, STAFF, TEAM, FrontDoor, text_of


async def home_of(door: FrontDoor, user: str) -> str:
    await door.driver.open_home(user)
    await done(door)
    home = door.workspace.views.home(user)
    assert home is not None
    return text_of(home)


async def done(door: FrontDoor) -> None:
    await asyncio.sleep(0.01)  # an event goes its way in a task that has yet to begin
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def test_somebody_new_reads_how_to_begin(door: FrontDoor) -> None:
    shown = await home_of(door, NEWCOMER)
    assert "아직 소속을 모릅니다" in shown
    assert "상생경제과에 물어보세요" in shown
    assert "아직 없습니다. [구매 보고]를 누르면" in shown
    assert "총괄 부서* · 채널 연결" not in shown


async def test_somebody_who_joins_later_has_the_role_that_they_are_given(door: FrontDoor) -> None:
    assert "아직 소속을 모릅니다" in await home_of(door, NEWCOMER)
    await door.driver.command(LEAD, "C0ROADS", "/gwannae", "담당")
    roads = str(door.organisation("roads").id)
    await door.driver.submit(
        LEAD, {ids.LEAD_ORGANISATION: roads, ids.LEAD_PERSON: NEWCOMER, ids.LEAD_ROLE: Role.STAFF.value}
    )
    assert "*길가꿈과* 담당자" in await home_of(door, NEWCOMER)


async def test_staff_see_their_place_and_their_reports(door: FrontDoor) -> None:
    await stored(door)
    shown = await home_of(door, STAFF)
    assert "*길가꿈과* 담당자" in shown
    assert "*2027년 1위 / 1*" in shown
    assert TITLE in shown
    assert "본인이 고른 소속" not in shown


async def test_a_lead_confirms_what_a_newcomer_said_of_themselves(door: FrontDoor) -> None:
    await stored(door, NEWCOMER)
    assert "(본인이 고름)" in await home_of(door, NEWCOMER)
    shown = await home_of(door, LEAD)
    assert "본인이 고른 소속 1건" in shown
    assert f"<@{NEWCOMER}> · 길가꿈과" in shown
    home = door.workspace.views.home(LEAD)
    assert home is not None
    await door.driver.press(LEAD, home, ids.AFFILIATION_CONFIRM)
    await done(door)
    assert "정했습니다" in door.direct_messages(LEAD)[-1].text
    home = door.workspace.views.home(LEAD)
    assert home is not None
    assert "본인이 고른 소속" not in text_of(home)
    assert "(본인이 고름)" not in await home_of(door, NEWCOMER)


async def test_a_lead_takes_back_a_claim_and_the_report_stays(door: FrontDoor) -> None:
    await stored(door, NEWCOMER)
    await home_of(door, LEAD)
    home = door.workspace.views.home(LEAD)
    assert home is not None
    await door.driver.press(LEAD, home, ids.AFFILIATION_TAKE_BACK)
    await done(door)
    assert "거두었습니다. 그동안의 보고는 그대로 있습니다" in door.direct_messages(LEAD)[-1].text
    shown = await home_of(door, NEWCOMER)
    assert "아직 소속을 모릅니다" in shown
    assert TITLE in shown


async def test_a_button_pressed_too_late_says_so(door: FrontDoor) -> None:
    await stored(door, NEWCOMER)
    await home_of(door, LEAD)
    home = door.workspace.views.home(LEAD)
    assert home is not None
    claim = next(e for b in home.blocks if b["type"] == "actions" for e in b["elements"] if e["action_id"] ==
                 ids.AFFILIATION_CONFIRM)  # fmt: skip
    for _ in range(2):
        await knocks.send(door, knocks.pressed(door, OFFICE, ids.AFFILIATION_TAKE_BACK, claim["value"]))
    await done(door)
    assert ["거두었습니다" in m.text for m in door.direct_messages(OFFICE)] == [True, False]
    assert "이미 바뀌었습니다" in door.direct_messages(OFFICE)[-1].text


async def test_the_office_sees_who_is_not_linked_yet(door: FrontDoor) -> None:
    shown = await home_of(door, OFFICE)
    assert "채널 연결 1/5곳" in shown
    assert "아직 연결되지 않은 곳: 상생경제과, 햇님교통공사, 햇님시의회, 햇님예술재단" in shown


async def test_the_office_opens_its_forms_from_the_tab(door: FrontDoor) -> None:
    for action, form in ((ids.LEAD_OPEN, ids.LEAD_VIEW), (ids.ORGANISATION_OPEN, ids.ORGANISATION_VIEW)):
        await home_of(door, OFFICE)
        home = door.workspace.views.home(OFFICE)
        assert home is not None
        await door.driver.press(OFFICE, home, action)
        assert door.form(OFFICE).body["callback_id"] == form
        await door.driver.close_view(OFFICE)


async def test_many_claims_and_many_organisations_fit_on_the_tab(door: FrontDoor) -> None:
    roads = door.organisation("roads").id
    with door.toolkit.database.write() as tx:
        for number in range(60):
            affiliations.add_affiliation(
                tx, TEAM, f"U0MANY{number}", roads, Role.STAFF,
                self_declared=True, since=door.toolkit.today, by=COMMAND_LINE,
            )  # fmt: skip
    for number in range(6):
        await knocks.send(door, a_report(door, OFFICE, key=f"many-{number}"))
    shown = await home_of(door, OFFICE)
    assert "본인이 고른 소속 60건" in shown
    assert "45건이 더 있습니다" in shown
