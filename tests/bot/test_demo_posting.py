"""The demo's bot posts what is due as its clock is set forward, and the pretend workspace shows it."""

from datetime import datetime, time
from pathlib import Path

from gwannae.bot.demo import build_demo, demo_city
from gwannae.bot.demo_clock import DemoClock
from gwannae.bot.demo_posting import DemoPosting, begin
from gwannae.bot.demo_year import DEMO_TODAY, TEAM_ID, demo_organisations, sow
from gwannae.bot.start import toolkit_for
from gwannae.programme.ledger import PostKey, PostKind, PostState
from gwannae.readers.city_file import read_city
from gwannae.storage import ledger
from gwannae.storage.database import Database
from tests.front_door import CITY_FILE
from tests.serving import free_port, serve


async def test_set_forward_by_a_month_the_channels_have_their_reminder_once(
    sqlite_database: Database, tmp_path: Path
) -> None:
    city = demo_city(read_city(str(CITY_FILE)))
    clock, listener = DemoClock(city), free_port()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with toolkit_for(city, str(sqlite_database.url), clock) as toolkit:
        sow(toolkit, TEAM_ID)
        begin(toolkit)
        built = build_demo(toolkit, clock, address, DemoPosting(tmp_path).post)
        async with serve(built.app, listener):
            hand = built.sandbox.workspace.clock_hand
            assert hand is not None
            await hand.move(datetime.combine(DEMO_TODAY.replace(month=7, day=31), time(10), city.zone))
            workspace = built.sandbox.workspace
            reminded = [
                message
                for organisation in demo_organisations(city)
                for message in workspace.messages.in_channel(organisation.channel_id)
                if message.metadata and message.metadata["event_payload"]["key"].startswith("reminder/")
            ]
        with toolkit.database.read() as tx:
            states = {
                (one.seed.code, month): post.state
                for one in demo_organisations(city)
                for month in ("2027-05", "2027-06")
                if (post := ledger.by_key(tx, PostKey(PostKind.REMINDER, month, one.seed.code, "channel"))) is not None
            }
            assert ledger.total(tx).holds
    assert len(states) == 2 * len(demo_organisations(city))
    assert set(states.values()) <= {PostState.SENT, PostState.SKIPPED}
    assert reminded
    assert len(reminded) == len([s for s in states.values() if s is PostState.SENT])
    assert workspace.faults_seen == []
