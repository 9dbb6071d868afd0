"""The form 구매 보고, checked field by field: valid values, one changed at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.report_form import (
    CheckedReport,
    FieldFault,
    FieldProblem,
    RawReport,
    Refused,
    ReportField,
    check,
)

TODAY = date(2027, 6, 15)  # a Tuesday


def a_raw_report(**changes: Any) -> RawReport:
    """A form that can be stored, upon a firm of the registry."""
    return replace(
        RawReport(
            form_key="k1",
            organisation_id=1,
            title="명함 인쇄",
            vendor_id=7,
            firm_name=None,
            firm_number=None,
            firm_address=None,
            amount="30만원",
            contract_date="2027-06-14",
            kind="goods",
            method="direct_single",
            item=None,
        ),
        **changes,
    )


UNREGISTERED = {"vendor_id": None, "firm_name": "새벽공방", "firm_number": None, "firm_address": "모름"}


def faults(raw: RawReport) -> list[tuple[str, str]]:
    """Field and problem of each fault."""
    checked = check(raw, TODAY, date(2027, 1, 1))
    assert isinstance(checked, Refused)
    return [(fault.where.value, fault.problem.value) for fault in checked.faults]


def test_a_good_form_is_read_into_values() -> None:
    assert check(a_raw_report(title="  명함   인쇄 "), TODAY, date(2027, 1, 1)) == CheckedReport(
        form_key="k1",
        organisation_id=1,
        title="명함 인쇄",
        vendor_id=7,
        firm_name="",
        firm_number=None,
        firm_address="",
        amount=300_000,
        contract_date=date(2027, 6, 14),
        kind=PurchaseKind.GOODS,
        method=ContractMethod.DIRECT_SINGLE,
        item="",
    )


def test_an_unregistered_firm_needs_name_and_address_and_no_number() -> None:
    checked = check(a_raw_report(**UNREGISTERED), TODAY, date(2027, 1, 1))
    assert isinstance(checked, CheckedReport)
    assert (checked.firm_name, checked.firm_number, checked.firm_address) == ("새벽공방", None, "모름")


def test_what_is_typed_for_a_firm_does_not_count_where_one_of_the_registry_is_chosen() -> None:
    checked = check(a_raw_report(firm_name="딴 이름", firm_number="123", firm_address="x"), TODAY, date(2027, 1, 1))
    assert isinstance(checked, CheckedReport)
    assert (checked.vendor_id, checked.firm_name, checked.firm_number) == (7, "", None)


@pytest.mark.parametrize(
    ("changes", "where", "problem"),
    [
        ({"organisation_id": None}, "organisation", "missing"),
        ({"title": None}, "title", "missing"),
        ({"title": "  \u3000 "}, "title", "missing"),
        ({"title": "가" * 201}, "title", "too_long"),
        ({"vendor_id": None}, "firm", "missing"),
        ({**UNREGISTERED, "firm_name": " "}, "firm_name", "missing"),
        ({**UNREGISTERED, "firm_name": "가" * 201}, "firm_name", "too_long"),
        ({**UNREGISTERED, "firm_address": None}, "firm_address", "missing"),
        ({**UNREGISTERED, "firm_address": "가" * 301}, "firm_address", "too_long"),
        ({**UNREGISTERED, "firm_number": "123-45-6789"}, "firm_number", "number_length"),
        ({**UNREGISTERED, "firm_number": "모름"}, "firm_number", "number_length"),
        ({**UNREGISTERED, "firm_number": "123-45-67890"}, "firm_number", "number_check_digit"),
        ({"amount": None}, "amount", "missing"),
        ({"amount": " "}, "amount", "missing"),
        ({"amount": "많이"}, "amount", "amount_unreadable"),
        ({"amount": "0"}, "amount", "amount_not_positive"),
        ({"amount": "-1"}, "amount", "amount_not_positive"),
        ({"amount": str(10**15)}, "amount", "amount_too_large"),
        ({"amount": "9" * 500}, "amount", "amount_too_large"),
        ({"contract_date": None}, "contract_date", "missing"),
        ({"contract_date": "언젠가"}, "contract_date", "date_unreadable"),
        ({"contract_date": "2027-02-30"}, "contract_date", "date_unreadable"),
        ({"contract_date": "2027-06-16"}, "contract_date", "date_in_future"),
        ({"contract_date": "2026-12-31"}, "contract_date", "date_before_year"),
        ({"kind": None}, "kind", "missing"),
        ({"kind": "services; DROP"}, "kind", "missing"),
        ({"method": "없음"}, "method", "missing"),
        ({"item": "가" * 101}, "item", "too_long"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_wrong(changes: dict[str, Any], where: str, problem: str) -> None:
    assert faults(a_raw_report(**changes)) == [(where, problem)]


def test_all_faults_are_named_at_once_in_the_order_of_the_form() -> None:
    empty = RawReport("k", None, None, None, None, None, None, None, None, None, None, None)
    assert [where for where, _ in faults(empty)] == [
        "organisation", "title", "firm", "amount", "contract_date", "kind", "method",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2027-01-01", "2027-06-15", "2027. 6. 14.(월)", "어제"])
def test_days_from_new_years_day_until_today_can_be_reported(day: str) -> None:
    assert isinstance(check(a_raw_report(contract_date=day), TODAY, date(2027, 1, 1)), CheckedReport)


def test_the_sentences_get_the_day_or_the_limit_that_they_need() -> None:
    checked = check(a_raw_report(title="가" * 201, contract_date="2027-06-16"), TODAY, date(2027, 1, 1))
    assert isinstance(checked, Refused)
    assert checked.faults == (
        FieldFault(ReportField.TITLE, FieldProblem.TOO_LONG, {"limit": 200}),
        FieldFault(ReportField.CONTRACT_DATE, FieldProblem.DATE_IN_FUTURE, {"today": TODAY}),
    )
