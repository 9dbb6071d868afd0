"""What is said where an answer is not to the words as they were typed, and the buttons for what may have been meant."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, escape, section
from gwannae.programme.hangul import josa, shorten
from gwannae.programme.localvendor import LookUp
from gwannae.programme.search import QUOTE

MOST_OTHERS = 4
MOST_MEANT = 3
_WORD = 30


def guess_note(found: LookUp) -> str:
    """Which words the firms on the page stand for; empty where they are those that were typed."""
    said = []
    if found.meant:
        asked = " ".join(found.query.words)
        words = found.meant.words[:MOST_MEANT]
        alike = "같은 말인 " if found.meant.distance == 0 and found.meant.via not in words else ""
        close = "가까운 " if found.meant.distance else alike
        not_found = f"{_quoted([asked])}{josa(asked, '으로/로')}는 찾지 못해"
        said.append(f"{not_found} {close}{_quoted(words)} 업체를 보여 드립니다.")
    if found.only:
        said.append(f"적으신 말에 모두 맞는 업체는 찾지 못해 {_quoted(found.only)} 결과를 보여 드립니다.")
    if found.guesses:
        typed = [guess.typed for guess in found.guesses]
        meant = [guess.words[0] for guess in found.guesses]
        first = "먼저 " if _others(found) else ""
        if found.stands:
            like = f"{_quoted(typed)}{josa(typed[-1], '과/와')} 비슷한"
            said.append(f"{like} {_quoted(meant)} 결과도 보여 드립니다.")
        else:
            without = f"{_quoted(typed)}{josa(typed[-1], '으로/로')}는 찾지 못해"
            said.append(f"{without} {_quoted(meant)} 결과를 {first}보여 드립니다.")
        if others := _others(found):
            names = [word for word, _ in others]
            said.append(f"혹시 {_quoted(names)}{josa(names[-1], '을/를')} 찾으셨나요?")
    return " ".join(said)


def guess_blocks(found: LookUp) -> list[Block]:
    """The note, with a button for the words as they stand (if they are in the registry) and for each other guess."""
    note = guess_note(found)
    if not note:
        return []
    buttons = [_as_it_stands(found)] if found.guesses and found.stands else []
    for n, (word, query) in enumerate(_others(found), start=1):
        buttons.append(button(ids.numbered(ids.VENDOR_NEAR, n), f"‘{_short(word)}’ 찾기", query))
    blocks = [section("localvendor-guess", note)]
    return [*blocks, actions("localvendor-guess-row", buttons)] if buttons else blocks


def stands_blocks(found: LookUp) -> list[Block]:
    """Where nobody was found: that some names have the words in them, which says nothing of what those firms sell."""
    words = " ".join(found.query.words)
    note = f"이름에 {_quoted([words])}{josa(words, '이/가')} 든 업체는 있습니다."
    return [section("localvendor-stands", note), actions("localvendor-stands-row", [_as_it_stands(found)])]


def titled_word(found: LookUp) -> str:
    """The words that an answer is to, as its title names them: what was typed, else what was looked for instead."""
    text = found.query.text.strip(QUOTE) if found.query.as_it_stands else found.query.text
    if found.only:
        text = " ".join([*found.only, *found.query.filters])
    if found.guesses and not found.stands:
        for guess in found.guesses:
            text = _instead(found, text, guess.typed, guess.words[0])
    return text


def _others(found: LookUp) -> list[tuple[str, str]]:
    """What else may have been meant, each with the query that finds it."""
    others = [
        (word, _instead(found, found.query.text, guess.typed, word))
        for guess in found.guesses
        for word in guess.words[1:]
    ]
    return others[:MOST_OTHERS]


def _instead(found: LookUp, text: str, typed: str, meant: str) -> str:
    """A query with another word in place of the one that was typed; rebuilt where that is spelt otherwise in it."""
    if typed in text:
        return text.replace(typed, meant, 1)
    words = [meant if word == typed else word for word in found.only or found.query.words]
    return " ".join([*words, *found.query.filters])


def _as_it_stands(found: LookUp) -> Block:
    words = " ".join(found.query.words)
    query = QUOTE + " ".join([words, *found.query.filters]) + QUOTE
    return button(ids.numbered(ids.VENDOR_NEAR, 0), f"‘{_short(words)}’ 그대로 찾기", query)


def _quoted(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"‘{escape(_short(word))}’" for word in words)


def _short(word: str) -> str:
    return shorten(word, _WORD)
