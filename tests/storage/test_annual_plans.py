"""Versions of a plan are kept beside one another, once each number; entries of scores replace each other by name."""

from datetime import UTC, date, datetime, timedelta

from gwannae.programme.annual_plan import AnnualPlan, Fed, Setting, Target
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.score_rules import EntryKind, ScoreEntry
from gwannae.storage import annual_plans, organisations, score_entries
from gwannae.storage.database import Database
from tests.builders import OFFICER, a_seed

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
TARGETS = (Target(None, 700, None), Target(PurchaseKind.GOODS, None, 1))
PLAN = AnnualPlan(2027, ("가",), TARGETS, ("상",), "문서", date(2027, 1, 5), ("과장",))
FED = (Fed(Setting.SCORE, 2027, "근거", "f" * 64),)


def test_a_plan_is_read_back_and_a_number_is_taken_once(database: Database) -> None:
    with database.write() as tx:
        assert annual_plans.add(tx, 1, PLAN, FED, by=OFFICER, at=NOW)
        assert not annual_plans.add(tx, 1, AnnualPlan(2027, ()), FED, by=OFFICER, at=NOW)
        assert annual_plans.add(tx, 2, AnnualPlan(2027, ()), (), by=OFFICER, at=NOW)
    with database.read() as tx:
        second, first = annual_plans.of_year(tx, 2027)
        assert (first.plan, first.settings, first.at) == (PLAN, {Setting.SCORE: "f" * 64}, NOW)
        assert (second.number, second.plan) == (2, AnnualPlan(2027, ()))
        assert annual_plans.of_year(tx, 2028) == ()


def test_the_newest_entry_of_a_name_holds_and_what_came_later_is_not_seen(database: Database) -> None:
    with database.write() as tx:
        (whose,) = (o.id for o in organisations.save_organisations(tx, [a_seed()]).added)
        for hour, (label, amount) in enumerate((("교육", 50), ("위탁", 900), ("교육", 75), ("위탁", 0))):
            entry = ScoreEntry(2027, whose, EntryKind.ADDITION, label, amount, "근거")
            score_entries.add(tx, entry, by=OFFICER, at=NOW + timedelta(hours=hour))
    with database.read() as tx:

        def held(hours: float) -> dict[str, int]:
            return {e.label: e.amount for e in score_entries.in_force(tx, 2027, NOW + timedelta(hours=hours))}

        assert [held(h) for h in (-1, 0, 1.5, 2, 3)] == [
            {}, {"교육": 50}, {"교육": 50, "위탁": 900}, {"교육": 75, "위탁": 900}, {"교육": 75},
        ]  # fmt: skip
        assert score_entries.in_force(tx, 2028, NOW) == []
