"""업체 상세: one firm in a window, and the ready text that asks several firms for quotes."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    escape,
    link_button,
    modal,
    section,
)
from gwannae.messages.vendor_office import RESTORE
from gwannae.messages.vendor_retirements import OPEN
from gwannae.messages.verdicts import NOW, evidence_lines, verdict_line
from gwannae.programme.amount import write_short
from gwannae.programme.business_number import write_business_number
from gwannae.programme.certificates import warning
from gwannae.programme.city import City
from gwannae.programme.dates import write_ago, write_day
from gwannae.programme.facts import Fact
from gwannae.programme.hangul import josa, shorten
from gwannae.programme.localvendor import Card
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.ratio import Ratio, write_ratio_amount
from gwannae.programme.vendor_card import Bought, VendorPage
from gwannae.programme.vendor_order import Making, fresh_since, making
from gwannae.programme.vendor_retirements import Retirement
from gwannae.programme.vendor_status import VendorState, VendorStatus
from gwannae.programme.vendors import Certificate, Vendor

MAP = "https://map.naver.com/p/search/"
PLACE_SHOWN = 200  # characters of an address in a link: each Hangul syllable takes nine in it
ITEMS_SHOWN = 2000
WORD_SHOWN = 60


def vendor_window(page: VendorPage, city: City, today: date) -> Block:
    """Everything about one firm; the office finds its own buttons at the end."""
    card = page.card
    vendor, judgement = card.vendor, card.judgement
    head = [f"*{escape(vendor.name)}* · {judgement.verdict.label}", verdict_line(judgement, vendor.name, NOW)]
    blocks = [section("detail-head", "\n".join(head))]
    if page.retirement:
        blocks.append(_retired(page.retirement))
    blocks.append(section("detail-about", "\n".join(_about(page, city, today))))
    if places := _places(vendor):
        blocks.append(section("detail-places", "\n".join(places)))
    if vendor.certificates:
        lines = [
            _certificate(certificate, today, city.registry.certificate_warn_days) for certificate in vendor.certificates
        ]
        blocks.append(section("detail-certificates", "\n".join(["*인증*", *lines])))
    blocks.append(section("detail-bought", "\n".join(_bought_lines(page))))
    blocks.append(
        section("detail-evidence", "\n".join(["*판정 근거*", *evidence_lines(judgement, city.local_rules, "오늘")]))
    )
    stamp = f"{write_day(vendor.as_of)} 자료({write_ago(vendor.as_of, today)})" if vendor.as_of else "자료 기준일 미상"
    source = f" · {escape(shorten(vendor.source, WORD_SHOWN))}" if vendor.source else ""
    stale = _stale(vendor.as_of, city, today) if vendor.as_of else ""
    blocks.append(context("detail-note", f"{stamp}{source}{stale}"))
    blocks.append(actions("detail-row", _row(page)))
    if page.keeper:
        blocks += _keeper(page, city)
    return modal(ids.VENDOR_DETAIL_VIEW, "업체 상세", blocks)


def _retired(retirement: Retirement) -> Block:
    since = f"{write_day(retirement.day)}부터 명부에서 내린 업체입니다. 그 전의 구매와 판정은 그대로 있습니다."
    if retirement.merged_into is None:
        return section("detail-retired", f"*{since}*\n사유: {escape(retirement.reason)}")
    text = f"*다른 기록과 합친 업체입니다({write_day(retirement.day)}).* 지금 기록은 옆 버튼에 있습니다."
    open_other = button(ids.VENDOR_DETAIL, "지금 기록 보기", str(retirement.merged_into))
    return section("detail-retired", f"{text}\n사유: {escape(retirement.reason)}", open_other)


def _about(page: VendorPage, city: City, today: date) -> list[str]:
    vendor = page.card.vendor
    made = {
        Making.CERTIFIED: " · 직접 만드는 업체(직접생산 증명)",
        Making.STATED: " · 직접 만드는 업체",
        Making.NOT_STATED: " · 판매하는 업체" if vendor.makes is Fact.NO else "",
    }[making(vendor.makes, vendor.certificates, today)]
    items = ", ".join(escape(i) for i in vendor.items) or escape(vendor.trade or "적혀 있지 않음")
    lines = [f"*취급 품목* {shorten(items, ITEMS_SHOWN)}{made}"]
    if page.kinds:
        read = "" if vendor.kinds else " · 업종과 품목으로 봄"
        lines.append(f"*구분* {'·'.join(kind.label for kind in page.kinds)}{read}")
    if vendor.phone:
        lines.append(f"*전화* {escape(vendor.phone)}")
    if vendor.business_number:
        lines.append(f"*사업자등록번호* {write_business_number(vendor.business_number)}")
    status = vendor.status
    if status.state is not VendorState.UNKNOWN:
        closed = f"({write_day(status.closed_on)})" if status.closed_on else ""
        lines.append(f"*국세청 상태* {status.state.label}{closed}{_checked(status, city, today)}")
    elif vendor.business_number:
        lines.append("*국세청 상태* 확인한 적 없음")
    return lines


def _checked(status: VendorStatus, city: City, today: date) -> str:
    """When, from what and by whom it was last asked; what is older than the city's bound says so."""
    if status.checked_at is None:
        return ""
    day = status.checked_at.astimezone(city.zone).date()
    by = "명령줄" if status.checked_by == COMMAND_LINE.user_id else f"<@{escape(status.checked_by)}>"
    return f" · {write_day(day)} 확인({write_ago(day, today)}, {escape(status.source)}, {by}){_stale(day, city, today)}"


