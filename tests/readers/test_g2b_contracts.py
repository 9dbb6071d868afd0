"""The procurement service's contracts of the city's bodies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gwannae.programme.contracts import Contract
from gwannae.readers.contract_list import Unread
from gwannae.readers.g2b_contracts import G2bContracts
from gwannae.readers.g2b_pages import G2bPages
from gwannae.readers.purchase_columns import PurchaseColumn as Col
from gwannae.readers.service_faults import ServiceCode, ServiceFault
from tests.readers.asking import open_data
from tests.readers.pretend_services import (
    KEY,
    PretendServices,
    a_contract_entry,
    cut_in_the_middle,
    edited,
    gate_refusal,
    instead,
    pretend_services,
)


@pytest.fixture
def services() -> Iterator[PretendServices]:
    with pretend_services() as running:
        yield running


@pytest.fixture
def contracts(services: PretendServices) -> Iterator[G2bContracts]:
    with open_data() as data:
        pages = G2bPages(data, KEY, services.contracts_url)
        yield G2bContracts(pages, ("9990001", "9990002"), date(2027, 1, 1), date(2027, 6, 15))


def test_a_contract_is_read_by_who_it_is_bought_for(services: PretendServices, contracts: G2bContracts) -> None:
    services.contracts = [
        a_contract_entry("R27TA00000001", "안내문  인쇄", "1100000", "2027-03-04", "㈜가온인쇄"),
        a_contract_entry("R27TA00000002", "남의 것", "5", "2027-03-04", "남", dmndInsttCd="1111111"),
    ]
    assert list(contracts) == [
        Contract(
            1, "안내문 인쇄", 1_100_000, date(2027, 3, 4), "㈜가온인쇄", None, "R27TA00000001", "", "가람도 햇님시"
        )
    ]


def test_each_body_is_asked_month_by_month_up_to_the_last_day(
    services: PretendServices, contracts: G2bContracts
) -> None:
    list(replace(contracts, last=date(2027, 3, 10)))
    spans = [(q.query["insttCd"], q.query["cntrctCnclsBgnDate"], q.query["cntrctCnclsEndDate"]) for q in services.asked]
    assert spans == [
        (code, *span)
        for code in ("9990001", "9990002")
        for span in (("20270101", "20270131"), ("20270201", "20270228"), ("20270301", "20270310"))
    ]


def test_every_page_of_a_month_is_read(services: PretendServices, contracts: G2bContracts) -> None:
    services.page = 2
    services.contracts = [a_contract_entry(f"R{n}", f"{n}번", "5", "2027-02-01", "가") for n in range(5)]
    assert [c.title for c in contracts] == [f"{n}번" for n in range(5)]


def test_a_later_order_replaces_an_earlier_one_wherever_it_comes(
    services: PretendServices, contracts: G2bContracts
) -> None:
    services.contracts = [
        a_contract_entry("R1", "변경", "700", "2027-02-01", "가", cntrctOrd="02"),
        a_contract_entry("R1", "처음", "500", "2027-02-01", "가", cntrctOrd="00"),
        a_contract_entry("R1", "변경", "600", "2027-03-01", "가", cntrctOrd="01"),
    ]
    assert [c.amount for c in contracts] == [700]


def test_no_name_of_a_person_is_read(services: PretendServices, contracts: G2bContracts) -> None:
    services.contracts = [a_contract_entry("R1", "안내문", "5", "2027-02-01", "가")]
    assert "아무개" not in repr(list(contracts))


@pytest.mark.parametrize(
    ("changes", "without_amount", "unread"),
    [
        ({"cntrctAmt": "0"}, 1, []),
        ({"cntrctAmt": ""}, 1, []),
        ({"cntrctAmt": "별도"}, 0, [Unread(1, Col.AMOUNT, "별도")]),
        ({"cntrctAmt": 1100}, 0, None),
        ({"cntrctOrd": None}, 0, None),
        ({"untyCntrctNo": ""}, 0, None),
    ],
)
def test_what_a_contract_lacks_is_counted_or_named(
    services: PretendServices,
    contracts: G2bContracts,
    changes: dict[str, Any],
    without_amount: int,
    unread: list[Unread] | None,
) -> None:
    services.contracts = [{**a_contract_entry("R1", "안내문", "5", "2027-02-01", "가"), **changes}]
    assert len(list(contracts)) == (unread is None)
    assert (contracts.without_amount, contracts.unread) == (without_amount, unread or [])


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (instead(gate_refusal("22")), ServiceCode.QUOTA),
        (instead(gate_refusal("30")), ServiceCode.REFUSED_KEY),
        (edited(lambda answer: answer["response"]["body"].update(totalCount=9)), ServiceCode.UNREADABLE),
        (edited(lambda answer: answer["response"].update(body="?")), ServiceCode.UNREADABLE),
    ],
)
def test_a_service_in_trouble_gives_no_half_list(
    services: PretendServices, contracts: G2bContracts, trouble: Any, code: ServiceCode
) -> None:
    services.contracts = [a_contract_entry("R1", "안내문", "5", "2027-01-05", "가")]
    services.troubles = {2: trouble}
    with pytest.raises(ServiceFault) as raised:
        list(contracts)
    assert raised.value.code is code


def test_a_line_that_breaks_once_is_asked_again(services: PretendServices, contracts: G2bContracts) -> None:
    services.contracts = [a_contract_entry("R1", "안내문", "5", "2027-01-05", "가")]
    services.troubles = {1: cut_in_the_middle}
    assert len(list(contracts)) == 1
