"""The office's window over the year's guidance: the draft as one organisation reads it, and its buttons."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    divider,
    escape,
    input_block,
    message,
    modal,
    section,
    text_input,
)
from gwannae.messages.guidance import guidance
from gwannae.messages.new_year import with_note
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.report_choices import organisation_menu
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.dates import write_date, write_time
from gwannae.programme.guidance import (
    MAX_NOTE,
    DraftReady,
    Guidance,
    GuidanceDesk,
    GuidanceMoved,
    GuidanceRelease,
    GuidanceStale,
    GuidanceState,
    Letters,
    NotItsTime,
)

NAMES_SHOWN = 15
DIRECTORY_COMING = "관내 업체 목록을 만들어 DM으로 보내 드립니다."
DIRECTORY_MAKING = "관내 업체 목록을 만들고 있습니다."
DIRECTORY_NOT_SENT = "관내 업체 목록을 보내지 못했습니다. 잠시 뒤 [업체 목록 받기]를 다시 눌러 주세요."
DIRECTORY_NOT_ATTACHED = (
    "안내에 붙일 업체 목록을 올리지 못했습니다. 안내는 목록 없이 나가고, [업체 목록 받기] 버튼은 그대로 있습니다."
)
LETTERS_MAKING = "공문 초안을 만들고 있습니다. 채널이 없는 곳마다 한 부씩 이어서 올라옵니다."
LETTERS_NONE = "모든 부서·기관에 채널이 있어 공문으로 보낼 곳이 없습니다."
LETTERS_NOT_SENT = "공문 초안을 다 보내지 못했습니다. 잠시 뒤 [공문 초안 받기]를 다시 눌러 주세요."
NOT_ITS_TIME = "안내는 지금 내보낼 수 없습니다. 때가 지났거나, 그해의 공휴일을 아직 확인하지 않았습니다."
TRIED = "시험으로 한 통을 나에게 보냈습니다. 부서·기관에는 나가지 않았습니다."
FIND_MISSING = "무엇을 사시려는지 적어 주세요. 예) 현수막"
FOUND = "찾은 결과를 DM으로 보냈습니다."


def desk_view(desk: GuidanceDesk, done: str = "") -> Block:
    """The window. Its form keeps the office's own words; `done`: what the last press did."""
    release, shown = desk.release, desk.shown
    blocks = [section("guidance-done", done)] if done else []
    blocks.append(
        section("guidance-state", "\n".join([f"*{release.year}년 안내* · {release.state.label}", *_reach(desk)]))
    )
    blocks.append(actions("guidance-steer", _buttons(desk)))
    menu = organisation_menu(ids.GUIDANCE_ORGANISATION, (*desk.linked, *desk.unlinked), shown.organisation)
    blocks.append(section(ids.GUIDANCE_ORGANISATION, "미리 볼 곳을 골라 주세요.", menu))
    blocks.append(divider("guidance-above"))
    drawn = [b for b in guidance(shown)["blocks"] if b["block_id"] not in ("guidance-row", "guidance-line")]
    blocks += [{**block, "block_id": f"preview-{block['block_id']}"} for block in drawn]
    blocks.append(divider("guidance-below"))
    submit = None
    if release.state is not GuidanceState.GOING_OUT:
        words = text_input(ids.GUIDANCE_NOTE, initial=release.note, limit=MAX_NOTE)
        hint = "안내의 끝에 그대로 실립니다. 비워 두셔도 됩니다."
        field = input_block(ids.GUIDANCE_NOTE, "덧붙이는 말", {**words, "multiline": True}, hint=hint, optional=True)
        blocks.append(field)
        submit = "덧붙이는 말 저장"
    return modal(ids.GUIDANCE_VIEW, "연초 안내", blocks, submit=submit, memo=desk_value(release, shown.organisation.id))


def draft_post(found: DraftReady) -> Mapping[str, Any]:
    """To the office, days before: the draft is there, and nothing goes out before somebody presses."""
    text = f"{found.year}년 안내 초안이 준비되었습니다. [보내기]를 누르시기 전에는 어디에도 나가지 않습니다."
    reach = f"채널로 {found.linked:,}곳, 공문 초안으로 {found.unlinked:,}곳"
    row = [button(ids.GUIDANCE_OPEN, "초안 보기", style="primary")]
    if found.unsettled:
        row.append(button(ids.NEW_YEAR_OPEN, "새해 설정 살펴보기", str(found.year)))
    said = message(text, [section("guidance-draft", f"*{text}*\n{reach}"), actions("guidance-draft-row", row)])
    return with_note(said, found.unsettled)


def timed(found: Guidance | DraftReady) -> Mapping[str, Any]:
    """What goes out by the clock: the guidance itself, or to the office that its draft is there."""
    return draft_post(found) if isinstance(found, DraftReady) else guidance(found)


