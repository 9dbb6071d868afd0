"""What a bill came to and what is known of its things, in words and as JSON."""

from collections.abc import Iterator

from gwannae.messages.project_bills import ITEM_FAULTS, refused_line
from gwannae.programme.amount import write_short, write_won
from gwannae.programme.dates import write_month
from gwannae.programme.projects import (
    Candidate,
    Looked,
    Project,
    ProjectFault,
    ProjectKept,
    ProjectRefused,
    Review,
)
from gwannae.programme.ratio import write_ratio_amount, write_ratio_count
from gwannae.programme.vendor_order import Making
from gwannae.readers.projects import Bill

MOST_SHOWN = 20

_REFUSALS = {
    ProjectFault.NAME_MISSING: "사업명에 글자가 없습니다. --name에 사업의 이름을 적어 주세요.",
    ProjectFault.NAME_TOO_LONG: "사업명이 너무 깁니다(100자까지).",
    ProjectFault.MONTH_PASSED: "발주하려는 달이 이미 지났습니다. 앞으로의 달을 적어 주세요.",
}
_MAKING = {Making.CERTIFIED: "직접생산", Making.STATED: "제조(자료)", Making.NOT_STATED: "판매"}


def refused_words(outcome: ProjectRefused, bill: Bill) -> str:
    """Why nothing was registered."""
    if outcome.fault is ProjectFault.NAME_TAKEN:
        known = f"같은 이름의 사업이 이미 있습니다({outcome.other}번)."
        return f"{known} 다른 내역서라면 이름을 달리 적어 주세요. 바뀐 것은 없습니다."
    if outcome.fault is ProjectFault.NO_ITEMS:
        first = f" 첫 줄: {refused_line(bill.refused[0])}." if bill.refused else ""
        return f"넣을 수 있는 품목이 없습니다.{first} 바뀐 것은 없습니다."
    return f"{_REFUSALS[outcome.fault]} 바뀐 것은 없습니다."


def bill_words(bill: Bill, kept: ProjectKept | None, source: str) -> Iterator[str]:
    """One line that is enough, then what a person should look at."""
    if kept is None:
        done = "넣으면 이렇게 됩니다(저장하지 않았습니다)"
    elif kept.fresh:
        done = f"{kept.project.id}번 사업으로 등록했습니다"
    else:
        done = f"이미 등록한 내역서입니다({kept.project.id}번). 두 번 넣지 않았습니다"
    amount = sum(item.amount or 0 for item in bill.items)
    counts = f"품목 {len(bill.items):,}줄 · {write_won(amount)} · 제목과 합계 {bill.skipped:,}줄은 건너뜀"
    yield f"{source}: {done}. {counts}"
    if unstated := sum(item.amount is None for item in bill.items):
        yield f"금액이 없는 품목 {unstated:,}줄은 금액 없이 넣습니다."
    if bill.sheets_left_out:
        yield f"읽지 않은 시트: {', '.join(bill.sheets_left_out)}"
    if bill.refused:
        yield f"받지 못한 줄 {len(bill.refused):,}개:"
        yield from (f"  {refused_line(line)}" for line in bill.refused[:MOST_SHOWN])
        if len(bill.refused) > MOST_SHOWN:
            yield f"  … 그 밖에 {len(bill.refused) - MOST_SHOWN:,}개(모두 보려면 --json)"
    if kept is not None:
        yield f"관내 업체 보기: gwannae projects review {kept.project.id}"


def bill_json(bill: Bill, kept: ProjectKept | None) -> dict[str, object]:
    """The whole report; row numbers are those that a spreadsheet shows, amounts are in won."""
    return {
        "project": project_json(kept.project) if kept else None,
        "fresh": kept.fresh if kept else None,
        "items": len(bill.items),
        "amount": sum(item.amount or 0 for item in bill.items),
        "without_amount": sum(item.amount is None for item in bill.items),
        "skipped": bill.skipped,
        "sheets_left_out": list(bill.sheets_left_out),
        "refused": [
            {"row": r.row, "sheet": r.sheet, "code": r.code.value, "value": r.value, "reason": ITEM_FAULTS[r.code]}
            for r in bill.refused
        ],
    }


