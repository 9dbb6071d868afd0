"""업체 이력: what became of one firm, line by line, for the office's window and for the command line."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from gwannae.messages import ids
from gwannae.messages.blocks import Block, context, escape, modal, section
from gwannae.programme.city import City
from gwannae.programme.dates import write_day, write_time
from gwannae.programme.hangul import shorten
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.vendor_history import Happened, VendorHistory

SHOWN = 40  # happenings in the window; the command line has all
IN_SECTION = 5
TEXT_SHOWN = 150  # characters of one side of a change
_SHOWN_SOURCE = 100


def history_window(history: VendorHistory, city: City) -> Block:
    """The newest happenings of a firm."""
    name = escape(shorten(history.vendor.name, TEXT_SHOWN))
    blocks = [section("history-head", f"*{name}* · 이력 {len(history.happened):,}건")]
    shown = history.happened[:SHOWN]
    for at in range(0, len(shown), IN_SECTION):
        lines = [f"• {_line(one, city.zone, escape, _mention)}" for one in shown[at : at + IN_SECTION]]
        blocks.append(section(f"history-{at}", "\n".join(lines)))
    if not shown:
        blocks.append(section("history-none", "명부에 오른 뒤 바뀐 것이 없습니다."))
    left = len(history.happened) - len(shown)
    more = f" 앞선 {left:,}건은 gwannae vendors history로 볼 수 있습니다." if left else ""
    blocks.append(context("history-note", f"최근 것이 위에 있습니다. 지난 내용은 지워지지 않습니다.{more}"))
    return modal(ids.HISTORY_VIEW, "업체 이력", blocks)


def history_lines(history: VendorHistory, zone: ZoneInfo) -> list[str]:
    """All of them, as plain text."""
    return [_line(one, zone, str, _plain_person) for one in history.happened]


def _line(one: Happened, zone: ZoneInfo, written: Callable[[str], str], person: Callable[[str], str]) -> str:
    moment = one.at.astimezone(zone)
    day = f"({write_day(one.day)})" if one.day else ""
    said = " → ".join(written(shorten(text, TEXT_SHOWN)) for text in (one.before, one.after) if text)
    if one.before and not one.after:
        said = f"{said} → 없음"
    parts = [f"{write_day(moment.date())} {write_time(moment)}", f"{one.what.label}{day}{': ' if said else ''}{said}"]
    if one.source:
        parts.append(f"근거: {written(shorten(one.source, _SHOWN_SOURCE))}")
    if one.user_id:
        parts.append(person(one.user_id))
    return " · ".join(parts)


def _mention(user_id: str) -> str:
    return COMMAND_LINE_NAME if user_id == COMMAND_LINE.user_id else f"<@{user_id}>"


def _plain_person(user_id: str) -> str:
    return COMMAND_LINE_NAME if user_id == COMMAND_LINE.user_id else user_id


COMMAND_LINE_NAME = "명령줄"
