"""연초 안내 as a letter, for organisations that no post can reach: a draft that a person checks and has signed."""

from gwannae.messages.guidance import change_lines, last_year, rule_lines, summary
from gwannae.messages.new_year import note_text
from gwannae.programme.dates import write_day
from gwannae.programme.guidance import Guidance
from gwannae.programme.official_letters import OfficialLetter, head_of, letter_paper
from gwannae.programme.papers import Item, Paper


def letter(found: Guidance) -> Paper:
    """The same contents in the order and numbering of an official letter; it is sent by a person, never by the bot."""
    city, name = found.city, found.organisation.name
    changed = [line.removeprefix("• ") for line in change_lines(found, buttons=False)]
    rules = [line.partition(". ")[2] for line in rule_lines(found, buttons=False)]
    before = [line.partition(": ")[2] if at == 0 else line for at, line in enumerate(last_year(found))]
    items = [
        Item(f"관련: 「{city.ordinance.name}」"),
        Item(
            f"{found.year}년 지역상품 우선구매를 다음과 같이 안내하니 설계 단계부터 먼저 검토하여 주시기 바랍니다.",
            _items([summary(found), *rules]),
        ),
        Item(f"{name}의 지난해 실적", _items(before)),
    ]
    if changed:
        items.append(Item("바뀐 것", _items(changed)))
    if found.note:
        items.append(Item(found.note))
    if found.unsettled:
        items.append(Item(note_text(found.unsettled)))
    return letter_paper(
        OfficialLetter(
            file_name=f"우선구매안내_{found.year}_{found.organisation.code}.hwpx",
            sender=city.programme_office,
            signer=head_of(city.programme_office),
            to=name,
            subject=f"{found.year}년 지역상품 우선구매 협조 요청",
            items=tuple(items),
            made_on=found.day,
            attachments=("관내 업체 목록 1부.",),
            note=f"{write_day(found.day)} 작성한 초안입니다. 내용을 확인하고 결재를 받아 주세요.",
        )
    )


def _items(lines: list[str]) -> tuple[Item, ...]:
    return tuple(map(Item, lines))
