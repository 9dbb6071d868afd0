"""Each post once, whatever Slack answers and whatever clocks do; a simulated clock, both databases."""

import asyncio
import random
from collections import deque
from dataclasses import replace
from datetime import timedelta

import pytest

from gwannae.handlers.posting_slack import Outcome, OutcomeKind
from gwannae.programme.ledger import Place, PostEvent, PostState, PostStep, SkipReason
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.posting_terms import PostingTerms
from gwannae.storage import ledger, organisations, posting_state
from tests import soaking
from tests.handlers.posting_stage import DUE, TEAM, Stage, a_stage, channel_of, empty, key_of
from tests.handlers.pretend_slack import by_chance
from tests.handlers.simulated import simulate
from tests.soaking import rounds

SEED = 11


def once_each(stage: Stage) -> None:
    """Every post that is owed stands in Slack exactly once, and the ledger knows it."""
    counts = stage.slack.counts()
    assert set(counts.values()) <= {1}
    assert {row.key.spelled for row in stage.rows if row.state is PostState.SENT} == set(counts)
    assert stage.sum.holds


def run(stage: Stage, minutes: float) -> None:
    simulate(stage.pass_time(stage.poster(), minutes), stage.loop)


def events(stage: Stage, post_id: int) -> list[PostEvent]:
    with stage.toolkit.database.read() as tx:
        return [step.event for step in ledger.steps(tx, post_id)]


def test_what_is_due_goes_out_once_with_its_key_and_what_is_silent_says_why(ledger_url: str) -> None:
    with a_stage(ledger_url, 5) as stage:
        stage.reminders.silent = {"o00003"}
        run(stage, 3)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 4, PostState.SKIPPED: 1}
        [silent] = [row for row in stage.rows if row.state is PostState.SKIPPED]
        assert silent.reason is SkipReason.NOTHING_OWED
        assert [m.text for m in stage.slack.channels[channel_of("o00000")]] == ["o00000 1"]
        assert stage.sum.planned == 5


def test_of_sixty_with_mute_limited_and_broken_answers_each_comes_once(ledger_url: str) -> None:
    """5 % taken and never answered, 5 % 429, 5 % 500, 5 % 500 after it was taken; no doubt without a look."""
    with a_stage(ledger_url, 60) as stage:
        stage.slack.chance = by_chance({"mute": 0.05, "429:3": 0.05, "500": 0.05, "500_after": 0.05}, seed=7)
        run(stage, 8)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 60}
        assert stage.slack.within_limit == 0
        posts: dict[str, list[OutcomeKind]] = {}
        for call in stage.slack.calls:
            if call.method == "chat.postMessage":
                if posts.get(call.key, [])[-1:] == [OutcomeKind.DOUBTFUL]:
                    pytest.fail(f"{call.key} was sent again without a look")
                posts.setdefault(call.key, []).append(call.outcome)
            else:
                posts.setdefault(call.key, []).append(OutcomeKind.UNSENT)
        assert sum(len([o for o in tries if o is not OutcomeKind.UNSENT]) for tries in posts.values()) <= 75


def test_an_owner_that_sleeps_past_its_lease_sends_nothing_and_its_word_changes_nothing(ledger_url: str) -> None:
    """Between claim and send, as a stopped machine does; the other one has taken it over and sent it."""
    with a_stage(ledger_url, 1) as stage:
        look = stage.reminders.look
        slept: list[float] = []

        def sleeps(toolkit: object, key: object, now: object) -> object:
            if not slept:
                slept.append(stage.loop.time())
                stage.loop.skipping.skipped += stage.terms.lease + 1
                taken_over_by_another(stage)
            return look(toolkit, key, now)  # type: ignore[arg-type]

        stage.reminders.look = sleeps  # type: ignore[method-assign,assignment]
        simulate(stage.poster().run(), stage.loop)
        once_each(stage)
        assert [(row.tries, row.ts) for row in stage.rows] == [(2, "1.000001")]
        assert [call.method for call in stage.slack.calls] == []


