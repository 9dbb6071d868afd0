"""The other duties to buy: what counts on a contract date, once inside each, and what the figures say."""

from datetime import date
from typing import Any

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.schemes import Evidence, EvidenceTotal, Scheme, filled, scheme_figures, spans
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact
from tests.builders import a_judgement

GOODS, SERVICES, WORKS = PurchaseKind.GOODS, PurchaseKind.SERVICES, PurchaseKind.WORKS
WOMEN, STARTUP, YOUTH = CertificateKind.WOMEN, CertificateKind.STARTUP, CertificateKind.YOUTH_STARTUP
SEVERE = CertificateKind.SEVERELY_DISABLED


def a_scheme(code: str, **changes: Any) -> Scheme:
    given: dict[str, Any] = {
        "label": code,
        "rate": 500,
        "kinds": (GOODS, SERVICES),
        "base_small": False,
        "certificates": (),
        "by_size": False,
        "valid_from": date(2022, 1, 1),
        "until": None,
        "law": "어느 법 제1조",
        "checked_on": date(2026, 11, 2),
    }
    return Scheme(code, **(given | changes))


SCHEMES = (
    a_scheme("women", certificates=(WOMEN,)),
    a_scheme("women", label="women works", kinds=(WORKS,), rate=300, certificates=(WOMEN,)),
    a_scheme("startup", certificates=(STARTUP, YOUTH), kinds=(GOODS, SERVICES, WORKS)),
    a_scheme("severe", certificates=(SEVERE,), rate=100, until=date(2024, 12, 31)),
    a_scheme("severe", label="severe now", certificates=(SEVERE,), rate=110, valid_from=date(2025, 1, 1)),
    a_scheme("sme", kinds=(GOODS, SERVICES, WORKS), rate=5000, by_size=True),
    a_scheme("innovation", kinds=(GOODS,), base_small=True, rate=1500, certificates=(CertificateKind.INNOVATION,)),
)
W = Certificate(WOMEN, "W-1", date(2025, 1, 1), date(2027, 7, 10))
S, Y = Certificate(STARTUP, "S-1"), Certificate(YOUTH, "Y-1", None, date(2028, 1, 1))
V = Certificate(SEVERE, "V-1")
I = Certificate(CertificateKind.INNOVATION, "I-1")  # noqa: E741
SMALL, LARGE, UNKNOWN = Fact.YES, Fact.NO, Fact.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "size", "held", "day", "labels"),
    [
        (GOODS, UNKNOWN, (), "2027-06-14 Mon", []),
        (GOODS, UNKNOWN, (W,), "2027-06-14 Mon", ["women"]),
        (WORKS, UNKNOWN, (W,), "2027-06-14 Mon", ["women works"]),
        (GOODS, UNKNOWN, (W, S, Y), "2027-06-14 Mon", ["women", "startup"]),  # two certificates, one scheme, once
        (GOODS, UNKNOWN, (V,), "2024-12-31 Tue", ["severe"]),
        (GOODS, UNKNOWN, (V,), "2025-01-01 Wed", ["severe now"]),
        (WORKS, UNKNOWN, (V,), "2027-06-14 Mon", []),
        (WORKS, SMALL, (), "2027-06-14 Mon", ["sme"]),
        (GOODS, LARGE, (W,), "2027-06-14 Mon", ["women"]),
        (GOODS, UNKNOWN, (I,), "2027-06-14 Mon", []),  # the base is what small firms sold
        (GOODS, SMALL, (I,), "2027-06-14 Mon", ["sme", "innovation"]),
        (GOODS, SMALL, (W,), "2021-12-31 Fri", []),
        (GOODS, SMALL, None, "2027-06-14 Mon", ["sme"]),  # reported before certificates were kept
    ],
)
def test_a_purchase_counts_in_several_schemes_and_once_inside_each(
    kind: PurchaseKind, size: Fact, held: tuple[Certificate, ...] | None, day: str, labels: list[str]
) -> None:
    on = date.fromisoformat(day.split()[0])
    judgement = a_judgement(judged_for=on, size=SizeFact(size), certificates=held)
    assert [f.scheme.label for f in filled(SCHEMES, kind, judgement, on, (60, 30))] == labels


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2027-05-10 Mon", None),
        ("2027-05-11 Tue", 60),
        ("2027-07-09 Fri", 1),
        ("2027-07-10 Sat", 0),
        ("2027-07-11 Sun", None),
    ],
)
def test_a_certificate_is_said_to_end_in_its_last_sixty_days(today: str, left: int | None) -> None:
    judgement = a_judgement(judged_for=date(2027, 5, 3), certificates=(W,))
    (only,) = filled(SCHEMES[:1], GOODS, judgement, date.fromisoformat(today.split()[0]), (60, 30))
    assert (only.certificate, only.ends_in) == (W, left)


