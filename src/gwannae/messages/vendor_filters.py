"""Filters under an answer: menus that narrow it, chips that take a filter off, and what every button must remember."""

import json
from functools import lru_cache

from gwannae.messages import ids
from gwannae.messages.blocks import OPTION_LIMIT, Block, actions, button, plain, section, static_select
from gwannae.programme.city import City
from gwannae.programme.filters import FilterWords, filter_words
from gwannae.programme.hangul import josa
from gwannae.programme.localvendor import LookUp
from gwannae.programme.places import Places
from gwannae.programme.vendor_kinds import KindFilter
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import Verdict

_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: an answer has twenty

OPTION_VALUE = 150  # characters that a menu's choice can carry


def memo(found: LookUp, offset: int, side: Verdict | None = None) -> str:
    """What a button must remember to show another page: the words, the side and where to begin."""
    return _write(found.query.text, side or found.side, offset)


def read_memo(value: str) -> tuple[str, Verdict, int]:
    """The other way round; a value that is not ours is read as an empty query."""
    try:
        kept = json.loads(value)
        return str(kept["q"]), Verdict(kept["s"]), max(0, min(int(kept["o"]), 1_000_000))
    except (ValueError, KeyError, TypeError):
        return "", Verdict.LOCAL, 0


def filter_blocks(found: LookUp, city: City) -> list[Block]:
    """The chips of the filters in force, and the menus; neither for a business number, which names one firm.

    A query too long for a menu's choice to remember has no menus: its filters are words all the same.
    """
    if found.query.business_number:
        return []
    words = filter_words(found.query, city.places)
    blocks = []
    if chips := _chips(found, words):
        blocks.append(actions("localvendor-chips", chips))
    if note := kind_note(found):
        blocks.append(section("localvendor-kinds", note, _unsorted(found, words)))
    offered = (_districts(found, words, city.places), _kinds(found, words), _certificates(found, words))
    if menus := [menu for menu in offered if menu]:
        blocks.append(actions("localvendor-filters", menus))
    return blocks


def kind_note(found: LookUp) -> str:
    """Which firms a filter by kind left out although it may be meant, or that it had to be given up; else empty."""
    if found.not_met:
        labels = "·".join(kind.label for kind in found.not_met)
        return f"‘{labels}’{josa(labels, '으로/로')} 알려진 업체가 없어 구분을 가리지 않고 보여 드립니다."
    if not found.unsorted:
        return ""
    return f"물품·용역·공사 가운데 무엇인지 자료에 없는 업체 {found.unsorted:,}곳은 빠져 있습니다."


def _unsorted(found: LookUp, words: FilterWords) -> Block | None:
    if found.not_met:
        return None
    value = _write(words.with_kind(KindFilter.UNKNOWN), found.side)
    return button(ids.numbered(ids.VENDOR_CHIP, "unsorted"), f"{found.unsorted:,}곳 보기", value)


def _chips(found: LookUp, words: FilterWords) -> list[Block]:
    query = found.query
    chips = [(district, words.without_district(district)) for district in query.districts]
    chips += [(kind.label, words.without_kind(kind)) for kind in query.kinds]
    chips += [(kind.label, words.without_certificates(kind)) for kind in query.certificates]
    return [
        button(ids.numbered(ids.VENDOR_CHIP, n), f"{label} ×", _write(rest, found.side))
        for n, (label, rest) in enumerate(chips)
    ]


def _districts(found: LookUp, words: FilterWords, places: Places) -> Block | None:
    choices = [("구: 전체", words.with_district(None))]
    choices += [(d.name, words.with_district(d.name)) for d in places.districts]
    held = found.query.districts
    now = [d.name for d in places.districts].index(held[0]) + 1 if len(held) == 1 else None if held else 0
    return _menu(ids.VENDOR_DISTRICT, "구", choices, found.side, now) if places.districts else None


def _kinds(found: LookUp, words: FilterWords) -> Block | None:
    choices = [("구분: 전체", words.with_kind(None)), *((kind.label, words.with_kind(kind)) for kind in KindFilter)]
    held = found.query.kinds
    now = list(KindFilter).index(held[0]) + 1 if len(held) == 1 else None if held else 0
    return _menu(ids.VENDOR_KIND, "구분", choices, found.side, now)


def _certificates(found: LookUp, words: FilterWords) -> Block | None:
    """Choosing one more narrows further; the first choice takes all of them off."""
    held = found.query.certificates
    choices = [("인증: 전체", words.without_certificates(*held))]
    choices += [(kind.label, words.with_certificate(kind)) for kind in CertificateKind if kind not in held]
    return _menu(ids.VENDOR_CERTIFICATE, "인증 더하기", choices, found.side, None if held else 0)


def _menu(
    action_id: str, placeholder: str, choices: list[tuple[str, str]], side: Verdict, now: int | None
) -> Block | None:
    options: list[Block] = [{"text": _label(label), "value": _write(text, side)} for label, text in choices]
    if any(len(made["value"]) > OPTION_VALUE for made in options):
        return None
    return static_select(action_id, placeholder, options, None if now is None else options[now]["value"])


@lru_cache(256)  # every answer offers the same choices; nobody changes them
def _label(text: str) -> Block:
    return plain(text, OPTION_LIMIT)


def _write(text: str, side: Verdict, offset: int = 0) -> str:
    return _AS_JSON({"q": text, "s": side.value, "o": offset})