def test_an_owner_that_sleeps_as_it_waits_for_its_moment_looks_at_its_lease_once_more(ledger_url: str) -> None:
    """The very last look before the socket; two posts to one channel, so that the second waits."""
    with a_stage(ledger_url, 1, each=2) as stage:

        async def oversleeps(seconds: float) -> None:
            await asyncio.sleep(seconds)
            if seconds > 0.5 and any(row.state is PostState.SENDING for row in stage.rows):
                stage.loop.skipping.skipped += stage.terms.lease + 1
                taken_over_by_another(stage)

        simulate(stage.poster(sleep=oversleeps).run(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 2}
        assert len(stage.slack.calls) == 1


def test_what_is_in_doubt_is_looked_for_even_when_it_is_too_late_to_send_it(ledger_url: str) -> None:
    with a_stage(ledger_url, 2, useful_for=timedelta(days=2)) as stage:
        stage.slack.faults = deque(["mute", "lost"])

        async def story() -> None:
            await stage.poster().run()
            await asyncio.sleep(timedelta(days=3).total_seconds())
            await stage.pass_time(stage.poster(), 4)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 1, PostState.SKIPPED: 1}
        assert [row.reason for row in stage.rows if row.reason] == [SkipReason.TOO_LATE]


def test_a_retry_that_a_clock_ahead_has_set_days_away_comes_soon_once_it_is_back(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 1) as stage:
        stage.slack.channel_states = {channel_of("o00000"): "is_archived"}

        async def story() -> None:
            stage.offset[0] = timedelta(days=3)
            poster = stage.poster()
            await stage.pass_time(poster, 1)
            stage.offset[0] = timedelta(0)
            stage.slack.channel_states.clear()
            await stage.pass_time(poster, 5)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 1}


def taken_over_by_another(stage: Stage) -> None:
    """Another process has watched the lease end, found nothing and sent it: all of it while the owner sleeps."""
    [row] = [row for row in stage.rows if row.state is PostState.SENDING]
    place = Place(TEAM, channel_of(row.key.organisation))
    with stage.toolkit.database.write() as tx:
        taken = ledger.take_over(tx, row, "another", stage.wall(), stage.wall() + timedelta(minutes=5))
        assert taken is not None
        stood = stage.slack._take(place, "", row.key)
        assert ledger.confirm(tx, row.id, "another", place, stood.ts, stage.wall())


def test_the_late_owners_confirm_changes_nothing_and_the_double_is_listed(ledger_url: str) -> None:
    """It sleeps between its last look at the lease and the socket: not survivable, so at least somebody is told."""
    with a_stage(ledger_url, 1) as stage:
        real = stage.slack.post
        first = True

        async def sleeps(place: object, message: object, key: object) -> Outcome:
            nonlocal first
            if first:
                first = False
                await asyncio.sleep(stage.terms.lease + 120)
            return await real(place, message, key)  # type: ignore[arg-type]

        stage.slack.post = sleeps  # type: ignore[method-assign,assignment]

        async def both() -> None:
            late = asyncio.ensure_future(stage.poster().run())
            await asyncio.sleep(1)
            await stage.pass_time(stage.poster(), 100)
            await late

        simulate(both(), stage.loop)
        [row] = stage.rows
        assert row.state is PostState.SENT
        assert stage.slack.counts() == {row.key.spelled: 2}
        assert row.ts == "1.000001"
        happened = events(stage, row.id)
        assert PostEvent.LATE_OWNER in happened
        assert happened[-1] is PostEvent.DOUBLE
        with stage.toolkit.database.read() as tx:
            assert ledger.steps(tx, row.id)[-1].detail["link"].endswith("/1.000002")


def test_what_is_taken_late_or_shown_late_is_found_within_the_settle_time(ledger_url: str) -> None:
    with a_stage(ledger_url, 12) as stage:
        stage.slack.faults = deque(["late:8", "mute", "500_after", "late:30", "lost"])
        stage.slack.history_lag = 6.0
        run(stage, 8)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 12}


def test_what_is_taken_after_an_hour_is_a_double_that_the_reconciler_lists_with_its_address(ledger_url: str) -> None:
    with a_stage(ledger_url, 6) as stage:
        stage.slack.faults = deque(["late:3600", "late:3000"])
        run(stage, 170)
        doubles = {key for key, count in stage.slack.counts().items() if count == 2}
        assert len(doubles) == 2
        listed = {
            row.key.spelled: [s.detail["link"] for s in steps_of(stage, row.id) if s.event is PostEvent.DOUBLE]
            for row in stage.rows
        }
        assert {key for key, links in listed.items() if links} == doubles
        assert all(len(links) == 1 for links in listed.values() if links)


def steps_of(stage: Stage, post_id: int) -> list[PostStep]:
    with stage.toolkit.database.read() as tx:
        return ledger.steps(tx, post_id)


