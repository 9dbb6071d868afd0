"""확인 등 for a file: what is to be looked at among its rows; it holds nothing up and decides nothing."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, button, context, escape, modal, section
from gwannae.messages.lamp import ASK, finding_line
from gwannae.messages.line_faults import row_name
from gwannae.programme.city import LampRules
from gwannae.programme.hangul import shorten
from gwannae.programme.lamp import LookFirst
from gwannae.programme.purchase_imports import Summary
from gwannae.programme.purchase_lamp import LampNote

SHOWN = 3


def lamp_blocks(summary: Summary, rules: LampRules) -> list[Block]:
    """In the preview: the first notes; the others stand in a window."""
    if not summary.lamp:
        return []
    head = f"*검토 필요 · 확인이 필요한 점 {summary.lamp_count:,}가지* · 저장을 막지는 않습니다. {ASK}"
    lines = [f"• {note_line(note, rules, summary.organisations > 1)}" for note in summary.lamp[:SHOWN]]
    return [section("import-lamp", "\n".join([head, *lines]))]


def lamp_button(summary: Summary, value: str) -> list[Block]:
    """Opens the window with all notes, where not all are shown."""
    rest = summary.lamp_count > SHOWN
    return [button(ids.IMPORT_LAMP, f"확인할 점 모두 보기 ({summary.lamp_count:,})", value)] if rest else []


def lamp_again(summary: Summary, value: str) -> list[Block]:
    """The same beside what was stored, for all of them."""
    return [button(ids.IMPORT_LAMP, f"확인할 점 보기 ({summary.lamp_count:,})", value)] if summary.lamp else []


def lamp_window(summary: Summary, rules: LampRules) -> Block:
    """All notes that were kept."""
    blocks = [
        section(ids.numbered("import-lamp", at), f"• {note_line(note, rules, summary.organisations > 1)}")
        for at, note in enumerate(summary.lamp)
    ]
    rest = summary.lamp_count - len(summary.lamp)
    more = f" 그 밖에 {rest:,}가지가 더 있습니다. 금액이 큰 것부터 보여 드립니다." if rest else ""
    return modal(ids.IMPORT_LAMP_VIEW, "확인할 점", [*blocks, context("import-lamp-note", f"{ASK}{more}")])


def note_line(note: LampNote, rules: LampRules, named: bool) -> str:
    """One note: of which row, and what. `named`: with the organisation."""
    whose = f"{escape(note.organisation)} · " if named else ""
    more = f" 외 {note.times - 1:,}건" if note.times > 1 else ""
    row = escape(row_name(*note.row))
    look = LookFirst(note.deal, note.item, (note.finding,), note.own)
    what = f"{whose}‘{escape(shorten(note.title, 40))}’({escape(shorten(note.firm, 30))}, {row}){more}"
    return f"{what}: {finding_line(note.finding, look, rules)}"
