"""What a cross-check found, as JSON and in kind sentences."""

from collections.abc import Iterator
from typing import Any, Protocol

from gwannae.programme.amount import write_won
from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check import Checked, CrossCheck, by_organisation
from gwannae.programme.dates import write_day
from gwannae.readers.contract_list import Unread
from gwannae.readers.purchase_columns import PurchaseColumn

MOST_SHOWN = 30

_COLUMNS = {PurchaseColumn.AMOUNT: "금액", PurchaseColumn.DATE: "날짜"}


class Published(Protocol):
    """A list that was gone through: what of it could not be read."""

    unread: list[Unread]
    without_amount: int


def checked_json(checked: Checked, published: Published) -> dict[str, Any]:
    """All findings, by organisation."""
    return {
        "year": checked.year,
        "published": checked.published,
        "reported": checked.reported,
        "agreed": len(checked.check.agreed),
        "other_years": checked.other_years,
        "elsewhere": checked.elsewhere,
        "without_amount": published.without_amount,
        "unread": [{"row": u.number, "column": u.column.value, "value": u.value} for u in published.unread],
        "organisations": [_json(name, check) for name, check in by_organisation(checked.check)],
    }


def _json(name: str, check: CrossCheck) -> dict[str, Any]:
    return {
        "name": name,
        "agreed": len(check.agreed),
        "missing_here": [_record(c) for c in check.missing_here],
        "missing_there": [_record(c) for c in check.missing_there],
        "different_amount": [
            {"published": _record(d.published), "reported": _record(d.reported)} for d in check.different
        ],
        "questions": [
            {"published": [_record(c) for c in q.published], "reported": [_record(c) for c in q.reported]}
            for q in check.questions
        ],
    }


def _record(contract: Contract) -> dict[str, Any]:
    """`ref`: the row of the list, or the number of the report."""
    return {
        "ref": contract.ref,
        "title": contract.title,
        "amount": contract.amount,
        "day": contract.day.isoformat() if contract.day else None,
        "firm": contract.firm,
        "business_number": contract.business_number,
        "number": contract.number or None,
        "organisation": contract.organisation or None,
    }


def checked_lines(checked: Checked, published: Published) -> Iterator[str]:
    """First how much is right, then by organisation what is worth a look, and what that may mean."""
    yield (
        f"{checked.year}년 · 공개 목록 {checked.published:,}건 · 보고된 실적 {checked.reported:,}건 · "
        f"맞는 것 {len(checked.check.agreed):,}건"
    )
    for name, check in by_organisation(checked.check):
        if not check.is_clean:
            yield ""
            yield f"{name or '부서를 알 수 없는 계약'} (맞는 것 {len(check.agreed):,}건)"
            yield from _organisation_lines(check)
    if checked.check.is_clean:
        yield "다른 것이 없습니다."
    yield from _left_out(checked, published)


def _organisation_lines(check: CrossCheck) -> Iterator[str]:
    yield from _listed(
        "공개 목록에만 있습니다. 보고를 잊으셨다면 지금 하시면 됩니다.",
        [f"{_row(c)} {_described(c)}" for c in check.missing_here],
    )
    yield from _listed(
        "보고에만 있습니다. 공개 대상이 아니거나 아직 올라가지 않았을 수 있으니 확인만 해 주세요.",
        [f"{_report(c)} {_described(c)}" for c in check.missing_there],
    )
    yield from _listed(
        "금액이 다릅니다. 변경 계약이나 올해 금액인지 확인해 주세요.",
        [
            f"{_report(d.reported)} {_described(d.reported)} · {_row(d.published)}에는 {write_won(d.published.amount)}"
            for d in check.different
        ],
    )
    yield from _listed(
        "같은 계약인지 알려 주세요. 비슷하지만 하나로 정하지 못했습니다.",
        [
            f"{' / '.join(f'{_row(c)} {_described(c)}' for c in q.published)} ↔ "
            f"{' / '.join(f'{_report(c)} {_described(c)}' for c in q.reported)}"
            for q in check.questions
        ],
    )


def _listed(sentence: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"  {len(lines):,}건은 {sentence}"
    for line in lines[:MOST_SHOWN]:
        yield f"    {line}"
    if len(lines) > MOST_SHOWN:
        yield f"    … 그 밖에 {len(lines) - MOST_SHOWN:,}건(모두 보려면 --json)"


def _left_out(checked: Checked, published: Published) -> Iterator[str]:
    if checked.other_years:
        yield f"다른 해의 계약 {checked.other_years:,}건은 견주지 않았습니다."
    if checked.elsewhere:
        yield f"다른 부서·기관의 계약 {checked.elsewhere:,}건은 견주지 않았습니다."
    if published.without_amount:
        yield f"금액이 없거나 0인 {published.without_amount:,}건은 견주지 않았습니다."
    for unread in published.unread[:MOST_SHOWN]:
        yield f"{unread.number:,}행은 {_COLUMNS[unread.column]}을 읽지 못해 견주지 않았습니다: {unread.value}"
    if len(published.unread) > MOST_SHOWN:
        yield f"… 그 밖에 읽지 못한 줄이 {len(published.unread) - MOST_SHOWN:,}개 있습니다."


def _row(contract: Contract) -> str:
    return f"목록 {contract.ref:,}행"


def _report(contract: Contract) -> str:
    return f"보고 {contract.ref}번"


def _described(contract: Contract) -> str:
    day = write_day(contract.day) if contract.day else "날짜 없음"
    return " · ".join(filter(None, (contract.title, write_won(contract.amount), day, contract.firm)))
