"""`/gwannae`: help, linking a channel and undoing it, naming people, adding and renaming organisations."""

import pytest

from gwannae.messages import gwannae as say
from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed, Role
from gwannae.storage import affiliations, audit, organisations
from tests.bot import knocks
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, SQUARE, STAFF, TEAM, FrontDoor, text_of


def owner(door: FrontDoor, channel: str) -> str | None:
    with door.toolkit.database.read() as tx:
        found = organisations.organisation_of_channel(tx, TEAM, channel)
    return found.code if found else None


def give(door: FrontDoor, user: str, code: str, role: Role) -> None:
    organisation = door.organisation(code)
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, user, organisation.id, role, self_declared=False, since=door.toolkit.today, by=COMMAND_LINE
        )


def roles(door: FrontDoor, user: str) -> set[tuple[str, str]]:
    with door.toolkit.database.read() as tx:
        held = affiliations.affiliations_of(tx, TEAM, user, door.toolkit.today)
    return {(a.organisation.code, a.role.value) for a in held}


async def said(door: FrontDoor, user: str, channel: str, words: str) -> str:
    answer = await door.driver.command(user, channel, "/gwannae", words)
    assert answer.error == ""
    return "\n".join(text_of(message) for message in answer.shown)


def option_values(door: FrontDoor, user: str, block_id: str) -> list[str]:
    block = next(b for b in door.form(user).blocks if b["block_id"] == block_id)
    return [option["text"]["text"] for option in block["element"]["options"]]


# -- help --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["", "도움말", " 도움 ", "help"])
async def test_help_says_what_counts_and_whom_to_call(door: FrontDoor, word: str) -> None:
    shown = await said(door, STAFF, ROADS, word)
    assert "상생경제과" in shown
    assert "무엇이 집계되나요" in shown
    assert "6개월" in shown
    assert "이 메시지는 나에게만 보입니다" in shown


@pytest.mark.parametrize("word", ["모름", "연결해", "<!channel>", "'; DROP TABLE members; --", "가" * 3000, "🖨️"])
async def test_a_word_that_means_nothing_is_said_back_and_leads_to_help(door: FrontDoor, word: str) -> None:
    shown = await said(door, STAFF, ROADS, word)
    assert "모르는 말입니다" in shown
    assert "<!channel>" not in shown
    assert len(shown) < 300


# -- linking a channel -------------------------------------------------------------------------------------------------


async def test_in_a_direct_message_there_is_no_channel_to_link(door: FrontDoor) -> None:
    shown = await said(door, OFFICE, door.workspace.open_dm(OFFICE).id, "연결")
    assert "부서·기관의 채널에서" in shown
    assert door.workspace.views.top(OFFICE) is None


async def test_the_office_links_a_channel_that_belonged_to_nobody_and_undoes_it(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, SQUARE, "/gwannae", "연결")
    assert "아직 어느 부서·기관에도 연결되지 않았습니다" in text_of(door.form(OFFICE))
    await door.driver.submit(OFFICE, {ids.LINK_ORGANISATION: str(door.organisation("arts").id)})
    assert "‘햇님예술재단’에 연결했습니다" in text_of(door.form(OFFICE))
    assert owner(door, SQUARE) == "arts"
    await door.driver.close_view(OFFICE)

    await door.driver.command(OFFICE, SQUARE, "/gwannae", "연결")
    assert "지금은" in text_of(door.form(OFFICE))
    await door.driver.press(OFFICE, door.form(OFFICE), ids.UNLINK)
    await door.driver.settle()
    assert "연결을 풀었습니다" in text_of(door.form(OFFICE))
    assert owner(door, SQUARE) is None


async def test_undoing_a_link_whose_form_was_closed_meanwhile_is_said_in_a_direct_message(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "연결")
    door.workspace.faults.add("views.update", kind="error", error="not_found")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.UNLINK)
    assert await door.desk.later.drain(5) == 0
    assert owner(door, ROADS) is None
    assert ["연결을 풀었습니다" in message.text for message in door.direct_messages(OFFICE)] == [True]


async def test_a_lead_is_offered_their_own_organisation_alone(door: FrontDoor) -> None:
    await door.driver.command(LEAD, SQUARE, "/gwannae", "연결")
    assert option_values(door, LEAD, ids.LINK_ORGANISATION) == ["길가꿈과"]
    await door.driver.submit(LEAD, {ids.LINK_ORGANISATION: str(door.organisation("roads").id)})
    assert owner(door, SQUARE) == "roads"