def _stale(day: date, city: City, today: date) -> str:
    bound = city.registry.stale_after_days
    return f" · *{bound}일이 지나 다시 확인이 필요합니다*" if day < fresh_since(today, bound) else ""


def _places(vendor: Vendor) -> list[str]:
    return [
        f"*{address.kind.label}* {escape(address.text) or '적혀 있지 않음'}"
        + (f" · {write_day(address.since)}부터" if address.since else " · 언제부터인지 적혀 있지 않음")
        for address in vendor.addresses
        if address.until is None
    ]


def _certificate(certificate: Certificate, today: date, warn_days: Sequence[int]) -> str:
    until = f"{write_day(certificate.valid_to)}까지" if certificate.valid_to else "유효기간 적혀 있지 않음"
    number = f" · {escape(certificate.number)}" if certificate.number else ""
    near = warning(certificate, today, warn_days)
    if not certificate.holds_on(today):
        mark = " · 지금은 유효하지 않음"
    elif near is not None and certificate.valid_to is not None:
        left = (certificate.valid_to - today).days
        mark = f" · *{near}일 안에 끝남*({f'{left}일 남음' if left else '오늘까지'})"
    else:
        mark = ""
    return f"{certificate.kind.label}{number} · {until}{mark}"


def _bought_lines(page: VendorPage) -> list[str]:
    lines = [f"*최근 1년 우리 시 구매* {_times(page.last_year)}", f"*올해 우리 시 구매* {_times(page.this_year)}"]
    if page.this_year.number:
        lines.append(f"올해 우리 시 구매 금액 가운데 이 업체: {write_ratio_amount(page.share)}")
    if page.own:
        last_year, this_year = page.own
        lines.append(f"*우리 부서·기관* 최근 1년 {_times(last_year)} · 올해 {_times(this_year)}")
    if page.cap:
        lines.append(_cap_line(page))
    return lines


def _times(bought: Bought) -> str:
    return f"{bought.number:,}건 · {write_short(bought.won)}" if bought.number else "0건"


def _cap_line(page: VendorPage) -> str:
    """How near the firm is to the city's own bound; whether that matters is for a person to say."""
    assert page.cap is not None
    won, cap = page.this_year.won, page.cap.yearly_amount
    source = f"{escape(page.cap.source)} 기준"
    if won >= cap:
        return (
            f"*확인이 필요합니다* · 한 업체 연간 기준 {write_short(cap)}, 올해 {write_short(won)} · {source}. "
            "계약 담당 부서와 상의해 주세요."
        )
    return f"한 업체 연간 기준 대비: {write_ratio_amount(Ratio(won, cap))} · {source}"


