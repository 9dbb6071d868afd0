"""실무협의회 on paper: the packet of a half with its agenda and a form for the minutes, and the minutes as written."""

from collections.abc import Sequence

from gwannae.messages.figures import both_ratios, order_words
from gwannae.programme.amount import write_thousands, write_won
from gwannae.programme.bought import Bought
from gwannae.programme.council import Meeting, Member, members_on, strangers
from gwannae.programme.council_packet import CouncilPacket
from gwannae.programme.council_rules import CouncilRules
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.papers import Column, Facts, Grid, Item, Line, Look, NewPage, Paper, Part, numbered
from gwannae.programme.periods import label_of
from gwannae.programme.ratio import Ratio, write_ratio_count
from gwannae.programme.standings import Figures

_WON, _TEN = "(단위: 건, 천원)", 10
_NOTHING = Line("해당 없음")


def packet_paper(packet: CouncilPacket) -> Paper:
    """Agenda, results, leaks, reasons, concentration, disputes, new firms, proposals; the minutes form on a page."""
    when = label_of(packet.period)
    title = f"{when} {packet.rules.name} 자료"
    parts: list[Part] = [
        Line(title, Look.TITLE),
        Line(f"{packet.city_name} {packet.office} · {write_day(packet.made_on)} 기준", Look.RIGHT),
        Facts(_head(packet)),
        *_section("1. 안건", numbered([Item(duty) for duty in packet.rules.duties])),
        *_section("2. 구매 실적", _results(packet)),
        *_section("3. 품목별 관외 구매", _leaks(packet)),
        *_section("4. 관외로 산 사유", _reasons(packet)),
        *_section("5. 업체 집중", _firms(packet)),
        *_section("6. 업체·기관의 이견", _disputes(packet)),
        *_section("7. 새로 오른 관내 업체", _new_firms(packet)),
        *_section("8. 제안", _proposals(packet)),
        *_before(packet),
        NewPage(),
        *_minutes_form(packet),
    ]
    file_name = f"실무협의회_자료_{packet.period}.hwpx"
    return Paper(file_name, title, packet.office, packet.made_on, tuple(parts))


def minutes_paper(rules: CouncilRules, meeting: Meeting, members: Sequence[Member], office: str) -> Paper:
    """The minutes of a meeting that was written down."""
    title = f"{label_of(meeting.period)} {rules.name} 회의록"
    present = [member for member in members if member.id in meeting.present]
    outside = {member.id for member in strangers(members, meeting.present, meeting.held_on)}
    named = [f"{_post(m)}(그날 위원 아님)" if m.id in outside else _post(m) for m in present]
    sitting = members_on(members, meeting.held_on)
    facts = [
        ("일시", write_date(meeting.held_on)),
        ("참석", ", ".join(named)),
        ("그 밖의 참석자", meeting.others or "없음"),
        ("위원", f"{len(sitting)}명 가운데 {sum(m.id in meeting.present for m in sitting)}명 참석"),
    ]
    decided = [Item(f"{duty}: {said or '논의하지 않음'}") for duty, said in _by_duty(rules, meeting)]
    parts = (
        Line(title, Look.TITLE),
        Line(),
        Facts(tuple(facts)),
        Line(),
        Line("논의와 결정", Look.HEADING),
        *numbered(decided),
        *_signatures(present),
    )
    return Paper(f"실무협의회_회의록_{meeting.period}.hwpx", title, office, meeting.held_on, parts)


def _by_duty(rules: CouncilRules, meeting: Meeting) -> list[tuple[str, str]]:
    """A city may have changed its duties since: what was said keeps its place, and nothing said is lost."""
    duties = [*rules.duties, *("그 밖의 사항" for _ in meeting.said[len(rules.duties) :])]
    return list(zip(duties, [*meeting.said, *("" for _ in duties[len(meeting.said) :])], strict=False))


def _section(heading: str, parts: Sequence[Part]) -> tuple[Part, ...]:
    return (Line(), Line(heading, Look.HEADING), *(parts or (_NOTHING,)))


