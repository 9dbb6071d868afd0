"""Valid values for tests, of a made-up city (가람시): say only what the test is about, `a_vendor(phone=None)`."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from gwannae.programme.facts import Fact
from gwannae.programme.organisations import Actor, Organisation, OrganisationKind, OrganisationSeed
from gwannae.programme.purchase_lines import Line
from gwannae.programme.purchases import ContractMethod, Draft, Firm, PurchaseKind
from gwannae.programme.vendors import AddressKind, SizeFact, Vendor, VendorAddress
from gwannae.programme.verdict import Judgement, Reason, Verdict

_FORM_KEYS = count(1)

REPORTER = Actor(team_id="T0GARAM", user_id="U0REPORTER")
OFFICER = Actor(team_id="T0GARAM", user_id="U0OFFICER")


def an_address(**changes: Any) -> VendorAddress:
    """A head office in the city."""
    return replace(
        VendorAddress(
            kind=AddressKind.HEAD_OFFICE,
            text="가람시 물빛구 은하로 12",
            district="물빛구",
            in_city=Fact.YES,
            evidence="city_named",
        ),
        **changes,
    )


def a_vendor(**changes: Any) -> Vendor:
    """A printing firm in the city, size unknown; `id` 0, as before it is stored."""
    return replace(
        Vendor(
            id=0,
            name="(주)물빛인쇄",
            business_number="1234567891",
            phone="031-000-1234",
            trade="인쇄업",
            items=("현수막", "책자 인쇄"),
            addresses=(an_address(),),
            as_of=date(2026, 9, 30),
            source="directory.csv",
        ),
        **changes,
    )


def an_organisation(**changes: Any) -> Organisation:
    """A division of the city hall."""
    return replace(Organisation(id=1, code="general", name="총무과", kind=OrganisationKind.DIVISION), **changes)


def a_seed(**changes: Any) -> OrganisationSeed:
    """The same division as a file names it."""
    return replace(OrganisationSeed(code="general", name="총무과", kind=OrganisationKind.DIVISION), **changes)


def a_draft(**changes: Any) -> Draft:
    """Leaflets from an outside firm, with a form key of its own."""
    return replace(
        Draft(
            form_key=f"form-{next(_FORM_KEYS)}",
            organisation_id=1,
            title="행사 안내문 인쇄",
            kind=PurchaseKind.GOODS,
            method=ContractMethod.DIRECT_SINGLE,
            firm=Firm(name="먼바다기획", address="하늘도 먼바다시 1"),
            item="책자 인쇄",
            amount=1_100_000,
            contract_date=date(2026, 3, 4),
        ),
        **changes,
    )


def a_judgement(**changes: Any) -> Judgement:
    """관내, by an address in the city and an unknown size."""
    return replace(
        Judgement(
            verdict=Verdict.LOCAL,
            reasons=(Reason.ADDRESS_IN_CITY, Reason.SIZE_UNKNOWN),
            rule_version="2026-1",
            judged_for=date(2026, 3, 4),
            address=an_address(),
            size=SizeFact(),
            certificates=(),
        ),
        **changes,
    )


def a_line(**changes: Any) -> Line:
    """A row of a purchase file: leaflets for a million won, on Monday 2027-03-08."""
    return Line(
        number=4,
        sheet="",
        organisation="",
        title="행사 안내문 인쇄",
        day=date(2027, 3, 8),
        amount=1_000_000,
        total=None,
        kind=PurchaseKind.GOODS,
        method=ContractMethod.DIRECT_SINGLE,
        firm="가온인쇄",
        business_number=None,
        address="",
        item="",
        contract_number="",
        revision=0,
        share=None,
        reason="",
    )._replace(**changes)