def test_a_doubtful_post_in_a_channel_that_cannot_be_read_asks_a_person(ledger_url: str) -> None:
    with a_stage(ledger_url, 3) as stage:
        stage.slack.faults = deque(["mute"])
        stage.slack.unreadable = {channel_of(code) for code in stage.reminders.codes}
        run(stage, 10)
        assert stage.states() == {PostState.SENT: 2, PostState.ASKING: 1}
        assert set(stage.slack.counts().values()) == {1}
        assert stage.sum.asking == 1


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found", "restricted_action"])
def test_a_channel_in_trouble_waits_holds_nobody_up_and_is_served_once_it_is_mended(sqlite_url: str, code: str) -> None:
    with a_stage(sqlite_url, 4) as stage:
        stage.slack.channel_states[channel_of("o00001")] = code

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 10)
            assert stage.states() == {PostState.SENT: 3, PostState.FAILED: 1}
            assert [row.problem for row in stage.rows if row.state is PostState.FAILED] == [code]
            stage.slack.channel_states.clear()
            await stage.pass_time(poster, 70)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 4}


def test_a_revoked_token_stops_the_calls_and_everything_goes_out_once_it_is_renewed(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 40) as stage:
        stage.slack.channel_states = {channel_of(code): "token_revoked" for code in stage.reminders.codes}

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 12)
            assert len(stage.slack.calls) <= 3 * stage.terms.at_once
            stage.slack.channel_states.clear()
            await stage.pass_time(poster, 12)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 40}


@pytest.mark.parametrize("down", [timedelta(minutes=10), timedelta(hours=1), timedelta(days=3)])
def test_a_missed_moment_is_made_up_for_while_it_is_useful(ledger_url: str, down: timedelta) -> None:
    with a_stage(ledger_url, 4, due=DUE + timedelta(minutes=2)) as stage:

        async def story() -> None:
            await stage.poster().run()  # plans
            assert stage.states() == {PostState.PLANNED: 4}
            await asyncio.sleep(down.total_seconds())
            await stage.pass_time(stage.poster(), 3)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 4}


def test_what_is_too_late_to_be_useful_is_refused_with_its_reason(ledger_url: str) -> None:
    with a_stage(ledger_url, 3, due=DUE + timedelta(minutes=2), useful_for=timedelta(days=2)) as stage:

        async def story() -> None:
            await stage.poster().run()
            await asyncio.sleep(timedelta(days=3).total_seconds())
            await stage.pass_time(stage.poster(), 3)

        simulate(story(), stage.loop)
        assert stage.slack.counts() == {}
        assert [row.reason for row in stage.rows] == [SkipReason.TOO_LATE] * 3
        assert stage.sum.refused == 3


def test_a_post_that_was_never_planned_before_its_usefulness_ended_is_told_as_well(ledger_url: str) -> None:
    """The bot was down from before the planning to after the end: the plan still names it, so it has a reason."""
    with a_stage(ledger_url, 2, due=DUE - timedelta(days=30), useful_for=timedelta(days=2)) as stage:
        run(stage, 2)
        assert [row.reason for row in stage.rows] == [SkipReason.TOO_LATE] * 2


def test_a_clock_that_jumps_ahead_and_back_loses_nothing_and_doubles_nothing(ledger_url: str) -> None:
    with a_stage(ledger_url, 8, due=DUE + timedelta(days=1), useful_for=timedelta(days=5)) as stage:
        stage.slack.chance = by_chance({"mute": 0.3, "500_after": 0.3}, seed=3)

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 2)
            stage.offset[0] = timedelta(days=40)  # everything seems too late
            await stage.pass_time(poster, 2)
            assert stage.states() == {PostState.SKIPPED: 8}
            stage.offset[0] = timedelta(0)
            await stage.pass_time(poster, 2)
            assert stage.states() == {PostState.PLANNED: 8}
            stage.offset[0] = timedelta(days=2)  # due, and in doubt while it jumps
            await stage.pass_time(poster, 1)
            stage.offset[0] = timedelta(days=1, hours=1)
            await stage.pass_time(poster, 10)
            stage.offset[0] = timedelta(days=3)
            await stage.pass_time(poster, 10)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 8}


def test_a_clock_that_jumps_while_an_owner_sends_lets_nobody_take_the_post_over(ledger_url: str) -> None:
    """The lease in the database is over by the clock, and the message still on its way."""
    with a_stage(ledger_url, 1) as stage:
        stage.slack.answers_in = 10.0

        async def story() -> None:
            first = asyncio.ensure_future(stage.poster().run())
            await asyncio.sleep(2)
            stage.offset[0] = timedelta(days=1)
            other = stage.poster()
            for _ in range(4):
                await other.run()
                await asyncio.sleep(1)
            await first

        simulate(story(), stage.loop)
        once_each(stage)
        assert [call.method for call in stage.slack.calls] == ["chat.postMessage"]


