"""Running totals are what the purchases add up to, whatever was done to them and in whatever order."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gwannae.programme.effective import LeftOut
from gwannae.programme.facts import Fact
from gwannae.programme.outside_reasons import (
    Looked,
    OutsideReason,
    OutsideRule,
    ReasonCode,
    is_outside,
    leaves_denominator,
)
from gwannae.programme.purchases import (
    DIRECT_METHODS,
    ContractMethod,
    Draft,
    Firm,
    Origin,
    Purchase,
    PurchaseKind,
    PurchaseSource,
    PurchaseState,
)
from gwannae.programme.schemes import EvidenceTotal, evidence_of
from gwannae.programme.standings import Total
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact
from gwannae.programme.verdict import Judgement, Verdict
from gwannae.storage import (
    organisations,
    outside_reasons,
    purchase_arrivals,
    purchase_bulk,
    purchase_totals,
    purchases,
    reason_totals,
    running_totals,
    vendor_import,
)
from gwannae.storage.database import Database, DatabaseBusyError, Transaction
from gwannae.storage.purchase_listing import listing
from gwannae.storage.scheme_totals import evidence_totals
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
FIRST = date(2025, 11, 20)
DAYS = 800
ITEMS = ("현수막", "현수 막", "책자 인쇄", "")
OPERATIONS, FILE_ROWS = 1_500, 2_800
RULES = (  # the second begins in the middle of a month, and none holds before the first
    OutsideRule(date(2026, 1, 1), 0, frozenset({ReasonCode.PATENT, ReasonCode.UNIT_PRICE, ReasonCode.PRICE}), "a"),
    OutsideRule(date(2026, 8, 17), 0, frozenset({ReasonCode.PATENT, ReasonCode.NO_ITEM}), "b"),
)


class Town:
    """Organisations and firms, and chance; what was stored is kept in mind by id and version."""

    def __init__(self, tx: Transaction, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (repeatable on purpose)
        seeds = [a_seed(code=f"o{n}", name=f"부서{n}") for n in range(4)]
        self.whose = [o.id for o in organisations.save_organisations(tx, seeds).added]
        self.firms = list(vendor_import.insert_vendors(tx, [a_vendor(), a_vendor(business_number=None)], at=NOW))
        self.imports = 0
        self.reasons = 0
        self.known: dict[int, Purchase] = {}

    def draft(self) -> Draft:
        chance = self.chance
        return a_draft(
            organisation_id=chance.choice(self.whose),
            kind=chance.choice(list(PurchaseKind)),
            method=chance.choice(list(ContractMethod)),
            firm=Firm("가온", chance.choice([None, *self.firms]), address="하늘도"),
            item=chance.choice(ITEMS),
            amount=chance.randrange(1, 10**12),
            contract_date=FIRST + timedelta(days=chance.randrange(DAYS)),
        )

    def judgement(self) -> Judgement:
        held = tuple(Certificate(kind) for kind in CertificateKind if self.chance.random() < 0.1)
        return a_judgement(
            verdict=self.chance.choice(list(Verdict)),
            size=SizeFact(self.chance.choice(list(Fact))),
            certificates=self.chance.choice([None, (), held]),
        )

    def some(self, state: PurchaseState) -> Purchase | None:
        found = [p for p in self.known.values() if p.state is state]
        return self.chance.choice(found) if found else None


def _add(tx: Transaction, town: Town) -> None:
    made = purchases.add(tx, town.draft(), town.judgement(), actor=REPORTER, self_declared=False, at=NOW)
    town.known[made.id] = made


def _change(tx: Transaction, town: Town) -> None:
    """Anything of it, or the title alone, or the office's word for its verdict."""
    if (one := town.some(PurchaseState.REPORTED)) is None:
        return
    draft, judgement = town.chance.choice(
        [
            (town.draft(), town.judgement()),
            (replace(town.draft(), contract_date=one.draft.contract_date), one.judgement),
            (replace(one.draft, title="고친 이름"), one.judgement),
            (one.draft, replace(one.judgement, verdict=town.chance.choice(list(Verdict)))),
        ]
    )
    town.known[one.id] = purchases.change(tx, one.id, one.version, draft, judgement, actor=OFFICER, at=NOW)


