"""독려: what is said where something is owed, to a channel or to a lead, and what its buttons have done."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, message, modal, section
from gwannae.messages.confirmations import home_blocks
from gwannae.messages.owed import owed_lines, owed_rows, periods_named, short_period
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.amount import write_won
from gwannae.programme.confirmations import NotOverYet
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.hangul import shorten
from gwannae.programme.owed import Owed
from gwannae.programme.periods import Period, read_key
from gwannae.programme.purchases import Purchase
from gwannae.programme.reminders import (
    SNOOZE_DAYS,
    AllDone,
    Audience,
    BoughtSince,
    NothingBought,
    NoUseSnoozing,
    Reminder,
    Snoozed,
    TooLateToSay,
)

NOT_YOURS = "이 부서·기관의 담당자, 책임자, 총괄 부서만 할 수 있습니다. 바뀐 것은 없습니다."
GONE = "그 사이 바뀐 안내입니다. 아무것도 하지 않았습니다. `/gwannae 할 일`에서 지금 남은 일을 보실 수 있습니다."
NO_HOLIDAYS = "그때의 공휴일을 아직 확인하지 않아 날을 정하지 못했습니다. 총괄 부서에 알려 주세요. 바뀐 것은 없습니다."
ROWS_SHOWN = 20


def reminder(found: Reminder, done: str = "", *, private: bool = False) -> Mapping[str, Any]:
    """A reminder as it goes out, and as it stands again after one of its buttons was pressed: `done` says what that
    did. `private`: it is shown to one person, wherever that is.
    """
    lines = owed_lines(found.owed, found.today)
    head = f"*{lines[0]}*{_due(found)}"
    blocks = [section("reminder-head", head)]
    if found.owed.unreported:
        where = "이 채널" if found.audience is Audience.CHANNEL else "이 대화"
        hint = f"산 것이 없으면 [실적 없음]만 눌러 주세요. 파일이 있으면 {where}에 올리셔도 됩니다."
        blocks.append(section("reminder-hint", hint))
    if done:
        blocks.append(section("reminder-done", done))
    # each open file has a line of its own beside its button
    rest = [line for line in owed_lines(found.owed, found.today, files=False) if line != lines[0]]
    if rest:
        blocks.append(section("reminder-rest", "\n".join(f"• {line}." for line in rest)))
    to_lead = found.audience is Audience.LEAD
    blocks += owed_rows(found.owed, found.today, memo_of(found), confirming=not to_lead)
    if to_lead:
        blocks += home_blocks(found.owed.to_confirm)
    blocks += _footer(found, private=private)
    return message(". ".join([_plain(head), *lines[1:]]), blocks)


def call_to_confirm(found: Owed) -> Mapping[str, Any]:
    """To a lead whose period is over."""
    named = periods_named(tuple(state.period for state in found.to_confirm), found.to_confirm[0].period.next_first)
    text = f"{escape(found.organisation.name)} · {named} 실적을 확정해 주세요"
    hint = "지금의 보고를 보시고 [확정]을 눌러 주세요. 뒤에 보고가 바뀌면 다시 부탁드립니다."
    blocks = [section("confirm-call", f"*{text}*\n{hint}"), *home_blocks(found.to_confirm)]
    blocks.append(context("confirm-call-note", "이 메시지는 나에게만 보입니다."))
    return message(text, blocks)


def for_command(found: Reminder | AllDone) -> dict[str, Any]:
    """The same as the answer to `/gwannae 할 일`, for the asker alone."""
    said = reminder(found, private=True) if isinstance(found, Reminder) else all_done(found)
    return {"response_type": "ephemeral", **said}


def all_done(found: AllDone, done: str = "") -> Mapping[str, Any]:
    """In the place of a reminder, once nothing is owed."""
    text = f"{escape(found.organisation.name)} · {found.month.label}: 남은 일이 없습니다. 고맙습니다."
    said = f"{done}\n{text}" if done else text
    return message(said, [section("reminder-over", said)])  # without blocks the former ones might stay


def done_by(user_id: str, outcome: NothingBought | Snoozed) -> str:
    """What a press did, for everybody who sees the message."""
    who = f"<@{user_id}>"
    if isinstance(outcome, NothingBought):
        sealed = ", 책임자 확정도 함께" if outcome.confirmed else ""
        return f"{outcome.period.label} 실적 없음{sealed} · {who}"
    return f"{write_date(outcome.snooze.until)}에 다시 · {who}"


def nobody_to_remind() -> dict[str, Any]:
    """`/gwannae 할 일` by somebody who acts for no organisation, in nobody's channel."""
    text = "어느 부서·기관이신지 아직 모릅니다. 부서 채널에서 입력하시거나, 구매를 한 번 보고해 주세요."
    return {"response_type": "ephemeral", "text": text}