def _head(packet: CouncilPacket) -> tuple[tuple[str, str], ...]:
    seats = f" (정원 {packet.rules.seats}명)"
    return (
        ("회의일", write_date(packet.held_on) if packet.held_on else "정해지지 않음"),
        ("대상 기간", f"{write_day(packet.first)} ~ {write_day(packet.last)}(계약일 기준)"),
        ("위원", ", ".join(map(_post, packet.members)) + seats if packet.members else f"적혀 있지 않음{seats}"),
        ("작성", f"{packet.office} · {write_day(packet.made_on)}까지 보고된 것"),
    )


def _post(member: Member) -> str:
    return f"{member.post}(위원장)" if member.chair else member.post


def _results(packet: CouncilPacket) -> list[Part]:
    figures = packet.figures
    effective = figures.without_outside(packet.left_out.number, packet.left_out.won)
    lines = [Item(f"전체: {both_ratios(figures)}")]
    if packet.left_out.number:
        left = f"사유로 빠지는 관외 {packet.left_out.number:,}건 {write_won(packet.left_out.won)}"
        lines.append(Item(f"실질({left}을 뺀 것): {both_ratios(effective)}"))
    if figures.unconfirmed_count:
        waiting = f"{figures.unconfirmed_count:,}건 {write_won(figures.unconfirmed_amount)}"
        lines.append(Item(f"미확인 {waiting}은 확인될 때까지 어느 쪽에도 넣지 않음"))
    columns = (
        Column("순위", 8, number=True), Column("부서·기관", 26), Column("건수 비율(관내/판정)", 24, number=True),
        Column("금액 비율", 12, number=True), Column("관내", 14, number=True), Column("판정", 14, number=True),
        Column("미확인(건)", 11, number=True),
    )  # fmt: skip
    bought = [p for p in packet.standings.places if p.total != Figures()]
    rows = tuple(
        (
            "–" if p.rank is None else str(p.rank), p.organisation.name, _counted(p.total.by_count),
            p.total.by_amount.text, write_thousands(p.total.by_amount.part), write_thousands(p.total.by_amount.whole),
            f"{p.total.unconfirmed_count:,}",
        )
        for p in bought
    )  # fmt: skip
    order = Line(order_words(packet.order), Look.SMALL)
    table: list[Part] = [Grid(columns, rows, _WON), order, _ROUNDED] if rows else []
    return [*numbered(lines), *table]


_ROUNDED = Line("천원 단위는 하나하나 반올림한 것이라 더한 값과 다를 수 있음. 비율은 원 단위로 계산함", Look.SMALL)


def _counted(ratio: Ratio) -> str:
    return write_ratio_count(ratio) if ratio.whole else ratio.text


def _leaks(packet: CouncilPacket) -> list[Part]:
    if not packet.leaks:
        return []
    columns = (
        Column("품목", 40), Column("관외(건)", 14, number=True), Column("관외(천원)", 20, number=True),
        Column("찾은 관내 업체(곳)", 20, number=True),
    )  # fmt: skip
    rows = tuple(
        (
            leak.item or "품목 적지 않음", f"{leak.bought.number:,}", write_thousands(leak.bought.won),
            f"{leak.local_firms:,}" if leak.item else "–",
        )
        for leak in packet.leaks
    )  # fmt: skip
    return [Grid(columns, rows, _WON), *_more(packet.leaks_left, "개 품목"), _ROUNDED]


def _more(left: int, unit: str) -> list[Line]:
    return [Line(f"그 밖에 {left:,}{unit}", Look.SMALL)] if left > 0 else []


def _reasons(packet: CouncilPacket) -> list[Part]:
    if not packet.reasons:
        return []
    columns = (Column("사유", 50), Column("건", 14, number=True), Column("금액(천원)", 20, number=True))
    rows = tuple(
        (code.label if code else "사유를 적지 않음", f"{bought.number:,}", write_thousands(bought.won))
        for code, bought in packet.reasons
    )
    return [Grid(columns, rows, _WON), _ROUNDED]


