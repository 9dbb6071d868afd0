"""대조 for the programme office: the form for a published list, what came of it, and each card before it goes out."""

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
    option,
    section,
    static_select,
)
from gwannae.messages.cross_check_card import answer_line, finding_line, head_lines, unpublished_lines
from gwannae.programme.cross_check_cards import (
    CARDS_ON_PAGE,
    CardState,
    CheckDesk,
    CheckOverview,
    CheckRun,
    FindingKind,
    PublishedSource,
)
from gwannae.programme.dates import write_date, write_time
from gwannae.programme.purchase_imports import ImportBatch

ANY_YEAR = "0"
FINDINGS_SHOWN = 30
UNPUBLISHED_SHOWN = 20  # lines of one section, which Slack bounds
_KINDS = {
    FindingKind.MISSING_HERE: "보고에 없음",
    FindingKind.DIFFERENT: "금액 다름",
    FindingKind.QUESTION: "같은 계약인지 모름",
    FindingKind.MISSING_THERE: "공개 목록에 없음",
}
_SOURCES = {PublishedSource.FILE: "파일을 올립니다", PublishedSource.G2B: "나라장터에 물어봅니다"}
SERVICE_NAME = "나라장터 계약정보"
NO_FILE = "공개된 계약 목록 파일을 올려 주세요."
_NO_HEADER = "계약명과 계약금액이 있는 제목 줄을 찾지 못했습니다. 공개된 계약 목록인지 확인해 주세요."
NO_LIST = {"no_header": _NO_HEADER, "columns_missing": _NO_HEADER}
NO_YEAR = "나라장터에는 연도를 정해야 물을 수 있습니다."
RECEIVED = "받았습니다. 견준 결과를 DM으로 알려 드립니다. 부서에는 누르시기 전에 아무것도 보내지 않습니다."
ALREADY_SENT = "이미 보낸 카드입니다. 두 번 보내지 않았습니다."
SENT = "보냈습니다. 부서가 답하면 여기에서 보실 수 있습니다."
STALE = "이미 처리된 파일이라 견주지 않았습니다. 홈 탭의 [공개 목록과 대조]로 다시 올려 주세요."


def open_button() -> Block:
    """The office's button on the Home tab."""
    return button(ids.CROSS_OPEN, "공개 목록과 대조")


def check_form(desk: CheckDesk) -> Block:
    """Which year, and the list: a file, or where it can be asked, the procurement service."""
    years = [option("목록의 계약일을 보고", ANY_YEAR), *(option(f"{year}년", str(year)) for year in desk.years)]
    blocks = [
        section(
            "cross-what", "공개된 계약 목록을 보고된 실적과 견주어, 빠졌거나 다른 것을 부서별 카드로 만들어 드립니다."
        ),
        input_block(ids.CROSS_YEAR, "어느 해의 계약인가요", static_select(ids.CROSS_YEAR, "연도", years, ANY_YEAR)),
    ]
    if desk.service:
        sources = [option(words, source.value) for source, words in _SOURCES.items()]
        menu = static_select(ids.CROSS_SOURCE, "고르기", sources, PublishedSource.FILE.value)
        blocks.append(input_block(ids.CROSS_SOURCE, "목록은 어디에 있나요", menu))
    file = {"type": "file_input", "action_id": ids.CROSS_FILE, "filetypes": ["csv", "xlsx", "xls"], "max_files": 1}
    hint = "CSV, XLSX, XLS. 제목 줄에 계약명과 계약금액이 있어야 하고, 부서·업체·계약일이 있으면 더 잘 찾습니다."
    blocks.append(input_block(ids.CROSS_FILE, "공개된 계약 목록 파일", file, hint=hint, optional=desk.service))
    blocks.append(context("cross-note", "실적은 바뀌지 않습니다. 부서에는 카드마다 [보내기]를 누르신 뒤에만 갑니다."))
    return modal(ids.CROSS_VIEW, "공개 목록과 대조", blocks, submit="견주기", close="그만두기")


def working(batch: ImportBatch) -> str:
    """While it is under way."""
    return f"*{escape(batch.name)}* · 공개된 계약 목록을 보고와 견주고 있습니다. 실적은 바뀌지 않습니다."


def said(batch: ImportBatch, run: CheckRun) -> dict[str, Any]:
    """The direct message when it was done."""
    lines = [
        f"*공개된 계약 목록과 견주었습니다* · {escape(batch.name)} · {run.year}년",
        f"공개 목록 {run.published:,}건 · 보고된 실적 {run.reported:,}건 · 맞는 것 {run.agreed:,}건",
        *left_out(run),
    ]
    text = "\n".join(lines)
    row = actions("cross-done-row", [button(ids.CROSS_RESULTS, "결과 보기", f"{batch.id}:0", style="primary")])
    note = context("cross-done-note", "부서에는 아직 아무것도 보내지 않았습니다. 카드를 보시고 하나씩 보내 주세요.")
    return dict(message(text, [section("cross-done", text), row, note]))


def not_sent(name: str) -> str:
    """To the office: Slack did not take a card."""
    return (
        f"{escape(name)} 채널에 카드를 보내지 못했습니다. 채널에 관내봇을 초대한 뒤 다시 보내 주세요. "
        "결과는 그대로 있습니다."
    )


def failed(batch: ImportBatch, why: str) -> str:
    """The list could not be taken."""
    return f"*{escape(batch.name)}* · {why} 견주지 않았고, 실적은 그대로 있습니다."


