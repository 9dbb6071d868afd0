"""What `/localvendor` says: a page of firms, help, and nothing found."""

from collections.abc import Sequence
from html import unescape
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    ephemeral,
    escape,
    section,
    tags,
)
from gwannae.messages.planned_price import planned_blocks, planned_lines
from gwannae.messages.vendor_filters import filter_blocks, kind_note, memo
from gwannae.messages.vendor_filters import read_memo as read_memo
from gwannae.messages.vendor_guesses import guess_blocks, guess_note, stands_blocks, titled_word
from gwannae.messages.verdicts import NOW, size_mark, verdict_line
from gwannae.programme.city import City
from gwannae.programme.dates import write_ago, write_day
from gwannae.programme.facts import Fact
from gwannae.programme.hangul import josa, shorten
from gwannae.programme.localvendor import PAGE, Card, LookUp, MissingNoted
from gwannae.programme.vendor_status import VendorState
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import Verdict

ONLY_YOU = "이 메시지는 나에게만 보입니다."
ITEMS_SHOWN = 6
WORD_SHOWN = 60


def answer(found: LookUp, city: City, *, shareable: bool = True, beside: Sequence[Block] = ()) -> dict[str, Any]:
    """The answer to the asker: a page, or why there is none. `shareable`: asked where others read along. `beside`:
    what is said above the firms, such as `paid_before.pre_check_blocks`.
    """
    if found.query.is_empty:
        return no_word(city.search_examples)
    if not found.found:
        return nothing_found(found, city)
    text, blocks = _page(found, city.programme_office, shareable=shareable)
    note = blocks.pop()
    before = [*planned_blocks(found, city), *beside]
    blocks = [blocks[0], *before, *blocks[1:], *filter_blocks(found, city), note]
    return ephemeral(text, blocks)


def shared(found: LookUp, user_id: str) -> dict[str, Any]:
    """The same page for everybody in the channel, with who shared it."""
    text, blocks = _page(found, "", shared=True)
    line = f"<@{user_id}> 님이 공유했습니다. 이 채널 모두에게 보입니다."
    return {
        "response_type": "in_channel",
        "replace_original": False,
        "text": text,
        "blocks": [*blocks, context("localvendor-shared", line)],
    }


def plain_notes(found: LookUp, city: City) -> list[str]:
    """What an answer says beside its firms, for a face without Slack's marks: what was looked for instead, what it was
    narrowed by, which firms that left out, what a named amount makes worth looking at.
    """
    narrowed = f"거른 조건: {escape(', '.join(found.query.filters))}" if found.query.filters else ""
    planned = [line.replace("*", "") for line in planned_lines(found, city)]
    escaped = (guess_note(found), narrowed, kind_note(found), *planned)
    return [unescape(note) for note in escaped if note]


def no_word(examples: tuple[str, ...]) -> dict[str, Any]:
    """Help for an empty command."""
    shown = " · ".join(f"`/localvendor {escape(word)}`" for word in examples)
    text = "무엇을 사시려는지 적어 주세요."
    lines = f"{text} 예) {shown}" if shown else text
    return ephemeral(
        lines,
        [
            section("localvendor-help", lines),
            context(
                "localvendor-help-more",
                "품목, 업체 이름, 사업자등록번호로 찾습니다. 구, 물품·용역·공사, ‘여성기업’을 함께 적으면 좁혀집니다.",
            ),
        ],
    )


def nothing_found(found: LookUp, city: City) -> dict[str, Any]:
    """No firm at all: the nearest words, the filters to take off, and the way to the programme office."""
    office = city.programme_office
    text = f"‘{_word(found)}’에 맞는 업체를 명부에서 찾지 못했습니다."
    blocks = [section("localvendor-none", f"*{text}*")]
    if found.near:
        near = ", ".join(escape(word) for word in found.near)
        hint = "고른 조건(구·구분·인증)을 빼면 업체가 있습니다." if found.query.is_narrowed else f"비슷한 말: {near}"
        text = f"{text} {hint}"
        buttons = [button(ids.numbered(ids.VENDOR_NEAR, i), f"‘{w}’ 찾기", w) for i, w in enumerate(found.near)]
        blocks += [section("localvendor-near", hint), actions("localvendor-near-row", buttons)]
    if found.stands:
        blocks += stands_blocks(found)
    if found.query.is_narrowed:  # nothing is left to narrow, only to widen
        blocks += filter_blocks(found, city)
    blocks.append(actions("localvendor-missing-row", [_missing(found, office)]))
    note = f"{escape(office)}에 알려 주시면 업체 발굴 목록에 올라갑니다. 누가 알렸는지는 보내지 않습니다. {ONLY_YOU}"
    blocks.append(context("localvendor-missing-note", note))
    return ephemeral(text, blocks)


