"""The Home tab: who the person is here, their figures and reports, and what the office must look at."""

from gwannae.messages import cross_check, ids, new_year, year_overview
from gwannae.messages.blocks import Block, actions, button, confirmation, context, divider, escape, header, section
from gwannae.messages.calendar import home_blocks as agenda_blocks
from gwannae.messages.calendar import office_blocks as calendar_blocks
from gwannae.messages.certificates import certificates_row
from gwannae.messages.confirmations import home_blocks as confirmation_blocks
from gwannae.messages.confirmations import office_blocks
from gwannae.messages.figures import both_ratios, effective_lines, unconfirmed_note
from gwannae.messages.outside_reasons import home_blocks as reason_blocks
from gwannae.messages.purchase_export import export_button
from gwannae.messages.rejudgement import home_blocks as unconfirmed_blocks
from gwannae.messages.report_purchase import button_value_of
from gwannae.messages.scores import lift_line, place_of
from gwannae.messages.vendor_doubts import home_blocks as doubt_blocks
from gwannae.messages.words import words_row
from gwannae.programme.amount import write_won
from gwannae.programme.city import City
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.home import Home, OfficeDesk
from gwannae.programme.organisations import Role
from gwannae.programme.purchases import Purchase, PurchaseKind, PurchaseState
from gwannae.programme.stand_ins import last_of

DECLARED_SHOWN = 15


def home_view(home: Home, city: City) -> Block:
    """The whole tab."""
    blocks = [
        header("home-title", f"{city.name} 지역상품 우선구매"),
        section("home-who", _who(home)),
        section("home-place", _place(home, city)),
        actions(
            "home-row",
            [
                button(ids.REPORT_OPEN, "구매 보고", style="primary"),
                button(ids.IMPORT_OPEN, "파일로 보고"),
                button(ids.STANDINGS_OPEN, "순위 보기"),
                button(ids.SCHEMES_OPEN, "함께 집계되는 제도"),
                *(
                    [button(ids.PROJECTS_OPEN, "설계 사업")]
                    if any(a.role is not Role.PLANNING and not a.self_declared for a in home.affiliations)
                    else []
                ),
                button(ids.HELP_OPEN, "무엇이 집계되나요"),
                *([export_button()] if home.may_export else []),
            ],
        ),
        *agenda_blocks(home.agenda),
        *reason_blocks(home.unanswered),
        *confirmation_blocks(home.to_confirm),
        *_recent(home),
        *_declared(home),
        *(_desk(home.desk) if home.desk else []),
        divider("home-line"),
        context("home-note", _registry(home)),
    ]
    return {"type": "home", "blocks": blocks[:100]}


def _who(home: Home) -> str:
    if not home.affiliations:
        return "아직 소속을 모릅니다. 구매를 한 번 보고하시면 기억합니다. 관내 업체는 `/localvendor 품목`으로 찾습니다."
    parts = []
    for affiliation in home.affiliations:
        mark = " (본인이 고름)" if affiliation.self_declared else ""
        if affiliation.until is not None:
            mark += f" ({write_day(last_of(affiliation.until))}까지)"
        parts.append(f"*{escape(affiliation.organisation.name)}* {affiliation.role.label}{mark}")
    return " · ".join(parts)


def _place(home: Home, city: City) -> str:
    year = home.day.year
    if home.place is None:
        return (
            f"{year}년 순위는 소속이 정해지면 나옵니다. 도움이 필요하면 {escape(city.programme_office)}에 물어보세요."
        )
    rank = f" {home.place.rank}위 / {home.ranked}" if home.place.rank and not home.score else ""
    lines = [f"*{year}년{rank}* · {both_ratios(home.place.total)}", *_glance(home), unconfirmed_note(home.place.total)]
    return "\n".join(line for line in lines if line)


def _glance(home: Home) -> list[str]:
    """The year of one's own division: by the formula, by kind, effective with the reasons, and what would lift it."""
    assert home.place is not None, "whoever has no place has no year"
    score = [f"점수: {place_of(home.score.board, home.score.line)}", lift_line(home.score.lift)] if home.score else []
    kinds = [
        f"{kind.label}: {both_ratios(home.place.by_kind[kind])}"
        for kind in PurchaseKind
        if kind in home.place.by_kind and home.place.by_kind[kind].by_count.whole
    ]
    return [*score, *kinds, *effective_lines(home.place)]