def _cancel(tx: Transaction, town: Town) -> None:
    if (one := town.some(PurchaseState.REPORTED)) is not None:
        town.known[one.id] = purchases.cancel(tx, one.id, one.version, actor=OFFICER, at=NOW)


def _restore(tx: Transaction, town: Town) -> None:
    if (one := town.some(PurchaseState.CANCELLED)) is not None:
        town.known[one.id] = purchases.restore(tx, one.id, one.version, actor=OFFICER, at=NOW)


def _bring_in(tx: Transaction, town: Town, rows: int = 5) -> None:
    """A file, which also changes and cancels what is there; now and then it is taken back at once."""
    town.imports += 1
    of = town.imports
    new = [
        purchase_arrivals.NewPurchase(town.draft(), town.judgement(), Origin(PurchaseSource.FILE, of, "", n))
        for n in range(rows)
    ]
    purchase_arrivals.make_ready(tx, new, of, actor=REPORTER, at=NOW)
    purchase_arrivals.bring_in(tx, ())
    for _ in range(2):
        if (one := town.some(PurchaseState.REPORTED)) is not None:
            town.known[one.id] = purchases.change(
                tx, one.id, one.version, town.draft(), town.judgement(), actor=REPORTER, at=NOW, import_id=of
            )
    if (one := town.some(PurchaseState.REPORTED)) is not None:
        town.known[one.id] = purchases.cancel(tx, one.id, one.version, actor=REPORTER, at=NOW, import_id=of)
    if town.chance.random() < 0.5:
        purchase_bulk.take_back_new(tx, of, actor=REPORTER, at=NOW)
        for purchase_id, first, last in purchase_bulk.touched_by(tx, of):
            after = purchases.put_back(tx, purchase_id, first, last, actor=REPORTER, at=NOW)
            if after is not None:
                town.known[purchase_id] = after


def _refuse_and_roll_back(tx: Transaction, town: Town) -> None:
    """Somebody's form came twice, somebody's change came late; a deed that fails half-way leaves nothing."""
    if (one := town.some(PurchaseState.REPORTED)) is None:
        return
    with pytest.raises(purchases.AlreadyStoredError):
        purchases.add(tx, replace(town.draft(), form_key=one.draft.form_key), one.judgement, actor=REPORTER,
                      self_declared=False, at=NOW)  # fmt: skip
    with pytest.raises(purchases.StaleError):
        purchases.cancel(tx, one.id, one.version + 1, actor=OFFICER, at=NOW)
    half = tx.begin_nested()
    purchases.add(tx, town.draft(), town.judgement(), actor=REPORTER, self_declared=False, at=NOW)
    half.rollback()


def _explain(tx: Transaction, town: Town) -> None:
    """Somebody says why it went outside, or says otherwise; of what was cancelled or is local as well."""
    if town.known:
        town.reasons += 1
        code = town.chance.choice(list(ReasonCode))
        reason = OutsideReason(code, "까닭", Looked("", date(2027, 1, 1)), NOW, "T", "U")
        outside_reasons.add(tx, town.chance.choice(list(town.known)), reason, f"reason-{town.reasons}")


_DEEDS: list[Callable[[Transaction, Town], None]] = [
    *[_add] * 5,
    *[_change] * 4,
    *[_cancel] * 2,
    *[_explain] * 3,
    _restore,
    _bring_in,
    _refuse_and_roll_back,
]


@contextmanager
def _town(database: Database, seed: int = 1) -> Iterator[Town]:
    with database.write() as tx:
        town = Town(tx, seed)
    yield town


def _by_hand(rows: list[Purchase], first: date, last: date, of: int | None) -> list[Total]:
    sums: dict[tuple[int, PurchaseKind, Verdict], list[int]] = defaultdict(list)
    for one in _counting(rows, first, last, of):
        sums[one.draft.organisation_id, one.draft.kind, one.judgement.verdict].append(one.draft.amount)
    return [Total(*key, len(won), sum(won)) for key, won in sums.items()]


