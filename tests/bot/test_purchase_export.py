"""실적 내려받기: the button on Home, the form, and the file that comes as a direct message."""

import asyncio
import csv
import io
import json
from datetime import date
from typing import Any

import aiohttp
import pytest
from openpyxl import load_workbook

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed, Role
from gwannae.sandbox.shared_files import SharedFile
from gwannae.storage import affiliations, audit, organisations, purchases
from tests.bot import knocks
from tests.bot.reports import TITLE, stored
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, NEWCOMER, NOW, OFFICE, OTHER, STAFF, TEAM, FrontDoor, text_of

PLANNER = NEWCOMER
ALL = "비워 두시면 전체가 나옵니다"


async def done(door: FrontDoor) -> None:
    await asyncio.sleep(0.01)  # an event goes its way in a task that has yet to begin
    await door.driver.settle()
    assert await door.desk.later.drain(10) == 0
    await door.driver.settle()


async def open_form(door: FrontDoor, user: str) -> str:
    await door.driver.open_home(user)
    await done(door)
    home = door.workspace.views.home(user)
    assert home is not None
    await door.driver.press(user, home, ids.EXPORT_OPEN)
    return text_of(door.form(user))


async def ask(door: FrontDoor, user: str, **values: Any) -> list[SharedFile]:
    """Send the form off, and give the files that came."""
    before = len(files_of(door, user))
    await door.driver.submit(user, {getattr(ids, f"EXPORT_{name.upper()}"): value for name, value in values.items()})
    await done(door)
    return files_of(door, user)[before:]


def files_of(door: FrontDoor, user: str) -> list[SharedFile]:
    return [file for message in door.direct_messages(user) for file in message.files]


def give(door: FrontDoor, user: str, code: str, role: Role) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, user, door.organisation(code).id, role, self_declared=False, since=date(2027, 1, 4),
            by=COMMAND_LINE,
        )  # fmt: skip


def refusals(door: FrontDoor, user: str) -> list[dict[str, object]]:
    with door.toolkit.database.read() as tx:
        entries = audit.entries(tx, limit=100)
    return [dict(e.detail) for e in entries if e.event is AuditEvent.REFUSED and e.user_id == user]


def add_for(door: FrontDoor, code: str, title: str) -> None:
    with door.toolkit.database.write() as tx:
        of = door.organisation(code).id
        draft = a_draft(form_key=title, organisation_id=of, title=title, contract_date=date(2027, 2, 1))
        purchases.add(tx, draft, a_judgement(), actor=COMMAND_LINE, self_declared=False, at=NOW)


def rows(file: SharedFile) -> list[dict[str, str]]:
    assert file.content is not None
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def test_a_lead_gets_the_own_divisions_year_as_a_workbook(door: FrontDoor) -> None:
    await stored(door)
    add_for(door, "arts", "공연 인쇄")
    assert ALL not in await open_form(door, LEAD)
    [file] = await ask(door, LEAD)
    assert file.name == "2027년_구매실적_길가꿈과.xlsx"
    assert file.content is not None
    assert file.length == len(file.content)
    sheet = load_workbook(io.BytesIO(file.content), data_only=True)["구매 실적"]
    assert [sheet.cell(row=n, column=3).value for n in (4, 5)] == [TITLE, None]
    said = [message.text for message in door.direct_messages(LEAD)]
    assert said[-1] == "2027년 길가꿈과의 구매 실적 1건입니다. 취소된 보고도 들어 있습니다."
    assert "만들고 있습니다" in said[-2]
    assert "만들고 있습니다" in text_of(door.form(LEAD))


async def test_the_file_can_be_taken_from_the_page(door: FrontDoor) -> None:
    await stored(door)
    await open_form(door, LEAD)
    [file] = await ask(door, LEAD, format="csv")
    dm = door.workspace.open_dm(LEAD).id
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{door.workspace.public_url}/?as={LEAD}&at={dm}") as page:
            assert f'href="/files/{file.id}?as={LEAD}"' in await page.text()
        async with http.get(f"{door.workspace.public_url}/files/{file.id}?as={LEAD}") as taken:
            assert await taken.read() == file.content
        async with http.get(f"{door.workspace.public_url}/files/{file.id}?as={STAFF}") as refused:
            assert refused.status == 404


async def test_the_office_and_planning_get_everything_or_one_organisation(door: FrontDoor) -> None:
    add_for(door, "roads", "안내판")
    add_for(door, "arts", "공연 인쇄")
    give(door, PLANNER, "economy", Role.PLANNING)
    for user in (OFFICE, PLANNER):
        assert ALL in await open_form(door, user)
        [everything] = await ask(door, user, format="csv")
        assert [row["title"] for row in rows(everything)] == ["안내판", "공연 인쇄"]
        await open_form(door, user)
        [arts] = await ask(door, user, format="csv", organisation=str(door.organisation("arts").id))
        assert (arts.name, [row["title"] for row in rows(arts)]) == (
            "purchases-2027-haetnim-arts.csv",
            ["공연 인쇄"],
        )


async def test_a_release_package_for_publication_comes_the_same_way(door: FrontDoor) -> None:
    add_for(door, "roads", "안내판")
    await open_form(door, OFFICE)
    [file] = await ask(door, OFFICE, format="ocds")
    assert len(json.loads(file.content or b"")["releases"]) == 1
    await open_form(door, OFFICE)
    assert await ask(door, OFFICE, format="ocds", year="2026") == []
    assert "실적이 없어" in door.direct_messages(OFFICE)[-1].text


