"""What the lamp says of a firm's cap and share, and never what a person must decide."""

from datetime import date

import pytest

from gwannae.messages.lamp import finding_line
from gwannae.programme.city import LampRules, LimitKind, PurchaseLimit, VendorCap
from gwannae.programme.lamp import (
    AddsUp,
    Deal,
    Finding,
    LargeShare,
    LookFirst,
    NoLimit,
    OverCap,
    OverLimit,
    Subject,
)
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.vendor_card import Bought
from gwannae.programme.vendors import CertificateKind

DEAL = Deal(PurchaseKind.GOODS, ContractMethod.DIRECT_SINGLE, 3_000_000, date(2027, 6, 14))
RULES = LampRules("합산 지침 제4조", date(2026, 11, 2))
LIMIT = PurchaseLimit(
    LimitKind.DIRECT_CONTRACT,
    (PurchaseKind.GOODS,),
    (CertificateKind.WOMEN,),
    100_000_000,
    date(2026, 6, 3),
    None,
    "<어느> 영 제25조",
    date(2026, 11, 2),
)
FINDINGS: list[tuple[Finding, str]] = [
    (
        OverLimit(LIMIT),
        (
            "추정가격이 수의계약(여성기업) 물품 1억 원보다 큽니다. 검토 필요 · "
            "&lt;어느&gt; 영 제25조 기준, 2026. 11. 2. 확인"
        ),
    ),
    (
        NoLimit(LimitKind.SINGLE_QUOTE),
        "2027. 6. 14.의 물품 1인 견적 기준 금액이 도시 설정에 없어 견주지 못했습니다. 확인이 필요합니다.",
    ),
    (
        AddsUp(Subject.FIRM, Bought(4, 19_400_000), Bought(2, 9_000_000), LIMIT),
        (
            "같은 업체의 수의계약: 최근 12개월 4건 1,940만 원, "
            "이번 건을 더하면 2,240만 원(추정가격 약 2,036만 원)입니다. "
            "2027년 2건 900만 원, 이번 건을 더하면 1,200만 원(추정가격 약 1,091만 원)입니다. "
            "합산 검토 필요 · 합산 지침 제4조 기준, 2026. 11. 2. 확인 · "
            "수의계약(여성기업) 물품 1억 원, "
            "&lt;어느&gt; 영 제25조 기준, 2026. 11. 2. 확인"
        ),
    ),
    (
        OverCap(VendorCap(200_000_000, "수의계약 총량제 & 운영계획"), Bought(8, 203_000_000)),
        (
            "이번 건까지 우리 시가 2027년에 이 업체에서 산 것이 8건, 2억 300만 원입니다. "
            "한 업체 연간 기준 2억 원보다 큽니다. 검토 필요 · 수의계약 총량제 &amp; 운영계획 기준"
        ),
    ),
    (
        LargeShare(Ratio(30_000_000, 90_000_000), 6, 30),
        (
            "이번 건까지 2027년 구매 금액 가운데 이 업체가 33.3% (3,000/9,000만 원), 6건입니다. "
            "검토 필요 · 우리 시 설정 30%"
        ),
    ),
]


@pytest.mark.parametrize(("finding", "said"), FINDINGS)
def test_each_finding_is_one_sentence_with_its_source(finding: Finding, said: str) -> None:
    assert finding_line(finding, LookFirst(DEAL, "명함", (finding,), own=True), RULES) == said


@pytest.mark.parametrize("finding", [finding for finding, _ in FINDINGS])
@pytest.mark.parametrize("own", [True, False])
def test_no_finding_decides_anything(finding: Finding, own: bool) -> None:
    said = finding_line(finding, LookFirst(DEAL, "명함", (finding,), own=own), RULES)
    assert not [word for word in ("가능합니다", "위법", "불법", "위반", "안 됩니다") if word in said]
    assert "검토 필요" in said or "확인이 필요합니다" in said


@pytest.mark.parametrize("finding", [FINDINGS[2][0], FINDINGS[4][0]])
def test_sums_of_the_division_are_for_its_people(finding: Finding) -> None:
    said = finding_line(finding, LookFirst(DEAL, "명함", (finding,), own=False), RULES)
    assert "금액은 소속이 확인된 뒤에 보입니다." in said
    assert not [figure for figure in ("1,940", "2,240", "33.3", "3,000") if figure in said]