def _word(found: LookUp) -> str:
    """The query to be quoted: a script's 200 characters would push the answer off a phone's screen."""
    return escape(shorten(titled_word(found), WORD_SHOWN))


def _page(found: LookUp, office: str, *, shared: bool = False, shareable: bool = False) -> tuple[str, list[Block]]:
    title = _title(found)
    stamp = f" · {write_day(found.as_of)} 자료" if found.as_of else ""
    blocks = [section("localvendor-title", f"*{title}*{stamp}")]
    blocks += [block for block in guess_blocks(found) if not shared or block["type"] != "actions"]
    if not found.of_side:
        blocks.append(section("localvendor-none-local", _no_local(found)))
    for index, card in enumerate(found.cards):
        blocks.extend(_card(card, found.offset + index, shared=shared))
    row = [] if shared else _row(found, office, shareable=shareable)
    if row:
        blocks.append(actions("localvendor-row", row))
    if not shared:
        blocks.append(context("localvendor-note", ONLY_YOU))
    names = ", ".join(escape(card.vendor.name) for card in found.cards)
    text = f"{title}: {names}" if names else title
    return f"{guess_note(found)} {text}".strip(), blocks


def _title(found: LookUp) -> str:
    word = _word(found)
    if found.side is Verdict.LOCAL:
        return f"‘{word}’ 관내 업체 {found.local:,}곳"
    parts = [f"관외 {found.outside:,}곳"] if found.outside else []
    parts += [f"미확인 {found.unconfirmed:,}곳"] if found.unconfirmed else []
    return f"‘{word}’ {' · '.join(parts) or '관외 0곳'}"


def _no_local(found: LookUp) -> str:
    if found.side is Verdict.LOCAL:
        return "관내 업체는 아직 찾지 못했습니다. 다른 업체는 아래 버튼에 있습니다."
    return "관외 업체는 이제 없습니다."


def _card(card: Card, number: int, *, shared: bool) -> list[Block]:
    vendor, judgement = card.vendor, card.judgement
    head = [f"*{escape(vendor.name)}*"]
    if judgement.verdict is not Verdict.LOCAL:
        head.append(f"*{judgement.verdict.label}*")
    address = judgement.address or vendor.head_office
    if address and address.district:
        head.append(escape(address.district))
    if vendor.phone:
        head.append(escape(vendor.phone))
    labels = [*_state(card), *dict.fromkeys(c.kind.label for c in card.certificates), *_made(card)]
    if judgement.verdict is Verdict.LOCAL and (mark := size_mark(judgement)):
        labels.append(mark)
    if labels:
        head.append(tags(labels))
    lines = [" · ".join(head)]
    stated = [_items(card), _bought(card), _checked(card)]
    if any(stated):
        lines.append(" · ".join(part for part in stated if part))
    if judgement.verdict is not Verdict.LOCAL:
        lines.append(verdict_line(judgement, vendor.name, NOW))
    blocks = [section(ids.numbered("localvendor-firm", number), "\n".join(lines))]
    if not shared:
        blocks.append(
            actions(
                ids.numbered("localvendor-firm-row", number),
                [
                    button(ids.VENDOR_DETAIL, "상세", str(vendor.id)),
                    button(ids.VENDOR_REPORT, "구매 보고", str(vendor.id)),
                ],
            )
        )
    return blocks