def said(outcome: object) -> str:
    """One sentence for each outcome of a press in the window."""
    if isinstance(outcome, GuidanceMoved):
        return _moved(outcome)
    if isinstance(outcome, GuidanceStale):
        return "그 사이 다른 분이 바꾸어 아무것도 하지 않았습니다. 지금 내용을 보시고 다시 눌러 주세요."
    if isinstance(outcome, NotItsTime):
        return f"{outcome.year}년 {NOT_ITS_TIME} 아무것도 하지 않았습니다."
    if isinstance(outcome, Guidance):
        return TRIED
    if isinstance(outcome, Letters):
        return LETTERS_MAKING if outcome.guidances else LETTERS_NONE
    if isinstance(outcome, Impossible):
        return "그 사이 없어졌거나 지난 안내입니다. 아무것도 하지 않았습니다. `/gwannae 안내`에서 다시 열어 주세요."
    assert isinstance(outcome, NotAllowed)
    return OFFICE_ALONE


def desk_value(release: GuidanceRelease, organisation_id: int) -> str:
    """What every button of the window carries: the year, the version that was seen, whose preview stands there."""
    return f"{release.year}:{release.version}:{organisation_id}"


def read_desk_value(value: str) -> tuple[int, int, int]:
    """Year, version and organisation; zeros for what is not ours."""
    year, _, rest = value.partition(":")
    version, _, organisation = rest.partition(":")
    return ids.read_number(year), ids.read_number(version), ids.read_number(organisation)


def find_form() -> Block:
    """ "업체 찾기": what is to be bought."""
    words = text_input(ids.GUIDANCE_WORDS, placeholder="예) 현수막, ㅎㅅㅁ, 떡 여성기업")
    field = input_block(ids.GUIDANCE_WORDS, "무엇을 사시나요", words)
    return modal(ids.GUIDANCE_FIND_VIEW, "업체 찾기", [field], submit="찾기")


def with_directory(count: int, city_name: str) -> str:
    """The line over the workbook."""
    return f"{escape(city_name)} 관내 업체 {count:,}곳입니다. 업종과 구의 순서로 있습니다."


def with_letter(shown: Guidance) -> str:
    """The line over one letter."""
    return f"{escape(shown.organisation.name)} 안내 공문 초안입니다. 확인하고 결재를 받아 보내 주세요."


def _moved(outcome: GuidanceMoved) -> str:
    release = outcome.release
    if release.state is GuidanceState.GOING_OUT:
        begun = "안내를 내보냅니다. 보내는 시간에 차례로 나갑니다." if outcome.fresh else "이미 보내는 중입니다."
        return f"{begun} [멈추기]를 누르시면 남은 곳에는 나가지 않습니다."
    if release.state is GuidanceState.STOPPED and outcome.fresh:
        return "멈추었습니다. 이미 나간 곳은 그대로 있고, 남은 곳에는 [다시 보내기] 전까지 나가지 않습니다."
    return "저장했습니다. 미리 보기에서 확인해 주세요." if outcome.fresh else "바뀐 것이 없습니다."


def _reach(desk: GuidanceDesk) -> list[str]:
    lines = [f"채널로 보낼 곳 {len(desk.linked):,} · 채널이 없어 공문으로 보낼 곳 {len(desk.unlinked):,}"]
    if desk.unlinked:
        names = ", ".join(escape(o.name) for o in desk.unlinked[:NAMES_SHOWN])
        more = len(desk.unlinked) - NAMES_SHOWN
        lines.append(f"공문: {names}{f' 외 {more:,}곳' if more > 0 else ''}")
    if desk.opens is not None:
        lines.append(f"나가는 때: {write_date(desk.opens.date())} {write_time(desk.opens)}부터")
    else:
        lines.append(NOT_ITS_TIME)
    if desk.shown.unsettled is not None:
        lines.append(
            "⚠ 이 해의 설정을 아직 다 확인하지 않아, 안내 끝에 그렇게 적습니다. `/gwannae 새해`에서 확인해 주세요."
        )
    if desk.release.changed_at is not None:
        lines.append(f"마지막으로 바꾼 사람: <@{desk.release.user_id}>")
    return lines


def _buttons(desk: GuidanceDesk) -> list[Block]:
    release, value = desk.release, desk_value(desk.release, desk.shown.organisation.id)
    row = [button(ids.GUIDANCE_TRY, "나에게 시험 발송", value)]
    if desk.unlinked:
        row.append(button(ids.GUIDANCE_LETTERS, "공문 초안 받기", value))
    row.append(button(ids.GUIDANCE_FILE, "업체 목록 받기"))
    if release.state is GuidanceState.GOING_OUT:
        sure = confirmation("안내 멈추기", "아직 나가지 않은 곳에는 보내지 않습니다.", "멈추기")
        return [button(ids.GUIDANCE_STOP, "멈추기", value, style="danger", confirm=sure), *row]
    if desk.opens is None:
        return row
    label = "보내기" if release.state is GuidanceState.DRAFT else "다시 보내기"
    reach = f"{len(desk.linked):,}곳의 채널에 안내를 내보냅니다. 내보낸 뒤에는 멈출 수만 있습니다."
    sure = confirmation("안내 보내기", reach, label)
    return [button(ids.GUIDANCE_RELEASE, label, value, style="primary", confirm=sure), *row]
