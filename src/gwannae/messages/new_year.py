"""새해 열기: the office's window, one group of settings, the form that changes one, and what each press did."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    escape,
    input_block,
    message,
    modal,
    section,
    text_input,
)
from gwannae.messages.new_year_words import PART_HINTS, PART_WORDS
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.hangul import josa
from gwannae.programme.new_year import (
    Check,
    Line,
    NewYear,
    NewYearFault,
    NewYearRefused,
    OpeningTakenBack,
    SettingsSaid,
    ValuesRefused,
    YearNote,
    YearOpened,
    mark_of,
    print_of,
)
from gwannae.programme.setting_values import Part, written
from gwannae.programme.year_settings import UNDATED, Setting, SettingGroup

SHOWN = 20
LONGEST = 300
NOTHING_FOR_THE_FILE = "파일에 넣을 것이 없습니다. 말씀하신 값과 도시 파일의 값이 모두 같습니다."
FILE_MAKING = "파일에 넣을 내용을 만들고 있습니다."
FILE = "도시 파일에 옮길 내용입니다. 봇을 관리하는 분께 드리고, 봇을 다시 시작하면 적용됩니다."
AGAIN = "그 사이 바뀌었습니다. `/gwannae 새해`에서 다시 열어 주세요."
FILE_NOT_SENT = "파일을 보내지 못했습니다. 잠시 뒤 [파일에 넣을 내용 받기]를 다시 눌러 주세요."


def new_year_view(state: NewYear, done: str = "") -> Block:
    """The window: how far the year is, group by group, and the press. `done`: what the last press did."""
    blocks = [section("new-year-done", done)] if done else []
    blocks.append(section("new-year-head", "\n".join([f"*{state.year}년 새해 열기* · {_stands(state)}", *_how(state)])))
    for group in SettingGroup:
        lines = state.of(group)
        if not lines:
            continue
        sure = sum(line.check is Check.CONFIRMED for line in lines)
        text = f"*{group.label}* · 확인 {sure:,}/{len(lines):,}"
        look = button(ids.NEW_YEAR_GROUP, "살펴보기", group_value(state.year, group))
        blocks.append(section(ids.numbered("new-year-group", group.value), text, look))
    if waiting := [line.setting.name for line in state.lines if line.check is Check.WAITING]:
        names = ", ".join(map(escape, waiting))
        blocks.append(section("new-year-waiting", f"*파일에 반영 전 {len(waiting):,}가지*\n{names}"))
        row = [button(ids.NEW_YEAR_FILE, "파일에 넣을 내용 받기", str(state.year))]
        blocks.append(actions("new-year-file-row", row))
    blocks += _press(state)
    blocks.append(context("new-year-note", _NOTE))
    return modal(ids.NEW_YEAR_VIEW, "새해 열기", blocks)


def group_view(state: NewYear, group: SettingGroup, start: int = 0, done: str = "") -> Block:
    """The settings of one group, each with its value, its source and its buttons."""
    lines = state.of(group)
    blocks = [section("new-year-done", done)] if done else []
    blocks.append(section("new-year-group-head", f"*{state.year}년 {group.label}*\n{_carried(state, lines)}"))
    blocks.append(actions("new-year-group-row", _group_row(state, group, lines, start)))
    for line in lines[start : start + SHOWN]:
        mark = mark_of(line.setting)
        blocks.append(section(ids.numbered("new-year", mark), _line(line, state.year)))
        blocks.append(actions(ids.numbered("new-year-row", mark), _row(state, group, line, start)))
    return modal(ids.NEW_YEAR_GROUP_VIEW, "새해 열기", blocks)


def change_form(state: NewYear, group: SettingGroup, line: Line) -> Block:
    """What another value is to be; the setting's own parts, as a person reads and types them."""
    wanted = line.wanted
    blocks = [section("new-year-change-head", f"*{escape(wanted.name)}*\n{_change_hint(line)}")]
    for number, part in enumerate(one for one in wanted.parts if not one.fixed):
        field = ids.numbered("new-year-part", number)
        typed = text_input(field, initial=written(part), limit=LONGEST)
        blocks.append(input_block(field, _word(part), typed, hint=PART_HINTS.get(part.shape, ""), optional=True))
    memo = line_value(state.year, group, line, 0)
    return modal(ids.NEW_YEAR_CHANGE_VIEW, "값 고치기", blocks, submit="저장", close="그만두기", memo=memo)


