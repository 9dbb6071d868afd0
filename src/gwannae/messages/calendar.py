"""연간 일정: what comes next on the Home tab, the year on a page, and what is said with its file."""

from datetime import date
from itertools import groupby

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, modal, section
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.agenda import Agenda, Audience, CalendarFile, YearAhead
from gwannae.programme.calendar import Occasion
from gwannae.programme.dates import write_date, write_day, write_time
from gwannae.programme.ledger import PostKind

FILE_NOT_SENT = (
    "일정 파일을 보내지 못했습니다. 일정은 그대로 있습니다. 잠시 뒤 홈 탭의 [일정 파일]을 다시 눌러 주세요. "
    "계속되면 관리자에게 알려 주세요."
)
FILE_BEGUN = "일정 파일을 관내봇과의 메시지로 보내 드립니다."


def home_blocks(agenda: Agenda) -> list[Block]:
    """For everybody: the days that lie ahead."""
    if not agenda.occasions:
        return []
    lines = "\n".join(f"• {_day(one)}" for one in agenda.occasions)
    return [section("home-agenda", f"*다음 일정*\n{lines}", button(ids.CALENDAR_OPEN, "올해 일정"))]


def office_blocks(agenda: Agenda) -> list[Block]:
    """For the office: what goes out next, and what it may do about the days."""
    lines = "\n".join(f"• {_post(one)}" for one in agenda.occasions) or "정해진 안내가 없습니다."
    blocks = [
        section("home-posts", f"*다음에 나갈 안내*\n{lines}"),
        actions(
            "home-calendar-row",
            [button(ids.DAYS_OPEN, "쉬는 날 정하기"), button(ids.CALENDAR_FILE, "일정 파일")],
        ),
    ]
    if agenda.unconfirmed is not None:
        blocks.insert(0, section("home-unconfirmed-year", unconfirmed_year(agenda.unconfirmed)))
    return blocks


def year_page(plan: YearAhead) -> Block:
    """The year, quarter by quarter. The office sees what goes out when, others the days that are asked of them."""
    for_office = plan.audience is Audience.OFFICE
    blocks = []
    for quarter, part in groupby(plan.occasions, key=lambda one: _quarter(one.opens if for_office else one.on)):
        lines = "\n".join(f"• {_post(one) if for_office else _day(one)}{_moved(one)}" for one in part)
        blocks.append(section(ids.numbered("calendar-quarter", quarter), f"*{quarter}분기*\n{lines}"))
    blocks.append(context("calendar-note", "토요일·일요일·공휴일과 총괄 부서가 정한 쉬는 날을 피해 옮긴 날짜입니다."))
    if for_office:
        blocks.append(
            actions("calendar-row", [button(ids.DAYS_OPEN, "쉬는 날 정하기"), button(ids.CALENDAR_FILE, "일정 파일")])
        )
    return modal(ids.CALENDAR_VIEW, f"{plan.year}년 일정", blocks)


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1


def unconfirmed_year(year: int) -> str:
    """Nobody has looked at the holidays of a year, so nothing of it is planned."""
    return (
        f"⚠️ *{year}년 공휴일이 아직 확인되지 않았습니다.* 확인하기 전에는 {year}년 안내가 하나도 나가지 않습니다. "
        "관리자에게 월력요항과 견주어 도시 설정의 holidays_confirmed_until을 고쳐 달라고 해 주세요."
    )


def with_file(made: CalendarFile) -> str:
    """The line over the file."""
    years = "·".join(f"{year}년" for year in made.years)
    return f"{years} 일정입니다. 여시면 쓰시는 달력에 들어갑니다. 날짜가 바뀌면 다시 받아 여시면 됩니다."


def not_made(outcome: object) -> str:
    """Why there is no file: a year that nobody has confirmed, or a person who may not have it."""
    return unconfirmed_year(outcome) if isinstance(outcome, int) else OFFICE_ALONE


def _post(one: Occasion) -> str:
    """When it goes out, and the day that it is about where that is another one."""
    day = "" if one.on == one.opens.date() else f" {write_day(one.on)}"
    when = f"{write_date(one.opens.date())} {write_time(one.opens)}"
    return f"{when} · {_label(one, one.opens.year)}{day}{left(one)}{_until(one)}"


def _day(one: Occasion) -> str:
    return f"{write_date(one.on)} {_label(one, one.on.year)}{_until(one)}"


def _label(one: Occasion, year: int) -> str:
    """What it is; the year that stands in the date before it is not said again."""
    return escape(one.label.removeprefix(f"{year}년 "))


def left(one: Occasion) -> str:
    """How many working days before the closing a call goes out."""
    return f" ({one.occurrence}근무일 전)" if one.kind is PostKind.CLOSING_COUNTDOWN else ""


def _until(one: Occasion) -> str:
    return "" if one.until is None else f" (이의 {write_day(one.until)}까지)"


def _moved(one: Occasion) -> str:
    return f" ({write_date(one.meant)}에서 옮김: {escape(why(one))})" if one.moved else ""


def why(one: Occasion) -> str:
    """Why a day moved: the days off between, by name."""
    return ", ".join(off.name for off in one.moved)