@pytest.mark.parametrize("user", [STAFF, NEWCOMER])
async def test_staff_and_strangers_have_no_button_and_a_forged_press_is_refused(door: FrontDoor, user: str) -> None:
    await door.driver.open_home(user)
    await done(door)
    home = door.workspace.views.home(user)
    assert home is not None
    assert "실적 내려받기" not in text_of(home)
    await knocks.send(door, knocks.pressed(door, user, ids.EXPORT_OPEN, ""))
    await done(door)
    assert "실적 내려받기" not in text_of(door.form(user))
    assert refusals(door, user) == [{"deed": "export"}]


@pytest.mark.parametrize(
    ("user", "organisation"),
    [(STAFF, "roads"), (STAFF, None), (LEAD, "arts"), (LEAD, None), (OTHER, "roads"), (NEWCOMER, None)],
)
async def test_a_forged_form_gives_no_file_of_what_is_not_ones_own(
    door: FrontDoor, user: str, organisation: str | None
) -> None:
    await stored(door)
    give(door, OTHER, "arts", Role.LEAD)
    values = {ids.EXPORT_YEAR: knocks.chosen("2027"), ids.EXPORT_FORMAT: knocks.chosen("csv")}
    if organisation is not None:
        values[ids.EXPORT_ORGANISATION] = knocks.chosen(door.organisation(organisation).id)
    await knocks.send(door, knocks.submitted(door, user, ids.EXPORT_VIEW, values))
    await done(door)
    assert files_of(door, user) == []
    assert TITLE not in text_of(door.direct_messages(user)[-1])
    assert refusals(door, user) == [{"deed": "export"}]


async def test_who_lost_the_role_with_the_form_open_gets_no_file(door: FrontDoor) -> None:
    await stored(door)
    await open_form(door, LEAD)
    with door.toolkit.database.write() as tx:
        own = next(a for a in affiliations.affiliations_of(tx, TEAM, LEAD, NOW.date()) if a.role is Role.LEAD)
        affiliations.end_affiliation(tx, own.id, NOW.date())
    assert await ask(door, LEAD) == []
    assert refusals(door, LEAD) == [{"deed": "export"}]


@pytest.mark.parametrize(
    "values",
    [
        {ids.EXPORT_YEAR: knocks.chosen("1999"), ids.EXPORT_FORMAT: knocks.chosen("csv")},
        {ids.EXPORT_YEAR: knocks.chosen("27년"), ids.EXPORT_FORMAT: knocks.chosen("csv")},
        {ids.EXPORT_YEAR: knocks.chosen("2027"), ids.EXPORT_FORMAT: knocks.chosen("pdf")},
        {},
    ],
)
async def test_a_form_that_says_nothing_we_know_stays_open(door: FrontDoor, values: dict[str, Any]) -> None:
    reply = await knocks.send(door, knocks.submitted(door, LEAD, ids.EXPORT_VIEW, values))
    assert reply.json()["response_action"] == "errors"
    assert files_of(door, LEAD) == []


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_a_slack_in_trouble_is_told_and_no_half_file_comes(door: FrontDoor, step: str) -> None:
    await stored(door)
    await open_form(door, LEAD)
    door.workspace.faults.add(step, kind="http_500")
    assert await ask(door, LEAD) == []
    assert "보내지 못했습니다. 실적은 그대로 있습니다" in door.direct_messages(LEAD)[-1].text
    await open_form(door, LEAD)
    assert len(await ask(door, LEAD)) == 1


async def test_many_who_ask_at_once_all_get_their_file_and_commands_are_answered(door: FrontDoor) -> None:
    await stored(door)
    values = {ids.EXPORT_YEAR: knocks.chosen("2027"), ids.EXPORT_FORMAT: knocks.chosen("xlsx")}
    form = knocks.submitted(door, OFFICE, ids.EXPORT_VIEW, values)
    replies = await asyncio.gather(*(knocks.send(door, form) for _ in range(12)))
    assert {reply.status for reply in replies} == {200}
    answer = await door.driver.command(STAFF, "C0ROADS", "/localvendor", "인쇄")
    assert (answer.status, answer.error) == (200, "")
    await done(door)
    assert len(files_of(door, OFFICE)) == 12


async def test_more_than_a_hundred_organisations_are_found_by_typing(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        seeds = [OrganisationSeed(f"d{n}", f"{n}번과", OrganisationKind.DIVISION) for n in range(120)]
        organisations.save_organisations(tx, seeds)
    await open_form(door, OFFICE)
    form = door.form(OFFICE)
    found = await door.driver.options(OFFICE, form, ids.EXPORT_ORGANISATION, ids.EXPORT_ORGANISATION, "77번")
    assert [option["text"]["text"] for option in found["options"]] == ["77번과"]
    value = found["options"][0]
    [file] = await ask(door, OFFICE, organisation=value, format="csv")
    assert file.name == "purchases-2027-haetnim-d77.csv"


async def test_on_postgresql_a_lead_gets_the_file_too(postgres_door: FrontDoor) -> None:
    await stored(postgres_door)
    await open_form(postgres_door, LEAD)
    [file] = await ask(postgres_door, LEAD, format="csv")
    assert [row["title"] for row in rows(file)] == [TITLE]
