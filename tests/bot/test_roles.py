"""`/gwannae 담당`: who holds which role, and ending one; the same from the command line."""

import pytest

from gwannae.messages import ids
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed, Role
from gwannae.sandbox.values import OpenView, Person
from gwannae.storage import affiliations, audit, organisations
from gwannae.storage.database import Database
from tests.bot import knocks
from tests.bot.command_line import CommandLine
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of


def give(door: FrontDoor, user: str, code: str, role: Role, *, self_declared: bool = False, team: str = TEAM) -> int:
    organisation = door.organisation(code)
    door.workspace.people.setdefault(user, Person(user, user.lower()))
    with door.toolkit.database.write() as tx:
        return affiliations.add_affiliation(
            tx, team, user, organisation.id, role,
            self_declared=self_declared, since=door.toolkit.today, by=COMMAND_LINE,
        ).id  # fmt: skip


def holds(door: FrontDoor, user: str, code: str) -> set[Role]:
    with door.toolkit.database.read() as tx:
        held = affiliations.affiliations_of(tx, TEAM, user, door.toolkit.today)
    return {a.role for a in held if a.organisation.code == code}


async def open_form(door: FrontDoor, user: str) -> OpenView:
    await door.driver.command(user, ROADS, "/gwannae", "담당")
    return door.form(user)


async def choose(door: FrontDoor, user: str, code: str) -> str:
    value = str(door.organisation(code).id)
    await door.driver.choose(user, door.form(user), ids.LEAD_ORGANISATION, value)
    await door.driver.settle()
    return text_of(door.form(user))


def buttons(view: OpenView) -> list[str]:
    """The affiliations that can be ended here."""
    found = [block.get("accessory", {}) for block in view.blocks]
    return [element["value"] for element in found if element.get("action_id") == ids.LEAD_TAKE_BACK]


async def take_back(door: FrontDoor, user: str, affiliation: int) -> str:
    held = ids.numbered("lead-held", affiliation)
    await door.driver.press(user, door.form(user), ids.LEAD_TAKE_BACK, held)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    return text_of(door.form(user))


async def test_a_lead_sees_who_acts_for_their_own_organisation(door: FrontDoor) -> None:
    give(door, NEWCOMER, "roads", Role.STAFF, self_declared=True)
    give(door, OTHER, "arts", Role.LEAD)
    shown = text_of(await open_form(door, LEAD))
    assert f"<@{LEAD}> · 길가꿈과 · 부서 책임자 · 2027. 1. 4.(월)부터" in shown
    assert f"<@{STAFF}> · 길가꿈과 · 담당자" in shown
    assert f"<@{NEWCOMER}> · 길가꿈과 · 담당자 · 2027. 6. 15.(화)부터 (본인이 고름)" in shown
    assert OTHER not in shown


async def test_a_lead_ends_a_given_role_in_the_form_and_it_is_written_down(door: FrontDoor) -> None:
    await open_form(door, LEAD)
    with door.toolkit.database.read() as tx:
        [given] = affiliations.affiliations_of(tx, TEAM, STAFF, door.toolkit.today)
    block = next(b for b in door.form(LEAD).blocks if b["block_id"] == ids.numbered("lead-held", given.id))
    assert "거두기" in block["accessory"]["confirm"]["confirm"]["text"]

    shown = await take_back(door, LEAD, given.id)

    assert f"<@{STAFF}> 님의 ‘길가꿈과’ 담당자 소속을 거두었습니다" in shown
    assert f"<@{STAFF}> · 길가꿈과" not in shown
    assert f"<@{LEAD}> · 길가꿈과" in shown
    assert holds(door, STAFF, "roads") == set()
    with door.toolkit.database.read() as tx:
        latest = audit.entries(tx, limit=1)[0]
    assert (latest.event, latest.user_id) == (AuditEvent.AFFILIATION_TAKEN_BACK, LEAD)
    assert latest.detail == {"user": STAFF, "role": "staff"}
    assert await say_no(door, STAFF)


async def say_no(door: FrontDoor, user: str) -> bool:
    """Whether the report form no longer offers the road division."""
    await door.driver.command(user, ROADS, "/report-purchase")
    asked = {
        "type": "block_suggestion", **knocks.person(door, user), "action_id": ids.REPORT_ORGANISATION, "value": ""
    }  # fmt: skip
    offered = (await knocks.send(door, asked)).json()["options"]
    return "길가꿈과" not in [option["text"]["text"] for option in offered]


async def test_the_office_sees_all_and_after_a_choice_that_organisation_alone(door: FrontDoor) -> None:
    give(door, OTHER, "arts", Role.LEAD)
    shown = text_of(await open_form(door, OFFICE))
    assert all(f"<@{user}>" in shown for user in (OFFICE, LEAD, STAFF, OTHER))
    shown = await choose(door, OFFICE, "arts")
    assert f"<@{OTHER}> · 햇님예술재단 · 부서 책임자" in shown
    assert f"<@{LEAD}>" not in shown
    assert "아직 정해진 사람이 없습니다" in await choose(door, OFFICE, "transit")


