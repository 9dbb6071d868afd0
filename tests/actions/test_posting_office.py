"""What the office may press of what the clock posts; both databases, each press once and audited."""

from datetime import timedelta

import pytest

from gwannae.actions import posting_office as office
from gwannae.actions import posting_trouble
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEvent
from gwannae.programme.ledger import Place, PostKind, PostState, SkipReason
from gwannae.programme.organisations import COMMAND_LINE, Actor
from gwannae.programme.posting_overview import Steered
from gwannae.programme.posting_trouble import Remedy
from gwannae.storage import audit, posting_state
from tests.handlers.posting_stage import DUE, PERIOD, TEAM, Stage, a_stage, channel_of
from tests.handlers.simulated import simulate

STRANGER = Actor(TEAM, "U0STRANGER")


def audited(stage: Stage) -> list[AuditEvent]:
    with stage.toolkit.database.read() as tx:
        return [entry.event for entry in reversed(audit.entries(tx))]


def test_the_start_ends_rehearsals_and_comes_once(ledger_url: str) -> None:
    with a_stage(ledger_url, 2, due=DUE + timedelta(hours=1)) as stage:
        with stage.toolkit.database.write() as tx:
            posting_state.change(tx, started_at=None)
        assert office.set_place(stage.toolkit, COMMAND_LINE, "test", Place(TEAM, "C0TEST"), DUE) == Steered()
        simulate(stage.poster().run(), stage.loop)
        assert office.start(stage.toolkit, COMMAND_LINE, DUE) == Steered(2)
        assert office.start(stage.toolkit, COMMAND_LINE, DUE) == Impossible("started")
        assert [row.reason for row in stage.rows] == [SkipReason.REHEARSAL_OVER] * 2
        assert audited(stage) == [AuditEvent.POSTING_PLACE_SET, AuditEvent.POSTING_STARTED]


def test_whoever_is_not_of_the_office_steers_nothing_and_is_written_down(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 1) as stage:
        simulate(stage.poster().run(), stage.loop)
        toolkit = stage.toolkit
        outcomes = [
            office.start(toolkit, STRANGER, DUE),
            office.set_place(toolkit, STRANGER, "test", Place(TEAM, "C1"), DUE),
            office.pause(toolkit, STRANGER, "all", "", DUE),
            office.resume(toolkit, STRANGER, "all", "", DUE),
            office.cancel(toolkit, STRANGER, 1, DUE),
            office.arrived(toolkit, STRANGER, 1, DUE),
            office.not_arrived(toolkit, STRANGER, 1, DUE),
            office.try_again(toolkit, STRANGER, 1, DUE),
            office.correct(toolkit, STRANGER, PostKind.REMINDER, PERIOD, DUE),
            office.withdraw(toolkit, STRANGER, PostKind.REMINDER, PERIOD, DUE),
            posting_trouble.desk(toolkit, STRANGER, DUE),
        ]
        assert outcomes == [NotAllowed()] * 11
        assert audited(stage) == [AuditEvent.REFUSED] * 11


def test_a_post_is_cancelled_once_and_never_while_it_may_have_been_sent(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 2) as stage:
        stage.slack.faults.extend(["mute"])
        simulate(stage.poster().run(), stage.loop)
        [doubtful] = [row for row in stage.rows if row.look_first]
        assert office.cancel(stage.toolkit, COMMAND_LINE, doubtful.id, DUE) == Impossible("under_way")
        assert office.try_again(stage.toolkit, COMMAND_LINE, doubtful.id, DUE) == Impossible("under_way")
        assert office.cancel(stage.toolkit, COMMAND_LINE, 99, DUE) == Impossible("gone")
        [sent] = [row for row in stage.rows if row.state is PostState.SENT]
        assert office.cancel(stage.toolkit, COMMAND_LINE, sent.id, DUE) == Impossible("gone")


@pytest.mark.parametrize("arrived", [True, False])
def test_a_persons_answer_ends_the_doubt(sqlite_url: str, arrived: bool) -> None:
    with a_stage(sqlite_url, 1) as stage:
        stage.slack.faults.extend(["mute" if arrived else "lost"])
        stage.slack.unreadable = {channel_of("o00000")}
        press = office.arrived if arrived else office.not_arrived

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 5)
            [row] = stage.rows
            assert row.state is PostState.ASKING
            assert press(stage.toolkit, COMMAND_LINE, row.id, stage.wall()) == Steered(1)
            assert press(stage.toolkit, COMMAND_LINE, row.id, stage.wall()) == Impossible("gone")
            await stage.pass_time(poster, 3)

        simulate(story(), stage.loop)
        assert stage.states() == {PostState.SENT: 1}
        assert list(stage.slack.counts().values()) == [1]


def test_a_wrong_post_is_corrected_in_all_channels_by_one_press_and_nothing_is_posted_again(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 5) as stage:

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 2)
            stage.reminders.say = lambda value: {"text": f"고친 {value}"}  # type: ignore[method-assign,assignment]
            poster = stage.poster()
            assert office.correct(stage.toolkit, COMMAND_LINE, PostKind.REMINDER, PERIOD, stage.wall()) == Steered(5)
            await stage.pass_time(poster, 2)

        simulate(story(), stage.loop)
        texts = [m.text for found in stage.slack.channels.values() for m in found]
        assert texts == [f"고친 {code} 1" for code in stage.reminders.codes]
        assert len([c for c in stage.slack.calls if c.method == "chat.postMessage"]) == 5


def test_a_wrong_post_is_taken_back_everywhere_and_what_has_not_gone_out_stays(ledger_url: str) -> None:
    with a_stage(ledger_url, 4) as stage:
        stage.slack.channel_states[channel_of("o00003")] = "is_archived"

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 2)
            assert office.withdraw(stage.toolkit, COMMAND_LINE, PostKind.REMINDER, PERIOD, stage.wall()) == Steered(4)
            stage.slack.channel_states.clear()
            await stage.pass_time(poster, 90)

        simulate(story(), stage.loop)
        assert stage.slack.counts() == {}
        assert stage.states() == {PostState.SENT: 3, PostState.CANCELLED: 1}
        assert all(row.withdrawn_at for row in stage.rows if row.state is PostState.SENT)
        assert stage.sum.holds


def test_trouble_is_gathered_for_one_digest_by_what_is_to_be_done(ledger_url: str) -> None:
    codes = {"o00000": "is_archived", "o00001": "not_in_channel", "o00002": "not_in_channel", "o00003": "gibberish"}
    with a_stage(ledger_url, 6) as stage:
        stage.slack.channel_states = {channel_of(code): said for code, said in codes.items()}

        async def story() -> None:
            poster = stage.poster()
            assert posting_trouble.plan(stage.toolkit, stage.wall()) == ()
            await stage.pass_time(poster, 20)
            assert posting_trouble.plan(stage.toolkit, stage.wall()) == ()  # it may still mend itself
            await stage.pass_time(poster, 20)
            [planned] = posting_trouble.plan(stage.toolkit, stage.wall())
            assert planned.key.spelled == "trouble_digest/2027-05-10//office/1"
            digest = posting_trouble.look(stage.toolkit, planned.key, stage.wall())
            assert digest.by_remedy == {  # type: ignore[union-attr]
                Remedy.UNARCHIVE: ("과o00000",),
                Remedy.INVITE: ("과o00001", "과o00002"),
                Remedy.REPORT: ("과o00003",),
            }
            assert digest.total == stage.sum  # type: ignore[union-attr]

        simulate(story(), stage.loop)
