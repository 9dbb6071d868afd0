"""What the programme office sees of words: its synonyms, and the list of words without a local firm (발굴 목록)."""

from collections.abc import Sequence

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    divider,
    escape,
    input_block,
    modal,
    section,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.dates import write_day, write_month
from gwannae.programme.hangul import josa
from gwannae.programme.missing import MissingList, MissingMarked, MissingState, MissingWord
from gwannae.programme.word_groups import (
    LONGEST_WORD,
    Synonym,
    SynonymAdded,
    SynonymRefused,
    SynonymRemoved,
    WordFault,
)

SYNONYMS_SHOWN = 20

_FAULTS = {
    WordFault.EMPTY: "한글, 영문이나 숫자로 된 낱말을 적어 주세요. 예) {example}",
    WordFault.TOO_LONG: f"{LONGEST_WORD}자까지 적을 수 있습니다. 낱말 하나만 적어 주세요.",
    WordFault.TOO_GENERAL: "뜻이 너무 넓어 모든 업체가 나옵니다. 품목이나 업종을 적어 주세요. 예) {example}",
    WordFault.SAME: "찾는 말과 같은 말입니다. 업체가 적는 품목이나 업종을 적어 주세요. 예) {example}",
}
_FIELDS = {"word": ids.SYNONYM_WORD, "means": ids.SYNONYM_MEANS}
_EXAMPLES = {"word": "족구공", "means": "체육용품"}


def words_row() -> Block:
    """The office's two buttons on the Home tab."""
    return actions("home-words-row", [button(ids.SYNONYM_OPEN, "동의어 추가"), button(ids.MISSING_OPEN, "발굴 목록")])


def synonym_form(synonyms: Sequence[Synonym], word: str = "") -> Block:
    """A word and what it means, and below the latest ones that were added. `word` is written in already."""
    blocks = [
        input_block(
            ids.SYNONYM_WORD,
            "찾는 말",
            text_input(ids.SYNONYM_WORD, initial=word, placeholder="예) 족구공", limit=LONGEST_WORD),
            hint="직원이 검색창에 적는 말입니다.",
        ),
        input_block(
            ids.SYNONYM_MEANS,
            "업체가 적는 품목이나 업종",
            text_input(ids.SYNONYM_MEANS, placeholder="예) 체육용품", limit=LONGEST_WORD),
            hint="찾는 말로 업체가 나오지 않으면 이 품목의 업체를 보여 드립니다.",
        ),
    ]
    if synonyms:
        blocks += [divider("synonym-line"), section("synonym-list", f"*추가한 동의어* (최근 {SYNONYMS_SHOWN}개까지)")]
        blocks += [_synonym(synonym) for synonym in synonyms[:SYNONYMS_SHOWN]]
    blocks.append(
        context("synonym-note", "추가하거나 빼면 2초 안에 모두에게 적용되고, 누가 했는지 감사 기록에 남습니다.")
    )
    return modal(ids.SYNONYM_VIEW, "동의어 추가", blocks, submit="추가", close="그만두기")


def _synonym(synonym: Synonym) -> Block:
    line = f"{escape(synonym.word)} → {escape(synonym.means)} · {write_day(synonym.added_at.date())}"
    sure = confirmation(
        "동의어 빼기",
        f"‘{synonym.word}’{josa(synonym.word, '으로/로')} 찾아도 ‘{synonym.means}’ 업체가 나오지 않습니다.",
        "빼기",
    )
    remove = button(ids.SYNONYM_REMOVE, "빼기", str(synonym.id), style="danger", confirm=sure)
    return section(ids.numbered("synonym", synonym.id), line, remove)


def synonym_done(outcome: SynonymAdded) -> Block:
    """The page after a synonym was added."""
    return modal(
        ids.SYNONYM_DONE_VIEW,
        "동의어 추가",
        [
            section("synonym-done", _added(outcome)),
            actions("synonym-done-row", [button(ids.SYNONYM_MORE, "하나 더 추가")]),
        ],
    )


