"""Which terms of the registry a typed word meets, and how: as it stands, by 초성, unfinished, on the wrong keyboard, or
with a slip of the finger.

Most words stand in the registry as they are typed. What only the others need, terms sorted with all their endings, is
made when the first of them comes: it takes a second and some tens of megabytes for 100,000 terms.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from gwannae.programme.keystrokes import (
    CONSONANTS,
    hangul_from_latin,
    has_single_letters,
    initials,
    keystrokes,
    latin_from_hangul,
    with_shift,
)
from gwannae.programme.near_words import LONGEST, near
from gwannae.programme.plain_terms import PlainTerms
from gwannae.programme.sorted_terms import SortedTerms
from gwannae.programme.term_codes import as_beginning, code_of, text_of
from gwannae.programme.term_layer import TermLayer
from gwannae.programme.word_matches import Group, Kind, Matches, Place, Way

GUESSES = 3  # words that a slip may have meant: more would be a list of everything

_MANY = 1000  # terms in which a word may stand by chance, across the border of two words of theirs
_NAMES = 50  # terms of which the shortest are named where nothing was met
_AS_IT_STANDS, _BY_INITIALS = (
    tuple(Way(kind, 0, place, "") for place in Place) for kind in (Kind.LITERAL, Kind.INITIALS)
)
_FAR_MORE = 10  # times as common must another word then be, unless it is an item
_LONG, _HALVES = 6, 30  # characters of a word that may have two slips; spellings of each half that are tried
_KEYS_OF_A_GUESS = 4  # what is shorter is one slip from half of the language: whole items alone


class Vocabulary:
    """All distinct terms of a registry in memory; immutable to its readers, replaced when the registry's version moves.

    A vocabulary with a few changes is made from the old one without sorting the rest again (`changed`). Any number of
    threads may ask.
    """

    __slots__ = ("_terms", "version")

    def __init__(self, terms: Iterable[tuple[int, str, bool]], version: int) -> None:
        """`terms` are (term id, key, whether some firm has it as an item); `version` is what they were read at."""
        self._terms = TermLayer(PlainTerms(term for term in terms if term[1]))
        self.version = version

    def changed(self, gone: Iterable[int], new: Iterable[tuple[int, str, bool]], version: int) -> Vocabulary:
        """This vocabulary without some terms (by their ids) and with others, at a later version. It answers as one that
        was read anew would, and costs as much as a copy of it.
        """
        made = Vocabulary((), version)
        made._terms = self._terms.changed(gone, [term for term in new if term[1]])
        return made

    def text(self, term_id: int) -> str:
        """One of the terms."""
        return self._terms.plain.text(term_id)

    def __len__(self) -> int:
        """The number of terms."""
        return len(self._terms.plain)

    def __iter__(self) -> Iterator[tuple[int, str, bool]]:
        """The terms as they were given, in no order to rely on."""
        return iter(self._terms.plain)

    def match(self, word: str) -> Matches:
        """The terms that a word (a key) meets, surest first, going on to less sure ways only while that helps.

        Literal matches always count. 초성 are tried for two consonants and more; typing in progress unless the word is
        a whole term; the other keyboard and slips only where the word met nothing, or seems to stand in its terms by
        chance while one slip away there is an item, or a word far more common.
        """
        if not word:
            return Matches()
        literal = self.literal(word)
        groups = list(literal.groups)
        if has_single_letters(word):
            groups += _complete(self._terms.by_code, code_of(word), Kind.LITERAL)
        if _asks_by_initials(word):
            groups += _found(self._terms.by_initials, initials(word), _BY_INITIALS)
        if not any(way.place is Place.WHOLE for way, _ in groups):
            groups += self._unfinished(word, Kind.UNFINISHED)
        if not groups:
            return self._other_keyboard(word) or self._slips(keystrokes(word)) or self._two_slips(word)
        if all(way.place is Place.INSIDE or way.kind is Kind.UNFINISHED for way, _ in groups):
            met = sum(len(ids) for _, ids in groups)
            if met <= _MANY and self._ends_none(word):
                slips = self._slips(keystrokes(word), rivals=met)
                return Matches((*groups, *slips.groups), slips.instead)
        return Matches(tuple(groups))

    def literal(self, word: str) -> Matches:
        """The terms that have the word in them just as it stands."""
        if not word:
            return Matches()
        return Matches(tuple(_found(self._terms.plain, word, _AS_IT_STANDS)))

    def ending(self, word: str) -> Sequence[int]:
        """Ids of the terms that are the word or end with it."""
        return self._terms.plain.ending(word)

    def prepare(self) -> Iterator[None]:
        """Make ready what is worth it only where very many terms have the same parts; a part at each step."""
        return self._terms.plain.prepare()

    def common(self, least: int) -> list[str]:
        """Short words that stand in so many terms and more, the commonest first."""
        return self._terms.plain.common(least)

    def common_initials(self, least: int) -> list[str]:
        """초성 of two and three characters that so many terms and more have, once anybody has asked by 초성."""
        at_hand = self._terms.initials_at_hand
        return [] if at_hand is None else [word for word in at_hand.common(least) if _asks_by_initials(word)]

    def settles(self, word: str, literal: Matches) -> bool:
        """Whether what a word met just as it stands is surely what was meant, so that `match` need not be asked.

        It is not where the word stands inside a few terms by chance: it neither begins nor ends any (인솨 in 하인솨길).
        """
        if not literal or literal.groups[0][0].place < Place.INSIDE:
            return bool(literal)
        return len(literal.groups[0][1]) > _MANY or not self._ends_none(word)

    def knows(self, word: str) -> bool:
        """Whether some term has the word in it just as it stands."""
        return bool(word) and self._terms.plain.knows(word)

    def is_item(self, word: str) -> bool:
        """Whether the word is a whole item of some firm."""
        return self._terms.plain.is_item(word)

    def begins_several(self, word: str) -> bool:
        """Whether more than one term begins with the word, or is it."""
        return len(self._terms.plain.starting(word, 2)) > 1

    def is_whole(self, word: str) -> bool:
        """Whether the word is a whole term: an item, or the name of a firm."""
        return self._terms.plain.is_whole(word)

    def near(self, word: str, limit: int = 3) -> tuple[str, ...]:
        """Terms that begin with the beginning or the ending of a word that met nothing, for as long a part as any.

        For "did you mean" under an empty answer; not a guess that stands in for the query.
        """
        for size in range(min(len(word) - 1, LONGEST), 1, -1):
            parts = dict.fromkeys((word[:size], word[-size:]))
            names = {name for part in parts for name in self._terms.plain.starting(part, _NAMES)}
            if names:
                return tuple(sorted(names, key=lambda name: (len(name), name))[:limit])
        return ()

    def _ends_none(self, word: str) -> bool:
        return not self._terms.plain.ends(word)

    def _unfinished(self, word: str, kind: Kind, instead: str = "") -> list[Group]:
        """Terms that go on within the syllable that is being typed; inside a term from three keystrokes on.

        A term that this very syllable may finish counts as whole: 현수ㅁ means 현수막 before 현수막게시대.
        """
        code = code_of(word)
        begun = as_beginning(code)
        if len(code) < 2:
            return []
        parts = (code, begun) if begun else (code,)
        soon, start, inside = array("I"), array("I"), array("I")
        terms = self._terms.by_code
        for part in parts:
            soon += terms.ending_soon(part)
            start += terms.starting_unfinished(part)
            if len(code) > 2:
                inside += terms.containing_unfinished(part)
        found = zip(Place, (soon, start, inside), strict=True)
        return [(Way(kind, 0, place, instead), ids) for place, ids in found if ids]

    def _other_keyboard(self, word: str) -> Matches:
        """The terms that the word meets if the keyboard was in the wrong state when it was typed."""
        hangul = hangul_from_latin(word)
        if hangul != word and len(word) <= LONGEST and not has_single_letters(hangul[:-1]):
            for meant in chain((hangul,), with_shift(hangul)):
                if groups := self._meant(meant):
                    return Matches(tuple(groups), (meant,))
        latin = latin_from_hangul(word)
        if latin != word and latin.isascii():
            groups = self._meant(latin)
            return Matches(tuple(groups), (latin,)) if groups else self._slips(latin, kind=Kind.OTHER_KEYBOARD)
        return Matches()

    def _meant(self, meant: str) -> list[Group]:
        """The terms with another word than the one typed; for a word of a syllable or so only if it is a whole term."""
        code = code_of(meant)
        groups = _complete(self._terms.by_code, code, Kind.OTHER_KEYBOARD, 0, meant)
        if len(code) < _KEYS_OF_A_GUESS:
            return groups if groups and groups[0][0].place is Place.WHOLE else []
        return groups or self._unfinished(meant, Kind.OTHER_KEYBOARD, meant)

    def _slips(self, keys: str, *, rivals: int = 0, kind: Kind = Kind.SLIP) -> Matches:
        """The terms with the words that one slip made of `keys`.

        A guess of a syllable or so must be a whole item. Where `rivals` terms have the word as it stands, a guess must
        be an item or far more common than that.
        """
        guesses: dict[str, tuple[bool, int, int]] = {}
        typed = code_of(keys)
        unfinished = (typed, as_beginning(typed) or typed)  # their terms are met as typing in progress already
        for code, unlikely in near(self._terms.by_code, keys).items():
            if code.startswith(unfinished):
                continue
            not_item, _, minus_times = plausible = self._plausibility(code, unlikely)
            if not_item and (len(code) < _KEYS_OF_A_GUESS or -minus_times < rivals * _FAR_MORE):
                continue
            guesses[code] = plausible
        return self._guessed(sorted(guesses, key=lambda code: (guesses[code], code)), kind)

    def _two_slips(self, word: str) -> Matches:
        """The terms with a long word that has a slip in each half, as names of firms are long and strange."""
        if not _LONG <= len(word) <= LONGEST:
            return Matches()
        terms = self._terms.by_code
        first, second = (
            [code_of(half), *near(terms, keystrokes(half))][:_HALVES]
            for half in (word[: len(word) // 2], word[len(word) // 2 :])
        )
        codes = [a + b for a in first for b in second if terms.times(a + b)]
        return self._guessed(codes, Kind.SLIP)

    def _guessed(self, codes: list[str], kind: Kind) -> Matches:
        """The terms with the first few of the codes."""
        words = [text_of(code) for code in codes[:GUESSES]]
        found = (_complete(self._terms.by_code, codes[nth], kind, nth, word) for nth, word in enumerate(words))
        return Matches(tuple(chain.from_iterable(found)), tuple(words))

    def _plausibility(self, code: str, unlikely: int) -> tuple[bool, int, int]:
        """How good a guess is, best least: items before other words, then likely slips and common words before others.

        An unlikely slip must be made up for by a word eight times as common, being a whole name counts as twice.
        """
        terms = self._terms.by_code
        is_item = terms.is_item(code)
        is_whole = is_item or bool(terms.whole(code))
        times = terms.times(code)
        return not is_item, unlikely * 3 - is_whole - times.bit_length(), -times


def _found(terms: PlainTerms, word: str, ways: tuple[Way, ...]) -> list[Group]:
    """The terms that have the word in them; `ways` are those of the places."""
    return [group for group in zip(ways, terms.find(word), strict=True) if group[1]]


def _complete(terms: SortedTerms, code: str, kind: Kind, nth: int = 0, word: str = "") -> list[Group]:
    """The terms that have the code in them as complete characters, by place."""
    return [
        (Way(kind, nth, place, word), ids)
        for place, find in zip(Place, (SortedTerms.whole, SortedTerms.starting, SortedTerms.containing), strict=True)
        if (ids := find(terms, code))
    ]


def _asks_by_initials(word: str) -> bool:
    """Whether a word is 초성: two consonants and more, with nothing beside them but Latin letters and digits."""
    keys = keystrokes(word)
    consonants = sum(key in CONSONANTS for key in keys)
    return consonants >= 2 and all(key in CONSONANTS or key.isascii() for key in keys)