def _row(page: VendorPage) -> list[Block]:
    vendor_id = str(page.card.vendor.id)
    row = []
    if page.retirement is None:
        row += [
            button(ids.VENDOR_REPORT, "구매 보고", vendor_id, style="primary"),
            button(ids.VENDOR_QUOTES, "비교견적 요청 문안", vendor_id),
        ]
    address = page.card.judgement.address or page.card.vendor.head_office
    if address is not None and address.text.strip():
        row.append(link_button(ids.VENDOR_MAP, "지도 보기", f"{MAP}{quote(address.text[:PLACE_SHOWN], safe='')}"))
    row.append(button(ids.VENDOR_DOUBT, "정보가 다릅니다", vendor_id))
    return row


def _keeper(page: VendorPage, city: City) -> list[Block]:
    """What the programme office may do; nobody else is shown it, and the deeds themselves ask again."""
    vendor_id = str(page.card.vendor.id)
    row = [button(ids.KEEP_ADD, "새 업체 등록")]
    if page.retirement is not None and page.retirement.merged_into is None:
        row = [button(ids.KEEP_RESTORE, RESTORE, vendor_id), *row]
    if page.retirement is None:
        row = [
            button(ids.KEEP_CORRECT, "고치기", vendor_id),
            button(ids.KEEP_MERGE, "다른 기록과 합치기", vendor_id),
            button(ids.KEEP_RETIRE, "명부에서 내리기", vendor_id, style="danger"),
            *row,
        ]
    row += [button(ids.KEEP_HISTORY, "이력", vendor_id), button(ids.RETIRED_OPEN, OPEN)]
    return [
        divider("detail-keep-line"),
        context(
            "detail-keep-note", f"아래는 {escape(city.programme_office)}에만 보입니다. 바꾼 사유가 이력에 남습니다."
        ),
        actions("detail-keep-row", row),
    ]


def quotes_window(cards: Sequence[Card], about: str, city: City) -> Block:
    """A text that is copied into a letter or mail to the firms; blanks are left for what only the asker knows."""
    firms = "\n".join(_recipient(card) for card in cards)
    named = shorten(about, WORD_SHOWN) or "구매 품목"
    thing = _copied(named)
    text = (
        f"[견적 요청] {thing}\n"
        f"안녕하십니까. {city.name}입니다.\n"
        f"{thing}{josa(named, '을/를')} 구매하고자 하오니 견적을 보내 주시기 바랍니다.\n"
        "1. 품목·규격·수량:\n"
        "2. 납품 기한과 장소:\n"
        "3. 견적 회신 기한:\n"
        "4. 견적서에 적을 것: 단가, 합계(부가가치세 포함), 납품 가능일\n"
        "이 요청은 가격을 비교하려는 것이며 계약을 약속하지 않습니다."
    )
    how = "길게 누르거나 끌어서 복사하세요. 빈칸은 직접 채워 주세요."
    blocks = [
        section("quotes-how", f"*비교견적 요청 문안* · {how}"),
        section("quotes-text", f"```{text}```"),
        section("quotes-firms", f"*보낼 곳 {len(cards):,}곳*\n{firms}"),
    ]
    if len(cards) < 2:
        blocks.append(
            context("quotes-few", "견줄 다른 관내 업체를 명부에서 찾지 못했습니다. 다른 품목 이름으로도 찾아보세요.")
        )
    return modal(ids.QUOTES_VIEW, "비교견적 요청", blocks)


def _recipient(card: Card) -> str:
    phone = f" · {escape(card.vendor.phone)}" if card.vendor.phone else ""
    return f"• {_copied(shorten(card.vendor.name, WORD_SHOWN))} · {card.judgement.verdict.label}{phone}"


def _copied(text: str) -> str:
    """A foreign text inside a block of code, which a backtick would end."""
    return escape(text.replace("`", "'"))