def test_of_two_certificates_the_one_that_holds_longer_is_named() -> None:
    longer = Certificate(WOMEN, "W-2", None, date(2029, 1, 1))
    (only,) = filled(SCHEMES[:1], GOODS, a_judgement(certificates=(W, longer)), date(2027, 6, 15), (60, 30))
    assert only.certificate == longer


def test_a_year_is_cut_where_a_scheme_begins_or_ends() -> None:
    assert list(spans(SCHEMES, date(2024, 1, 1), date(2025, 12, 31))) == [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    ]
    assert list(spans((), date(2027, 1, 1), date(2027, 12, 31))) == [(date(2027, 1, 1), date(2027, 12, 31))]


def a_total(kind: PurchaseKind, count: int, amount: int, small: Fact, *held: CertificateKind) -> EvidenceTotal:
    return EvidenceTotal(1, kind, Evidence(small, frozenset(held)), count, amount)


def test_figures_are_sums_over_the_spans_with_their_own_rates() -> None:
    old = EvidenceTotal(2, GOODS, Evidence(UNKNOWN, None), 3, 30_000_000)
    totals = {
        (date(2024, 1, 1), date(2024, 12, 31)): [a_total(GOODS, 1, 1_000_000, SMALL, SEVERE, WOMEN), old],
        (date(2025, 1, 1), date(2025, 12, 31)): [
            a_total(SERVICES, 2, 4_000_000, UNKNOWN, SEVERE),
            a_total(WORKS, 1, 50_000_000, SMALL, WOMEN),
        ],
    }
    found = {f.scheme.label: f for f in scheme_figures(SCHEMES, totals)}
    women = found["women"]
    assert (women.count, women.base_count, women.amount, women.base_amount) == (1, 6, 1_000_000, 35_000_000)
    assert women.unknown_count == 3
    assert women.missing == 750_000  # 5% of 35 million is 1.75 million
    assert (found["women works"].by_amount.text, found["women works"].missing) == ("100.0%", 0)
    assert (found["severe"].base_amount, found["severe"].amount) == (31_000_000, 1_000_000)
    assert (found["severe now"].base_amount, found["severe now"].amount) == (4_000_000, 4_000_000)
    assert (found["sme"].count, found["sme"].base_count, found["sme"].unknown_count) == (2, 7, 0)
    assert (found["innovation"].base_count, found["innovation"].count) == (1, 0)


@pytest.mark.parametrize(
    ("rate", "base", "bought", "missing"),
    [(110, 1_000_000, 0, 11_000), (110, 999, 0, 11), (500, 0, 0, 0), (500, 100, 200, 0), (None, 1_000_000, 0, None)],
)
def test_what_is_missing_is_whole_won_rounded_up(rate: int | None, base: int, bought: int, missing: int | None) -> None:
    scheme = a_scheme("one", rate=rate, certificates=(WOMEN,))
    rows = [a_total(GOODS, 1, base, UNKNOWN), a_total(GOODS, 1, bought, UNKNOWN, WOMEN)]
    (figures,) = scheme_figures([scheme], {(date(2027, 1, 1), date(2027, 12, 31)): rows[:1] if not bought else rows})
    if bought:
        assert figures.missing == max(0, -(-(base + bought) * (rate or 0) // 10_000) - bought)
    else:
        assert figures.missing == missing