def test_a_clock_that_jumps_while_a_doubt_settles_hastens_no_look(sqlite_url: str) -> None:
    """By the clock the settle time is over; the message is still on its way, and is taken 40 seconds later."""
    with a_stage(sqlite_url, 1) as stage:
        stage.slack.faults = deque(["late:40"])

        async def story() -> None:
            poster = stage.poster()
            await poster.run()
            stage.offset[0] = timedelta(hours=2)
            for _ in range(12):
                await poster.run()
                await stage.poster().run()  # one that has just been started knows nothing of the doubt
                await asyncio.sleep(10)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 1}


def test_before_the_start_everything_goes_to_the_test_channel_and_is_recorded_as_such(ledger_url: str) -> None:
    with a_stage(ledger_url, 3) as stage:
        with stage.toolkit.database.write() as tx:
            posting_state.change(tx, started_at=None, test_team=TEAM, test_channel="C0TEST")

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 2)
            assert set(stage.slack.channels) == {"C0TEST"}
            assert stage.slack.channels["C0TEST"][0].text.startswith("[시험]")
            assert all(row.key.rehearsal and row.place == Place(TEAM, "C0TEST") for row in stage.rows)
            with stage.toolkit.database.write() as tx:
                posting_state.change(tx, started_at=stage.wall())
            await stage.pass_time(stage.poster(), 2)

        simulate(story(), stage.loop)
        real = [row for row in stage.rows if not row.key.rehearsal]
        assert [row.state for row in real] == [PostState.SENT] * 3
        assert len(stage.slack.channels) == 4


@pytest.mark.parametrize(
    ("what", "value", "sent"), [("all", "", 0), ("kind", "reminder", 0), ("organisation", "o00001", 2)]
)
def test_what_is_paused_waits_and_goes_out_when_it_is_resumed(
    ledger_url: str, what: str, value: str, sent: int
) -> None:
    with a_stage(ledger_url, 3) as stage:
        with stage.toolkit.database.write() as tx:
            assert posting_state.pause(tx, what, value, COMMAND_LINE, DUE)

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 3)
            assert stage.states().get(PostState.SENT, 0) == sent
            with stage.toolkit.database.write() as tx:
                assert posting_state.resume(tx, what, value)
            await stage.pass_time(poster, 3)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 3}


def test_a_day_that_moves_moves_the_post_that_nobody_has_sent(ledger_url: str) -> None:
    with a_stage(ledger_url, 2, due=DUE + timedelta(hours=1)) as stage:

        async def story() -> None:
            poster = stage.poster()
            await poster.run()
            stage.reminders.due = DUE + timedelta(days=1)
            await stage.pass_time(poster, 90)
            assert stage.states() == {PostState.PLANNED: 2}
            await asyncio.sleep(24 * 3600)
            await stage.pass_time(poster, 2)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 2}


def test_an_organisation_without_a_channel_is_skipped_and_served_once_one_is_linked(ledger_url: str) -> None:
    with a_stage(ledger_url, 2) as stage:
        with stage.toolkit.database.write() as tx:
            organisations.unlink_channel(tx, TEAM, channel_of("o00001"))

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 2)
            assert {row.key.organisation: row.reason for row in stage.rows}["o00001"] is SkipReason.NO_SLACK
            with stage.toolkit.database.write() as tx:
                found = organisations.by_code(tx, "o00001")
                assert found is not None
                organisations.link_channel(tx, found.id, TEAM, "C0NEW", by=COMMAND_LINE, at=DUE)
            await stage.pass_time(poster, 2)

        simulate(story(), stage.loop)
        once_each(stage)
        assert "C0NEW" in stage.slack.channels


def test_a_channel_that_is_linked_anew_after_a_doubt_is_looked_for_where_it_was_tried(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 1) as stage:
        stage.slack.faults = deque(["mute"])

        async def story() -> None:
            poster = stage.poster()
            await poster.run()
            with stage.toolkit.database.write() as tx:
                organisations.unlink_channel(tx, TEAM, channel_of("o00000"))
                found = organisations.by_code(tx, "o00000")
                assert found is not None
                organisations.link_channel(tx, found.id, TEAM, "C0NEW", by=COMMAND_LINE, at=DUE)
            await asyncio.sleep(60)
            await stage.pass_time(poster, 3)

        simulate(story(), stage.loop)
        once_each(stage)
        assert set(stage.slack.channels) == {channel_of("o00000")}


