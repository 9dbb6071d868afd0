"""확정: what a lead is asked to confirm, the window of `/gwannae 확정`, and who has and who has not."""

from collections.abc import Sequence

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, confirmation, context, escape, modal, section
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.purchase_history import person
from gwannae.messages.report_choices import organisation_menu
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.amount import write_short, write_won
from gwannae.programme.confirmations import (
    AlreadyConfirmed,
    ConfirmationDesk,
    ConfirmationStatus,
    Confirmed,
    ConfirmedRow,
    NotOverYet,
    PeriodOverview,
    PeriodRows,
    PeriodState,
    RowsMoved,
)
from gwannae.programme.dates import write_date, write_day, write_time
from gwannae.programme.hangul import josa, shorten
from gwannae.programme.organisations import Organisation
from gwannae.programme.periods import Period, read_key

NAMES_SHOWN = 20
ROWS_SHOWN = 50
ROWS_A_BLOCK = 10
HOME_SHOWN = 4
GONE = "그 사이 없어졌거나 도시 설정에 없는 기간입니다. 아무것도 확정하지 않았습니다."


def desk_view(desk: ConfirmationDesk, team_id: str, done: str = "") -> Block:
    """The window. `team_id`: whose screen it is; `done`: what the last press did."""
    blocks = [section("confirm-done", done)] if done else []
    if len(desk.organisations) > 1:
        menu = organisation_menu(ids.CONFIRM_ORGANISATION, desk.organisations, desk.chosen)
        blocks.append(section(ids.CONFIRM_ORGANISATION, "한 곳의 기간을 보려면 골라 주세요.", menu))
    if desk.chosen is None:
        blocks += [section(ids.numbered("confirm-all", o.period.key), _overview(o)) for o in desk.overview]
        blocks += [] if desk.overview else [section("confirm-none", "아직 확정할 기간이 없습니다.")]
    else:
        blocks += _periods(desk, desk.chosen, team_id)
    blocks.append(context("confirm-note", _NOTE))
    return modal(ids.CONFIRM_VIEW, "실적 확정", blocks)


def home_blocks(states: Sequence[PeriodState]) -> list[Block]:
    """On a lead's Home tab: what waits for their word."""
    if not states:
        return []
    blocks = [section("home-confirm", f"*확정해 주세요 {len(states):,}건*")]
    for state in states[:HOME_SHOWN]:
        name = _place(state)
        blocks.append(
            section(ids.numbered("home-confirm", name), f"{escape(state.organisation.name)} · {_line(state)}")
        )
        blocks.append(actions(ids.numbered("home-confirm-row", name), _row(state, may_confirm=True)))
    more = len(states) - HOME_SHOWN
    open_all = [button(ids.CONFIRM_OPEN, f"{more:,}건 더 보기")] if more > 0 else []
    return [*blocks, *([actions("home-confirm-more", open_all)] if open_all else [])]


def office_blocks(found: Sequence[PeriodOverview]) -> list[Block]:
    """On the office's Home tab: who has confirmed and who has not."""
    if not found:
        return []
    lines = [_overview(overview) for overview in found]
    return [
        section("home-confirmations", "\n".join(lines)),
        actions("home-confirmations-row", [button(ids.CONFIRM_OPEN, "확정 현황")]),
    ]


def rows_view(found: PeriodRows) -> Block:
    """The window "보고 보기": the single rows of a period."""
    state = found.state
    shown = found.rows[:ROWS_SHOWN]
    blocks = [section("confirm-rows-head", f"*{escape(state.organisation.name)}* · {_line(state)}")]
    for first in range(0, len(shown), ROWS_A_BLOCK):
        lines = [_told(row) for row in shown[first : first + ROWS_A_BLOCK]]
        blocks.append(section(ids.numbered("confirm-rows", first), "\n".join(lines)))
    rest = len(found.rows) - len(shown)
    notes = [f"{rest:,}건이 더 있습니다."] if rest else []
    notes.append(f"지문(SHA-256) {state.fingerprint}")
    blocks.append(context("confirm-rows-note", *notes))
    return modal(ids.CONFIRM_ROWS_VIEW, "기간 실적", blocks)


def button_value(state: PeriodState) -> str:
    """Organisation, period and fingerprint that a button was made for."""
    return f"{state.organisation.id}:{state.period.key}:{state.fingerprint}"


def read_button_value(value: str) -> tuple[int, Period | None, str]:
    """The other way round; nobody's organisation and no period for what is not ours."""
    number, _, rest = value.partition(":")
    key, _, seen = rest.partition(":")
    return ids.read_number(number), read_key(key), seen