def _state(card: Card) -> list[str]:
    """What the tax office says of a firm that may not be there any more; the verdict stays the rule's."""
    status = card.vendor.status
    if status.state is VendorState.CLOSED:
        return [f"폐업 확인({write_day(status.closed_on)})" if status.closed_on else "폐업 확인"]
    return ["휴업"] if status.state is VendorState.SUSPENDED else []


def _made(card: Card) -> list[str]:
    """That a firm is stated to make what it offers; where a certificate says so, the certificate is enough."""
    certified = any(c.kind is CertificateKind.DIRECT_PRODUCTION for c in card.certificates)
    return ["직접 만듦(증명서 없음)"] if card.vendor.makes is Fact.YES and not certified else []


def _items(card: Card) -> str:
    items = card.vendor.items or ((card.vendor.trade,) if card.vendor.trade else ())
    shown = ", ".join(escape(item) for item in items[:ITEMS_SHOWN])
    more = len(items) - ITEMS_SHOWN
    return f"{shown} 외 {more}종" if more > 0 else shown


def _bought(card: Card) -> str:
    """How often the city bought there; nothing is said of a firm that it never bought from."""
    return f"최근 1년 우리 시 구매 {card.bought:,}건" if card.bought else ""


def _checked(card: Card) -> str:
    """How old the source is that the firm was last read from: "3주 전 확인"."""
    stamp = card.vendor.as_of
    return f"{write_ago(stamp, card.judgement.judged_for)} 확인" if stamp else ""


def _row(found: LookUp, office: str, *, shareable: bool) -> list[Block]:
    row: list[Block] = []
    if found.remaining:
        row.append(
            button(
                ids.VENDOR_MORE, f"더 보기 ({found.remaining:,}곳)", memo(found, found.offset + PAGE), style="primary"
            )
        )
    if found.offset:
        row.append(button(ids.VENDOR_BACK, f"이전 {PAGE}곳", memo(found, max(0, found.offset - PAGE))))
    if found.cards and shareable:
        row.append(button(ids.VENDOR_SHARE, "채널에 공유", memo(found, found.offset)))
    if len(found.cards) > 1:
        row.append(button(ids.PAGE_QUOTES, "비교견적 요청 문안", memo(found, found.offset)))
    if found.side is Verdict.LOCAL and found.outside + found.unconfirmed:
        sides = "·".join(n for n, c in (("관외", found.outside), ("미확인", found.unconfirmed)) if c)
        beside = f"{sides} {found.outside + found.unconfirmed:,}곳 보기"
        row.append(button(ids.VENDOR_SIDE, beside, memo(found, 0, Verdict.OUTSIDE)))
    if found.side is not Verdict.LOCAL and found.local:
        row.append(button(ids.VENDOR_SIDE, f"관내 {found.local:,}곳 보기", memo(found, 0, Verdict.LOCAL)))
    if not found.local or found.only:
        row.append(_missing(found, office))
    return row


def _missing(found: LookUp, office: str) -> Block:
    return button(ids.VENDOR_MISSING, f"{office}에 알리기", found.query.text)


def missing_noted(noted: MissingNoted) -> dict[str, Any]:
    """Said to the person who pressed the button."""
    word = escape(noted.word)
    text = (
        f"‘{word}’{josa(noted.word, '을/를')} 업체 발굴 목록에 올렸습니다. 지금까지 {noted.times:,}번 요청되었습니다."
        if noted.fresh
        else f"‘{word}’{josa(noted.word, '은/는')} 오늘 이미 알려 주셨습니다. 업체 발굴 목록에 있습니다."
    )
    return {**ephemeral(text), "replace_original": False}


def missing_for_office(noted: MissingNoted) -> dict[str, Any]:
    """Said to the programme office: the word and how often, never who."""
    word = escape(noted.word)
    text = f"관내 업체를 찾지 못한 말이 접수되었습니다: ‘{word}’(모두 {noted.times:,}번)"
    return {"text": text, "blocks": [section("missing-office", text)]}


def gone() -> dict[str, Any]:
    """A button of a firm that is no longer there."""
    return ephemeral("그 사이 명부에서 빠진 업체입니다. 다시 찾아 주세요.")
