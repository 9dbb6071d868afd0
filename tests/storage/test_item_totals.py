"""Items are added up however they were spelt, and what leaves the effective ratio is by the day's rule."""

from datetime import UTC, date, datetime

from gwannae.programme.bought import Bought
from gwannae.programme.item_measure import leaks
from gwannae.programme.outside_reasons import Looked, OutsideReason, OutsideRule, ReasonCode
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.standings import Figures
from gwannae.programme.verdict import Verdict
from gwannae.storage import organisations, outside_reasons, purchases
from gwannae.storage.database import Database
from gwannae.storage.item_totals import item_lines
from tests.builders import REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
YEAR = date(2027, 1, 1), date(2027, 12, 31)
RULES = (
    OutsideRule(date(2027, 1, 1), 0, frozenset({ReasonCode.PATENT}), "a"),
    OutsideRule(date(2027, 7, 1), 0, frozenset({ReasonCode.UNIT_PRICE}), "b"),
)
LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED


def test_lines_of_items(database: Database) -> None:
    with database.write() as tx:
        one, two = (o.id for o in organisations.save_organisations(tx, [a_seed(), a_seed(code="b", name="나")]).added)
    for whose, item, day, won, verdict, code in (
        (one, "현수막", "2027-03-02", 100, LOCAL, None),
        (one, "현수 막", "2027-04-02", 300, OUTSIDE, ReasonCode.PATENT),
        (one, "현수막", "2027-07-01", 500, OUTSIDE, ReasonCode.PATENT),  # the rule of July does not leave it out
        (one, "책상", "2027-07-01", 700, OUTSIDE, ReasonCode.UNIT_PRICE),
        (one, "", "2027-07-02", 900, OUTSIDE, None),
        (one, "책상", "2027-08-02", 50, UNCONFIRMED, None),
        (two, "책상", "2027-08-02", 4_000, OUTSIDE, None),
        (one, "책상", "2026-12-31", 9_999, OUTSIDE, None),
    ):
        with database.write() as tx:
            draft = a_draft(organisation_id=whose, item=item, contract_date=date.fromisoformat(day), amount=won)
            judged = a_judgement(verdict=verdict)
            made = purchases.add(tx, draft, judged, actor=REPORTER, self_declared=False, at=NOW)
            if code:
                reason = OutsideReason(code, "까닭", Looked("", date(2027, 1, 1)), NOW, "T", "U")
                outside_reasons.add(tx, made.id, reason, f"form-{made.id}")
    with database.read() as tx:
        own = {line.item: line for line in item_lines(tx, RULES, *YEAR, one)}
        assert own.keys() == {"", "책상", "현수막"}
        assert own["현수막"].gross == Figures(1, 100, 2, 800)
        assert own["현수막"].left_out == Bought(1, 300)
        assert own["현수막"].effective.by_amount == Ratio(100, 600)
        assert own["책상"].effective == Figures(unconfirmed_count=1, unconfirmed_amount=50)
        every = {line.item: line.gross for line in item_lines(tx, RULES, *YEAR)}
        assert every["책상"] == Figures(0, 0, 2, 4_700, 1, 50)
        assert [line.item for line in leaks(own.values(), 5)] == ["", "현수막"]
        assert [line.item for line in leaks(own.values(), 1)] == [""]
        assert item_lines(tx, RULES, *YEAR, one, PurchaseKind.WORKS) == []
        july = item_lines(tx, RULES, date(2027, 7, 1), date(2027, 7, 1), one, PurchaseKind.GOODS)
        assert [(line.item, line.left_out) for line in july] == [("책상", Bought(1, 700)), ("현수막", Bought(0, 0))]