def left_out(run: CheckRun) -> list[str]:
    """What of the list was not looked at."""
    lines = []
    if run.other_years:
        lines.append(f"다른 해의 계약 {run.other_years:,}건은 견주지 않았습니다.")
    if run.without_amount:
        lines.append(f"금액이 없거나 0인 {run.without_amount:,}건은 견주지 않았습니다.")
    if run.unread:
        lines.append(f"금액이나 날짜를 읽지 못한 {run.unread:,}줄은 견주지 않았습니다.")
    return lines


def results(found: CheckOverview, begin: int) -> Block:
    """The window with one line for each organisation that has something to look at, page by page."""
    run = found.run
    head = f"*{escape(found.name)}* · {run.year}년 · 맞는 것 {run.agreed:,}건"
    if not found.cards:
        blocks = [section("cross-head", f"{head}\n다른 것이 없습니다.")]
        return modal(ids.CROSS_RESULTS_VIEW, "대조 결과", blocks)
    shown = found.cards[begin : begin + CARDS_ON_PAGE]
    blocks = [section("cross-head", f"{head} · 볼 것이 있는 부서·기관 {len(found.cards):,}곳")]
    for state in shown:
        look = button(ids.CROSS_CARD, "카드 보기", str(state.card.id))
        blocks.append(section(ids.numbered("cross-card", state.card.id), _card_line(state, found), look))
    turning = []
    after = begin + len(shown)
    if after < len(found.cards):
        left = len(found.cards) - after
        turning.append(button(ids.CROSS_MORE, f"더 보기 ({left:,}곳)", f"{run.import_id}:{after}", style="primary"))
    if begin:
        turning.append(button(ids.CROSS_FIRST, "처음으로", f"{run.import_id}:0"))
    if turning:
        blocks.append(actions("cross-turning", turning))
    return modal(ids.CROSS_RESULTS_VIEW, "대조 결과", blocks)


def card_window(state: CardState, office: str, note: str = "", unlinked: bool = False) -> Block:
    """The card as it would go out, with the button that sends it."""
    card = state.card
    blocks = [section("cross-preview", "\n".join(head_lines(state, office)))]
    for at, finding in enumerate(state.to_do[:FINDINGS_SHOWN]):
        blocks.append(section(ids.numbered("cross-finding", at), finding_line(finding)))
    rest = len(state.to_do) - FINDINGS_SHOWN
    if rest > 0:
        blocks.append(context("cross-rest", f"그 밖에 {rest:,}건. 앞의 것이 정리되면 이어서 보입니다."))
    if state.unpublished:
        blocks.append(section("cross-unpublished", unpublished_lines(state, UNPUBLISHED_SHOWN)))
    if state.answered:
        lines = ["*답한 것*", *(answer_line(one) for one in state.answered[:FINDINGS_SHOWN])]
        blocks.append(section("cross-answered", "\n".join(lines)))
    if note:
        blocks.append(section("cross-note", note))
    blocks += _sending(state, unlinked)
    name = card.draft.organisation.name if card.draft.organisation else "부서를 알 수 없는 계약"
    return modal(ids.CROSS_CARD_VIEW, "카드", [section("cross-whose", f"*{escape(name)}*"), *blocks])


def _sending(state: CardState, unlinked: bool) -> list[Block]:
    card = state.card
    if card.draft.organisation is None:
        return [context("cross-nobody", "목록만으로는 어느 부서의 계약인지 알 수 없어 보낼 곳이 없습니다.")]
    if card.sent is not None and card.sent.ts:
        return [context("cross-sent", _sent(state))]
    if unlinked:
        return [context("cross-unlinked", "연결된 채널이 없어 보낼 수 없습니다. 채널에서 `/gwannae 연결`을 해 주세요.")]
    if not state.findings:
        return [context("cross-settled", "남은 것이 없어 보내지 않아도 됩니다.")]
    sure = confirmation("보내기", "이 카드를 부서 채널에 보냅니다. 채널의 모두에게 보입니다.", "보내기")
    row = actions("cross-send-row", [button(ids.CROSS_SEND, "보내기", str(card.id), style="primary", confirm=sure)])
    if card.sent is None:
        return [row]
    again = button(ids.CROSS_AGAIN, "다시 보내기", str(card.id), confirm=sure)
    return [context("cross-unsure", _sent(state)), actions("cross-send-row", [again])]


def _sent(state: CardState) -> str:
    sent = state.card.sent
    assert sent is not None
    when = f"{write_date(sent.at.date())} {write_time(sent.at)}"
    if sent.ts:
        return f"<#{sent.channel_id}>에 보냄 · {when} · <@{sent.by_user}>"
    return f"{when}에 보냈으나 도착을 확인하지 못했습니다. <#{sent.channel_id}>을(를) 보시고 없으면 다시 보내 주세요."


def _card_line(state: CardState, found: CheckOverview) -> str:
    draft = state.card.draft
    name = escape(draft.organisation.name) if draft.organisation else "부서를 알 수 없는 계약"
    counts = [
        f"{_KINDS[kind]} {sum(f.kind is kind for f in state.findings):,}"
        for kind in FindingKind
        if any(f.kind is kind for f in state.findings)
    ]
    if state.answered:
        counts.append(f"답함 {len(state.answered):,}")
    if draft.organisation is None:
        return f"*{name}* · {len(draft.published):,}건"
    sent = state.card.sent
    where = "보냄" if sent and sent.ts else "보냈으나 확인되지 않음" if sent else ""
    where = where or ("채널 없음" if draft.organisation.id in found.unlinked else "아직 보내지 않음")
    return f"*{name}* · {' · '.join(counts) or '남은 것 없음'}\n{where}"
