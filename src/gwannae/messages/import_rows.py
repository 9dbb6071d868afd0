"""넣은 실적 보기: what a file brought in, row by row, each with its button."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, modal, section
from gwannae.messages.report_purchase import button_value_of
from gwannae.programme.amount import write_won
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import shorten
from gwannae.programme.purchase_imports import ImportRows
from gwannae.programme.purchases import Purchase, PurchaseState

CLOSED = "창이 닫혔습니다. [넣은 실적 보기]를 다시 눌러 주세요."


def rows_window(found: ImportRows) -> Block:
    """One page of them, as they are now."""
    total = found.batch.summary.new
    last = found.begin + len(found.rows)
    head = f"*{escape(found.batch.name)}* · 새 실적 {total:,}건 가운데 {found.begin + 1:,}–{last:,}번째"
    blocks = [section("import-rows-head", head), *(_row(purchase) for purchase in found.rows)]
    turning = []
    if last < total:
        turning.append(button(ids.IMPORT_ROWS_MORE, f"더 보기 ({total - last:,}건)", f"{found.batch.id}:{last}"))
    if found.begin:
        turning.append(button(ids.numbered(ids.IMPORT_ROWS_MORE, "first"), "처음으로", f"{found.batch.id}:0"))
    if turning:
        blocks.append(actions("import-rows-turning", turning))
    blocks.append(
        context("import-rows-note", "고친 내용은 이력에 남습니다. 마감된 기간이면 누구에게 물을지 알려 드립니다.")
    )
    return modal(ids.IMPORT_ROWS_VIEW, "넣은 실적", blocks)


def _row(purchase: Purchase) -> Block:
    draft, value = purchase.draft, button_value_of(purchase)
    counts = purchase.state is PurchaseState.REPORTED
    press = button(ids.REPORT_CHANGE, "고치기", value) if counts else button(ids.REPORT_RESTORE, "되살리기", value)
    parts = [
        ("" if counts else "~취소~ ") + escape(shorten(draft.title, 60)),
        write_won(draft.amount),
        write_day(draft.contract_date),
        purchase.judgement.verdict.label,
        escape(shorten(draft.firm.name, 30)),
    ]
    return section(ids.numbered("import-row", purchase.id), " · ".join(parts), press)
