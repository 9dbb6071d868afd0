"""한눈에: all organisations of a year in an order that can be chosen, and the rows of one."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, modal, section, static_select
from gwannae.messages.blocks import option as choice
from gwannae.messages.figures import both_ratios, effective_lines, order_words
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.year_end import in_sections
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.amount import write_won
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.score_rules import formula_for
from gwannae.programme.standings import Place
from gwannae.programme.year_overview import Order, OwnRows, YearOverview

SHOWN = 90  # each is a block, of which a window holds 100


def overview(found: YearOverview | NotAllowed, city: City) -> Block:
    """The window: a menu of orders, then one line for each organisation with the way to its rows. The city says by what
    it ranks.
    """
    if isinstance(found, NotAllowed):
        return window(OFFICE_ALONE)
    orders = [choice(order.label, order.value) for order in Order]
    blocks = [
        section(
            "overview-head",
            f"*{found.standings.year}년 모든 부서·기관 {len(found.places):,}곳*\n{_ranked_by(found, city)}",
        ),
        actions("overview-order", [static_select(ids.OVERVIEW_ORDER, "순서", orders, found.order.value)]),
        *(_line(place) for place in found.places[:SHOWN]),
    ]
    rest = len(found.places) - SHOWN
    if rest > 0:
        blocks.append(context("overview-rest", f"{rest:,}곳이 더 있습니다. 순서를 바꾸면 다른 곳이 위로 옵니다."))
    return modal(ids.OVERVIEW_VIEW, "한눈에", blocks)


def rows(found: OwnRows | NotAllowed | None) -> Block:
    """The purchases of one organisation that count in the year, the newest first."""
    if isinstance(found, NotAllowed):
        return window(OFFICE_ALONE)
    if found is None:
        return window("올해 볼 것이 없는 부서·기관입니다.")
    lines = [
        f"{write_day(one.draft.contract_date)} · {escape(one.draft.title)} · {write_won(one.draft.amount)} · "
        f"{one.judgement.verdict.label} · {escape(one.draft.firm.name)}"
        for one in found.purchases
    ]
    head = f"*{escape(found.place.organisation.name)} {found.year}년* · {both_ratios(found.place.total)}"
    rest = found.number - len(lines)
    blocks = [
        section("overview-own", "\n".join([head, *effective_lines(found.place)])),
        *in_sections("overview-rows", lines or ["집계된 구매가 없습니다."]),
        context(
            "overview-more", f"{rest:,}건이 더 있습니다. 모두는 [실적 내려받기]로 받으세요." if rest else "모두입니다."
        ),
    ]
    return modal(ids.OVERVIEW_ROWS_VIEW, "구매 내역", blocks)


def _ranked_by(found: YearOverview, city: City) -> str:
    """The office sees both ranks of a year that is scored, and must not take one for the other."""
    said = order_words(city.standings_order)
    scored = formula_for(city.score_formulas, found.standings.year) is not None
    return f"{said}. 점수 순위는 [순위 보기]와 `/local-standings`에 있습니다." if scored else said


def open_button() -> Block:
    """For the office's part of the Home tab."""
    return button(ids.OVERVIEW_OPEN, "한눈에 보기")


def _line(place: Place) -> Block:
    rank = f"{place.rank}위" if place.rank else "순위 없음"
    total = place.total
    waiting = f" · 미확인 {total.unconfirmed_count:,}건" if total.unconfirmed_count else ""
    text = f"{rank} *{escape(place.organisation.name)}* · {both_ratios(total)}{waiting}"
    if place.left_out:
        text += f"\n실질 {both_ratios(place.effective)}"
    whose = place.organisation.id
    return section(ids.numbered("overview", whose), text, button(ids.OVERVIEW_ROWS, "구매 내역", str(whose)))
