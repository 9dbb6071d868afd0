"""물품, 용역 or 공사: what a source states of a firm, else what its trade and its items say."""

from collections.abc import Set

import pytest

from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.vendor_kinds import (
    NO_KINDS,
    STATED,
    KindFilter,
    kind_bits,
    kinds_of_item,
    kinds_of_trade,
    kinds_stated,
    kinds_supplied,
    letting_through,
)
from tests.builders import a_vendor

GOODS, SERVICES, WORKS = PurchaseKind


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("물품", (GOODS,)),
        ("용역", (SERVICES,)),
        ("공사", (WORKS,)),
        ("공사, 물품", (GOODS, WORKS)),
        ("물품/용역/공사", (GOODS, SERVICES, WORKS)),
        ("물품(제조)", (GOODS,)),
        ("물품·용역", (GOODS, SERVICES)),
        ("", ()),
        ("본사", ()),
        ("여성기업", ()),
        ("물품구매", ()),
        ("가" * 3000, ()),
    ],
)
def test_a_cell_states_kinds_in_these_very_words(cell: str, kinds: tuple[PurchaseKind, ...]) -> None:
    assert kinds_stated(cell) == kinds


@pytest.mark.parametrize(
    ("trade", "kinds"),
    [
        ("실내건축공사업", {WORKS}),
        ("조경식재ㆍ시설물공사업", {WORKS}),
        ("건설업", {WORKS}),
        ("전기공사업, 정보통신공사업", {WORKS}),
        ("건물위생관리업", {SERVICES}),
        ("기타자유업(행사대행업)", {SERVICES}),
        ("학술.연구용역", {SERVICES}),
        ("시설 경비업", {SERVICES}),
        ("서비스", {SERVICES}),
        ("도매 및 소매업", {GOODS}),
        ("가구 제조업", {GOODS}),
        ("도소매, 서비스", {GOODS, SERVICES}),
        ("제조업/건설업", {GOODS, WORKS}),
        ("약국", {GOODS}),
        ("의원", {SERVICES}),
        ("용역", {SERVICES}),
        ("기타자유업", set()),
        ("옥외광고사업", set()),
        ("", set()),
    ],
)
def test_the_ending_of_a_trade_says_its_kind(trade: str, kinds: Set[PurchaseKind]) -> None:
    assert kinds_of_trade(trade) == kinds


@pytest.mark.parametrize(
    ("item", "listed", "kinds"),
    [
        ("청소용역", set(), {SERVICES}),
        ("청소 용역", {GOODS}, {SERVICES}),
        ("도로 포장 공사", set(), {WORKS}),
        ("천막 임대", {GOODS}, {SERVICES}),
        ("행사대행", set(), {SERVICES}),
        ("공사용 자재", set(), set()),
        ("책상", {GOODS}, {GOODS}),
        ("책상", set(), set()),
        ("실사출력", {GOODS, SERVICES}, {GOODS, SERVICES}),
    ],
)
def test_an_item_says_its_kind_by_a_deed_at_its_end_else_by_its_trade(
    item: str, listed: Set[PurchaseKind], kinds: Set[PurchaseKind]
) -> None:
    assert kinds_of_item(item, listed) == kinds


def test_what_a_source_states_is_all_that_a_firm_supplies() -> None:
    def listed(word: str) -> Set[PurchaseKind]:
        return {GOODS} if word == "책상" else set()

    firm = a_vendor(trade="실내건축공사업", items=("책상", "이사 용역"))
    assert kinds_supplied(firm, listed) == (GOODS, SERVICES, WORKS)
    assert kinds_supplied(a_vendor(trade=None, items=("책상",)), listed) == (GOODS,)
    assert kinds_supplied(a_vendor(trade="건설업", items=("책상",), kinds=(SERVICES,)), listed) == (SERVICES,)
    assert kinds_supplied(a_vendor(trade=None, items=("방짜유기",)), listed) == ()


@pytest.mark.parametrize(
    ("filters", "supplied", "lets"),
    [
        ([KindFilter.GOODS], [GOODS], True),
        ([KindFilter.GOODS], [GOODS, WORKS], True),
        ([KindFilter.GOODS], [WORKS], False),
        ([KindFilter.GOODS], [], False),
        ([KindFilter.GOODS, KindFilter.WORKS], [WORKS], True),
        ([KindFilter.UNKNOWN], [], True),
        ([KindFilter.UNKNOWN], [GOODS], False),
        ([KindFilter.UNKNOWN, KindFilter.GOODS], [GOODS], True),
    ],
)
def test_a_firm_of_no_known_kind_meets_its_own_filter_alone(
    filters: list[KindFilter], supplied: list[PurchaseKind], lets: bool
) -> None:
    bits = kind_bits(supplied)
    assert (bits in letting_through(filters)) is lets
    if bits != NO_KINDS:
        assert (bits | STATED in letting_through(filters)) is lets