def _evidence_by_hand(rows: list[Purchase], first: date, last: date, of: int | None) -> list[EvidenceTotal]:
    sums: dict[tuple[int, PurchaseKind, object], list[int]] = defaultdict(list)
    for one in _counting(rows, first, last, of):
        sums[one.draft.organisation_id, one.draft.kind, evidence_of(one.judgement)].append(one.draft.amount)
    return [EvidenceTotal(*key, len(won), sum(won)) for key, won in sums.items()]  # type: ignore[arg-type]


def _counting(rows: list[Purchase], first: date, last: date, of: int | None) -> Iterator[Purchase]:
    for one in rows:
        counts = one.state is PurchaseState.REPORTED and of in (None, one.draft.organisation_id)
        if counts and first <= one.draft.contract_date <= last:
            yield one


def _look(database: Database, town: Town) -> None:
    """Everything that is read from totals, over spans of any beginning and end, against the rows one by one."""
    with database.snapshot() as tx:
        assert running_totals.differences(tx, 5) == []
        rows = list(listing(tx, date.min, date.max))
        for span in range(6):
            begin = FIRST + timedelta(days=town.chance.randrange(DAYS))
            days = town.chance.choice([0, 20, 70, 400, 800])
            first, last = (begin, begin + timedelta(days=days)) if span else (date(2026, 1, 1), date(2026, 12, 31))
            for of in (None, town.whose[0]):
                assert set(purchases.totals(tx, first, last, of)) == set(_by_hand(rows, first, last, of))
                found = evidence_totals(tx, first, last, of)
                assert {_known(e) for e in found} == {_known(e) for e in _evidence_by_hand(rows, first, last, of)}
                assert set(reason_totals.left_out(tx, RULES, first, last, of)) == set(
                    _reasons_by_hand(tx, first, last, of)
                )
        kept = tx.execute(text("SELECT sum(number), sum(won) FROM item_day_totals")).one()
        direct = [
            p.draft.amount
            for p in _counting(rows, date.min, date.max, None)
            if p.draft.item and p.draft.method in DIRECT_METHODS
        ]
        assert (int(kept[0] or 0), int(kept[1] or 0)) == (len(direct), sum(direct))


def _reasons_by_hand(tx: Transaction, first: date, last: date, of: int | None) -> Iterator[LeftOut]:
    """What the rule of each contract date leaves out, one purchase and its newest reason after another."""
    sums: dict[tuple[int, PurchaseKind, ReasonCode], list[int]] = defaultdict(list)
    for one in _counting(list(listing(tx, first, last)), first, last, of):
        reason = outside_reasons.latest(tx, one.id)
        if reason and is_outside(one) and leaves_denominator(RULES, reason.code, one.draft.contract_date):
            sums[one.draft.organisation_id, one.draft.kind, reason.code].append(one.draft.amount)
    return (LeftOut(*key, len(won), sum(won)) for key, won in sums.items())


def _known(total: EvidenceTotal) -> tuple[object, ...]:
    return total.organisation_id, total.kind, total.evidence, total.count, total.amount


def test_totals_are_what_a_recount_finds_after_ten_thousand_random_changes(database: Database) -> None:
    with _town(database) as town:
        done = 0
        while done < OPERATIONS:
            with database.write() as tx:
                for _ in range(50):
                    town.chance.choice(_DEEDS)(tx, town)
                    done += 1
                if done % 500 == 0:  # a large file, and perhaps all of it back again
                    _bring_in(tx, town, FILE_ROWS)
            if done % 500 == 0:
                _look(database, town)
        with database.write() as tx:  # a firm that goes takes its name from its purchases, and no won from anybody
            tx.execute(text("DELETE FROM vendors WHERE id = :of"), {"of": town.firms[0]})
        _look(database, town)
        with database.write() as tx:
            assert running_totals.rebuild(tx) == 0


