"""Certificates that end: which warning they have come to, and which are renewed already."""

from datetime import date

import pytest

from gwannae.programme.certificates import days_left, is_renewed, warning
from gwannae.programme.vendors import Certificate, CertificateKind

TUESDAY = date(2027, 6, 15)
WOMEN, GREEN = CertificateKind.WOMEN, CertificateKind.GREEN


@pytest.mark.parametrize(
    ("since", "until", "left", "warned"),
    [
        (None, date(2027, 6, 15), 0, 30),  # Tuesday itself, the last day
        (None, date(2027, 7, 15), 30, 30),  # Thursday
        (None, date(2027, 7, 16), 31, 60),
        (None, date(2027, 8, 14), 60, 60),  # Saturday
        (None, date(2027, 8, 15), 61, None),  # Sunday
        (None, date(2027, 6, 14), None, None),  # over since Monday
        (date(2027, 6, 16), date(2027, 6, 20), None, None),  # begins on Wednesday
        (None, None, None, None),
    ],
)
def test_a_certificate_is_warned_of_by_the_nearest_number_of_days(
    since: date | None, until: date | None, left: int | None, warned: int | None
) -> None:
    certificate = Certificate(WOMEN, "W-1", since, until)
    assert days_left(certificate, TUESDAY) == left
    assert warning(certificate, TUESDAY, (60, 30)) == warned


@pytest.mark.parametrize(
    ("other", "renewed"),
    [
        (Certificate(WOMEN, "W-2", date(2027, 7, 1), date(2030, 6, 30)), True),  # the day after
        (Certificate(WOMEN, "W-2", date(2027, 6, 1), date(2030, 6, 30)), True),
        (Certificate(WOMEN, "W-2", None, date(2030, 6, 30)), True),
        (Certificate(WOMEN, "W-2", date(2027, 7, 2), date(2030, 6, 30)), False),  # a day without
        (Certificate(GREEN, "G-1", date(2027, 7, 1), date(2030, 6, 30)), False),
        (Certificate(WOMEN, "", None, None), False),  # a bare mark proves no renewal
        (Certificate(WOMEN, "W-0", date(2021, 7, 1), date(2024, 6, 30)), False),
    ],
)
def test_a_certificate_is_renewed_by_one_of_its_kind_that_goes_on(other: Certificate, renewed: bool) -> None:
    certificate = Certificate(WOMEN, "W-1", date(2024, 7, 1), date(2027, 6, 30))
    assert is_renewed(certificate, [certificate, other]) is renewed