def test_a_notice_takes_the_place_of_the_post_that_it_edits(ledger_url: str) -> None:
    with a_stage(ledger_url, 2) as stage:
        plan = stage.reminders.plan

        def with_notice(toolkit: object, now: object) -> object:
            planned = plan(toolkit, now)  # type: ignore[arg-type]
            later = planned[0].due + timedelta(minutes=5)
            return [*planned, *(replace(p, key=replace(p.key, occurrence=2), due=later, edits=p.key) for p in planned)]

        stage.reminders.plan = with_notice  # type: ignore[method-assign,assignment]
        run(stage, 9)
        texts = {channel: [m.text for m in found] for channel, found in stage.slack.channels.items()}
        assert texts == {channel_of(code): [f"{code} 2"] for code in stage.reminders.codes}
        assert stage.states() == {PostState.SENT: 4}


def test_nothing_goes_out_while_sending_is_closed(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 2) as stage:
        opens = DUE + timedelta(minutes=30)
        stage.opening = lambda now: max(now, opens)
        poster = stage.poster()

        async def story() -> None:
            await stage.pass_time(poster, 29)
            assert stage.slack.calls == []
            await stage.pass_time(poster, 3)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 2}


def test_one_kind_that_fails_holds_no_other_up_and_is_tried_again(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 2) as stage:
        look = stage.reminders.look
        broken = {"o00000"}

        def looks(toolkit: object, key: object, now: object) -> object:
            if key.organisation in broken:  # type: ignore[attr-defined]
                raise ZeroDivisionError
            return look(toolkit, key, now)  # type: ignore[arg-type]

        stage.reminders.look = looks  # type: ignore[method-assign,assignment]

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 3)
            assert stage.states() == {PostState.SENT: 1, PostState.FAILED: 1}
            broken.clear()
            await stage.pass_time(poster, 20)

        simulate(story(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 2}


def test_a_hot_channel_and_many_cool_ones_keep_the_pace_of_a_slack_that_counts(ledger_url: str) -> None:
    """40 channels, one of which gets 20 posts, against a Slack that counts: the bound is the rate's, and no 429."""
    with a_stage(ledger_url, 40) as stage:
        plan = stage.reminders.plan

        def hot(toolkit: object, now: object) -> object:
            planned = plan(toolkit, now)  # type: ignore[arg-type]
            return [*planned, *(replace(planned[0], key=key_of("o00000", n)) for n in range(2, 21))]

        stage.reminders.plan = hot  # type: ignore[method-assign,assignment]
        stage.slack.per_minute = stage.terms.per_minute
        simulate(stage.poster().run(), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: 59}
        assert stage.loop.time() <= max(59 / 5, 20) * 1.15
        assert {call.outcome for call in stage.slack.calls} == {OutcomeKind.DONE}


@pytest.mark.soak
def test_the_rate_is_kept_and_no_call_falls_inside_a_retry_after(ledger_url: str) -> None:
    """Against a Slack that counts, and that asks to be left alone for 1 to 30 seconds now and then: ten thousand
    channels within 36 minutes in a soak, and as many as the suite has time for at the same pace.
    """
    for dice in rounds(SEED):
        keep_the_rate(ledger_url, dice)


def keep_the_rate(url: str, dice: random.Random) -> None:
    count, often = (10_000, 6) if soaking.SECONDS else (240, 2)
    waits = {n: dice.randint(1, 30) for n in dice.sample(range(count - 60), often)}
    with a_stage(url, count) as stage:
        empty(stage)
        stage.slack.faults = deque(f"429:{waits[n]}" if n in waits else "" for n in range(count))
        stage.slack.per_minute = stage.terms.per_minute
        simulate(stage.pass_time(stage.poster(), 3), stage.loop)
        once_each(stage)
        assert stage.states() == {PostState.SENT: count}
        assert stage.slack.within_limit == 0
        assert sum(call.code == "ratelimited" for call in stage.slack.calls) == often
        last = max(call.at for call in stage.slack.calls)
        # what was asked to wait has its turn with a tick
        most = 36 * 60 if soaking.SECONDS else count / 5 * 1.05 + 1.25 * sum(waits.values()) + 60
        assert last <= most


def test_terms_are_those_of_the_bot_in_these_proofs(sqlite_url: str) -> None:
    with a_stage(sqlite_url, 1) as stage:
        assert stage.terms == PostingTerms()