def fields_of(setting: Setting) -> dict[str, str]:
    """The field of the form for each part that can be changed, by the part's name."""
    parts = [part for part in setting.parts if not part.fixed]
    return {part.name: ids.numbered("new-year-part", number) for number, part in enumerate(parts)}


def errors(refused: ValuesRefused, line: Line) -> dict[str, str]:
    """The sentence at each field that is not taken."""
    fields = fields_of(line.setting)
    first = next(iter(fields.values()))
    now = {part.name: written(part) for part in line.setting.parts}
    found = {}
    for fault in refused.faults:
        if fault.part in fields:
            shown = now[fault.part] or "비움"
            found[fields[fault.part]] = f"읽지 못했거나 넣을 수 없는 값입니다. 지금 값처럼 적어 주세요: {shown}"[:200]
        else:
            found[first] = "값들이 서로 맞지 않습니다. 날짜의 앞뒤와 빠진 것을 확인해 주세요."
    return found


def said(outcome: object) -> str:
    """One sentence or two for each outcome of a press."""
    if isinstance(outcome, SettingsSaid):
        return _settings_said(outcome)
    if isinstance(outcome, YearOpened):
        left = f" 확인하지 않은 설정 {outcome.unsettled:,}가지는 안내마다 함께 밝힙니다." if outcome.unsettled else ""
        return f"{outcome.opening.year}년을 열었습니다.{left}"
    if isinstance(outcome, OpeningTakenBack):
        return f"{outcome.year}년을 연 것을 되돌렸습니다. 확인해 두신 것은 그대로 있습니다."
    if isinstance(outcome, NewYearRefused):
        return _FAULTS[outcome.fault].format(year=outcome.year, count=outcome.count)
    if isinstance(outcome, ValuesRefused):
        return "읽지 못했거나 넣을 수 없는 값입니다. 아무것도 바꾸지 않았습니다."
    assert isinstance(outcome, NotAllowed)
    return OFFICE_ALONE


def note_text(note: YearNote) -> str:
    """What a post of the year says while nobody has settled what it rests on."""
    if not note.opened:
        return f"{note.year}년 날짜와 기준은 총괄 부서가 아직 확정하지 않아 지난해 것을 이어 씁니다. 바뀔 수 있습니다."
    return f"{note.year}년 기준 가운데 {note.unsettled:,}가지는 총괄 부서가 아직 확인하고 있습니다. 바뀔 수 있습니다."


def with_note(said: Mapping[str, Any], note: YearNote | None) -> Mapping[str, Any]:
    """A post of the year, with the note below it."""
    if note is None:
        return said
    text = note_text(note)
    return message(f"{said['text']}\n{text}", [*said.get("blocks", ())[:49], context("new-year-unsettled", text)])


def home_blocks(note: YearNote) -> list[Block]:
    """The line of the office's Home tab."""
    stands = "열었습니다" if note.opened else "아직 열지 않았습니다"
    left = f" 확인할 설정 {note.unsettled:,}가지가 남아 있습니다." if note.unsettled else " 설정은 모두 확인했습니다."
    return [section("home-new-year", f"*{note.year}년을 {stands}.*{left}", open_button(note.year))]


def open_button(year: int) -> Block:
    """The way to the window."""
    return button(ids.NEW_YEAR_OPEN, "새해 열기", str(year))


def group_value(year: int, group: SettingGroup, start: int = 0) -> str:
    """What a button carries that shows a group."""
    return f"{year}:{group.value}:{start}"


def read_group(value: str) -> tuple[int, SettingGroup | None, int]:
    """The other way round; no group for what is not ours."""
    year, _, rest = value.partition(":")
    word, _, start = rest.partition(":")
    group = next((one for one in SettingGroup if one.value == word), None)
    return ids.read_year(year), group, ids.read_number(start)


def line_value(year: int, group: SettingGroup, line: Line, start: int) -> str:
    """What a button carries for one setting: which, as it was shown, and where on the page."""
    return f"{year}:{group.value}:{start}:{mark_of(line.setting)}:{print_of(line.setting)}"


def read_line(value: str) -> tuple[int, SettingGroup | None, int, str, str]:
    """The other way round."""
    head, _, seen = value.rpartition(":")
    head, _, mark = head.rpartition(":")
    return (*read_group(head), mark, seen)