async def test_what_was_typed_before_stays_when_a_role_is_ended(door: FrontDoor) -> None:
    mistaken = give(door, OTHER, "arts", Role.LEAD)
    await open_form(door, OFFICE)
    await choose(door, OFFICE, "arts")
    door.driver.fill(OFFICE, {ids.LEAD_PERSON: NEWCOMER, ids.LEAD_ROLE: Role.LEAD.value})
    await take_back(door, OFFICE, mistaken)
    await door.driver.submit(OFFICE)
    assert holds(door, NEWCOMER, "arts") == {Role.LEAD}
    assert holds(door, OTHER, "arts") == set()


async def test_fifteen_are_shown_and_how_many_more_there_are(door: FrontDoor) -> None:
    for number in range(20):
        give(door, f"U0ARTS{number:02}", "arts", Role.STAFF)
    await open_form(door, OFFICE)
    shown = await choose(door, OFFICE, "arts")
    assert len(buttons(door.form(OFFICE))) == 15
    assert "5명이 더 있습니다" in shown


async def test_a_lead_has_no_button_for_the_offices_people(door: FrontDoor) -> None:
    give(door, LEAD, "economy", Role.LEAD)
    office = give(door, "U0OFFICE2", "economy", Role.OFFICE)
    await open_form(door, LEAD)
    shown = await choose(door, LEAD, "economy")
    assert "<@U0OFFICE2> · 상생경제과 · 총괄 부서" in shown
    assert str(office) not in buttons(door.form(LEAD))
    await knocks.send(door, knocks.pressed(door, LEAD, ids.LEAD_TAKE_BACK, str(office)))
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert holds(door, "U0OFFICE2", "economy") == {Role.OFFICE}
    assert OFFICE_OR_LEAD in door.direct_messages(LEAD)[-1].text


async def test_the_last_person_of_the_office_stays_and_the_form_says_why(door: FrontDoor) -> None:
    await open_form(door, OFFICE)
    await choose(door, OFFICE, "economy")
    [own] = buttons(door.form(OFFICE))
    assert "마지막 한 사람은 뺄 수 없습니다" in await take_back(door, OFFICE, int(own))
    assert holds(door, OFFICE, "economy") == {Role.OFFICE}


async def test_somebody_who_ends_their_own_role_is_told_and_the_form_goes(door: FrontDoor) -> None:
    await open_form(door, LEAD)
    with door.toolkit.database.read() as tx:
        [own] = affiliations.affiliations_of(tx, TEAM, LEAD, door.toolkit.today)
    shown = await take_back(door, LEAD, own.id)
    assert "소속을 거두었습니다" in shown
    assert buttons(door.form(LEAD)) == []
    assert holds(door, LEAD, "roads") == set()


async def test_somebody_of_another_workspace_is_named_by_id_and_workspace(door: FrontDoor) -> None:
    give(door, "U0FAR", "arts", Role.STAFF, team="T0COUNCIL")
    await open_form(door, OFFICE)
    shown = await choose(door, OFFICE, "arts")
    assert "<@U0FAR>" not in shown
    assert "`U0FAR` (작업 공간 T0COUNCIL) · 햇님예술재단" in shown


