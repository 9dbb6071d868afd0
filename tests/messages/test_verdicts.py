"""Why a firm is 관내, 관외 or 미확인: one sentence for every way in which a verdict comes about."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.messages.verdicts import NOW, evidence_lines, verdict_line
from gwannae.programme.addresses import AddressEvidence
from gwannae.programme.facts import Fact
from gwannae.programme.vendor_status import StateFact, VendorState
from gwannae.programme.vendors import AddressKind, SizeFact, VendorAddress
from gwannae.programme.verdict import LocalRule, NotOpen, Reason, UnknownSize, Verdict, judge
from tests.builders import a_judgement, an_address

DAY = date(2027, 6, 14)
RULE = LocalRule("1", date(2024, 1, 1), frozenset({AddressKind.HEAD_OFFICE}), 6, True, UnknownSize.LOCAL, "조례 제2조")
SMALL, LARGE, UNPROVEN = SizeFact(Fact.YES, "중소기업확인서"), SizeFact(Fact.NO), SizeFact()
OLD = an_address(since=date(2021, 3, 2))
NEW = an_address(since=date(2027, 6, 1))
UNDATED = an_address()
AWAY = an_address(in_city=Fact.NO, since=date(2021, 3, 2))
UNREAD = an_address(in_city=Fact.UNKNOWN, since=date(2021, 3, 2))


@pytest.mark.parametrize(
    ("addresses", "size", "unknown_size", "verdict", "sentence"),
    [
        ([OLD], SMALL, "local", "관내", "가온의 본점이 2021. 3.부터 물빛구에 있습니다(중소기업·소상공인 확인)."),
        ([OLD], UNPROVEN, "local", "관내", "가온의 본점이 2021. 3.부터 물빛구에 있습니다(규모 미확인)."),
        (
            [OLD],
            UNPROVEN,
            "unconfirmed",
            "미확인",
            "가온의 소재지는 관내이지만 중소기업·소상공인인지 확인이 필요합니다.",
        ),
        ([OLD], UNPROVEN, "outside", "관외", "가온의 소재지는 관내이지만 중소기업·소상공인이라는 자료가 없습니다."),
        ([OLD], LARGE, "local", "관외", "가온의 소재지는 관내이지만 중소기업·소상공인이 아닙니다."),
        ([UNREAD], LARGE, "local", "관외", "가온은 중소기업·소상공인이 아닙니다."),
        ([], LARGE, "local", "관외", "가온은 중소기업·소상공인이 아닙니다."),
        ([AWAY], SMALL, "local", "관외", "가온의 소재지가 관외입니다."),
        ([NEW], SMALL, "local", "관외", "가온의 소재지는 관내이지만 계약일까지 정해진 기간이 지나지 않았습니다."),
        ([UNDATED], SMALL, "local", "미확인", "가온의 소재지는 관내이지만 언제부터인지 확인이 필요합니다."),
        ([UNREAD], SMALL, "local", "미확인", "가온의 주소를 읽지 못해 소재지 확인이 필요합니다."),
        ([], SMALL, "local", "미확인", "가온의 계약일 소재지가 명부에 없어 확인이 필요합니다."),
    ],
)
def test_every_verdict_says_why_in_one_sentence(
    addresses: list[VendorAddress], size: SizeFact, unknown_size: str, verdict: str, sentence: str
) -> None:
    judged = judge(addresses, size, DAY, replace(RULE, unknown_size=UnknownSize(unknown_size)))
    assert judged.verdict.label == verdict
    assert verdict_line(judged, "가온") == sentence


@pytest.mark.parametrize(
    ("addresses", "sentence"),
    [
        ([], "가온의 지금 소재지가 명부에 없어 확인이 필요합니다."),
        ([NEW], "가온의 소재지는 관내이지만 지금까지 정해진 기간이 지나지 않았습니다."),
        ([AWAY], "가온의 소재지가 관외입니다."),
    ],
)
def test_a_look_up_knows_no_contract(addresses: list[VendorAddress], sentence: str) -> None:
    assert verdict_line(judge(addresses, SMALL, DAY, RULE), "가온", NOW) == sentence


CLOSED = StateFact(VendorState.CLOSED, date(2027, 6, 1), date(2027, 6, 10), "국세청")
SUSPENDED = StateFact(VendorState.SUSPENDED, None, date(2027, 6, 10), "국세청")


@pytest.mark.parametrize(
    ("state", "counts_as", "firm", "sentence"),
    [
        (CLOSED, "unconfirmed", "가온", "가온은 2027. 6. 1.에 폐업한 업체여서 관내인지 확인이 필요합니다."),
        (CLOSED, "outside", "나래", "나래는 2027. 6. 1.에 폐업한 업체여서 관내로 보지 않습니다."),
        (replace(CLOSED, closed_on=None), "unconfirmed", "가온", "가온은 폐업한 업체여서 관내인지 확인이 필요합니다."),
        (SUSPENDED, "unconfirmed", "가온", "가온은 휴업 중인 업체여서 관내인지 확인이 필요합니다."),
        (SUSPENDED, "outside", "<b>", "&lt;b&gt;는 휴업 중인 업체여서 관내로 보지 않습니다."),
    ],
)
def test_a_firm_that_was_not_open_is_said_to_be_so(state: StateFact, counts_as: str, firm: str, sentence: str) -> None:
    rule = replace(RULE, closed=NotOpen(counts_as), suspended=NotOpen(counts_as))
    judged = judge([OLD], SMALL, DAY, rule, (state,))
    assert judged.verdict.value == counts_as
    assert verdict_line(judged, firm) == sentence


def test_the_evidence_names_the_days_on_which_size_and_state_were_found_out() -> None:
    size = SizeFact(Fact.YES, "기업규모: 소기업", date(2027, 3, 2))
    lines = evidence_lines(judge([OLD], size, DAY, RULE, (CLOSED,)), (RULE,), "계약일")
    assert "규모: 중소기업·소상공인으로 확인 · 근거: 기업규모: 소기업 · 2027. 3. 2. 자료" in lines
    assert lines[-1] == "휴폐업: 폐업(2027. 6. 1.) · 국세청, 2027. 6. 10. 확인"
    assert not any("휴폐업" in line for line in evidence_lines(judge([OLD], size, DAY, RULE), (RULE,), "계약일"))


def test_a_firm_that_nobody_has_registered_is_said_to_be_so() -> None:
    typed = a_judgement(verdict=Verdict.UNCONFIRMED, reasons=(Reason.NOT_IN_REGISTRY,))
    assert verdict_line(typed, "가온") == "가온의 주소는 관내로 적혀 있으나 업체 명부에 없어 확인이 필요합니다."


def test_a_firms_name_is_only_text() -> None:
    assert "&lt;!channel&gt; &amp;" in verdict_line(a_judgement(), "<!channel> &")


@pytest.mark.parametrize("evidence", AddressEvidence)
def test_no_evidence_is_shown_as_a_code(evidence: AddressEvidence) -> None:
    lines = evidence_lines(a_judgement(address=an_address(evidence=evidence.value)), (RULE,), "계약일")
    (shown,) = [line for line in lines if line.startswith("소재지 근거")]
    assert evidence.value not in shown
    assert not any(c.isascii() and c.isalpha() for c in shown)