async def test_a_lead_in_a_channel_of_somebody_else_is_told_whose_it_is(door: FrontDoor) -> None:
    give(door, OTHER, "arts", Role.LEAD)
    shown = await said(door, OTHER, ROADS, "연결")
    assert "이미 *길가꿈과* 채널입니다" in shown
    assert "상생경제과" in shown
    assert door.workspace.views.top(OTHER) is None
    assert owner(door, ROADS) == "roads"


async def test_the_office_moves_a_channel_and_says_where_it_came_from(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "연결")
    await door.driver.submit(OFFICE, {ids.LINK_ORGANISATION: str(door.organisation("arts").id)})
    assert "전에는 길가꿈과 채널이었습니다" in text_of(door.form(OFFICE))
    with door.toolkit.database.read() as tx:
        latest = audit.entries(tx, limit=1)[0]
    assert (latest.event, latest.user_id) == (AuditEvent.CHANNEL_LINKED, OFFICE)
    assert latest.detail == {"channel": ROADS, "former": "roads"}


@pytest.mark.parametrize(
    ("word", "who"),
    [("연결", "총괄 부서나 해당 부서 책임자만"), ("담당", "총괄 부서나 해당 부서 책임자만"), ("부서", "총괄 부서만")],
)
async def test_who_may_not_is_told_who_may_that_nothing_changed_and_where_to_ask(
    door: FrontDoor, word: str, who: str
) -> None:
    shown = await said(door, STAFF, ROADS, word)
    top = door.workspace.views.top(STAFF)
    answer = text_of(top) if top else shown
    assert f"이 일은 {who} 할 수 있습니다. 아무것도 바꾸지 않았습니다." in answer
    assert "총괄 부서가 어디인지는 `/gwannae`에 나옵니다." in answer


# -- naming people -----------------------------------------------------------------------------------------------------


async def test_a_lead_names_staff_who_may_report_at_once(door: FrontDoor) -> None:
    await door.driver.command(LEAD, ROADS, "/gwannae", "담당")
    assert option_values(door, LEAD, ids.LEAD_ORGANISATION) == ["길가꿈과"]
    assert option_values(door, LEAD, ids.LEAD_ROLE) == ["담당자", "부서 책임자"]
    roads = str(door.organisation("roads").id)
    await door.driver.submit(
        LEAD, {ids.LEAD_ORGANISATION: roads, ids.LEAD_PERSON: NEWCOMER, ids.LEAD_ROLE: Role.STAFF.value}
    )
    assert f"<@{NEWCOMER}> 님을 ‘길가꿈과’ 담당자로 정했습니다" in text_of(door.form(LEAD))
    assert roles(door, NEWCOMER) == {("roads", "staff")}


async def test_the_bot_itself_is_given_no_role(door: FrontDoor) -> None:
    await door.driver.command(LEAD, ROADS, "/gwannae", "담당")
    bot = door.workspace.bot.user_id
    answer = await door.driver.submit(LEAD, {ids.LEAD_PERSON: bot, ids.LEAD_ROLE: Role.STAFF.value})
    assert answer.errors == {ids.LEAD_PERSON: "관내봇은 담당이 될 수 없습니다. 사람을 골라 주세요."}
    assert roles(door, bot) == set()


async def test_the_office_names_its_own_people_too(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "담당")
    assert option_values(door, OFFICE, ids.LEAD_ROLE) == ["담당자", "부서 책임자", "총괄 부서", "성과 부서"]
    economy = str(door.organisation("economy").id)
    await door.driver.submit(
        OFFICE, {ids.LEAD_ORGANISATION: economy, ids.LEAD_PERSON: NEWCOMER, ids.LEAD_ROLE: Role.OFFICE.value}
    )
    assert roles(door, NEWCOMER) == {("economy", "office")}


# -- organisations -----------------------------------------------------------------------------------------------------


