"""Choices of the form's menus: firms of the registry, a firm that it lacks, organisations."""

from collections.abc import Mapping, Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, external_select, fold_line, input_block, option, static_select
from gwannae.programme.business_number import write_business_number
from gwannae.programme.hangul import search_key, shorten
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import Firm
from gwannae.programme.vendors import Vendor

UNREGISTERED = "new:"
FIRM_VALUE = "vendor:"


def firm_option(vendor: Vendor) -> Block:
    """A firm of the registry as a choice: name, and what tells it from namesakes."""
    head = vendor.head_office
    number = write_business_number(vendor.business_number) if vendor.business_number else ""
    place = head.district or head.text if head else ""
    described = " · ".join(part for part in (place, number, ", ".join(vendor.items[:3])) if part)
    return option(vendor.name, f"{FIRM_VALUE}{vendor.id}", described)


def known_firm_option(firm: Firm) -> Block:
    """The firm of a stored purchase as a choice."""
    if firm.vendor_id is not None:
        return option(firm.name, f"{FIRM_VALUE}{firm.vendor_id}")
    return unregistered_option(firm.name)


def unregistered_option(name: str) -> Block:
    """The choice that takes typed words as a firm that the registry lacks."""
    short = shorten(fold_line(name), 50)
    return option(f"‘{short}’ – 명부에 없는 업체로 적기", f"{UNREGISTERED}{short}")


def vendor_id_of(choice: Mapping[str, Any]) -> int | None:
    """The registry's firm that a choice names."""
    value = str(choice.get("value", ""))
    return ids.read_number(value.removeprefix(FIRM_VALUE)) if value.startswith(FIRM_VALUE) else None


def unregistered_name(choice: Mapping[str, Any]) -> str | None:
    """The typed name, if the choice is for a firm that the registry lacks."""
    value = str(choice.get("value", ""))
    return value.removeprefix(UNREGISTERED) if value.startswith(UNREGISTERED) else None


def typed_firm(words: str) -> tuple[str, str]:
    """Name and business number of what was typed for a firm that the registry lacks: digits alone are the number."""
    digits = words.replace("-", "").replace(" ", "")
    return ("", words) if digits.isdecimal() else (words, "")


def firm_options(typed: str, vendors: Sequence[Vendor]) -> list[Block]:
    """Choices of the type-ahead; the last one takes the typed words as a firm that the registry lacks."""
    choices = [firm_option(vendor) for vendor in vendors]
    return [*choices, unregistered_option(typed)] if typed.strip() else choices


def organisation_options(organisations: Sequence[Organisation], typed: str = "") -> list[Block]:
    """Choices of the organisation menu: those whose name holds what was typed, at most 100."""
    wanted = search_key(typed)
    return [organisation_option(o) for o in organisations if wanted in search_key(o.name)][:100]


def organisation_option(organisation: Organisation) -> Block:
    """An organisation as a choice; one that takes no part any more is marked."""
    mark = "" if organisation.active else " (참여하지 않음)"
    return option(f"{organisation.name}{mark}", str(organisation.id))


def organisation_input(
    block_id: str,
    organisations: Sequence[Organisation],
    label: str,
    chosen: Organisation | None = None,
    *,
    dispatch: bool = False,
) -> Block:
    """A plain menu up to 100 organisations, else one that is asked for while typing. `dispatch`: a choice is told to
    the bot at once.
    """
    return input_block(block_id, label, organisation_menu(block_id, organisations, chosen), dispatch=dispatch)


def organisation_menu(action_id: str, organisations: Sequence[Organisation], chosen: Organisation | None) -> Block:
    """The menu alone, for where it stands beside a text."""
    if len(organisations) <= 100:
        options = [organisation_option(o) for o in organisations]
        return static_select(action_id, "부서·기관 고르기", options, str(chosen.id) if chosen else None)
    initial = organisation_option(chosen) if chosen else None
    return external_select(action_id, "부서·기관 이름으로 찾기", initial, least=0)