def said(outcome: object) -> str:
    """One sentence for each outcome of a press."""
    if isinstance(outcome, NothingBought):
        label = f"{escape(outcome.organisation.name)} {outcome.period.label}"
        if not outcome.fresh:
            return f"{label}: 이미 실적 없음으로 남아 있습니다. 두 번 남기지 않았습니다."
        sealed = " 책임자의 확정도 함께 했습니다." if outcome.confirmed else ""
        return f"{label}: 실적 없음으로 남겼습니다.{sealed} 뒤에 산 것이 나오면 그대로 보고하시면 됩니다."
    if isinstance(outcome, BoughtSince):
        return f"{outcome.period.label}에는 보고가 {outcome.rows:,}건 있어 실적 없음으로 남기지 않았습니다."
    if isinstance(outcome, TooLateToSay):
        return f"{outcome.period.label} 보고는 더 받지 않는 기간입니다. 바뀐 것은 없습니다."
    if isinstance(outcome, NotOverYet):
        return f"{outcome.period.label}은 아직 끝나지 않았습니다. 끝난 뒤에 눌러 주세요."
    if isinstance(outcome, Snoozed):
        day = write_date(outcome.snooze.until)
        return f"{day}에 다시 알려 드립니다." if outcome.fresh else f"이미 {day}에 다시 알려 드리기로 했습니다."
    if isinstance(outcome, NoUseSnoozing):
        return f"{write_date(outcome.until)}이면 다음 달 안내가 나갑니다. 그때 함께 알려 드리겠습니다."
    if isinstance(outcome, AllDone):
        return str(all_done(outcome)["text"])
    if isinstance(outcome, Impossible):
        return GONE
    assert isinstance(outcome, NotAllowed)
    return NOT_YOURS


def memo_of(found: Reminder) -> str:
    """What each button of a reminder carries: the month, and to whom it speaks."""
    return f"{found.month.key}:{found.audience.value}"


def snooze_value(found: Reminder) -> str:
    """What "3일 뒤 다시" carries."""
    return f"{found.owed.organisation.id}:{memo_of(found)}"


def read_memo(memo: str) -> tuple[Period | None, Audience]:
    """Month and audience; no month for what is not ours."""
    key, _, word = memo.partition(":")
    return read_key(key), Audience.LEAD if word == Audience.LEAD.value else Audience.CHANNEL


def read_snooze_value(value: str) -> tuple[int, Period | None, Audience]:
    """Organisation, month and audience."""
    number, _, memo = value.partition(":")
    return ids.read_number(number), *read_memo(memo)


def unconfirmed_window(rows: list[Purchase] | NotAllowed) -> Block:
    """What has no verdict yet, each with a button to mend it."""
    if isinstance(rows, NotAllowed):
        return modal(ids.OWED_UNCONFIRMED_VIEW, "미확인", [section("owed-unconfirmed-none", OFFICE_OR_LEAD)])
    if not rows:
        none = "미확인이 없습니다. 모두 판정되었습니다."
        return modal(ids.OWED_UNCONFIRMED_VIEW, "미확인", [section("owed-unconfirmed-none", none)])
    head = "업체 소재지나 규모를 확인하지 못한 보고입니다. [고치기]에서 주소나 사업자등록번호를 적어 주세요."
    blocks = [section("owed-unconfirmed-head", head)]
    blocks += [_unconfirmed_row(purchase) for purchase in rows[:ROWS_SHOWN]]
    if len(rows) > ROWS_SHOWN:
        blocks.append(context("owed-unconfirmed-more", "더 있습니다. 고치시면 다음 것이 나옵니다."))
    return modal(ids.OWED_UNCONFIRMED_VIEW, "미확인", blocks)


def _unconfirmed_row(purchase: Purchase) -> Block:
    draft = purchase.draft
    title, firm = escape(shorten(draft.title, 60)), escape(shorten(draft.firm.name, 40))
    text = f"{title} · {write_won(draft.amount)} · {write_day(draft.contract_date)} · {firm}"
    value = f"{purchase.id}:{purchase.version}"
    return section(ids.numbered("owed-unconfirmed", purchase.id), text, button(ids.REPORT_CHANGE, "고치기", value))


def _due(found: Reminder) -> str:
    if not found.owed.unreported:
        return ""
    if found.overdue:
        return f" · 기한 {write_date(found.due)}이 지났습니다"
    return f" · 기한 {write_date(found.due)}"


def _footer(found: Reminder, *, private: bool) -> list[Block]:
    everybody = found.audience is Audience.CHANNEL and not private
    seen = "이 채널 모두에게 보입니다." if everybody else "이 메시지는 나에게만 보입니다."
    row = [button(ids.LEAD_OPEN, "담당자 바꾸기")]
    notes = [f"{escape(found.owed.organisation.name)} · {short_period(found.month, found.today)}", seen]
    if found.snoozed is None:
        row.insert(0, button(ids.OWED_SNOOZE, f"{SNOOZE_DAYS}일 뒤 다시", snooze_value(found)))
    else:
        notes.insert(0, f"{write_date(found.snoozed.until)}에 다시 알려 드립니다(<@{found.snoozed.user_id}>).")
    return [actions("reminder-row", row), context("reminder-note", *notes)]


def _plain(text: str) -> str:
    return text.replace("*", "")
