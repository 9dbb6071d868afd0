"""The registry: what goes in comes out, is found by its words, and keeps what it was."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.search import Field
from gwannae.programme.vendors import AddressKind, Certificate, CertificateKind, SizeFact, Vendor, VendorAddress
from gwannae.storage import vendor_import, vendor_update, vendors, words
from gwannae.storage.database import Database, Transaction
from gwannae.storage.outlines import posting_places
from gwannae.storage.vendor_identity import content_digest, existing_keys, name_and_address
from tests.builders import a_vendor, an_address

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOVED = date(2026, 11, 23)
FULL = a_vendor(
    name="㈜달무리 <!channel>",
    makes=Fact.YES,
    size=SizeFact(Fact.YES, "확인서 12호", date(2026, 2, 1)),
    items=("현수막", "책자 인쇄", "현수막 게시대"),
    addresses=(
        an_address(since=date(2020, 1, 1), until=date(2024, 5, 1)),
        an_address(kind=AddressKind.FACTORY, text="먼바다시 1", district=None, in_city=Fact.NO, evidence="other_city"),
    ),
    certificates=(
        Certificate(CertificateKind.WOMEN, "제1호", date(2025, 1, 1), date(2027, 12, 31)),
        Certificate(CertificateKind.GREEN),
    ),
    kinds=(PurchaseKind.GOODS, PurchaseKind.WORKS),
)
BARE = a_vendor(
    name="이름뿐", business_number=None, phone=None, trade=None, items=(), addresses=(), as_of=None, source=""
)


def _put(tx: Transaction, *some: Vendor) -> list[int]:
    return vendor_import.insert_vendors(tx, some, at=NOW)


def _update(tx: Transaction, *some: Vendor) -> list[Vendor]:
    return vendor_update.update_vendors(tx, some, at=NOW, day=MOVED, source="newer.csv")


def _found(tx: Transaction, word: str) -> dict[tuple[int, Field], int]:
    """Which vendors stand with a term that has the word in it, in which field: 0 whole, 1 beginning, 2 inside."""
    terms = [(i, text) for i, text in words.terms(tx) if word in text]
    having = {i: 0 if text == word else 1 if text.startswith(word) else 2 for i, text in terms}
    found: dict[tuple[int, Field], int] = {}
    every = {i: i for i in range(100_000)}
    for field in Field:
        for term_id, vendor_ids in posting_places(tx, field, every):
            for vendor_id in vendor_ids if term_id in having else ():
                found[vendor_id, field] = min(having[term_id], found.get((vendor_id, field), 2))
    return found


@pytest.mark.parametrize("given", [FULL, BARE], ids=["full", "bare"])
def test_a_vendor_comes_back_as_it_went_in(database: Database, given: Vendor) -> None:
    with database.write() as tx:
        (vendor_id,) = _put(tx, given)
        assert vendors.vendor(tx, vendor_id) == replace(given, id=vendor_id)
        assert vendors.vendor(tx, vendor_id + 1) is None


def test_many_come_in_the_order_in_which_they_were_asked_for(database: Database) -> None:
    many = [a_vendor(name=f"달무리 {n}", business_number=f"{n:010d}") for n in range(1200)]
    with database.write() as tx:
        ids = _put(tx, *many)
        wanted = [ids[700], ids[3], 99_999, ids[1199], ids[3]]
        assert list(vendors.vendors(tx, wanted)) == [ids[700], ids[3], ids[1199]]
        assert list(vendors.vendors(tx, ids).values()) == [replace(v, id=i) for v, i in zip(many, ids, strict=True)]
        assert vendors.vendors(tx, []) == {}


def test_business_numbers_find_their_firms(database: Database) -> None:
    numbers = ["1234567891", "1234500003", "9876543210"]
    with database.write() as tx:
        ids = _put(tx, BARE, *(a_vendor(business_number=number) for number in numbers))[1:]
        found = vendors.by_business_number(tx, numbers[0])
        assert found is not None
        assert found.id == ids[0]
        assert vendors.by_business_number(tx, "0000000000") is None
        assert vendors.by_number_beginning(tx, "12345", 5) == [ids[1], ids[0]]
        assert vendors.by_number_beginning(tx, "12345", 1) == [ids[1]]
        assert vendors.by_number_beginning(tx, numbers[2], 5) == [ids[2]]
        assert vendors.by_number_beginning(tx, numbers[2] + "0", 5) == []


def test_one_business_number_is_one_firm(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as tx:
        _put(tx, a_vendor(), a_vendor(name="다른 이름"))


def test_the_registry_counts_its_imports_and_keeps_the_newest_day(database: Database) -> None:
    with database.write() as tx:
        assert vendors.registry(tx) == vendors.RegistryState(0, None, 0)
        _put(tx, FULL, BARE)
        state = vendor_import.end_import(tx, as_of=date(2026, 9, 30), at=NOW)
        assert state == vendors.RegistryState(1, date(2026, 9, 30), 2)
        assert words.registry_version(tx) == 1
        assert vendor_import.end_import(tx, as_of=date(2025, 1, 1), at=NOW).as_of == date(2026, 9, 30)
        assert vendor_import.end_import(tx, as_of=None, at=NOW).version == 3


def test_words_lead_to_vendors_with_their_field_and_best_strength(database: Database) -> None:
    with database.write() as tx:
        first, second = _put(tx, FULL, a_vendor(name="현수막나라", business_number=None, items=("천막",)))
        vendor_import.end_import(tx, as_of=None, at=NOW)
        assert _found(tx, "현수막") == {(first, Field.ITEM): 0, (second, Field.NAME): 1}
        assert _found(tx, "수막") == {(first, Field.ITEM): 2, (second, Field.NAME): 2}
        assert _found(tx, "없는말") == {}


def test_a_vendor_without_items_is_found_by_its_trade(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = _put(tx, a_vendor(items=(), trade="꽃 소매업"))
        assert _found(tx, "꽃소매업") == {(vendor_id, Field.ITEM): 0}


def test_very_long_and_very_many_words_are_taken(database: Database) -> None:
    long = "가나다라" * 750
    with database.write() as tx:
        (first,) = _put(tx, a_vendor(name=long, items=(long, *(f"품목 {n}" for n in range(3000)))))
        assert _found(tx, long[:200]) == {(first, Field.ITEM): 0, (first, Field.NAME): 0}
        assert len(list(words.terms(tx))) == 3001


def test_the_same_words_again_make_no_new_terms(database: Database) -> None:
    with database.write() as tx:
        _put(tx, a_vendor(business_number=None))
        before = len(list(words.terms(tx)))
        _put(tx, a_vendor(business_number=None))
        assert len(list(words.terms(tx))) == before


def test_an_update_keeps_what_was_and_moves_the_words(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = _put(tx, FULL)
        before = replace(FULL, id=vendor_id)
        (after,) = _update(tx, replace(before, items=("현수막", "명함"), phone="031-000-9999"))
        assert after.version == 2
        assert after.source == "newer.csv"
        assert vendors.vendor(tx, vendor_id) == after
        assert vendor_update.history(tx, vendor_id) == [before]
        assert _found(tx, "명함") == {(vendor_id, Field.ITEM): 0}
        assert _found(tx, "현수막") == {(vendor_id, Field.ITEM): 0}
        assert _found(tx, "책자인쇄") == {}


def test_the_same_record_again_changes_nothing(database: Database) -> None:
    with database.write() as tx:
        ids = _put(tx, FULL, BARE)
        stored = vendors.vendors(tx, ids)
        assert _update(tx, *stored.values()) == []
        (changed,) = _update(tx, replace(stored[ids[0]], phone=None))
        assert _update(tx, changed) == []
        assert vendors.vendors(tx, ids) == {ids[0]: changed, ids[1]: stored[ids[1]]}


def test_a_newer_day_of_the_data_alone_makes_no_version(database: Database) -> None:
    newer = date(2026, 11, 1)
    with database.write() as tx:
        (vendor_id,) = _put(tx, FULL)
        stored = replace(FULL, id=vendor_id)
        assert _update(tx, replace(stored, as_of=newer, source="newer.csv")) == []
        assert vendors.vendor(tx, vendor_id) == replace(stored, as_of=newer)
        assert _update(tx, replace(stored, as_of=date(2020, 1, 1))) == []
        assert vendors.vendor(tx, vendor_id) == replace(stored, as_of=newer)
        assert vendor_update.history(tx, vendor_id) == []


def test_an_update_of_a_vendor_that_is_gone_says_which(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = _put(tx, FULL)
        with pytest.raises(vendor_update.NoVendorError) as caught:
            _update(tx, replace(FULL, id=vendor_id), replace(BARE, id=vendor_id + 7))
    assert caught.value.vendor_id == vendor_id + 7


def test_an_id_is_never_given_to_another_firm(database: Database) -> None:
    with database.write() as tx:
        first, last = _put(tx, BARE, FULL)
        tx.execute(text("DELETE FROM vendors WHERE id = :id"), {"id": last})
        assert _put(tx, FULL) == [last + 1]
        assert vendors.vendor(tx, last) is None
        assert _found(tx, "현수막") == {(last + 1, Field.ITEM): 0}
        assert vendors.vendor(tx, first) is not None


HEAD = an_address(text="가람시 물빛구 은하로 12", since=None)
NEW_HEAD = an_address(text="먼바다시 등대로 3", in_city=Fact.NO, district=None)
FACTORY = an_address(kind=AddressKind.FACTORY, text="가람시 솔숲구 공단로 5")


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        pytest.param((HEAD,), (HEAD,), (HEAD,), id="the same"),
        pytest.param(
            (HEAD,),
            (replace(HEAD, text="가람시  물빛구 은하로12"),),
            (replace(HEAD, text="가람시  물빛구 은하로12"),),
            id="spelt otherwise",
        ),
        pytest.param(
            (HEAD,), (NEW_HEAD,), (replace(HEAD, until=MOVED), replace(NEW_HEAD, since=MOVED)), id="moved today"
        ),
        pytest.param(
            (HEAD,),
            (replace(NEW_HEAD, since=date(2026, 5, 4)),),
            (replace(HEAD, until=date(2026, 5, 4)), replace(NEW_HEAD, since=date(2026, 5, 4))),
            id="moved on a day that the source knows: never at both places at once",
        ),
        pytest.param(
            (replace(HEAD, since=date(2026, 8, 1)),),
            (replace(NEW_HEAD, since=date(2026, 5, 4)),),
            (
                replace(HEAD, since=date(2026, 8, 1), until=date(2026, 8, 1)),
                replace(NEW_HEAD, since=date(2026, 5, 4)),
            ),
            id="moved before it was known to be where it was",
        ),
        pytest.param(
            (HEAD, replace(FACTORY, kind=AddressKind.HEAD_OFFICE)),
            (replace(FACTORY, kind=AddressKind.HEAD_OFFICE, since=date(2020, 1, 1)),),
            (
                replace(HEAD, until=MOVED),
                replace(FACTORY, kind=AddressKind.HEAD_OFFICE, since=date(2020, 1, 1)),
            ),
            id="one of two is named no more",
        ),
        pytest.param((HEAD, FACTORY), (HEAD,), (HEAD, FACTORY), id="silent about the factory"),
        pytest.param((HEAD,), (HEAD, FACTORY), (HEAD, FACTORY), id="a factory that was not known"),
        pytest.param((), (HEAD,), (HEAD,), id="the first address"),
        pytest.param(
            (replace(HEAD, since=date(2020, 1, 1)),),
            (replace(HEAD, in_city=Fact.UNKNOWN),),
            (replace(HEAD, in_city=Fact.UNKNOWN, since=date(2020, 1, 1)),),
            id="read otherwise since the same day",
        ),
        pytest.param(
            (replace(HEAD, until=date(2026, 1, 1)), NEW_HEAD),
            (HEAD,),
            (replace(HEAD, until=date(2026, 1, 1)), replace(NEW_HEAD, until=MOVED), replace(HEAD, since=MOVED)),
            id="moved back",
        ),
        pytest.param(
            (replace(HEAD, since=date(2026, 12, 1)),),
            (NEW_HEAD,),
            (replace(HEAD, since=date(2026, 12, 1), until=date(2026, 12, 1)), replace(NEW_HEAD, since=MOVED)),
            id="one that was to begin later never held",
        ),
    ],
)
def test_addresses_follow_what_a_source_says_now(
    before: tuple[VendorAddress, ...], said: tuple[VendorAddress, ...], after: tuple[VendorAddress, ...]
) -> None:
    assert vendor_update.addresses_after(before, said, MOVED) == after
    assert vendor_update.addresses_after(after, said, MOVED) == after  # said again on the same day


def test_keys_say_who_is_there(database: Database) -> None:
    twin = replace(BARE, addresses=(HEAD,), name="(주) 쌍둥이")
    with database.write() as tx:
        full, bare, first, second = _put(tx, FULL, BARE, twin, replace(twin, name="쌍둥이", phone="1"))
        keys = existing_keys(tx)
    assert keys.by_number == {FULL.business_number: full}
    assert keys.by_name_and_address[name_and_address(twin)] == (first, second)
    assert keys.by_name_and_address[name_and_address(BARE)] == (bare,)
    assert keys.digests[full] == content_digest(FULL)
    assert keys.digests[first] != keys.digests[second]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "다른"},
        {"business_number": None},
        {"phone": None},
        {"trade": None},
        {"makes": Fact.NO},
        {"size": SizeFact(Fact.YES, "확인서 12호", date(2026, 2, 2))},
        {"items": ("책자 인쇄", "현수막", "현수막 게시대")},
        {"addresses": FULL.addresses[:1]},
        {"certificates": FULL.certificates[::-1]},
        {"kinds": (PurchaseKind.GOODS,)},
    ],
)
def test_every_part_of_the_content_is_in_the_digest(changes: dict[str, object]) -> None:
    assert content_digest(replace(FULL, **changes)) != content_digest(FULL)


def test_who_keeps_a_record_is_not_in_the_digest() -> None:
    assert content_digest(replace(FULL, id=7, version=3, as_of=None, source="other")) == content_digest(FULL)


def test_a_list_is_looked_up_by_the_key_not_by_a_scan(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        ids = _put(tx, FULL, BARE)
    with sqlite_database.read() as tx:
        connection = tx.connection.driver_connection
        assert connection is not None
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        vendors.vendors(tx, ids)
        connection.set_trace_callback(None)
        selects = [s for s in statements if s.startswith("SELECT")]
        assert len(selects) == 1
        for statement in selects:
            plan = [row.detail for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            assert not [line for line in plan if line.startswith("SCAN") and "json_each" not in line], plan


def test_an_import_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as tx:
        _put(tx, FULL, replace(BARE, name=""))
    with database.read() as tx:
        assert vendors.registry(tx).vendors == 0
        assert tx.execute(text("SELECT count(*) FROM terms")).scalar() == 0