def test_a_file_that_fails_half_way_leaves_totals_and_triggers_as_they_were(database: Database) -> None:
    with _town(database) as town, database.write() as tx:
        for _ in range(10):
            _add(tx, town)

    drafts = [town.draft() for _ in range(2_500)]
    drafts[-1] = replace(drafts[-1], organisation_id=max(town.whose) + 99)  # taken out meanwhile
    new = [
        purchase_arrivals.NewPurchase(draft, town.judgement(), Origin(PurchaseSource.FILE, 1, "", n))
        for n, draft in enumerate(drafts)
    ]
    ready = partial(purchase_arrivals.make_ready, new=new, import_id=1, actor=REPORTER, at=NOW)
    with pytest.raises(IntegrityError), database.write_after(ready) as tx:
        purchase_arrivals.bring_in(tx, ())
    with database.write() as tx:
        assert running_totals.are_kept(tx)
        _add(tx, town)
    _look(database, town)


def _patiently(database: Database, deed: Callable[[Transaction], Purchase]) -> Purchase:
    """As a person who is told that the store is busy, as on a machine with much else to do: once more."""
    for _ in range(20):
        try:
            with database.write() as tx:
                return deed(tx)
        except DatabaseBusyError:
            continue
    raise AssertionError("busy twenty times over")


def test_twenty_at_once_are_all_in_the_totals(database: Database) -> None:
    with _town(database) as town:
        drafts = [
            replace(town.draft(), organisation_id=town.whose[n % 2], contract_date=date(2027, 3, 2)) for n in range(60)
        ]

        def report(draft: Draft) -> None:
            def store(tx: Transaction) -> Purchase:
                return purchases.add(tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=NOW)

            def move(tx: Transaction) -> Purchase:  # from the one and from the other at once: two totals at a time
                moved = replace(draft, organisation_id=town.whose[0] + town.whose[1] - draft.organisation_id)
                return purchases.change(tx, made.id, 1, moved, a_judgement(), actor=REPORTER, at=NOW)

            made = _patiently(database, store)
            _patiently(database, move)

        with ThreadPoolExecutor(20) as threads:
            list(threads.map(report, drafts))
    with database.snapshot() as tx:
        assert running_totals.differences(tx, 5) == []
        found = purchases.totals(tx, date(2027, 1, 1), date(2027, 12, 31))
        assert (sum(t.count for t in found), sum(t.amount for t in found)) == (60, sum(d.amount for d in drafts))


def test_a_file_and_somebody_who_changes_one_purchase_do_not_wait_for_one_another_in_turn(
    postgres_database: Database,
) -> None:
    """Both move the totals of March and May. Whoever works through a file has moved May already; the other one would
    take March first and wait for May, while the file waits for March.
    """
    march, may = date(2027, 3, 2), date(2027, 5, 3)

    def move(tx: Transaction, one: Purchase, day: date) -> None:
        held = purchases.purchase(tx, one.id)
        assert held is not None
        draft = replace(held.draft, contract_date=day)
        purchases.change(tx, one.id, held.version, draft, held.judgement, actor=OFFICER, at=NOW)

    with _town(postgres_database) as town, postgres_database.write() as tx:
        in_may, in_march, single = (
            purchases.add(
                tx,
                replace(town.draft(), organisation_id=town.whose[0], kind=PurchaseKind.GOODS, contract_date=day),
                a_judgement(),
                actor=REPORTER,
                self_declared=False,
                at=NOW,
            )
            for day in (may, march, march)
        )

    def change_one() -> None:
        with postgres_database.write() as tx:
            move(tx, single, may)

    with ThreadPoolExecutor(1) as threads:
        with postgres_database.write() as tx:
            purchase_bulk.lock(tx, [in_may.id, in_march.id], town.whose)
            move(tx, in_may, may + timedelta(days=1))
            other = threads.submit(change_one)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.5)  # it waits, and holds nothing that the file wants
            move(tx, in_march, march + timedelta(days=1))
        other.result(timeout=10)
    with postgres_database.snapshot() as tx:
        assert running_totals.differences(tx, 5) == []
        assert sorted(t.count for t in purchases.totals(tx, date(2027, 5, 1), date(2027, 5, 31))) == [2]