def why_to_look(setting: Setting) -> str:
    """Why a setting asks for a look."""
    if setting.note:
        return setting.note
    return "근거가 아직 확정되지 않았습니다" if setting.rests_on_nothing_yet else "본문을 본 지 오래되었습니다"


def part_lines(setting: Setting, *, apart: bool = False) -> list[str]:
    """The values, one a line: "기한: 매달 10일"; `apart`: with those too that have lines of their own elsewhere."""
    parts = [part for part in setting.parts if not part.fixed and (apart or part.name not in _TOLD_APART)]
    return [f"{_word(part)}: {escape(written(part)) or '없음'}" for part in parts]


def _stands(state: NewYear) -> str:
    if state.opening is None:
        return "아직 열지 않았습니다"
    return f"{write_date(state.opening.at.date())} <@{state.opening.user_id}> 님이 열었습니다"


def _how(state: NewYear) -> list[str]:
    counts = [f"{check.label} {state.count(check):,}" for check in (Check.CONFIRMED, Check.OPEN, Check.WAITING)]
    lines = [" · ".join(counts)]
    if not state.due:
        lines.append("안내를 처음 시작한 해는 [시작]으로 이미 열려 있습니다. 설정만 확인해 주셔도 됩니다.")
    elif state.opening is None or state.count(Check.CONFIRMED) < len(state.lines):
        lines.append(
            "다 확인하고 여시기 전까지, 이 해의 안내와 독려에는 아직 확정되지 않은 기준이라는 말이 함께 나갑니다."
        )
    if state.opening is None and not state.settled:
        lines.append(f"{state.year - 1}년 가점은 아직 보내지 않았습니다. 가점을 보내신 뒤에 여시는 것이 보통입니다.")
    return lines


def _press(state: NewYear) -> list[Block]:
    if state.opening is not None:
        if state.sent:
            text = f"연 뒤로 이 해의 안내가 {state.sent:,}번 나가서, 연 것은 이제 되돌릴 수 없습니다."
            return [section("new-year-press", text)]
        sure = confirmation("되돌리기", f"{state.year}년을 열지 않은 것으로 되돌립니다.", "되돌리기")
        undo = button(ids.NEW_YEAR_TAKE_BACK, "연 것 되돌리기", str(state.year), style="danger", confirm=sure)
        return [actions("new-year-press", [undo])]
    left = state.count(Check.OPEN)
    unsure = f" 아직 확인하지 않은 설정이 {left:,}가지 있고, 안내마다 그렇게 밝힙니다." if left else ""
    sure = confirmation("새해 열기", f"{state.year}년 설정으로 한 해를 시작합니다.{unsure}", "열기")
    style = "primary" if state.settled and not left and not state.count(Check.WAITING) else None
    return [
        actions("new-year-press", [button(ids.NEW_YEAR_BEGIN, "새해 열기", str(state.year), style=style, confirm=sure)])
    ]


def _group_row(state: NewYear, group: SettingGroup, lines: tuple[Line, ...], start: int) -> list[Block]:
    row = [button(ids.NEW_YEAR_OPEN, "처음으로", str(state.year))]
    plain = [one for one in lines if one.check is Check.OPEN and not one.setting.asks_for_a_look(state.year)]
    if plain:
        asked = f"확인 필요 표시가 없는 {len(plain):,}가지를 지금 값 그대로 {state.year}년에 씁니다."
        sure = confirmation("한 번에 확인", asked, "확인")
        value = group_value(state.year, group, start)
        row.append(button(ids.NEW_YEAR_CONFIRM_ALL, f"표시 없는 {len(plain):,}가지 확인", value, confirm=sure))
    if start:
        row.append(button(ids.NEW_YEAR_GROUP, "이전", group_value(state.year, group, max(0, start - SHOWN))))
    if start + SHOWN < len(lines):
        # two buttons of a row that do the same need action ids of their own
        row.append(button(f"{ids.NEW_YEAR_GROUP}-next", "다음", group_value(state.year, group, start + SHOWN)))
    return row


def _carried(state: NewYear, lines: tuple[Line, ...]) -> str:
    carried = sum(line.setting.is_carried_into(state.year) for line in lines)
    return (
        f"{len(lines):,}가지 가운데 {carried:,}가지는 지난해 것을 이은 것입니다. 하나씩 보시고 확인하거나 고쳐 주세요."
    )


