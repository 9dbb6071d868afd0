"""An organisation that no longer takes part: the office says so and takes it back; nothing of it is lost."""

import pytest

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.sandbox.app_answers import Submission
from gwannae.storage import affiliations, audit, organisations
from tests.bot import knocks
from tests.bot.reports import TITLE, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, SQUARE, STAFF, TEAM, FrontDoor, text_of

OUT, IN = "out", "in"


async def send(door: FrontDoor, code: str | None, **values: str) -> Submission:
    """Fill the office's form for an organisation and send it off."""
    await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
    filled: dict[str, object] = {f"organisation-{name}": value for name, value in values.items()}
    if code:
        wanted = door.organisation(code)
        found = await door.driver.options(
            OFFICE, door.form(OFFICE), ids.ORGANISATION_TARGET, ids.ORGANISATION_TARGET, wanted.name
        )
        filled[ids.ORGANISATION_TARGET] = next(o for o in found["options"] if o["value"] == str(wanted.id))
    return await door.driver.submit(OFFICE, filled)  # type: ignore[arg-type]


async def offered(door: FrontDoor, user: str, action: str) -> list[str]:
    asked = {"type": "block_suggestion", **knocks.person(door, user), "action_id": action, "value": ""}
    return [o["text"]["text"] for o in (await knocks.send(door, asked)).json()["options"]]


async def test_one_that_is_out_disappears_from_choices_and_keeps_its_channel_and_reports(door: FrontDoor) -> None:
    await stored(door)
    await send(door, "roads", state=OUT)
    assert "‘길가꿈과’" in text_of(door.form(OFFICE))
    assert "더는 참여하지 않습니다" in text_of(door.form(OFFICE))
    assert not door.organisation("roads").active
    for action in (ids.REPORT_ORGANISATION, ids.LINK_ORGANISATION, ids.LEAD_ORGANISATION):
        assert "길가꿈과" not in await offered(door, OFFICE, action)
    with door.toolkit.database.read() as tx:
        linked = organisations.organisation_of_channel(tx, TEAM, ROADS)
        latest = audit.entries(tx, limit=1)[0]
    assert linked is not None
    assert linked.code == "roads"
    assert (latest.event, latest.user_id, latest.detail["active"]) == (AuditEvent.ORGANISATION_CHANGED, OFFICE, False)
    await door.driver.open_home(STAFF)
    await door.driver.settle()
    home = door.workspace.views.home(STAFF)
    assert home is not None
    assert TITLE in text_of(home)


async def test_it_comes_back_with_its_name_kind_and_people(door: FrontDoor) -> None:
    before = door.organisation("roads")
    await send(door, "roads", state=OUT)
    await door.driver.close_view(OFFICE)
    assert "길가꿈과 (참여하지 않음)" in await offered(door, OFFICE, ids.ORGANISATION_TARGET)
    await send(door, "roads", state=IN)
    assert "다시 참여합니다" in text_of(door.form(OFFICE))
    assert door.organisation("roads") == before
    with door.toolkit.database.read() as tx:
        assert len(affiliations.people_of(tx, before.id, door.toolkit.today)) == 2
        assert audit.entries(tx, limit=1)[0].detail["active"] is True


@pytest.mark.parametrize("user", [STAFF, LEAD, NEWCOMER, OFFICE])
async def test_the_report_form_opens_for_everybody_also_in_the_channel_of_one_that_is_out(
    door: FrontDoor, user: str
) -> None:
    await send(door, "roads", state=OUT)
    await door.driver.close_view(OFFICE)
    answer = await door.driver.command(user, ROADS, "/report-purchase")
    assert answer.error == ""
    form = door.form(user)
    assert form.body["title"]["text"] == "구매 보고"
    assert "길가꿈과" not in text_of(form)
    assert "길가꿈과" not in await offered(door, user, ids.REPORT_ORGANISATION)


