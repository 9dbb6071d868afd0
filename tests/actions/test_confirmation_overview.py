"""Who has confirmed, told from the totals and their marks, is what the rows one by one say."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gwannae.actions import confirmations as confirming
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.confirmations import Confirmed, fingerprint
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.readers.city_file import read_city
from gwannae.storage import confirmations, organisations, purchases
from gwannae.storage.database import Database
from tests.builders import OFFICER, a_draft, a_judgement

CITY = Path(__file__).parent.parent / "cities" / "haetnim.toml"
NOW = datetime(2027, 12, 15, 10, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture
def toolkit(database: Database, request: pytest.FixtureRequest) -> Iterator[Toolkit]:
    url = database._url.render_as_string(hide_password=False)
    with toolkit_for(read_city(str(CITY)), url, lambda: NOW) as opened:
        yield opened


def _touch(toolkit: Toolkit, chance: random.Random) -> None:
    """Something happens to one purchase: a new one, or a change that may leave every sum as it was."""
    with toolkit.database.write() as tx:
        every = organisations.all_organisations(tx)
        known = purchases.recent_of(tx, OFFICER.team_id, OFFICER.user_id, 500)
        draft = a_draft(
            organisation_id=chance.choice(every).id,
            amount=chance.choice([1_000, 2_000]),
            contract_date=date(2027, 1, 1) + timedelta(days=chance.randrange(330)),
        )
        judgement = a_judgement(verdict=chance.choice(list(Verdict)))
        one = chance.choice(known) if known and chance.random() < 0.6 else None
        if one is None:
            purchases.add(tx, draft, judgement, actor=OFFICER, self_declared=False, at=NOW)
        elif one.state is PurchaseState.CANCELLED:
            purchases.restore(tx, one.id, one.version, actor=OFFICER, at=NOW)
        elif chance.random() < 0.3:
            purchases.cancel(tx, one.id, one.version, actor=OFFICER, at=NOW)
        else:
            other = chance.choice([replace(one.draft, title=f"고친 이름 {chance.random()}"), draft])
            purchases.change(tx, one.id, one.version, other, one.judgement, actor=OFFICER, at=NOW)


def _confirm_one(toolkit: Toolkit, chance: random.Random) -> None:
    with toolkit.database.read() as tx:
        whose = chance.choice(organisations.all_organisations(tx))
    desk = confirming.confirmation_desk(toolkit, COMMAND_LINE, whose.id, NOW)
    assert isinstance(desk, confirming.ConfirmationDesk)
    if waiting := [state for state in desk.states if state.asks]:
        state = chance.choice(waiting)
        done = confirming.confirm(toolkit, COMMAND_LINE, whose.id, state.period, state.fingerprint, NOW)
        assert isinstance(done, Confirmed)


def test_the_overview_is_what_the_rows_say_whatever_was_changed_and_confirmed(toolkit: Toolkit) -> None:
    chance = random.Random(11)  # noqa: S311 (repeatable on purpose)
    seen = set()
    for _ in range(12):
        for _ in range(8):
            _touch(toolkit, chance)
            _confirm_one(toolkit, chance)
        with toolkit.database.read() as tx:
            every = organisations.all_organisations(tx)
            for overview in confirming.overview_in(tx, toolkit.city, every, NOW):
                for state in overview.states:
                    whose, period = state.organisation, state.period
                    rows = confirmations.rows_of(tx, whose.id, period.first, period.last)
                    exact = replace(state, fingerprint=fingerprint(whose.code, period, rows))
                    assert (state.status, state.rows, state.amount, state.unconfirmed) == (
                        exact.status,
                        len(rows),
                        sum(row.amount for row in rows),
                        sum(row.verdict is Verdict.UNCONFIRMED for row in rows),
                    )
                    seen.add(state.status)
    assert len(seen) == 3


def test_a_confirmation_that_has_no_mark_is_held_against_its_rows(toolkit: Toolkit) -> None:
    """One from before there were marks."""
    chance = random.Random(3)  # noqa: S311
    for _ in range(6):
        _touch(toolkit, chance)
    with toolkit.database.write() as tx:
        every = organisations.all_organisations(tx)
        (period, *_) = confirming.periods_to_confirm(toolkit.city, NOW.date())
        for whose in every:
            rows = confirmations.rows_of(tx, whose.id, period.first, period.last)
            made = confirming.Confirmation(1, fingerprint(whose.code, period, rows), len(rows), 0, 0, NOW, "T", "U")
            assert confirmations.add(tx, whose.id, period.key, made, by=OFFICER)
        first = confirming.overview_in(tx, toolkit.city, every, NOW)[-1]
        assert {state.status.value for state in first.states} == {"confirmed"}
