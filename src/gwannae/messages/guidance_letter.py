"""연초 안내 as a letter, for organisations that no post can reach: a draft that a person checks and has signed."""

from gwannae.messages.guidance import change_lines, last_year, rule_lines, summary
from gwannae.messages.new_year import note_text
from gwannae.programme.dates import write_day
from gwannae.programme.guidance import Guidance
from gwannae.programme.letters import Letter

_ITEMS = "가나다라마바사아자차카타파하"


def letter(found: Guidance) -> Letter:
    """The same contents in the order and numbering of an official letter; it is sent by a person, never by the bot."""
    city, name = found.city, found.organisation.name
    changed = [line.removeprefix("• ") for line in change_lines(found, buttons=False)]
    paragraphs = [
        f"1. 관련: 「{city.ordinance.name}」",
        f"2. {found.year}년 지역상품 우선구매를 다음과 같이 안내하니 설계 단계부터 먼저 검토하여 주시기 바랍니다.",
        *_items([line.partition(". ")[2] for line in rule_lines(found, buttons=False)]),
        f"3. {name}의 지난해 실적",
        *_items([line.partition(": ")[2] if at == 0 else line for at, line in enumerate(last_year(found))]),
    ]
    if changed:
        paragraphs += ["4. 바뀐 것", *_items(changed)]
    words = [found.note] if found.note else []
    words += [note_text(found.unsettled)] if found.unsettled else []
    paragraphs += [f"{at}. {word}" for at, word in enumerate(words, start=5 if changed else 4)]
    paragraphs.append("붙임  관내 업체 목록 1부.  끝.")
    return Letter(
        file_name=f"우선구매안내_{found.year}_{found.organisation.code}.hwpx",
        title=f"{found.year}년 지역상품 우선구매 협조 요청(초안)",
        rows=(("수신", name), ("보내는 곳", city.programme_office), ("요약", summary(found))),
        paragraphs=tuple(paragraphs),
        note=f"{write_day(found.day)} 작성한 초안입니다. 내용을 확인하고 결재를 받아 주세요.",
    )


def _items(lines: list[str]) -> list[str]:
    """가., 나. …, set in below their number."""
    return [f"  {_ITEMS[at % len(_ITEMS)]}. {line}" for at, line in enumerate(lines)]
