"""What a command was told by name: the one organisation that is meant, else the sentence that says what is missing."""

from typing import TYPE_CHECKING

import typer

from gwannae.bot.cli_output import FAILED, say

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.organisations import Organisation


def organisation_named(toolkit: "Toolkit", word: str) -> "Organisation":
    """The organisation of this name or code. Raises typer.Exit, after the sentence, for none and for several."""
    from gwannae.actions.rosters import organisations_named

    found = organisations_named(toolkit, word)
    if not found:
        raise refused(f"부서·기관을 찾지 못했습니다: {word}. gwannae organisations list로 이름을 확인해 주세요.")
    if len(found) > 1:
        codes = ", ".join(o.code for o in found)
        raise refused(f"‘{word}’(이)라는 부서·기관이 여럿입니다. 코드로 적어 주세요: {codes}")
    return found[0]


def refused(sentence: str) -> typer.Exit:
    """Say why nothing was done; to be raised."""
    say(sentence)
    return typer.Exit(FAILED)
