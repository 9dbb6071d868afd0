"""`gwannae confirmations`: who has confirmed which period, for a machine and for a person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gwannae.programme.confirmations import Confirmation, fingerprint
from gwannae.programme.organisations import Actor
from gwannae.programme.periods import Cycle, Period
from gwannae.storage import confirmations, organisations, purchases
from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine
from tests.builders import a_draft, a_judgement

SEOUL = ZoneInfo("Asia/Seoul")
MARCH = Period(2024, Cycle.QUARTER, 1)  # before the made-up city's own cycle begins the usual one holds
LEAD = Actor("T0A1", "U0LEAD")


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    """The command line on a database in which the road division bought once and confirmed it."""
    run = CommandLine(str(sqlite_database.url))
    assert run("organisations", "list", "--json").code == 0
    with sqlite_database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        at = datetime(2024, 4, 5, 9, 30, tzinfo=SEOUL)
        draft = a_draft(organisation_id=roads.id, contract_date=date(2024, 3, 4))
        purchases.add(tx, draft, a_judgement(), actor=LEAD, self_declared=False, at=at)
        rows = confirmations.rows_of(tx, roads.id, MARCH.first, MARCH.last)
        made = Confirmation(1, fingerprint("roads", MARCH, rows), 1, draft.amount, 0, at, LEAD.team_id, LEAD.user_id)
        assert confirmations.add(tx, roads.id, MARCH.key, made, by=LEAD)
    return run


def test_the_answer_for_machines_holds_both_fingerprints(gwannae: CommandLine) -> None:
    ended = gwannae("confirmations", "--year", "2024", "--json")
    assert ended.code == 0
    assert [p["period"] for p in ended.json["periods"]] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    first = ended.json["periods"][0]
    assert (first["first"], first["last"]) == ("2024-01-01", "2024-03-31")
    roads = next(o for o in first["organisations"] if o["code"] == "roads")
    assert (roads["status"], roads["rows"], roads["amount"], roads["unconfirmed"]) == ("confirmed", 1, 1_100_000, 0)
    assert roads["confirmed"]["fingerprint"] == roads["fingerprint"]
    assert (roads["confirmed"]["at"], roads["confirmed"]["user"]) == ("2024-04-05T09:30:00+09:00", "U0LEAD")
    arts = next(o for o in first["organisations"] if o["code"] == "arts")
    assert (arts["status"], arts["rows"], arts["confirmed"]) == ("waiting", 0, None)


def test_a_row_that_came_after_is_seen(gwannae: CommandLine, sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        draft = a_draft(organisation_id=roads.id, contract_date=date(2024, 2, 4))
        purchases.add(tx, draft, a_judgement(), actor=LEAD, self_declared=False, at=datetime.now(SEOUL))
    ended = gwannae("confirmations", "--year", "2024", "--json")
    roads = next(o for o in ended.json["periods"][0]["organisations"] if o["code"] == "roads")
    assert (roads["status"], roads["rows"], roads["confirmed"]["rows"]) == ("changed", 2, 1)


def test_the_answer_for_people_is_a_table(gwannae: CommandLine) -> None:
    ended = gwannae("confirmations", "--year", "2024")
    assert ended.code == 0
    line = next(line for line in ended.out.splitlines() if "1분기" in line and "길가꿈과" in line)
    assert line.split() == ["2024년", "1분기", "길가꿈과", "확정", "1", "2024-04-05", "09:30", "U0LEAD"]
    assert "2024년 · 확정 1 / 20" in ended.err
    assert "--year" in gwannae("confirmations", "--help").out
