"""빠진 곳: a bot that was away over a whole moment says so; a new organisation is asked for nothing before it came."""

from datetime import datetime

from gwannae.actions.organisations import import_organisations
from gwannae.actions.posting_trouble import overview
from gwannae.actions.weekly_digest import weekly_digest
from gwannae.messages import ids
from gwannae.programme.ledger import PostKey, PostKind
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed
from gwannae.storage import organisations, posting_state
from gwannae.storage.tables.ledger import posts
from tests.bot import knocks
from tests.bot.clockwork import Clockwork
from tests.front_door import OFFICE, ROADS, TEAM, FrontDoor, text_of

APRIL = PostKey(PostKind.REMINDER, "2027-04", "roads", "channel")


def started(door: FrontDoor, moment: str) -> None:
    with door.toolkit.database.write() as tx:
        posting_state.change(tx, started_at=datetime.fromisoformat(moment).replace(tzinfo=door.toolkit.city.zone))


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def test_what_had_its_whole_moment_while_the_bot_was_away_has_a_row_and_is_told(door: FrontDoor) -> None:
    """Started in March, down from then to June: each is refused, counted and told."""
    started(door, "2027-03-02T09:00")
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE, PostKind.TROUBLE_DIGEST])
    await clock.at("2027-06-15T10:30")
    for key in (APRIL, PostKey(PostKind.OVERDUE, "2027-04", "arts", "lead")):
        assert clock.state_of(key) == "skipped:too_late"
    assert clock.state_of(PostKey(PostKind.REMINDER, "2027-02", "roads", "channel")) == "none"  # more than two months
    assert clock.sum_holds()
    assert clock.channel(ROADS) == []  # nothing of it is sent now
    await clock.at("2027-06-15T10:31")
    told = text_of(door.direct_messages(OFFICE)[-1])
    assert "때를 놓쳐 보내지 않은 것이 40건 있습니다." in told
    assert "• 월별 독려 2027년 4월분: 10건" in told
    rows = overview(door.toolkit, door.clock())
    assert rows.total.refused >= 40
    await door.driver.command(OFFICE, ROADS, "/gwannae", "발송")
    assert "때를 놓쳐 보내지 않은 것" in text_of(door.form(OFFICE))
    before = len(door.direct_messages(OFFICE))
    await clock.at("2027-06-15T10:40")
    assert len(door.direct_messages(OFFICE)) == before  # told once


async def test_a_row_that_got_lost_while_it_is_of_use_is_planned_again_and_goes_out_once(door: FrontDoor) -> None:
    started(door, "2027-03-02T09:00")
    clock = Clockwork(door, [PostKind.REMINDER])
    await clock.at("2027-06-16T08:00")  # planned, and not yet the hour
    with door.toolkit.database.write() as tx:
        lost = (posts.c.organisation == "roads", posts.c.recipient == "channel", posts.c.period == "2027-05")
        assert tx.execute(posts.delete().where(*lost)).rowcount == 1
    await clock.at("2027-06-16T10:00")  # what this process remembers of its plan is unchanged
    assert clock.state_of(PostKey(PostKind.REMINDER, "2027-05", "roads", "channel")) == "sent"
    await clock.at("2027-06-16T11:30")
    assert len(clock.channel(ROADS)) == 1


async def test_before_the_start_and_for_what_nobody_let_out_nothing_is_missing(door: FrontDoor) -> None:
    started(door, "2027-06-14T09:00")
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE, PostKind.GUIDANCE])
    await clock.at("2027-06-15T10:00")
    assert clock.state_of(APRIL) == "none"
    started(door, "2027-01-04T09:00")
    clock = Clockwork(door, [PostKind.GUIDANCE])
    await clock.at("2027-03-01T10:00")
    assert clock.state_of(PostKey(PostKind.GUIDANCE, "2027", "roads", "channel")) == "none"


async def test_an_organisation_that_is_added_in_june_is_asked_for_nothing_before_june(door: FrontDoor) -> None:
    started(door, "2027-03-02T09:00")
    fields = {ids.ORGANISATION_NAME: "새로 생긴 과"}
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.ORGANISATION_VIEW, fields))
    await done(door)
    digest = weekly_digest(door.toolkit, door.clock())
    assert "새로 생긴 과" not in [owed.organisation.name for owed in digest.owing]
    assert "길가꿈과" in [owed.organisation.name for owed in digest.owing]
    with door.toolkit.database.read() as tx:
        (new,) = organisations.by_name(tx, "새로 생긴 과")
    with door.toolkit.database.write() as tx:
        door.workspace.channels["C0NEW"] = door.workspace.channels[ROADS]
        organisations.link_channel(tx, new.id, TEAM, "C0NEW", by=COMMAND_LINE, at=door.clock())
    clock = Clockwork(door, [PostKind.REMINDER, PostKind.OVERDUE, PostKind.CONFIRMATION])
    await clock.at("2027-06-16T10:00")
    assert clock.state_of(PostKey(PostKind.REMINDER, "2027-05", new.code, "channel")) == "skipped:nothing_owed"
    assert clock.state_of(PostKey(PostKind.REMINDER, "2027-04", new.code, "channel")) == "none"
    door.clock.now = door.clock().replace(month=7, day=5)
    july = weekly_digest(door.toolkit, door.clock())
    (owed,) = [one for one in july.owing if one.organisation.id == new.id]
    assert [period.key for period in owed.unreported] == ["2027-06"]
    assert owed.to_confirm == ()


async def test_who_is_added_while_the_programme_is_set_up_is_asked_for_the_whole_year(door: FrontDoor) -> None:
    seed = OrganisationSeed("late", "늦게 적은 과", OrganisationKind.DIVISION)
    import_organisations(door.toolkit, COMMAND_LINE, [seed], door.clock())
    digest = weekly_digest(door.toolkit, door.clock())
    assert "늦게 적은 과" in [owed.organisation.name for owed in digest.owing]