def _line(line: Line, year: int) -> str:
    setting = line.setting
    values = " · ".join(part_lines(setting))
    lines = [f"*{escape(setting.name)}* · {_checked(line)}", *([values] if values else [])]
    if line.check is Check.WAITING:
        lines.append(f"→ 고칠 값: {' · '.join(part_lines(line.wanted, apart=True))}")
    basis = [escape(setting.source)] if setting.source else []
    if setting.checked_on is not None:
        basis.append(f"{write_day(setting.checked_on)} 확인")
    if setting.table in UNDATED:
        basis.append("연도 없이 모든 해에 적용")
    elif setting.since is not None and setting.is_carried_into(year):
        basis.append(f"{write_day(setting.since)}부터 이어짐")
    if basis:
        lines.append(f"근거: {' · '.join(basis)}")
    if setting.asks_for_a_look(year):
        lines.append(f"⚠ 확인 필요: {escape(why_to_look(setting))}")
    return "\n".join(lines)


def _checked(line: Line) -> str:
    if line.said is None:
        return line.check.label
    return f"{line.check.label} ({write_day(line.said.at.date())} <@{line.said.user_id}>)"


def _row(state: NewYear, group: SettingGroup, line: Line, start: int) -> list[Block]:
    value = line_value(state.year, group, line, start)
    row = [button(ids.NEW_YEAR_CHANGE, "고치기", value)]
    if line.check is not Check.CONFIRMED:
        row.insert(0, button(ids.NEW_YEAR_CONFIRM, "지금 값이 맞습니다", value))
    if line.check is not Check.OPEN:
        row.append(button(ids.NEW_YEAR_FORGET, "확인 거두기", value))
    return row


def _change_hint(line: Line) -> str:
    if line.setting.table in UNDATED:
        return "이 값에는 연도가 없어, 파일에 반영되면 모든 해에 적용됩니다."
    return "저장한 값은 도시 파일에 반영된 뒤에 적용됩니다. 그 전까지는 지금 값으로 나갑니다."


def _word(part: Part) -> str:
    return PART_WORDS.get(part.name.rpartition(".")[2], part.name)


def _settings_said(outcome: SettingsSaid) -> str:
    name = escape(outcome.name)
    if outcome.count != 1:
        return (
            f"{name}: {outcome.count:,}가지를 확인했습니다." if outcome.count else f"{name}: 더 확인할 것이 없습니다."
        )
    if not outcome.fresh:
        return f"{name}{josa(outcome.name, '은/는')} 이미 그렇게 되어 있습니다. 아무것도 바꾸지 않았습니다."
    if outcome.check is Check.OPEN:
        return f"{name}의 확인을 거두었습니다."
    if outcome.check is Check.WAITING:
        return f"{name}의 고칠 값을 적어 두었습니다. 도시 파일에 반영되면 적용됩니다."
    return f"{name}{josa(outcome.name, '을/를')} 확인했습니다."


_TOLD_APART = ("law", "source", "checked_on", "note")  # on lines of their own
_FAULTS: Mapping[NewYearFault, str] = {
    NewYearFault.NOT_ITS_TIME: "{year}년의 설정은 지금 다룰 수 없습니다. 올해 것과, 11월부터는 다음 해 것을 다룹니다.",
    NewYearFault.GONE: "그 사이 도시 파일의 값이 바뀌어 아무것도 하지 않았습니다. 지금 값을 보시고 다시 눌러 주세요.",
    NewYearFault.WAITING: "도시 파일에 아직 반영되지 않은 값이 {count:,}가지 있어 열지 않았습니다. "
    "[파일에 넣을 내용 받기]로 반영하시거나, 고칠 값을 거두어 주세요.",
    NewYearFault.ALREADY_OPEN: "{year}년은 이미 열려 있습니다. 아무것도 바꾸지 않았습니다.",
    NewYearFault.NOT_OPEN: "{year}년은 열려 있지 않습니다. 아무것도 바꾸지 않았습니다.",
    NewYearFault.SENT: "연 뒤로 안내가 {count:,}번 나가서 되돌릴 수 없습니다. 아무것도 바꾸지 않았습니다.",
}
_NOTE = (
    "설정은 도시 파일 한 곳에만 있고, 여기에는 누가 무엇을 확인했는지가 남습니다. "
    "고칠 값은 파일에 반영되어야 적용되고, 파일의 값이 나중에 바뀌면 다시 확인을 부탁드립니다."
)