def project_json(project: Project) -> dict[str, object]:
    """A project as registered; amounts in won."""
    form = project.form
    return {
        "id": project.id,
        "name": form.name,
        "organisation": project.organisation,
        "kind": form.kind.value,
        "stage": form.stage.value,
        "month": f"{form.ordered_in:%Y-%m}",
        "budget": form.budget,
        "items": project.items,
        "amount": project.amount,
    }


def review_rows(found: Review) -> list[tuple[str, ...]]:
    """The table's rows: a thing, planned won, makers, sellers, unconfirmed, some firms, the city's local share."""
    return [
        (
            one.need.name + (f" → {one.looked_for}" if one.looked_for else ""),
            write_won(one.need.amount) + (f" (금액 없는 {one.need.unstated:,}줄 제외)" if one.need.unstated else ""),
            f"{one.makers:,}",
            f"{one.sellers:,}",
            f"{one.unconfirmed:,}",
            ", ".join(map(_firm, one.firms)) or "찾지 못함",
            write_ratio_count(one.bought.count) if one.bought else "구매 없음",
        )
        for one in found.looked
    ]


def review_words(found: Review) -> Iterator[str]:
    """One line that is enough, and where the rest is."""
    form = found.project.form
    yield (
        f"{form.name} · {form.stage.label} · 발주 예정 {write_month(form.ordered_in)} · 품목 {found.needs:,}가지 · "
        f"{write_short(found.project.amount)}"
    )
    yield (
        f"관내에 만드는 곳을 찾지 못한 품목 {found.without_maker:,}가지"
        f"(파는 곳도 찾지 못한 품목 {found.without_firm:,}가지)"
    )
    if found.needs > len(found.looked):
        yield f"금액이 큰 {len(found.looked):,}가지입니다. 모두 보려면 --all"
    for one in found.looked:
        if one.bought:
            yield (
                f"  {one.need.name}: 지금까지 {one.bought.times:,}건, {write_won(one.bought.least)}~"
                f"{write_won(one.bought.most)} · 관내 금액 {write_ratio_amount(one.bought.amount)}"
            )
    yield "설계에서 검토하실 자료입니다. 계약 여부와 방법은 계약 담당 부서와 상의해 주세요."


def review_json(found: Review) -> dict[str, object]:
    """Everything; ratios as two numbers, amounts in won."""
    return {
        "project": project_json(found.project),
        "needs": found.needs,
        "counted": found.counted,
        "without_maker": found.without_maker,
        "without_firm": found.without_firm,
        "items": [_looked_json(one) for one in found.looked],
    }


def _looked_json(one: Looked) -> dict[str, object]:
    bought = one.bought
    return {
        "name": one.need.name,
        "rows": one.need.rows,
        "amount": one.need.amount,
        "rows_without_amount": one.need.unstated,
        "makers": one.makers,
        "sellers": one.sellers,
        "unconfirmed": one.unconfirmed,
        "looked_for": one.looked_for or None,
        "firms": [
            {
                "id": firm.vendor_id,
                "name": firm.name,
                "making": firm.making.name.lower(),
                "certificates": list(firm.certificates),
            }
            for firm in one.firms
        ],
        "bought": bought
        and {
            "count": {"local": bought.count.part, "confirmed": bought.count.whole},
            "amount": {"local": bought.amount.part, "confirmed": bought.amount.whole},
            "unconfirmed": bought.unconfirmed,
            "least": bought.least,
            "most": bought.most,
        },
    }


def _firm(firm: Candidate) -> str:
    others = [label for label in firm.certificates if label != "직접생산"]
    return f"{firm.name}({'·'.join([_MAKING[firm.making], *others])})"
