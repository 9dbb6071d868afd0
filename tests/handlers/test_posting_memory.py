"""A database that forgot, and a machine that remembers: what was sent is looked for before anything is sent."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from gwannae.bot.posting import FileMark
from gwannae.programme.ledger import PostEvent, PostState
from gwannae.storage import ledger, posting_state
from gwannae.storage.tables.ledger import post_steps, posts
from tests.handlers.posting_stage import DUE, MemoryMark, Stage, a_stage
from tests.handlers.simulated import simulate


def back_up(stage: Stage) -> Callable[[], None]:
    """Take all rows of the ledger; what is given puts them back, as restoring a backup does."""
    with stage.toolkit.database.read() as tx:
        kept = {table: [dict(row) for row in tx.execute(select(table)).mappings()] for table in (posts, post_steps)}

    def restore() -> None:
        with stage.toolkit.database.write() as tx:
            tx.execute(delete(post_steps))
            tx.execute(delete(posts))
            for table, rows in kept.items():
                if rows:
                    tx.execute(insert(table), rows)

    return restore


@pytest.mark.parametrize("remembers", [True, False], ids=["mark", "no mark"])
def test_a_backup_from_the_middle_of_a_run_doubles_nothing(ledger_url: str, remembers: bool) -> None:
    """Ten of thirty had gone out at the backup, all thirty when it was put back; the plan is made anew as well."""
    with a_stage(ledger_url, 30) as stage:
        ten = stage.reminders.codes[:10]
        rest = stage.reminders.codes[10:]

        async def story() -> None:
            stage.reminders.codes = ten
            await stage.pass_time(stage.poster(), 2)
            restore = back_up(stage)
            stage.reminders.codes = [*ten, *rest]
            await stage.pass_time(stage.poster(), 2)
            assert len(stage.slack.counts()) == 30
            restore()
            if not remembers:
                stage.mark = MemoryMark(None)
            await stage.pass_time(stage.poster(), 5)

        simulate(story(), stage.loop)
        assert set(stage.slack.counts().values()) == {1}
        assert stage.states() == {PostState.SENT: 30}
        with stage.toolkit.database.read() as tx:
            assert posting_state.state(tx).recovered_at is not None
            found = [s.event for row in stage.rows for s in ledger.steps(tx, row.id)]
        assert found.count(PostEvent.FOUND) == 20
        assert stage.sum.holds


def test_a_backup_from_before_the_plan_doubles_nothing(ledger_url: str) -> None:
    with a_stage(ledger_url, 6) as stage:

        async def story() -> None:
            restore = back_up(stage)
            await stage.pass_time(stage.poster(), 2)
            restore()
            await stage.pass_time(stage.poster(), 5)

        simulate(story(), stage.loop)
        assert set(stage.slack.counts().values()) == {1}
        assert stage.states() == {PostState.SENT: 6}


def test_a_database_that_forgets_while_it_is_open_is_noticed_with_the_next_tick(ledger_url: str) -> None:
    with a_stage(ledger_url, 4, due=DUE + timedelta(minutes=3)) as stage:

        async def story() -> None:
            poster = stage.poster()
            await stage.pass_time(poster, 1)
            restore = back_up(stage)
            await stage.pass_time(poster, 4)
            restore()
            await stage.pass_time(poster, 5)

        simulate(story(), stage.loop)
        assert set(stage.slack.counts().values()) == {1}
        assert stage.states() == {PostState.SENT: 4}


def test_a_new_database_on_a_machine_without_a_mark_looks_for_nothing(ledger_url: str) -> None:
    with a_stage(ledger_url, 4) as stage:
        stage.mark = MemoryMark(None)
        simulate(stage.pass_time(stage.poster(), 3), stage.loop)
        assert [call.method for call in stage.slack.calls] == ["chat.postMessage"] * 4


def test_the_mark_is_kept_in_a_file_and_only_grows(tmp_path: Path) -> None:
    mark = FileMark(tmp_path / "state", "sqlite:///a.db")
    assert mark.read() is None
    mark.reached(7)
    mark.reached(3)
    assert mark.read() == 7
    assert FileMark(tmp_path / "state", "sqlite:///a.db").read() == 7
    assert FileMark(tmp_path / "state", "sqlite:///b.db").read() is None
    mark.reached(3, anew=True)
    assert mark.read() == 3
    next((tmp_path / "state").iterdir()).write_text("{", "utf-8")
    assert mark.read() is None


def test_a_mark_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    mark = FileMark(tmp_path / "state", "sqlite:///a.db")
    mark.reached(7)
    assert mark.read() is None
