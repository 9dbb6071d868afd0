"""A firm that has closed or rests says so on its card, whatever the rule says of its address."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.messages.localvendor import answer
from gwannae.programme.localvendor import Card, LookUp
from gwannae.programme.search import Query
from gwannae.programme.vendor_status import VendorState, VendorStatus
from gwannae.programme.verdict import Verdict
from gwannae.readers.city_file import read_city
from tests.builders import a_judgement, a_vendor


@pytest.mark.parametrize(
    ("status", "tag"),
    [
        (VendorStatus(VendorState.CLOSED, date(2027, 3, 2)), "`폐업 확인(2027. 3. 2.)`"),
        (VendorStatus(VendorState.CLOSED), "`폐업 확인`"),
        (VendorStatus(VendorState.SUSPENDED), "`휴업`"),
    ],
)
def test_a_closed_or_resting_firm_carries_a_tag(status: VendorStatus, tag: str) -> None:
    assert tag in _said(status)


@pytest.mark.parametrize("state", [VendorState.UNKNOWN, VendorState.OPEN, VendorState.UNREGISTERED])
def test_of_other_firms_nothing_is_said(state: VendorState) -> None:
    said = _said(VendorStatus(state))
    assert "폐업" not in said
    assert "휴업" not in said


def _said(status: VendorStatus) -> str:
    card = Card(replace(a_vendor(), id=1, status=status), a_judgement(), (), "item_exact", 0)
    found = LookUp(Query("인쇄", ("인쇄",)), Verdict.LOCAL, 1, 0, 0, 0, (card,), None)
    return str(answer(found, read_city("seongnam"))["blocks"])