async def test_beyond_a_hundred_organisations_the_chosen_one_is_shown_too(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        organisations.save_organisations(
            tx, [OrganisationSeed(f"s{n:03}", f"{n:03}동", OrganisationKind.DIVISION) for n in range(120)]
        )
    give(door, OTHER, "s119", Role.LEAD)
    await open_form(door, OFFICE)
    found = await door.driver.options(
        OFFICE, door.form(OFFICE), ids.LEAD_ORGANISATION, ids.LEAD_ORGANISATION, "119"
    )  # fmt: skip
    await door.driver.choose(OFFICE, door.form(OFFICE), ids.LEAD_ORGANISATION, found["options"][0])
    await door.driver.settle()
    assert f"<@{OTHER}> · 119동 · 부서 책임자" in text_of(door.form(OFFICE))


@pytest.mark.parametrize(
    ("user", "offered", "named"),
    [(OFFICE, ["staff", "lead", "office", "planning"], {Role.PLANNING}), (LEAD, ["staff", "lead"], set())],
)
async def test_the_office_names_the_people_of_the_planning_office(
    door: FrontDoor, user: str, offered: list[str], named: set[Role]
) -> None:
    await open_form(door, user)
    block = next(b for b in door.form(user).blocks if b["block_id"] == ids.LEAD_ROLE)
    assert [o["value"] for o in block["element"]["options"]] == offered
    values = {
        ids.LEAD_ORGANISATION: knocks.chosen(door.organisation("economy").id),
        ids.LEAD_PERSON: {"selected_user": NEWCOMER},
        ids.LEAD_ROLE: knocks.chosen("planning"),
    }
    await knocks.send(door, knocks.submitted(door, user, ids.LEAD_VIEW, values))
    assert holds(door, NEWCOMER, "economy") == named


# -- the command line --------------------------------------------------------------------------------------------------


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    return CommandLine(sqlite_database.url)


def add(gwannae: CommandLine, user: str, role: str, organisation: str | None = None, team: str = "T0HAETNIM") -> None:
    where = ["--organisation", organisation] if organisation else []
    assert gwannae("people", "add", user, "--role", role, *where, "--team", team).code == 0


def listed(gwannae: CommandLine) -> list[tuple[str, str, str]]:
    people = gwannae("people", "list", "--json").json
    return [(p["user"], p["role"], p["organisation_code"]) for p in people]


def test_the_command_line_ends_a_role_with_the_ids_that_the_list_shows(gwannae: CommandLine) -> None:
    add(gwannae, "U0ANNA", "lead", "roads")
    add(gwannae, "U0ANNA", "staff", "roads")
    shown = gwannae("people", "list").out
    assert "U0ANNA" in shown
    assert "roads" in shown

    ended = gwannae("people", "remove", "U0ANNA", "--role", "lead", "--organisation", "roads")

    assert (ended.code, "U0ANNA: 길가꿈과 부서 책임자" in ended.err) == (0, True), ended.err
    assert listed(gwannae) == [("U0ANNA", "staff", "roads")]


def test_an_organisation_is_asked_for_only_where_there_are_several(gwannae: CommandLine) -> None:
    add(gwannae, "U0ANNA", "lead", "roads")
    add(gwannae, "U0ANNA", "lead", "arts")
    ended = gwannae("people", "remove", "U0ANNA", "--role", "lead")
    assert (ended.code, "arts" in ended.err, "roads" in ended.err) == (2, True, True)
    assert gwannae("people", "remove", "U0ANNA", "--role", "lead", "--organisation", "길가꿈과").code == 0
    assert gwannae("people", "remove", "U0ANNA", "--role", "lead").code == 0
    assert listed(gwannae) == []


def test_the_same_id_in_two_workspaces_asks_for_the_workspace(gwannae: CommandLine) -> None:
    for team in ("T0A1", "T0B2"):
        add(gwannae, "U0ANNA", "staff", "roads", team)
    ended = gwannae("people", "remove", "U0ANNA", "--role", "staff")
    assert (ended.code, "T0A1" in ended.err, "T0B2" in ended.err) == (2, True, True)
    assert gwannae("people", "remove", "U0ANNA", "--role", "staff", "--team", "T0B2").code == 0
    assert [p["team"] for p in gwannae("people", "list", "--json").json] == ["T0A1"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("U0ANNA", "--role", "lead"), "그런 역할을 가진 사람이 없습니다"),
        (("U0NOBODY", "--role", "office"), "그런 역할을 가진 사람이 없습니다"),
        (("U0ANNA", "--role", "office"), "마지막 한 사람은"),
        (("U0ANNA", "--role", "office", "--organisation", "없는과"), "찾지 못했습니다: 없는과"),
    ],
)
def test_a_role_that_cannot_be_ended_is_one_sentence(
    gwannae: CommandLine, arguments: tuple[str, ...], words: str
) -> None:
    add(gwannae, "U0ANNA", "office")
    ended = gwannae("people", "remove", *arguments)
    assert (ended.code, words in ended.err) == (2, True), ended.err
    assert listed(gwannae) == [("U0ANNA", "office", "economy")]


def test_the_office_is_named_by_command_line_although_it_was_renamed(
    gwannae: CommandLine, sqlite_database: Database
) -> None:
    assert gwannae("organisations", "list", "--json").code == 0
    with sqlite_database.write() as tx:
        economy = organisations.by_code(tx, "economy")
        assert economy is not None
        organisations.rename(tx, economy.id, "상생살림과")
    add(gwannae, "U0ANNA", "office")
    assert listed(gwannae) == [("U0ANNA", "office", "economy")]


def test_nobody_is_named_for_an_organisation_that_takes_no_part(
    gwannae: CommandLine, sqlite_database: Database
) -> None:
    assert gwannae("organisations", "list", "--json").code == 0
    with sqlite_database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        organisations.set_active(tx, roads.id, active=False)
    ended = gwannae("people", "add", "U0ANNA", "--role", "lead", "--organisation", "roads", "--team", "T0A1")
    assert (ended.code, "더는 참여하지 않는 부서·기관입니다: 길가꿈과" in ended.err) == (2, True)


def test_the_planning_office_is_named_by_command_line(gwannae: CommandLine) -> None:
    ended = gwannae("people", "add", "U0ANNA", "--role", "planning", "--team", "T0A1")
    assert (ended.code, listed(gwannae)) == (0, [("U0ANNA", "planning", "economy")])
    assert "planning(성과 부서)" in gwannae("people", "add", "--help").out
