"""`/gwannae 남은 곳` at the front door: who owes what, for whoever reads all results, and for nobody else."""

import pytest

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.storage import affiliations, audit
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, STAFF, TEAM, FrontDoor, text_of


async def asked(door: FrontDoor, user: str) -> str:
    answer = await door.driver.command(user, ROADS, "/gwannae", "남은 곳")
    assert answer.shown[-1].only_for == user
    return text_of(answer.shown[-1])


async def test_the_office_and_the_planning_office_see_who_owes_what_at_any_time(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, NEWCOMER, door.organisation("economy").id, Role.PLANNING,
            self_declared=False, since=door.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip
    for user in (OFFICE, NEWCOMER):
        said = await asked(door, user)
        assert "*남은 곳 5/5* · 5월분까지 · 2027. 6. 15.(화)" in said
        assert "• 길가꿈과: 5월분 보고, 확정 4건" in said


@pytest.mark.parametrize("user", [STAFF, LEAD, NEWCOMER])
async def test_nobody_else_does_and_it_is_written_down(door: FrontDoor, user: str) -> None:
    assert "길가꿈과" not in await asked(door, user)
    await knocks.send(door, knocks.pressed(door, user, ids.DIGEST_OPEN))
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert "총괄 부서만 할 수 있습니다" in door.direct_messages(user)[-1].text
    with door.toolkit.database.read() as tx:
        assert [e.user_id for e in audit.entries(tx) if e.event is AuditEvent.REFUSED] == [user, user]


async def test_from_the_home_tab_it_comes_as_a_message(door: FrontDoor) -> None:
    home = await home_of(door, OFFICE)
    await door.driver.press(OFFICE, home, ids.DIGEST_OPEN)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert "*남은 곳 5/5*" in text_of(door.direct_messages(OFFICE)[-1])
