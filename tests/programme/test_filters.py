"""Filters of a look-up as words of its query."""

import pytest

from gwannae.programme.filters import filter_words
from gwannae.programme.places import District, Places
from gwannae.programme.search import MAX_QUERY, read_query
from gwannae.programme.vendors import CertificateKind

PLACES = Places("가람도", "가람시", districts=(District("물빛구", ("물빛",)), District("달빛구", ("달빛",))))
WOMEN, GREEN = CertificateKind.WOMEN, CertificateKind.GREEN


@pytest.mark.parametrize(
    ("text", "district", "after"),
    [
        ("현수막", "물빛구", "현수막 물빛구"),
        ("물빛 현수막", "달빛구", "현수막 달빛구"),
        ("현수막 물빛구", None, "현수막"),
        ("현수막", None, "현수막"),
        ("물빛 달빛 현수막", None, "현수막"),
        ("여성기업 물빛", None, "여성기업"),
        ("물빛", None, ""),
    ],
)
def test_a_district_takes_the_place_of_the_one_before(text: str, district: str | None, after: str) -> None:
    assert filter_words(read_query(text, PLACES), PLACES).with_district(district) == after


def test_each_of_several_districts_goes_alone() -> None:
    words = filter_words(read_query("물빛 현수막 달빛구 물빛구", PLACES), PLACES)
    assert words.without_district("물빛구") == "현수막 달빛구"
    assert words.without_district("달빛구") == "물빛 현수막 물빛구"


@pytest.mark.parametrize(
    ("text", "more", "fewer"),
    [
        ("현수막", "현수막 녹색제품", "현수막"),
        ("여성기업 현수막", "여성기업 현수막 녹색제품", "현수막"),
        ("현수막 여성기업확인서 물빛", "현수막 여성기업확인서 물빛 녹색제품", "현수막 물빛"),
    ],
)
def test_a_certificate_is_added_or_taken_off(text: str, more: str, fewer: str) -> None:
    words = filter_words(read_query(text, PLACES), PLACES)
    assert words.with_certificate(GREEN) == more
    assert words.without_certificates(WOMEN, GREEN) == fewer


def test_a_filter_never_falls_off_the_end_of_a_long_query() -> None:
    words = filter_words(read_query("가" * 500, PLACES), PLACES)
    chosen = read_query(words.with_district("달빛구"), PLACES)
    assert chosen.districts == ("달빛구",)
    assert len(words.with_district("달빛구")) <= MAX_QUERY
