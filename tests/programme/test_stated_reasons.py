"""Sentences of offices' own files: the code that one plainly names, and those that name none."""

from datetime import date

import pytest

from gwannae.programme.outside_reasons import OutsideRule, ReasonCode
from gwannae.programme.stated_reasons import code_stated, sentence_key

RULE = OutsideRule(
    date(2027, 2, 1),
    500_000,
    frozenset(),
    "햇님시 추진계획",
    {
        ReasonCode.NO_LOCAL_FIRM: ("관내업체 부재", "우리 시에 업체가 없"),
        ReasonCode.PATENT: ("특허",),
        ReasonCode.COMPATIBILITY: ("기존 장비와 연동",),
    },
)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        *((code.label, code) for code in ReasonCode if code is not ReasonCode.OTHER),
        ("관내업체없음", ReasonCode.NO_LOCAL_FIRM),
        (" 관내 업체 없음. ", ReasonCode.NO_LOCAL_FIRM),
        ("관내 업체 없음으로 인한 관외 구매", ReasonCode.NO_LOCAL_FIRM),
        ("우리 시에 업체가 없어 인근 시에서 구매함", ReasonCode.NO_LOCAL_FIRM),
        ("관내업체부재", ReasonCode.NO_LOCAL_FIRM),
        ("특허", ReasonCode.PATENT),
        ("기존 장비와 연동되는 제품이어야 함", ReasonCode.COMPATIBILITY),
    ],
)
def test_a_sentence_names_a_code_by_its_label_or_a_wording_of_the_city(sentence: str, code: ReasonCode) -> None:
    assert code_stated(RULE, sentence) is code


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "-",
        "기타",
        ReasonCode.OTHER.label,
        "담당자 요청",
        "없음",
        "관내 업체 없음, 특허 제품",
        "특허 출원 중인 신소재",
        "관내 업체 없음이 아니라 가격 때문",
        "기존 장비와 연동되지 않는 제품 교체",
        "관내업체부재에도 불구하고",
    ],
)
def test_a_sentence_that_names_no_code_or_two_or_may_say_the_opposite_is_for_a_person(sentence: str) -> None:
    assert code_stated(RULE, sentence) is None


def test_without_the_citys_wordings_only_labels_are_known() -> None:
    bare = OutsideRule(date(2027, 2, 1), 0, frozenset(), "햇님시 추진계획")
    assert code_stated(bare, "관내업체 부재") is None
    assert code_stated(bare, "관내 업체 없음") is ReasonCode.NO_LOCAL_FIRM


def test_spaces_and_signs_make_no_other_sentence() -> None:
    assert sentence_key("관내 업체 없음.") == sentence_key("관내업체없음")
    assert sentence_key("관내 업체 없음") != sentence_key("관내 업체 있음")
    assert len(sentence_key("가" * 500)) == 16