def _recent(home: Home) -> list[Block]:
    if not home.recent:
        return [section("home-no-reports", "*내 보고*\n아직 없습니다. [구매 보고]를 누르면 1분 안에 끝납니다.")]
    blocks = [section("home-reports", "*내 보고* (최근에 보고한 것부터)")]
    for purchase in home.recent:
        blocks.append(section(ids.numbered("home-report", purchase.id), _report_line(purchase)))
        value = button_value_of(purchase)
        reported = purchase.state is PurchaseState.REPORTED
        row = [
            button(ids.REPORT_CHANGE, "고치기", value) if reported else button(ids.REPORT_RESTORE, "되살리기", value),
            button(ids.REPORT_WHY, "판정 근거", value),
            button(ids.REPORT_HISTORY, "이력", value),
            button(ids.REPORT_COPY, "지난 건 복사", value),
        ]
        blocks.append(actions(ids.numbered("home-report-row", purchase.id), row))
    return blocks


def _report_line(purchase: Purchase) -> str:
    draft = purchase.draft
    state = "~취소~ " if purchase.state is PurchaseState.CANCELLED else ""
    return (
        f"{state}{escape(draft.title)} · {write_won(draft.amount)} · {write_day(draft.contract_date)} · "
        f"{purchase.judgement.verdict.label} · {escape(draft.firm.name)}"
    )


def _declared(home: Home) -> list[Block]:
    """People who named their organisation themselves: the lead and the office confirm it or take it back."""
    if not home.declared:
        return []
    blocks = [section("home-declared", f"*본인이 고른 소속 {len(home.declared):,}건* 확인해 주세요.")]
    for affiliation in home.declared[:DECLARED_SHOWN]:
        line = (
            f"<@{affiliation.user_id}> · {escape(affiliation.organisation.name)} · "
            f"{write_day(affiliation.since)}부터 · 보고만 할 수 있음"
        )
        sure = confirmation(
            "소속 거두기", "이 사람은 이 부서 이름으로 더 보고하지 못합니다. 그동안의 보고는 그대로 있습니다.", "거두기"
        )
        value = str(affiliation.id)
        blocks.append(section(ids.numbered("home-declared", affiliation.id), line))
        blocks.append(
            actions(
                ids.numbered("home-declared-row", affiliation.id),
                [
                    button(ids.AFFILIATION_CONFIRM, "맞습니다", value),
                    button(ids.AFFILIATION_TAKE_BACK, "거두기", value, style="danger", confirm=sure),
                ],
            )
        )
    if len(home.declared) > DECLARED_SHOWN:
        blocks.append(context("home-declared-more", f"{len(home.declared) - DECLARED_SHOWN:,}건이 더 있습니다."))
    return blocks


def _desk(desk: OfficeDesk) -> list[Block]:
    linked = desk.organisations - len(desk.unlinked)
    names = ", ".join(escape(o.name) for o in desk.unlinked[:30])
    more = f" 외 {len(desk.unlinked) - 30:,}곳" if len(desk.unlinked) > 30 else ""
    waiting = f"아직 연결되지 않은 곳: {names}{more}" if desk.unlinked else "모두 연결되었습니다."
    blocks = [
        divider("home-desk-line"),
        section("home-desk", f"*총괄 부서* · 채널 연결 {linked:,}/{desk.organisations:,}곳\n{waiting}"),
        actions(
            "home-desk-row",
            [
                button(ids.LEAD_OPEN, "담당 정하기"),
                button(ids.ORGANISATION_OPEN, "부서·기관 추가·고치기"),
                year_overview.open_button(),
                button(ids.YEAR_END_OPEN, "결산"),
                button(ids.COUNCIL_OPEN, "실무협의회"),
                button(ids.RECORD_OPEN, "정책실명제"),
                cross_check.open_button(),
                button(ids.DIGEST_OPEN, "남은 곳 보기"),
                button(ids.GUIDANCE_OPEN, "연초 안내"),
            ],
        ),
        words_row(),
        certificates_row(desk.ending),
    ]
    if desk.new_year is not None:
        blocks += new_year.home_blocks(desk.new_year)
    blocks += calendar_blocks(desk.agenda)
    blocks += office_blocks(desk.confirmations)
    blocks += unconfirmed_blocks(desk.unconfirmed)
    blocks += doubt_blocks(desk.doubts)
    if desk.missing:
        words = ", ".join(f"{escape(word)}({times:,}번)" for word, times in desk.missing)
        blocks.append(section("home-missing", f"*업체를 찾지 못한 말* (최근 90일)\n{words}"))
    return blocks


def _registry(home: Home) -> str:
    stamp = f" · {write_day(home.as_of)} 자료" if home.as_of else ""
    return f"업체 명부 {home.vendors:,}곳{stamp} · 오늘은 {write_date(home.day)}"
