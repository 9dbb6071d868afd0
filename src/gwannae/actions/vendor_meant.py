"""The firms that the words of a question mean, where the words themselves lead to nobody for certain.

A word that no firm lists but that belongs to a trade (명함: 인쇄) is no slip of another word and no sum of its parts:
what it means comes before guesses, and where the city has nobody of the trade, nobody is the answer. Then the word is
counted as missing, which a firm of something else would hide.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from gwannae.actions.shelf import Shelf
from gwannae.actions.vendor_filters import Filters
from gwannae.programme.function_words import SOFT
from gwannae.programme.general_words import DEEDS
from gwannae.programme.meaning import Meaning, tries
from gwannae.programme.meant import Meant, PlacesOf, find_meant, terms_of
from gwannae.programme.met import NOBODY, Met
from gwannae.programme.place_sets import NOWHERE
from gwannae.programme.search import MatchClass
from gwannae.programme.vocabulary import Vocabulary
from gwannae.programme.word_index import WordIndex
from gwannae.programme.word_search import Found


def by_name_alone(found: Found) -> bool:
    """Whether one word led to firms that have it in their names, and nobody in an item."""
    firms = found.firms
    return isinstance(firms, Met) and firms.by_name_alone and is_certain(found)


def without_chance(filters: Filters, meaning: Meaning, found: Found) -> Found:
    """Of firms that a word led to by their names alone, those that it says something of.

    A word of a trade (이사) stands in names by chance (무지개달팽이사인): it counts where the firm sells what belongs
    to that trade, or ends its name with the word. Another word is a part of a name that somebody looks for.
    """
    word, index = found.words[0], filters.shelf.index
    if not meaning.knows(word):
        return found
    terms = {term_id for alike in meaning.of_trade(word) for term_id in terms_of(alike, _places_of(index))}
    sellers = index.met_items(dict.fromkeys(terms, 0)).everyone
    firms = Met(list(index.met_as_it_stands(word).apart(sellers | index.at_the_end_of_names(word))), word)
    return replace(found, firms=firms, fitting=filters.fitting(firms.everyone))


def is_certain(found: Found) -> bool:
    """Whether firms were found by all words, none of them guessed."""
    return bool(found.firms.everyone) and not (found.firms.guesses or found.left_out)


def by_meaning(filters: Filters, meaning: Meaning, words: Sequence[str], found: Found) -> tuple[Found, Meant | None]:
    """What to answer in place of `found`, which is not certain; with what was looked for, if it was the meaning.

    `words` are the keys of the question. Where no meaning leads to a firm, what was found stays, unless it stands for
    a word that is known to be right.
    """
    shelf = filters.shelf
    guessed = bool(found.firms.guesses)
    phrase = "".join(words)
    says_enough = bool(found.firms.everyone) and not _is_about_more(meaning, words, found)
    by_office = meaning.office_says(phrase)
    if says_enough and not guessed and not by_office:
        return found, None
    vocabulary = shelf.index.vocabulary
    first = next((alike[0].via for alike in tries(meaning, words)), None)
    if first is not None and _is_misspelt(vocabulary, found, words, first):
        return found, None  # before all firms of the trade are looked up
    meant = _meant(shelf, meaning, words)
    if says_enough and not guessed and (meant is None or meant.via != phrase):
        return found, None  # nobody has what the office said
    if meant is not None and not _is_misspelt(vocabulary, found, words, meant.via):
        firms = shelf.index.met_items(meant.terms)
        return Found(firms, filters.fitting(firms.everyone), tuple(words)), meant
    stands_for_known = _are_known(meaning, words) if guessed else len(words) == 1
    if meant is None and stands_for_known:
        return Found(NOBODY, NOWHERE, tuple(words)), None
    return found, None


def _is_about_more(meaning: Meaning, words: Sequence[str], found: Found) -> bool:
    """Whether what was given up of the words, to find somebody, says what they are about.

    The last word does where it is known (화장실 리모델링 asks for no 화장실), and so do all of them where they are one
    word (태양광모듈 asks for no 모듈) that no firm sells the last part of as it is (회의용탁자: 탁자).
    """
    if not "".join(words).endswith(found.words[-1]):
        return meaning.knows("".join(words)) or meaning.knows(words[-1])
    best = next(found.firms.in_order(found.firms.everyone), None)
    return meaning.knows("".join(words)) and best is not None and best[0] is not MatchClass.ITEM_EXACT


def _are_known(meaning: Meaning, words: Sequence[str]) -> bool:
    """Whether the words are no slips: known together, or each of those that name a thing."""
    things = [word for word in words if word not in SOFT and word not in DEEDS]
    return meaning.knows("".join(words)) or (bool(things) and all(map(meaning.knows, things)))


def _is_misspelt(vocabulary: Vocabulary, found: Found, words: Sequence[str], via: str) -> bool:
    """Whether one word is rather a slip of an item or name than a compound of which one part alone (`via`) is known.

    쓰페기봉투 is a slip of 쓰레기봉투, not some 봉투; 기념떡, which is one slip from nothing, is a 떡. 나랴인쇄 is a
    slip of the firm 나래인쇄, not some 인쇄, for no term has 나랴; where one has, the trade is meant and not that firm.
    """
    if len(words) > 1 or not found.firms.guesses or via in words:
        return False
    best = next(found.firms.in_order(found.firms.everyone), None)
    if best is None or best[0] in (MatchClass.ITEM_SLIP, MatchClass.ITEM_SLIP_PREFIX):
        return best is not None
    is_name = best[0] in (MatchClass.NAME_SLIP, MatchClass.NAME_SLIP_PREFIX)
    before = words[0].partition(via)[0]
    return is_name and before != "" and not vocabulary.knows(before)


def _meant(shelf: Shelf, meaning: Meaning, words: Sequence[str]) -> Meant | None:
    index = shelf.index

    def leads(terms: Collection[int]) -> bool:
        return bool(index.met_items(dict.fromkeys(terms, 0)).everyone)

    return find_meant(meaning, words, _places_of(index), leads)


def _places_of(index: WordIndex) -> PlacesOf:
    def places_of(key: str) -> dict[int, int]:
        return {term_id: int(way.place) for term_id, way in index.vocabulary.literal(key).ways().items()}

    return places_of