async def test_who_belonged_to_one_that_is_out_may_name_another(door: FrontDoor) -> None:
    await send(door, "roads", state=OUT)
    purchase = await stored(door, STAFF, key="elsewhere", organisation="arts")
    assert purchase.self_declared


async def test_the_programme_office_itself_takes_part_always(door: FrontDoor) -> None:
    sent = await send(door, "economy", state=OUT)
    assert list(sent.errors) == [ids.ORGANISATION_STATE]
    assert "총괄 부서는" in sent.errors[ids.ORGANISATION_STATE]
    assert door.organisation("economy").active


async def test_the_programme_office_is_known_under_another_name_too(door: FrontDoor) -> None:
    await send(door, "economy", name="상생살림과")
    await door.driver.close_view(OFFICE)
    sent = await send(door, "economy", state=OUT)
    assert list(sent.errors) == [ids.ORGANISATION_STATE]


async def test_nothing_can_be_out_before_it_is_there(door: FrontDoor) -> None:
    sent = await send(door, None, name="새물결과", state=OUT)
    assert list(sent.errors) == [ids.ORGANISATION_STATE]
    with door.toolkit.database.read() as tx:
        assert organisations.by_name(tx, "새물결과") == []


async def test_one_that_is_out_is_changed_only_together_with_its_coming_back(door: FrontDoor) -> None:
    await send(door, "roads", state=OUT)
    await door.driver.close_view(OFFICE)
    sent = await send(door, "roads", name="길꾸밈과")
    assert list(sent.errors) == [ids.ORGANISATION_STATE]
    assert not door.organisation("roads").active
    await door.driver.close_view(OFFICE)
    await send(door, "roads", name="길꾸밈과", state=IN)
    assert (door.organisation("roads").name, door.organisation("roads").active) == ("길꾸밈과", True)


async def test_one_whose_name_was_taken_meanwhile_comes_back_under_another(door: FrontDoor) -> None:
    await send(door, "roads", state=OUT)
    await door.driver.close_view(OFFICE)
    await send(door, None, name="길가꿈과")
    await door.driver.close_view(OFFICE)
    sent = await send(door, "roads", state=IN)
    assert list(sent.errors) == [ids.ORGANISATION_NAME]
    assert not door.organisation("roads").active


async def test_the_channel_of_one_that_is_out_is_linked_anew_by_the_office(door: FrontDoor) -> None:
    await send(door, "roads", state=OUT)
    await door.driver.close_view(OFFICE)
    await door.driver.command(OFFICE, ROADS, "/gwannae", "연결")
    await door.driver.submit(OFFICE, {ids.LINK_ORGANISATION: str(door.organisation("arts").id)})
    assert "전에는 길가꿈과 채널이었습니다" in text_of(door.form(OFFICE))


@pytest.mark.parametrize("user", [STAFF, LEAD])
async def test_nobody_but_the_office_takes_one_out(door: FrontDoor, user: str) -> None:
    values = {
        ids.ORGANISATION_TARGET: knocks.chosen(door.organisation("arts").id),
        ids.ORGANISATION_STATE: knocks.chosen(OUT),
    }
    await knocks.send(door, knocks.submitted(door, user, ids.ORGANISATION_VIEW, values))
    assert door.organisation("arts").active
    with door.toolkit.database.read() as tx:
        latest = audit.entries(tx, limit=1)[0]
    assert (latest.event, latest.user_id) == (AuditEvent.REFUSED, user)


async def test_a_lead_of_one_that_is_out_and_of_another_goes_on_for_the_other(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, LEAD, door.organisation("arts").id, Role.LEAD,
            self_declared=False, since=door.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip
    await send(door, "roads", state=OUT)
    assert await offered(door, LEAD, ids.REPORT_ORGANISATION) == ["햇님예술재단"]
    await door.driver.command(LEAD, SQUARE, "/gwannae", "담당")
    assert "길가꿈과" not in text_of(door.form(LEAD))
