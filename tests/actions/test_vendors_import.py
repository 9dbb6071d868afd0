"""Vendor files into the registry: which firm a row is, what is kept, and what is left to a person."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from gwannae.actions.localvendor import search_all
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendors_import import import_vendors
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEvent
from gwannae.programme.facts import Fact
from gwannae.programme.organisations import COMMAND_LINE, Actor
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.vendors_import import DoubtCode, LeftOutCode
from gwannae.readers.vendors import RefusedRow, VendorRow, read_vendors
from gwannae.storage import audit
from gwannae.storage.database import Database, DatabaseBusyError
from gwannae.storage.vendor_import import lock_registry
from tests.actions.importing import (
    ELSEWHERE,
    FIRST,
    HEADER,
    INSIDE,
    LATER,
    NUMBER,
    OTHER_NUMBER,
    PRINTER,
    a_toolkit,
    day,
    history_of,
    picture,
    registered,
    take_in,
)


@pytest.fixture
def toolkit(sqlite_database: Database) -> Iterator[Toolkit]:
    with a_toolkit(sqlite_database.url) as made:
        yield made


@pytest.fixture
def either(database: Database) -> Iterator[Toolkit]:
    """SQLite, then PostgreSQL."""
    with a_toolkit(database.url) as made:
        yield made


def found(toolkit: Toolkit, text: str) -> list[str]:
    return [card.vendor.name for card in search_all(toolkit, text, FIRST.date()).cards]


def test_a_row_becomes_a_firm_with_facts_and_their_evidence(either: Toolkit) -> None:
    header = (*HEADER, "업종", "기업구분", "제조여부", "정책기업구분", "데이터기준일자")
    row = (*PRINTER, "인쇄업", "소상공인", "Y", "여성기업|사회적기업", "2027-02-01")

    report = take_in(either, row, header=header)

    firm = registered(either)[0]
    assert (report.new, report.is_clean, report.as_of) == (1, True, day("2027-02-01"))
    assert (firm.name, firm.business_number, firm.phone, firm.trade) == (
        "달빛인쇄",
        "1298101236",
        "031-000-1234",
        "인쇄업",
    )
    assert (firm.items, firm.makes, firm.as_of, firm.source) == (
        ("명함", "책자"),
        Fact.YES,
        day("2027-02-01"),
        "명부.csv",
    )
    assert (firm.size.small, firm.size.evidence) == (Fact.YES, "기업구분: 소상공인")
    (address,) = firm.addresses
    assert (address.text, address.district, address.in_city) == (INSIDE, "솔숲구", Fact.YES)
    assert (address.evidence, address.since, address.until) == ("city_named", None, None)
    assert [c.kind for c in firm.certificates] == [CertificateKind.WOMEN, CertificateKind.SOCIAL]
    assert found(either, "책자") == ["달빛인쇄"]


@pytest.mark.parametrize(
    ("district", "address", "in_city", "read"),
    [
        ("솔숲구", "가람도 햇님시 은하로 12", Fact.YES, "솔숲구"),  # the address leaves it out
        ("솔숲", "가람도 햇님시 은하로 12", Fact.YES, "솔숲구"),
        ("물결구", "가람도 햇님시 솔숲구 은하로 12", Fact.YES, "솔숲구"),  # the address itself says otherwise
        ("솔숲구", "부산광역시 중구 은하로 12", Fact.NO, None),
        ("솔숲구", "은하로 12", Fact.UNKNOWN, None),  # elsewhere there may be such a district too
        ("햇님시 솔숲구", "은하로 12", Fact.YES, "솔숲구"),  # two cells of one address
        ("햇님시 물결구", "", Fact.YES, "물결구"),
        ("부산광역시 중구", "은하로 12", Fact.NO, None),
        ("", "은하로 12", Fact.UNKNOWN, None),
    ],
)
def test_a_district_beside_the_address_settles_only_what_the_address_leaves_open(
    toolkit: Toolkit, district: str, address: str, in_city: Fact, read: str | None
) -> None:
    take_in(toolkit, ("달빛인쇄", district, address), header=("업체명", "구", "주소"))

    (stored,) = registered(toolkit)[0].addresses

    assert (stored.in_city, stored.district) == (in_city, read)
    assert stored.text == (address or district)


def test_the_same_file_twice_changes_nothing_at_all(either: Toolkit) -> None:
    header = (*HEADER, "정책기업구분", "데이터기준일자")
    rows = [
        (*PRINTER, "여성기업", "2027-02-01"),
        ("별빛가구", "", ELSEWHERE, "책상", "", "", "2027-02-01"),
    ]
    take_in(either, *rows, header=header)
    before = picture(either)

    report = take_in(either, *rows, header=header, now=LATER)

    assert (report.new, report.updated, report.unchanged) == (0, 0, 2)
    assert picture(either) == before


def test_a_dry_run_says_what_would_be_done_and_does_nothing(either: Toolkit) -> None:
    take_in(either, PRINTER)
    before = picture(either)
    rows = [("달빛인쇄", NUMBER, ELSEWHERE, "현수막", ""), ("별빛가구", "", INSIDE, "책상", ""), ("", "1", "", "", "")]

    tried = take_in(either, *rows, now=LATER, dry_run=True)

    assert picture(either) == before
    assert tried.dry_run
    assert replace(take_in(either, *rows, now=LATER), dry_run=True) == tried


def test_the_same_number_with_new_content_is_updated_and_its_past_is_kept(either: Toolkit) -> None:
    take_in(either, PRINTER)

    report = take_in(either, ("달빛디자인", NUMBER, ELSEWHERE, "현수막", "031-000-9999"), now=LATER, source="5월.csv")

    (firm,) = registered(either)
    assert (report.updated, report.new, firm.version, firm.source) == (1, 0, 2, "5월.csv")
    assert (firm.name, firm.items, firm.phone) == ("달빛디자인", ("현수막",), "031-000-9999")
    old, new = firm.addresses
    assert (old.text, old.since, old.until) == (INSIDE, None, LATER.date())
    assert (new.text, new.since, new.until) == (ELSEWHERE, LATER.date(), None)
    (past,) = history_of(either, firm.id)
    assert (past.name, past.items, past.source) == ("달빛인쇄", ("명함", "책자"), "명부.csv")
    assert (found(either, "현수막"), found(either, "책자")) == (["달빛디자인"], [])


def test_what_a_list_has_no_column_for_stays_known(toolkit: Toolkit) -> None:
    header = (*HEADER, "정책기업구분", "인증번호", "기업구분", "업종")
    take_in(toolkit, (*PRINTER, "여성기업", "제2027-1호", "소상공인", "인쇄업"), header=header)
    (before,) = registered(toolkit)

    report = take_in(toolkit, ("달빛인쇄", NUMBER), header=("업체명", "사업자등록번호"), now=LATER)

    assert (report.unchanged, registered(toolkit)) == (1, [before])


def test_two_lists_with_other_columns_may_be_taken_in_by_turns(toolkit: Toolkit) -> None:
    directory = {"header": ("상호", "주소", "품목"), "source": "명부.csv"}
    register = {"header": ("업체명", "종별", "도로명주소", "데이터기준일자"), "source": "등록.csv"}
    shop, clinic = ("달빛의원", INSIDE, "보건업"), ("달빛의원", "의원", INSIDE.replace(" 12", ", 12"), "2027-02-01")
    take_in(toolkit, shop, **directory)
    assert take_in(toolkit, clinic, **register, now=LATER).updated == 1
    before = picture(toolkit)

    again = [take_in(toolkit, shop, **directory, now=LATER), take_in(toolkit, clinic, **register, now=LATER)]

    assert [report.unchanged for report in again] == [1, 1]
    assert picture(toolkit) == before
    assert registered(toolkit)[0].items == ("보건업", "의원")


def test_only_newer_data_moves_the_day_and_makes_no_history(toolkit: Toolkit) -> None:
    header = (*HEADER, "데이터기준일자")
    take_in(toolkit, (*PRINTER, "2027-02-01"), header=header)

    report = take_in(toolkit, (*PRINTER, "2027-04-01"), header=header, now=LATER)

    (firm,) = registered(toolkit)
    assert (report.unchanged, firm.as_of, firm.version) == (1, day("2027-04-01"), 1)
    assert history_of(toolkit, firm.id) == []


def test_a_firm_without_a_number_is_its_name_and_address(toolkit: Toolkit) -> None:
    take_in(toolkit, ("달빛인쇄", "", INSIDE, "명함", ""))

    same = take_in(toolkit, ("주식회사 달빛 인쇄", "", INSIDE.replace(" 12", ",  12"), "명함, 책자", ""), now=LATER)
    other = take_in(toolkit, ("달빛인쇄", "", ELSEWHERE, "명함", ""), now=LATER)

    assert (same.updated, same.new, other.new) == (1, 0, 1)
    assert [firm.addresses[0].text for firm in registered(toolkit)] == [INSIDE, ELSEWHERE]


def test_a_later_row_fills_the_number_in(either: Toolkit) -> None:
    take_in(either, ("달빛인쇄", "", INSIDE, "명함", ""))

    report = take_in(either, PRINTER, now=LATER)
    without_again = take_in(either, ("달빛인쇄", "", INSIDE, "", ""), now=LATER)

    (firm,) = registered(either)
    assert (report.updated, firm.business_number, firm.version) == (1, "1298101236", 2)
    assert without_again.unchanged == 1


def test_where_two_firms_fit_the_row_is_doubtful_and_neither_is_changed(either: Toolkit) -> None:
    take_in(either, PRINTER)
    take_in(either, ("달빛인쇄", OTHER_NUMBER, INSIDE, "간판", ""))  # the same two, another number: another firm
    before = picture(either)
    ids = tuple(firm.id for firm in before[0])

    report = take_in(either, ("달빛인쇄", "", INSIDE, "현수막", "031-000-7777"), now=LATER)

    (doubt,) = report.doubtful
    assert (doubt.number, doubt.name, doubt.code, doubt.candidates) == (2, "달빛인쇄", DoubtCode.SEVERAL_FIT, ids)
    assert picture(either) == before


TWO_OWNERS = [
    ("달빛인쇄", NUMBER, INSIDE, "명함", ""),
    ("달빛인쇄", OTHER_NUMBER, INSIDE, "책자", ""),
    ("달빛인쇄", "", INSIDE, "현수막", ""),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_within_one_file_the_order_of_rows_decides_nothing(toolkit: Toolkit, order: Sequence[int]) -> None:
    report = take_in(toolkit, *(TWO_OWNERS[at] for at in order))

    (doubt,) = report.doubtful
    assert (doubt.number, doubt.code) == (order.index(2) + 2, DoubtCode.SEVERAL_FIT)
    assert sorted(firm.items for firm in registered(toolkit)) == [("명함",), ("책자",)]


def test_two_rows_with_numbers_cannot_both_fill_in_one_firm(toolkit: Toolkit) -> None:
    take_in(toolkit, ("달빛인쇄", "", INSIDE, "명함", ""))
    before = picture(toolkit)

    report = take_in(toolkit, *TWO_OWNERS[:2], now=LATER)

    assert [d.code for d in report.doubtful] == [DoubtCode.ALREADY_CLAIMED] * 2
    assert [d.rows for d in report.doubtful] == [(3,), (2,)]
    assert picture(toolkit) == before


def test_a_number_is_certain_and_a_row_with_the_former_name_and_address_is_set_aside(toolkit: Toolkit) -> None:
    take_in(toolkit, PRINTER)

    report = take_in(
        toolkit, ("달빛디자인", NUMBER, ELSEWHERE, "현수막", ""), ("달빛인쇄", "", INSIDE, "명함", ""), now=LATER
    )

    assert (report.updated, [d.code for d in report.doubtful]) == (1, [DoubtCode.ALREADY_CLAIMED])
    assert [firm.name for firm in registered(toolkit)] == ["달빛디자인"]


@pytest.mark.parametrize(
    ("first", "second", "items"),
    [
        (
            ("달빛인쇄", NUMBER, INSIDE, "명함", ""),
            ("(주)달빛인쇄", NUMBER, INSIDE, "책자, 명함", ""),
            ("명함", "책자"),
        ),
        (("달빛인쇄", "", INSIDE, "명함", ""), ("달빛인쇄", "", INSIDE, "책자", ""), ("명함", "책자")),
        (("달빛인쇄", "", INSIDE, "명함", ""), ("달빛인쇄", NUMBER, INSIDE, "책자", ""), ("명함", "책자")),
        (("달빛인쇄", NUMBER, INSIDE, "명함", ""), ("달빛인쇄", NUMBER, "", "", ""), ("명함",)),
    ],
)
def test_rows_of_one_firm_are_joined(
    toolkit: Toolkit, first: Sequence[str], second: Sequence[str], items: Sequence[str]
) -> None:
    report = take_in(toolkit, first, second)

    assert (report.new, report.joined, report.doubtful) == (1, 1, ())
    assert registered(toolkit)[0].items == items


@pytest.mark.parametrize(
    "second",
    [
        ("별빛가구", NUMBER, INSIDE, "명함", "", "소상공인"),
        ("달빛인쇄", NUMBER, ELSEWHERE, "명함", "", "소상공인"),
        ("달빛인쇄", NUMBER, INSIDE, "명함", "", "대기업"),
    ],
)
def test_rows_of_one_firm_that_cannot_both_be_true_are_doubtful_and_neither_is_taken(
    toolkit: Toolkit, second: Sequence[str]
) -> None:
    report = take_in(toolkit, (*PRINTER, "소상공인"), second, header=(*HEADER, "기업구분"))

    assert [(d.number, d.rows, d.code) for d in report.doubtful] == [
        (2, (3,), DoubtCode.ROWS_CONTRADICT),
        (3, (2,), DoubtCode.ROWS_CONTRADICT),
    ]
    assert registered(toolkit) == []


def test_of_two_rows_of_one_firm_the_newer_day_holds(toolkit: Toolkit) -> None:
    header = (*HEADER, "데이터기준일자")
    rows = [("달빛인쇄", NUMBER, ELSEWHERE, "책자", "", "2027-02-01"), (*PRINTER, "2026-02-01")]

    report = take_in(toolkit, *rows, header=header)

    (firm,) = registered(toolkit)
    assert (report.joined, firm.addresses[0].text, firm.phone) == (1, ELSEWHERE, "031-000-1234")


def test_refused_rows_are_named_and_stop_nothing(toolkit: Toolkit) -> None:
    report = take_in(
        toolkit, PRINTER, ("별빛가구", "129-81-01237", INSIDE, "책상", ""), ("", OTHER_NUMBER, INSIDE, "책상", "")
    )

    assert [(r.number, r.code) for r in report.refused] == [(3, "number_check_digit"), (4, "name_missing")]
    assert (report.new, report.rows, report.is_clean) == (1, 3, False)


@pytest.mark.parametrize(
    ("cell", "since", "until", "code", "value"),
    [
        ("여성기업, 우주기업", "", "", LeftOutCode.CERTIFICATE_UNKNOWN, "우주기업"),
        ("여성기업", "2027-03-01", "2026-03-01", LeftOutCode.CERTIFICATE_TERM, "여성기업 2027-03-01~2026-03-01"),
    ],
)
def test_a_certificate_that_cannot_be_kept_is_told_and_the_firm_is_taken(
    toolkit: Toolkit, cell: str, since: str, until: str, code: LeftOutCode, value: str
) -> None:
    header = (*HEADER, "정책기업구분", "유효기간시작일", "유효기간종료일")

    report = take_in(toolkit, (*PRINTER, cell, since, until), header=header)

    (left,) = report.left_out
    assert (left.code, left.value, left.rows, left.first_row) == (code, value, 1, 2)
    assert (report.new, report.is_clean) == (1, True)


def test_a_bare_mark_takes_no_number_and_term_away_and_another_kind_is_added(toolkit: Toolkit) -> None:
    header = ("업체명", "사업자등록번호", "인증", "인증번호", "유효기간")
    take_in(toolkit, ("달빛인쇄", NUMBER, "여성기업", "제1호", "2027-01-01~2029-12-31"), header=header)

    take_in(toolkit, ("달빛인쇄", NUMBER, "여성기업, 사회적기업", "", ""), header=header, now=LATER)

    women, social = registered(toolkit)[0].certificates
    assert (women.kind, women.number, women.valid_to) == (CertificateKind.WOMEN, "제1호", day("2029-12-31"))
    assert (social.kind, social.number) == (CertificateKind.SOCIAL, "")


def test_the_audit_log_has_the_counts_and_no_firm(toolkit: Toolkit) -> None:
    take_in(toolkit, PRINTER, ("별빛가구", "1", INSIDE, "책상", ""))

    with toolkit.database.read() as tx:
        entry = audit.entries(tx, subject="vendors")[0]
    assert (entry.event, entry.user_id) == (AuditEvent.VENDORS_IMPORTED, COMMAND_LINE.user_id)
    assert entry.detail == {
        "source": "명부.csv",
        "rows": 2,
        "new": 1,
        "updated": 0,
        "unchanged": 0,
        "joined": 0,
        "doubtful": 0,
        "refused": 1,
    }


def test_a_file_that_breaks_off_leaves_nothing_behind(toolkit: Toolkit) -> None:
    file = read_vendors("상호,소재지\r\n달빛인쇄,햇님시\r\n".encode(), today=FIRST.date())
    before = picture(toolkit)

    def broken() -> Iterator[VendorRow | RefusedRow]:
        yield from file
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        import_vendors(toolkit, COMMAND_LINE, broken(), "명부.csv", FIRST)

    assert picture(toolkit) == before


def test_somebody_who_is_not_of_the_office_may_not_and_it_is_written_down(toolkit: Toolkit) -> None:
    file = read_vendors("상호,품목\r\n달빛인쇄,명함\r\n".encode(), today=FIRST.date())

    answer = import_vendors(toolkit, Actor("T0HAETNIM", "U0STAFF"), file, "명부.csv", FIRST)

    assert isinstance(answer, NotAllowed)
    assert registered(toolkit) == []
    with toolkit.database.read() as tx:
        assert audit.entries(tx)[0].event is AuditEvent.REFUSED


def test_progress_counts_rows_up_to_all_of_them(toolkit: Toolkit) -> None:
    rows = "".join(f"달빛{n}호,명함\r\n" for n in range(1_234))
    file = read_vendors(f"상호,품목\r\n{rows}".encode(), today=FIRST.date())
    told: list[int] = []

    import_vendors(toolkit, COMMAND_LINE, file, "명부.csv", FIRST, progress=told.append)

    assert told == [500, 1_000, 1_234]


def test_two_imports_of_one_file_at_once_store_each_firm_once(either: Toolkit) -> None:
    rows = [(f"달빛{n}호", "", INSIDE, "명함", "") for n in range(50)]
    done: list[int] = []

    def one() -> None:
        done.append(take_in(either, *rows).new)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(done) == [0, 50]
    assert len(registered(either)) == 50


def test_a_move_back_opens_the_address_anew(toolkit: Toolkit) -> None:
    moved_back = LATER + timedelta(days=30)
    take_in(toolkit, PRINTER)
    take_in(toolkit, ("달빛인쇄", NUMBER, ELSEWHERE, "", ""), now=LATER)

    take_in(toolkit, PRINTER, now=moved_back)

    spans = [(a.text, a.since, a.until) for a in registered(toolkit)[0].addresses]
    assert spans == [
        (INSIDE, None, LATER.date()),
        (ELSEWHERE, LATER.date(), moved_back.date()),
        (INSIDE, moved_back.date(), None),
    ]


def test_while_somebody_else_writes_the_import_gives_up_and_stores_nothing(either: Toolkit) -> None:
    holds, let_go = threading.Event(), threading.Event()

    def other() -> None:
        with either.database.write() as tx:
            lock_registry(tx)
            holds.set()
            let_go.wait(timeout=30)

    thread = threading.Thread(target=other)
    thread.start()
    assert holds.wait(timeout=10)
    try:
        with pytest.raises(DatabaseBusyError):
            take_in(either, PRINTER)
    finally:
        let_go.set()
        thread.join(timeout=30)

    assert registered(either) == []