def _firms(packet: CouncilPacket) -> list[Part]:
    if not packet.firms:
        return []
    columns = (
        Column("업체", 34), Column("계약(건)", 12, number=True), Column("금액(천원)", 18, number=True),
        Column("전체 대비", 14, number=True), Column("부서·기관(곳)", 16, number=True), Column("판정", 20),
    )  # fmt: skip
    rows = tuple(
        (
            firm.name, f"{firm.bought.number:,}", write_thousands(firm.bought.won),
            Ratio(firm.bought.won, packet.whole.won).text, f"{firm.organisations:,}",
            "관내" if firm.local else "관외·미확인 포함",
        )
        for firm in packet.firms
    )  # fmt: skip
    cap = packet.firm_cap
    above = [firm for firm in packet.firms if cap is not None and firm.bought.won > cap]
    note = []
    if cap is not None:
        names = ", ".join(firm.name for firm in above) or "없음"
        note = [Line(f"한 업체 한 해 총량 {write_won(cap)}을 이 기간에 넘은 곳: {names}. 확인 필요", Look.SMALL)]
    return [Grid(columns, rows, _WON), *note, _ROUNDED]


def _disputes(packet: CouncilPacket) -> list[Part]:
    told = [f"업체 정보: {d.vendor_name} · {d.kind.label} · {_STATES[d.state.value]}" for d in packet.doubts]
    told += [f"결산 이의: {o.organisation} · {o.sentence} · {_answered(o.accepted)}" for o in packet.objections]
    return list(numbered([Item(text) for text in told]))


_STATES = {"open": "확인 중", "mended": "고침", "kept": "그대로 둠"}


def _answered(accepted: bool | None) -> str:
    return "답하기 전" if accepted is None else "받아들임" if accepted else "받아들이지 않음"


def _new_firms(packet: CouncilPacket) -> list[Part]:
    if packet.new_firms is None:
        return [Line("이 기간 앞의 명부가 없어 알 수 없음")]
    if not packet.new_firms:
        return []
    left = packet.new_count - len(packet.new_firms)
    tail = f" 외 {left:,}곳" if left > 0 else ""
    return [Line(f"{packet.new_count:,}곳: {', '.join(packet.new_firms)}{tail}")]


def _proposals(packet: CouncilPacket) -> list[Part]:
    items = []
    if packet.to_replace:
        named = ", ".join(f"{leak.item}({leak.local_firms:,}곳)" for leak in packet.to_replace[:_TEN])
        items.append(Item(f"관외로 샀으나 관내 업체를 찾을 수 있는 품목의 안내: {named}"))
    if packet.missing:
        named = ", ".join(f"{word}({times:,}번)" for word, times in packet.missing)
        items.append(Item(f"찾는 사람이 있으나 관내 업체가 없는 품목의 업체 발굴: {named}"))
    unsaid = next((bought for code, bought in packet.reasons if code is None), Bought(0, 0))
    if unsaid.number:
        items.append(Item(f"사유를 적지 않은 관외 구매 {unsaid.number:,}건의 사유 확인"))
    items.append(Item("그 밖의 제안: "))
    return list(numbered(items))


def _before(packet: CouncilPacket) -> tuple[Part, ...]:
    meeting = packet.before
    if meeting is None:
        return ()
    told = [Item(f"{duty}: {said}") for duty, said in _by_duty(packet.rules, meeting) if said]
    return _section(f"9. 지난 회의({write_day(meeting.held_on)})에서 정한 것", numbered(told))


def _minutes_form(packet: CouncilPacket) -> list[Part]:
    day = write_date(packet.held_on) if packet.held_on else ""
    blank = [Item(f"{duty}", (Item("논의: "), Item("결정: "))) for duty in packet.rules.duties]
    return [
        Line(f"{label_of(packet.period)} {packet.rules.name} 회의록", Look.TITLE),
        Line(),
        Facts((("일시", day), ("장소", ""), ("참석", ""), ("불참", ""))),
        Line(),
        *numbered(blank),
        *_signatures(packet.members),
    ]


def _signatures(members: Sequence[Member]) -> list[Part]:
    if not members:
        return []
    rows = tuple((_post(member), "") for member in members)
    return [Line(), Grid((Column("위원", 60), Column("서명", 40)), rows)]