def said(outcome: object) -> str:
    """One sentence for each outcome of a press."""
    if isinstance(outcome, Confirmed):
        what = "실적 없음으로" if not outcome.state.rows else f"{outcome.state.rows:,}건을"
        return f"{_of(outcome.state)}: {what} 확정했습니다.{_warning(outcome.state)}"
    if isinstance(outcome, AlreadyConfirmed):
        return f"{_of(outcome.state)}: 이미 확정되어 있습니다. 두 번 확정하지 않았습니다."
    if isinstance(outcome, RowsMoved):
        return f"{_of(outcome.state)}: 그 사이 보고가 바뀌어 확정하지 않았습니다. 지금 내용을 보시고 다시 눌러 주세요."
    if isinstance(outcome, NotOverYet):
        label = outcome.period.label
        return f"{label}{josa(label, '은/는')} 아직 끝나지 않았습니다. 마지막 날이 지나면 확정해 주세요."
    if isinstance(outcome, Impossible):
        return GONE
    assert isinstance(outcome, NotAllowed)
    return OFFICE_OR_LEAD


def _periods(desk: ConfirmationDesk, chosen: Organisation, team_id: str) -> list[Block]:
    blocks = [section("confirm-whose", f"*{escape(chosen.name)}*")]
    if not desk.states:
        blocks.append(section("confirm-none", "아직 확정할 기간이 없습니다."))
    for state in desk.states[:30]:
        text = "\n".join(filter(None, [_line(state), _by(state, team_id)]))
        blocks.append(section(ids.numbered("confirm", state.period.key), text))
        row = _row(state, may_confirm=desk.may_confirm)
        blocks.append(actions(ids.numbered("confirm-row", state.period.key), row))
    return blocks


def _line(state: PeriodState) -> str:
    figures = f"{state.rows:,}건 · {write_short(state.amount)}" if state.rows else "실적 없음"
    doubt = f" · 미확인 {state.unconfirmed:,}건" if state.unconfirmed else ""
    return f"*{state.period.label}* · {state.status.label} · {figures}{doubt}"


def _by(state: PeriodState, team_id: str) -> str:
    latest = state.latest
    if latest is None:
        return ""
    when = f"{write_date(latest.confirmed_at.date())} {write_time(latest.confirmed_at)}"
    who = f"{when} {person(latest.by_team, latest.by_user, team_id)} 확정({latest.rows:,}건)"
    if state.status is ConfirmationStatus.CHANGED:
        return f"{who}. 그 뒤 보고가 바뀌어 지금 내용은 확정되지 않았습니다. 다시 확정해 주세요."
    return who


def _row(state: PeriodState, *, may_confirm: bool) -> list[Block]:
    value = button_value(state)
    look = button(ids.CONFIRM_ROWS, "보고 보기", value)
    if not (may_confirm and state.asks):
        return [look]
    label = "확정" if state.rows else "실적 없음"
    figures = f"{state.rows:,}건({write_short(state.amount)})을" if state.rows else "실적 없음으로"
    sure = confirmation("실적 확정", f"{state.period.label} {figures} 확정합니다.{_warning(state)}", label)
    return [button(ids.CONFIRM_PERIOD, label, value, style="primary", confirm=sure), look]


def _warning(state: PeriodState) -> str:
    if not state.unconfirmed:
        return ""
    return f" 미확인 {state.unconfirmed:,}건이 있습니다. 확인되면 다시 확정을 부탁드립니다."


def _overview(overview: PeriodOverview) -> str:
    confirmed = overview.of(ConfirmationStatus.CONFIRMED)
    lines = [f"*{overview.period.label}* · 확정 {len(confirmed):,}/{len(overview.states):,}곳"]
    for status in (ConfirmationStatus.WAITING, ConfirmationStatus.CHANGED):
        states = overview.of(status)
        if states:
            names = ", ".join(escape(s.organisation.name) for s in states[:NAMES_SHOWN])
            more = f" 외 {len(states) - NAMES_SHOWN:,}곳" if len(states) > NAMES_SHOWN else ""
            lines.append(f"{status.label}: {names}{more}")
    return "\n".join(lines)


def _told(row: ConfirmedRow) -> str:
    title, firm = escape(shorten(row.title, 60)), escape(shorten(row.firm_name, 30))
    return f"• {write_day(row.contract_date)} · {title} · {write_won(row.amount)} · {firm} · {row.verdict.label}"


def _of(state: PeriodState) -> str:
    return f"{escape(state.organisation.name)} {state.period.label}"


def _place(state: PeriodState) -> str:
    return f"{state.organisation.id}-{state.period.key}"


_NOTE = (
    "확정하면 그때의 보고에 지문을 남깁니다. 뒤에 보고가 바뀌면 다시 확정을 부탁드립니다. "
    "미확인이 있어도 확정하실 수 있습니다."
)
