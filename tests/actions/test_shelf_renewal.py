"""A shelf that follows the registry change by change is the one that would be made from all that stands there."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from gwannae.actions.shelf import Shelf
from gwannae.actions.shelf_building import build
from gwannae.actions.shelf_renewal import renew
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.business_number import write_business_number
from gwannae.programme.facts import Fact
from gwannae.programme.met import Firms
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.purchases import Firm
from gwannae.programme.vendor_status import NumberStatus, VendorCheck, VendorState
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact, Vendor
from gwannae.storage import organisations, purchases, vendor_import, vendor_retirements, vendor_update, words
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Database, Transaction
from gwannae.storage.vendor_checks import record_checks
from tests.actions.importing import FIRST, PRINTER, a_toolkit, take_in
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor, an_address
from tests.readers.pretend_services import business_numbers

DAY = FIRST.date()
EARLIER = FIRST - timedelta(days=3)
NUMBERS = business_numbers(80)
ITEMS = ("현수막", "현수막 제작", "책자 인쇄", "인쇄", "명함", "꽃다발", "꽃", "청소 용역", "가로수 조명", "LED전광판")
NAMES = ("현수막나라", "가온인쇄", "꽃샘", "명함", "나래조명", "다솜상사", "라온광고")
TRADES = ("인쇄업", "꽃집", "청소업", None)
ASKED = (*ITEMS, *NAMES, "현수", "막", "ㅎㅅㅁ", "ㄲ", "인솨", "현스막나라", "현수ㅁ", "dlstho", "가온 인쇄", "없는말")
DISTRICTS = ("솔숲구", "물결구")


def a_firm(rng: random.Random, number: str | None) -> Vendor:
    """Any firm."""
    inside = rng.random() < 0.7
    district = rng.choice(DISTRICTS) if inside else None
    held = rng.sample(list(CertificateKind), rng.choice((0, 0, 1, 2)))
    return a_vendor(
        name=rng.choice(NAMES) + rng.choice(("", "", "산업", "이")),
        business_number=number,
        trade=rng.choice(TRADES),
        items=tuple(rng.sample(ITEMS, rng.randint(0, 3))),
        makes=rng.choice(list(Fact)),
        size=SizeFact(rng.choice(list(Fact))),
        addresses=(
            an_address(
                text=f"길 {rng.random()}",
                district=district,
                in_city=Fact.YES if inside else rng.choice((Fact.NO, Fact.UNKNOWN)),
                since=date(2020, 1, 1),
            ),
        ),
        certificates=tuple(
            Certificate(kind, "", None, rng.choice((None, date(2027, 1, 1), date(2028, 1, 1)))) for kind in held
        ),
        as_of=rng.choice((None, date(2025, 1, 1), date(2027, 2, 1), date(2027, 2, 20))),
        kinds=rng.choice(((), (), (PurchaseKind.GOODS,), (PurchaseKind.SERVICES, PurchaseKind.WORKS))),
    )


class Registry:
    """Firms of a database as an office keeps them: something is changed, and what was changed is told."""

    def __init__(self, tx: Transaction, rng: random.Random) -> None:
        self.tx, self.rng = tx, rng
        self.free = list(NUMBERS)

    def add(self, count: int = 1) -> list[int]:
        firms = [a_firm(self.rng, self.free.pop() if self.rng.random() < 0.6 else None) for _ in range(count)]
        return vendor_import.insert_vendors(self.tx, firms, at=FIRST)

    def standing(self) -> Vendor:
        firms = vendor_store.vendors(self.tx, range(1, 1000))
        retired = vendor_retirements.retired_among(self.tx, list(firms))
        return self.rng.choice([firm for firm in firms.values() if firm.id not in retired])

    def correct(self) -> None:
        old = self.standing()
        new = a_firm(self.rng, self.rng.choice((old.business_number, None)))
        changed = self.rng.choice(
            (
                replace(new, id=old.id, version=old.version),
                replace(old, items=new.items, trade=new.trade),
                replace(old, name=new.name),
                replace(old, makes=new.makes, certificates=new.certificates, kinds=new.kinds),
                replace(old, addresses=new.addresses, size=new.size),
            )
        )
        vendor_update.correct_vendor(self.tx, changed, at=FIRST, reason="바로잡음")

    def newer(self) -> None:
        old = self.standing()
        vendor_update.update_vendors(self.tx, [replace(old, as_of=DAY)], at=FIRST, day=DAY, source="새 명부")

    def retire(self) -> None:
        vendor_retirements.retire(self.tx, self.standing().id, DAY, "폐업", by=OFFICER, at=FIRST)

    def merge(self) -> None:
        kept, other = self.standing(), self.standing()
        if kept.id != other.id:
            vendor_retirements.retire(self.tx, other.id, DAY, "같음", by=OFFICER, at=FIRST, merged_into=kept.id)

    def restore(self) -> None:
        gone = sorted(vendor_retirements.retired_among(self.tx, list(range(1, 1000))))
        if gone:
            vendor_retirements.restore(self.tx, self.rng.choice(gone))

    def check(self, at: datetime = FIRST) -> None:
        firm = self.standing()
        if firm.business_number is None:
            return
        state = self.rng.choice((VendorState.OPEN, VendorState.CLOSED, VendorState.SUSPENDED))
        answer = NumberStatus(firm.business_number, state, date(2027, 1, 5) if state is VendorState.CLOSED else None)
        record_checks(self.tx, [VendorCheck(firm.id, answer, at, "국세청", "", "cli")])

    def buy(self, at: datetime) -> None:
        draft = a_draft(organisation_id=1, firm=Firm("가상", self.standing().id), contract_date=date(2027, 2, 1))
        purchases.add(self.tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=at)

    def tell(self) -> None:
        vendor_import.end_import(self.tx, as_of=self.rng.choice((None, DAY)), at=FIRST)


def picture(shelf: Shelf, toolkit: Toolkit, tx: Transaction) -> dict[str, object]:
    """All that a look-up takes from a shelf."""

    def met(firms: Firms) -> list[tuple[object, ...]]:
        return [*firms.in_order(firms.everyone), firms.guesses]

    return {
        "version": shelf.version,
        "vendor_ids": shelf.vendor_ids,
        "order": shelf.order,
        "by_verdict": shelf.by_verdict,
        "districts": shelf.districts,
        "certificates": shelf.certificates,
        "numbers": (shelf.numbers, shelf.number_places),
        "as_of": shelf.as_of,
        "kinds": shelf.kinds(tx, toolkit.meanings.current(tx)),
        "terms": sorted(shelf.index.vocabulary),
        "items": sorted((text, list(places)) for text, places in shelf.index.items()),
        **{word: met(shelf.index.met(word)) for word in ASKED},
        **{f"{word} (typing)": met(shelf.index.met_while_typing(word)) for word in ASKED},
    }


@pytest.mark.parametrize("seed", range(2))
def test_many_small_changes_give_the_answers_of_a_shelf_that_is_built_anew(database: Database, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same every run, on purpose
    with a_toolkit(database.url) as toolkit:
        with database.write() as tx:
            office = Registry(tx, rng)
            organisations.save_organisations(tx, [a_seed()])
            office.add(30)
            for _ in range(8):
                office.buy(EARLIER)
                office.check(EARLIER)
            office.tell()
        with database.read() as tx:
            shelf = build(tx, toolkit.city, DAY)
        for _ in range(25):
            with database.write() as tx:
                office.tx = tx
                for _ in range(rng.choice((1, 1, 2, 5))):
                    change = rng.choice(
                        (office.add, office.correct, office.correct, office.newer, office.retire, office.merge,
                         office.restore, office.check, lambda: office.buy(FIRST))
                    )  # fmt: skip
                    change()
                office.tell()
            with database.read() as tx:
                later = renew(tx, toolkit.city, shelf, words.registry_version(tx))
                assert later is not None
                assert picture(later, toolkit, tx) == picture(build(tx, toolkit.city, DAY), toolkit, tx)
            shelf = later


def test_what_changed_between_two_looks_is_read_whichever_version_told_it(database: Database) -> None:
    with a_toolkit(database.url) as toolkit:
        take_in(toolkit, PRINTER)
        with database.read() as tx:
            shelf = build(tx, toolkit.city, DAY)
        for nth in range(3):
            take_in(
                toolkit, (f"가온{nth}", write_business_number(NUMBERS[nth]), "가람도 햇님시 솔숲구 은하로 1", "꽃", "")
            )

        with database.read() as tx:
            later = renew(tx, toolkit.city, shelf, words.registry_version(tx))
            assert later is not None
            assert picture(later, toolkit, tx) == picture(build(tx, toolkit.city, DAY), toolkit, tx)
        assert len(later.index.met("꽃").everyone) == 3


def test_on_the_next_day_the_words_are_those_of_the_day_before(database: Database) -> None:
    tomorrow = DAY + timedelta(days=1)
    with a_toolkit(database.url) as toolkit:
        with database.write() as tx:
            office = Registry(tx, random.Random(5))  # noqa: S311
            office.add(40)
            office.tell()
        with database.read() as tx:
            before = build(tx, toolkit.city, DAY)
            after = build(tx, toolkit.city, tomorrow, before)
            assert after.vendor_ids != before.vendor_ids
            assert picture(after, toolkit, tx) == picture(build(tx, toolkit.city, tomorrow), toolkit, tx)


def test_after_a_large_import_everything_is_read_anew(database: Database) -> None:
    with a_toolkit(database.url) as toolkit:
        take_in(toolkit, PRINTER)
        with database.read() as tx:
            shelf = build(tx, toolkit.city, DAY)
        take_in(toolkit, *((f"가상{n}", "", f"가람도 햇님시 솔숲구 은하로 {n}", "꽃", "") for n in range(300)))

        with database.read() as tx:
            assert renew(tx, toolkit.city, shelf, words.registry_version(tx)) is None