async def test_the_office_adds_an_organisation_which_is_a_division_unless_said(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
    await door.driver.submit(OFFICE, {ids.ORGANISATION_NAME: "  새물결   과 "})
    assert "부서 ‘새물결 과’를 추가했습니다" in text_of(door.form(OFFICE))
    with door.toolkit.database.read() as tx:
        [added] = organisations.by_name(tx, "새물결과")
    assert added.kind is OrganisationKind.DIVISION


async def test_renaming_keeps_the_kind_and_changing_the_kind_keeps_the_name(door: FrontDoor) -> None:
    before = door.organisation("transit")
    for values in (
        {ids.ORGANISATION_TARGET: str(before.id), ids.ORGANISATION_NAME: "햇님도시철도"},
        {ids.ORGANISATION_TARGET: str(before.id), ids.ORGANISATION_KIND: OrganisationKind.INSTITUTION.value},
    ):
        await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
        await door.driver.options(OFFICE, door.form(OFFICE), ids.ORGANISATION_TARGET, ids.ORGANISATION_TARGET, "햇님")
        chosen = {"text": {"type": "plain_text", "text": "–"}, "value": str(before.id)}
        await door.driver.submit(OFFICE, {**values, ids.ORGANISATION_TARGET: chosen})
        await door.driver.close_view(OFFICE)
    after = door.organisation("transit")
    assert (after.id, after.name, after.kind) == (before.id, "햇님도시철도", OrganisationKind.INSTITUTION)


@pytest.mark.parametrize("name", ["길가꿈과", " 길가꿈 과", "길가꿈과".replace("과", "과 ")])
async def test_a_name_that_is_taken_is_said_at_its_field_and_the_form_stays(door: FrontDoor, name: str) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
    answer = await door.driver.submit(OFFICE, {ids.ORGANISATION_NAME: name})
    assert answer.errors == say.name_taken()


@pytest.mark.parametrize("name", [None, "  ", "!!!", "()"])
async def test_a_name_without_letters_is_refused_at_its_field(door: FrontDoor, name: str | None) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
    answer = await door.driver.submit(OFFICE, {ids.ORGANISATION_NAME: name})
    assert answer.errors == say.name_missing()


async def test_names_that_begin_alike_are_two_organisations_and_a_free_name_is_a_new_one(door: FrontDoor) -> None:
    names = ["햇님시립문화재단 경영부", "햇님시립문화재단 사업부"]
    for name in names:
        await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
        await door.driver.submit(OFFICE, {ids.ORGANISATION_NAME: name})
        await door.driver.close_view(OFFICE)
    with door.toolkit.database.read() as tx:
        first, second = (organisations.by_name(tx, name)[0] for name in names)
    assert first.id != second.id
    with door.toolkit.database.write() as tx:
        organisations.rename(tx, first.id, "햇님시립문화재단 살림부")
    await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
    await door.driver.submit(OFFICE, {ids.ORGANISATION_NAME: names[0]})
    with door.toolkit.database.read() as tx:
        assert organisations.by_name(tx, names[0])[0].id not in (first.id, second.id)
        assert organisations.by_name(tx, "햇님시립문화재단 살림부")[0].id == first.id


async def test_beyond_a_hundred_organisations_the_menu_asks_while_the_person_types(door: FrontDoor) -> None:
    seeds = [OrganisationSeed(f"s{n:03}", f"{n:03}동", OrganisationKind.DIVISION) for n in range(120)]
    with door.toolkit.database.write() as tx:
        organisations.save_organisations(tx, seeds)
    for word, block in (("연결", ids.LINK_ORGANISATION), ("담당", ids.LEAD_ORGANISATION)):
        await door.driver.command(OFFICE, SQUARE, "/gwannae", word)
        every = await door.driver.options(OFFICE, door.form(OFFICE), block, block, "")
        assert len(every["options"]) == 100
        found = await door.driver.options(OFFICE, door.form(OFFICE), block, block, "119 동")
        assert [option["text"]["text"] for option in found["options"]] == ["119동"]
        await door.driver.close_view(OFFICE)
    await door.driver.command(OFFICE, SQUARE, "/gwannae", "연결")
    await door.driver.options(OFFICE, door.form(OFFICE), ids.LINK_ORGANISATION, ids.LINK_ORGANISATION, "119")
    await door.driver.submit(OFFICE, {ids.LINK_ORGANISATION: found["options"][0]})
    assert owner(door, SQUARE) == "s119"


async def test_a_choice_of_the_menu_is_offered_to_nobody_who_may_not_choose_it(door: FrontDoor) -> None:
    for action in (ids.LINK_ORGANISATION, ids.LEAD_ORGANISATION, ids.ORGANISATION_TARGET):
        asked = {"type": "block_suggestion", **knocks.person(door, STAFF), "action_id": action, "value": ""}
        assert (await knocks.send(door, asked)).json() == {"options": []}
