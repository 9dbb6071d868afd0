"""The procurement service's firms: whose they are, what is taken of each, and where a broken round stops."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import AddressKind, SizeFact
from gwannae.readers.city_file import read_city
from gwannae.readers.g2b_firms import G2bFirms, G2bService
from gwannae.readers.g2b_pages import G2bPages
from gwannae.readers.service_faults import ServiceCode, ServiceFault
from gwannae.readers.vendor_rows import Note, NoteCode, RefusalCode, RefusedRow, VendorRow
from tests.readers.asking import open_data
from tests.readers.pretend_services import (
    KEY,
    Answer,
    PretendServices,
    Trouble,
    a_firm,
    as_json,
    broken_off,
    business_numbers,
    cut_in_the_middle,
    edited,
    gate_refusal,
    instead,
    pretend_services,
)

PLACES = read_city(str(Path(__file__).parent.parent / "cities" / "haetnim.toml")).places
SINCE, UNTIL = date(2027, 2, 1), date(2027, 2, 28)  # four spans of a week
FIRST, SECOND, THIRD = business_numbers(3)
OURS, OUR_ROAD = "가람도 햇님시", "가람도 햇님시 솔숲구 은하로"
OTHERS, THEIR_ROAD = "가람도 구름시", "가람도 구름시 은하로"
SPAN_OF_CHANGE = "2027-02-08~2027-02-14"


@pytest.fixture
def services() -> Iterator[PretendServices]:
    with pretend_services() as running:
        yield running


@pytest.fixture
def service(services: PretendServices) -> Iterator[G2bService]:
    with open_data() as data:
        yield G2bService(G2bPages(data, KEY, services.g2b_url))


def asked_for(service: G2bService, known: frozenset[str] = frozenset(), since: date = SINCE) -> G2bFirms:
    return G2bFirms(service, PLACES, since, UNTIL, known)


def a_trade(name: str, **more: str) -> dict[str, str]:
    return {
        "indstrytyNm": name,
        "indstrytyCd": "0000",
        "rgstDt": "2020-05-06 00:00:00",
        "vldPrdExprtDt": "",
        "indstrytyStatsNm": "정상",
        "rprsntIndstrytyYn": "N",
        **more,
    }


def test_a_firm_of_the_region_is_read_with_its_trades_and_nothing_of_its_people(
    service: G2bService, services: PretendServices
) -> None:
    services.firms = [a_firm(FIRST, "㈜달빛인쇄", OURS, OUR_ROAD, mnfctDivNm="제조")]
    services.trades[FIRST] = [a_trade("광고물 제작업"), a_trade("인쇄업", rprsntIndstrytyYn="Y")]

    assert list(asked_for(service)) == [
        VendorRow(
            number=1,
            sheet=SPAN_OF_CHANGE,
            name="㈜달빛인쇄",
            business_number=FIRST,
            address="가람도 햇님시 솔숲구 은하로 12, 3층",
            items=("인쇄업", "광고물 제작업"),
            phone="031-000-1234",
            trade="인쇄업, 광고물 제작업",
            district=None,
            certificates=(),
            size=SizeFact(),
            makes=Fact.YES,
            as_of=UNTIL,
            address_kind=AddressKind.HEAD_OFFICE,
        )
    ]


def test_firms_of_elsewhere_are_left_out_and_their_trades_not_asked_for(
    service: G2bService, services: PretendServices
) -> None:
    services.firms = [a_firm(FIRST, "구름상사", OTHERS, THEIR_ROAD), a_firm(SECOND, "달빛인쇄", OURS, OUR_ROAD)]
    firms = asked_for(service)

    assert [row.number for row in firms] == [2]
    assert firms.skipped == 1
    assert [asked.query["bizno"] for asked in services.asked if "bizno" in asked.query] == [SECOND]


def test_a_firm_that_we_know_is_told_of_where_it_went(service: G2bService, services: PretendServices) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OTHERS, THEIR_ROAD)]

    (row,) = asked_for(service, frozenset([FIRST]))

    assert isinstance(row, VendorRow)
    assert (row.business_number, row.address, row.trade) == (FIRST, "가람도 구름시 은하로 12, 3층", None)


@pytest.mark.parametrize(
    ("region", "road", "address"),
    [
        (OURS, "은하로", "가람도 햇님시 은하로 12, 3층"),
        (OURS, "", "가람도 햇님시 12, 3층"),
        ("가람도", "은하로", None),
        ("", "은하로", None),
        (OTHERS, "은하로", None),
        (OTHERS, OUR_ROAD, "가람도 햇님시 솔숲구 은하로 12, 3층"),
        (OURS, "부산광역시 중구 은하로", None),
    ],
)
def test_the_region_begins_an_address_that_leaves_the_city_open(
    service: G2bService, services: PretendServices, region: str, road: str, address: str | None
) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", region, road)]

    assert [row.address for row in asked_for(service) if isinstance(row, VendorRow)] == [a for a in [address] if a]


def test_spans_pages_and_divisions_cover_the_days_and_each_firm_comes_once(
    service: G2bService, services: PretendServices
) -> None:
    numbers = business_numbers(25)
    days = [f"2027-02-{day:02d} 23:59:59" for day in range(1, 26)]
    services.firms = [
        a_firm(number, f"가상{at}", OURS, OUR_ROAD, rgstDt=day, chgDt=day)
        for at, (number, day) in enumerate(zip(numbers, days, strict=True))
    ]
    services.page = 3
    firms = asked_for(service)

    assert [row.business_number for row in firms if isinstance(row, VendorRow)] == numbers
    assert (firms.fault, firms.read_until, firms.skipped) == (None, UNTIL, 0)
    spans = {
        (asked.query["inqryBgnDt"], asked.query["inqryEndDt"]) for asked in services.asked if "bizno" not in asked.query
    }
    assert spans == {
        ("202702010000", "202702072359"),
        ("202702080000", "202702142359"),
        ("202702150000", "202702212359"),
        ("202702220000", "202702282359"),
    }
    assert {asked.query["type"] for asked in services.asked} == {"json"}


def test_going_through_twice_asks_twice_and_says_the_same(service: G2bService, services: PretendServices) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD), a_firm(SECOND, "구름상사", OTHERS, THEIR_ROAD)]
    firms = asked_for(service)

    assert list(firms) == list(firms)
    assert firms.skipped == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"bizno": FIRST[:9]}, RefusalCode.NUMBER_LENGTH),
        ({"bizno": FIRST[:9] + str((int(FIRST[9]) + 1) % 10)}, RefusalCode.NUMBER_CHECK_DIGIT),
        ({"bizno": "번호"}, RefusalCode.NUMBER_NOT_DIGITS),
        ({"corpNm": " \u3164"}, RefusalCode.NAME_MISSING),
        ({"corpNm": "가" * 201}, RefusalCode.TOO_LONG),
        ({"dtlAdrs": "가" * 500}, RefusalCode.TOO_LONG),
    ],
)
def test_a_firm_that_cannot_be_kept_is_refused_with_its_reason(
    service: G2bService, services: PretendServices, more: dict[str, str], refusal: RefusalCode
) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD) | more]

    (row,) = asked_for(service)

    assert isinstance(row, RefusedRow)
    assert row.code is refusal


@pytest.mark.parametrize(
    ("more", "field", "expected"),
    [
        ({"mnfctDivNm": "제조,공급"}, "makes", Fact.YES),
        ({"mnfctDivNm": "공급"}, "makes", Fact.NO),
        ({"mnfctDivNm": ""}, "makes", Fact.UNKNOWN),
        ({"hdoffceDivNm": "지사"}, "address_kind", AddressKind.BRANCH),
        ({"hdoffceDivNm": ""}, "address_kind", AddressKind.HEAD_OFFICE),
        ({"telNo": "010-0000-1234"}, "phone", None),
        ({"telNo": "***-****-****"}, "phone", None),
        ({"bizno": ""}, "business_number", None),
        ({"corpNm": "<!channel> ＆달빛"}, "name", "<!channel> ＆달빛"),
    ],
)
def test_each_field_is_read_as_what_it_is(
    service: G2bService, services: PretendServices, more: dict[str, str], field: str, expected: object
) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD) | more]

    (row,) = asked_for(service)

    assert getattr(row, field) == expected


def test_a_mobile_number_is_noted_and_nowhere_kept(service: G2bService, services: PretendServices) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD, telNo="010-0000-1234")]
    firms = asked_for(service)

    assert "1234" not in str(list(firms))
    assert firms.notes == [Note(1, SPAN_OF_CHANGE, NoteCode.MOBILE_LEFT_OUT, "")]


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ({}, True),
        ({"indstrytyStatsNm": "등록취소"}, False),
        ({"vldPrdExprtDt": "2027-02-27 00:00:00"}, False),
        ({"vldPrdExprtDt": "2027-02-28 00:00:00"}, True),
        ({"vldPrdExprtDt": "9999-12-31 00:00:00"}, True),
        ({"vldPrdExprtDt": "곧"}, True),
        ({"indstrytyNm": "없음"}, False),
    ],
)
def test_only_trades_in_force_are_taken(
    service: G2bService, services: PretendServices, more: dict[str, str], counts: bool
) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD)]
    services.trades[FIRST] = [a_trade("인쇄업") | more]

    assert [row.trade for row in asked_for(service) if isinstance(row, VendorRow)] == ["인쇄업" if counts else None]


NO_DATA = as_json({"response": {"header": {"resultCode": "03", "resultMsg": "No Data"}, "body": {}}})


def one_item(answer: dict[str, Any]) -> None:
    body = answer["response"]["body"]
    body["items"] = {"item": body["items"][0]}


def as_numbers(answer: dict[str, Any]) -> None:
    answer["response"]["body"]["totalCount"] = str(answer["response"]["body"]["totalCount"])
    answer["response"]["body"]["items"][0]["bizno"] = int(FIRST)


@pytest.mark.parametrize(("trouble", "firms"), [(instead(NO_DATA), 0), (edited(one_item), 1), (edited(as_numbers), 1)])
def test_the_same_is_understood_in_each_way_of_writing_it(
    service: G2bService, services: PretendServices, trouble: Trouble, firms: int
) -> None:
    services.firms = [a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD)]
    services.troubles[2] = trouble  # changed firms of the only span

    found = asked_for(service, since=date(2027, 2, 8))
    found.until = date(2027, 2, 14)

    assert len(list(found)) == firms
    assert found.fault is None


def said(code: str) -> Trouble:
    return instead(as_json({"nkoneps.com.response.ResponseError": {"header": {"resultCode": code, "resultMsg": ""}}}))


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (said("22"), ServiceCode.QUOTA),
        (said("30"), ServiceCode.REFUSED_KEY),
        (said("31"), ServiceCode.REFUSED_KEY),
        (said("20"), ServiceCode.REFUSED_KEY),
        (said("10"), ServiceCode.REFUSED_KEY),
        (said("07"), ServiceCode.REJECTED),
        (said("8"), ServiceCode.REJECTED),
        (said("12"), ServiceCode.REJECTED),
        (said("99"), ServiceCode.REJECTED),
        (said("05"), ServiceCode.SERVER),
        (instead(gate_refusal("22")), ServiceCode.QUOTA),
        (instead(gate_refusal("32")), ServiceCode.REFUSED_KEY),
        (instead(Answer(429, b"")), ServiceCode.QUOTA),
        (instead(Answer(500, b"")), ServiceCode.SERVER),
        (instead(Answer(404, b"")), ServiceCode.REJECTED),
        (cut_in_the_middle, ServiceCode.TRUNCATED),
        (broken_off, ServiceCode.TRUNCATED),
        (edited(lambda a: a["response"]["body"].update(totalCount="많음")), ServiceCode.UNREADABLE),
        (edited(lambda a: a["response"]["body"].update(totalCount=-1)), ServiceCode.UNREADABLE),
        (edited(lambda a: a["response"]["body"].update(items="text")), ServiceCode.UNREADABLE),
        (edited(lambda a: a.update(response=[1])), ServiceCode.UNREADABLE),
        (edited(lambda a: a["response"]["body"].update(items=[], totalCount=5)), ServiceCode.UNREADABLE),
    ],
)
def test_a_fault_in_the_middle_leaves_whole_spans_and_nothing_of_the_broken_one(
    service: G2bService, services: PretendServices, trouble: Trouble, code: ServiceCode
) -> None:
    services.firms = [
        a_firm(FIRST, "달빛인쇄", OURS, OUR_ROAD, chgDt="2027-02-03 00:00:00"),
        a_firm(SECOND, "별빛가구", OURS, OUR_ROAD, rgstDt="2027-02-09 00:00:00"),
    ]
    # Calls of the first span: registered, changed, trades of one; then the second: registered, trades, changed.
    services.troubles = dict.fromkeys((6, 7, 8), trouble)
    firms = asked_for(service)

    assert [row.business_number for row in firms if isinstance(row, VendorRow)] == [FIRST]
    assert firms.fault is not None
    assert (firms.fault.code, firms.read_until) == (code, date(2027, 2, 7))


def test_after_a_used_up_quota_the_next_day_goes_on_from_the_day_after(
    service: G2bService, services: PretendServices
) -> None:
    numbers = business_numbers(12)
    services.firms = [
        a_firm(number, f"가상{at}", OURS, OUR_ROAD, chgDt=f"2027-02-{2 * at + 1:02d} 08:00:00")
        for at, number in enumerate(numbers)
    ]
    found: list[str | None] = []
    since, days = SINCE, 0
    while True:
        services.asked.clear()
        services.quota = 13
        firms = asked_for(service, since=since)
        found += [row.business_number for row in firms if isinstance(row, VendorRow)]
        days += 1
        assert firms.read_until is not None
        if firms.fault is None:
            break
        assert firms.fault.code is ServiceCode.QUOTA
        since = date.fromordinal(firms.read_until.toordinal() + 1)

    assert (found, days) == (numbers, 2)


def test_a_wrong_key_is_a_fault_before_anything_is_read(services: PretendServices) -> None:
    with open_data() as data:
        firms = asked_for(G2bService(G2bPages(data, "another", services.g2b_url)))
        assert list(firms) == []
    assert isinstance(firms.fault, ServiceFault)
    assert (firms.fault.code, firms.read_until) == (ServiceCode.REFUSED_KEY, None)


def test_who_listens_hears_how_far_it_has_come(service: G2bService) -> None:
    heard: list[date] = []
    firms = asked_for(service)
    firms.told = heard.append

    assert list(firms) == []
    assert heard == [date(2027, 2, 7), date(2027, 2, 14), date(2027, 2, 21), date(2027, 2, 28)]