def test_a_total_that_was_tampered_with_is_named_and_put_right(database: Database) -> None:
    with _town(database) as town, database.write() as tx:
        for _ in range(20):
            _add(tx, town)
    one = next(iter(town.known.values()))
    day, own = one.draft.contract_date, one.draft.organisation_id
    given = {"year": day.year, "own": own, "kind": one.draft.kind.value, "verdict": one.judgement.verdict.value}
    where = "year = :year AND organisation_id = :own AND kind = :kind AND verdict = :verdict"
    with database.write() as tx:
        number, won = tx.execute(text(f"SELECT number, won FROM yearly_totals WHERE {where}"), given).one()  # noqa: S608
        tx.execute(text(f"UPDATE yearly_totals SET won = won + 1 WHERE {where}"), given)  # noqa: S608
        tx.execute(text("DELETE FROM monthly_totals WHERE organisation_id = :own"), {"own": own})
    with database.snapshot() as tx:
        found = running_totals.differences(tx, 50)
    (yearly,) = [d for d in found if d.table == "yearly_totals"]
    assert yearly.key == {"year": day.year, "organisation_id": own, "kind": given["kind"], "verdict": given["verdict"]}
    assert (yearly.kept, yearly.counted) == ((number, won + 1), (number, won))
    assert {d.key["organisation_id"] for d in found if d.table == "monthly_totals"} == {own}
    with database.write() as tx:
        assert running_totals.rebuild(tx) == len(found)
        assert running_totals.are_kept(tx)
    _look(database, town)


def test_purchases_from_before_the_totals_are_counted_when_the_tables_are_brought_up_to_date(
    database: Database,
) -> None:
    with _town(database) as town, database.write() as tx:
        for _ in range(30):
            _add(tx, town)
            if town.chance.random() < 0.3:
                _cancel(tx, town)
        for table in ("monthly_totals", "yearly_totals", "item_day_totals"):
            tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        running_totals.install(tx)
        running_totals.rebuild(tx)
    _look(database, town)


def test_the_mark_of_a_month_moves_with_any_change_and_with_nothing_else(database: Database) -> None:
    with _town(database) as town, database.write() as tx:
        _add(tx, town)
        (one,) = town.known.values()
        of, day = one.draft.organisation_id, one.draft.contract_date
        month = day.year * 100 + day.month

        def mark() -> int:
            return purchase_totals.by_month(tx, [month], of)[of, month].touched

        before = mark()
        running_totals.rebuild(tx)
        assert mark() == before
        titled = replace(one.draft, title="다른 이름")
        after = purchases.change(tx, one.id, 1, titled, one.judgement, actor=OFFICER, at=NOW)
        assert (renamed := mark()) > before
        away = replace(titled, contract_date=day + timedelta(days=40))
        after = purchases.change(tx, one.id, 2, away, one.judgement, actor=OFFICER, at=NOW)
        assert (moved := mark()) > renamed
        purchases.cancel(tx, one.id, after.version, actor=OFFICER, at=NOW)
        assert mark() == moved  # it stands in another month


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-01-01", "2027-12-31", ([2027], [], [])),
        ("2027-01-01", "2027-06-15", ([], [202701, 202702, 202703, 202704, 202705], [("2027-06-01", "2027-06-15")])),
        ("2026-12-31", "2028-01-01", ([2027], [], [("2026-12-31", "2026-12-31"), ("2028-01-01", "2028-01-01")])),
        ("2026-11-01", "2027-12-31", ([2027], [202611, 202612], [])),
        ("2028-02-01", "2028-02-29", ([], [202802], [])),
        ("2028-02-01", "2028-02-28", ([], [], [("2028-02-01", "2028-02-28")])),
        ("2027-03-05", "2027-03-05", ([], [], [("2027-03-05", "2027-03-05")])),
        ("2027-03-05", "2027-04-05", ([], [], [("2027-03-05", "2027-04-05")])),
        ("2027-03-05", "2027-05-05", ([], [202704], [("2027-03-05", "2027-03-31"), ("2027-05-01", "2027-05-05")])),
        ("2027-03-05", "2027-03-04", ([], [], [])),
    ],
)
def test_days_are_cut_at_months_and_years(
    first: str, last: str, expected: tuple[list[int], list[int], list[tuple[str, str]]]
) -> None:
    years, months, days = purchase_totals.spans_of(date.fromisoformat(first), date.fromisoformat(last))
    assert (years, months, [(a.isoformat(), b.isoformat()) for a, b in days]) == expected