def synonym_errors(refused: SynonymRefused) -> dict[str, str]:
    """What is wrong, at its field; what was typed stays."""
    return {_FIELDS[refused.which]: _FAULTS[refused.fault].format(example=_EXAMPLES[refused.which])}


def missing_page(found: MissingList) -> Block:
    """The list of words that wait for the office."""
    head = f"*관내 업체를 찾지 못한 말* · {write_day(found.since.date())}부터"
    blocks = [section("missing-head", head)]
    if not found.words:
        blocks.append(section("missing-none", "기다리는 말이 없습니다. 찾지 못한 말이 생기면 여기에 모입니다."))
    for number, word in enumerate(found.words, start=1):
        blocks.append(section(ids.numbered("missing-word", number), _missing(number, word)))
        blocks.append(actions(ids.numbered("missing-row", number), _missing_buttons(word)))
    if found.more:
        blocks.append(context("missing-more", f"{found.more:,}개가 더 있습니다. 위의 것을 해결하면 이어서 나옵니다."))
    blocks.append(context("missing-note", "누가 찾았는지는 남기지 않습니다. 해결한 말은 다음 1월 안내에 나옵니다."))
    return modal(ids.MISSING_VIEW, "발굴 목록", blocks)


def _missing(number: int, word: MissingWord) -> str:
    counts = [f"찾음 {word.searched:,}번"] if word.searched else []
    counts += [f"알림 {word.told:,}번"] if word.told else []
    counts += [f"설계 사업 {write_month(word.needed_in)} 발주 예정"] if word.needed_in else []
    line = f"{number}. *{escape(word.word)}* · {' · '.join(counts)} · `{word.state.label}`"
    if word.mark is None:
        return line
    again = f" · 해결 뒤 다시 {word.again:,}번" if word.again else ""
    return f"{line}{again}\n{write_day(word.mark.at.date())} {_person(word)}"


def _person(word: MissingWord) -> str:
    assert word.mark is not None, "only a marked word has somebody who marked it"
    return "명령줄에서 표시" if word.mark.by.is_command_line else f"<@{word.mark.by.user_id}> 님이 표시"


def _missing_buttons(word: MissingWord) -> list[Block]:
    synonym = button(ids.SYNONYM_OPEN, "동의어 추가", word.word)
    if word.state is MissingState.SEARCHING:
        first = button(ids.MISSING_RECEIVED, "접수로 되돌리기", word.key)
    else:
        first = button(ids.MISSING_SEARCHING, MissingState.SEARCHING.label, word.key)
    return [first, button(ids.MISSING_SOLVED, MissingState.SOLVED.label, word.key), synonym]


def said(outcome: object) -> str:
    """The sentence for an outcome, as it stands in a window or a direct message."""
    match outcome:
        case SynonymAdded():
            return _added(outcome)
        case SynonymRemoved(synonym=None):
            return "이미 빠진 동의어입니다. 바뀐 것은 없습니다."
        case SynonymRemoved(synonym=Synonym() as gone):
            return f"동의어를 뺐습니다: {escape(gone.word)} → {escape(gone.means)}. 다시 추가할 수 있습니다."
        case MissingMarked():
            word, state = f"‘{escape(outcome.word)}’", outcome.state.label
            return f"{word}{josa(outcome.word, '을/를')} ‘{state}’{josa(state, '으로/로')} 표시했습니다."
        case Impossible():
            return "목록에 없는 말입니다. 바뀐 것은 없습니다. 발굴 목록을 다시 열어 주세요."
        case NotAllowed():
            return OFFICE_ALONE
    raise TypeError(f"no sentence for {type(outcome).__name__}")


def _added(outcome: SynonymAdded) -> str:
    word, means = escape(outcome.synonym.word), escape(outcome.synonym.means)
    pair = f"‘{word}’{josa(outcome.synonym.word, '을/를')} 찾으면 ‘{means}’ 업체를 보여 드립니다."
    return f"동의어를 추가했습니다. {pair}" if outcome.fresh else f"이미 추가된 동의어입니다. {pair}"
