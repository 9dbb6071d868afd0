"""대리 정하기: the form, and what is said of who acts for a lead from when until when."""

from datetime import timedelta

from gwannae.messages import ids
from gwannae.messages.blocks import Block, context, datepicker, escape, input_block, modal, users_select
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.report_choices import organisation_input
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.dates import write_date
from gwannae.programme.organisations import Affiliation
from gwannae.programme.stand_ins import (
    AlreadyNamed,
    StandInDesk,
    StandInFault,
    StandInNamed,
    StandInRefused,
    last_of,
)

GONE = "그 사이 없어진 부서·기관입니다. 아무도 정하지 않았습니다."


def stand_in_form(desk: StandInDesk, form_key: str) -> Block:
    """Who, for which organisation, from when until when."""
    only = desk.organisations[0] if len(desk.organisations) == 1 else None
    return modal(
        ids.STAND_IN_VIEW,
        "대리 정하기",
        [
            organisation_input(ids.STAND_IN_ORGANISATION, desk.organisations, "부서·기관", only),
            input_block(ids.STAND_IN_PERSON, "누가 대신하나요", users_select(ids.STAND_IN_PERSON, "사람 고르기")),
            input_block(ids.STAND_IN_FIRST, "첫날", datepicker(ids.STAND_IN_FIRST, desk.today.isoformat())),
            input_block(
                ids.STAND_IN_LAST,
                "마지막 날 (그날까지)",
                datepicker(ids.STAND_IN_LAST, (desk.today + timedelta(days=6)).isoformat()),
            ),
            context(
                "stand-in-note",
                "대리는 책임자처럼 보고를 고치고 확정합니다. 사람을 정하거나 채널을 연결하지는 못합니다. "
                "마지막 날이 지나면 저절로 끝납니다.",
            ),
        ],
        submit="정하기",
        close="그만두기",
        memo=form_key,
    )


def errors(refused: StandInRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_BLOCKS[fault]: _FAULTS[fault] for fault in refused.faults}


def said(outcome: StandInNamed | AlreadyNamed | NotAllowed | Impossible) -> str:
    """In the form's place."""
    if isinstance(outcome, StandInNamed):
        named = outcome.affiliation
        return f"<@{named.user_id}> 님을 ‘{escape(named.organisation.name)}’ 책임자 대리로 정했습니다. {span(named)}"
    if isinstance(outcome, AlreadyNamed):
        return "이미 정했습니다. 두 번 정하지 않았습니다."
    return OFFICE_OR_LEAD if isinstance(outcome, NotAllowed) else GONE


def for_stand_in(outcome: StandInNamed, by: str) -> dict[str, str]:
    """The direct message to who was named. `by`: the user id of who named them."""
    named = outcome.affiliation
    return {
        "text": f"<@{by}> 님이 ‘{escape(named.organisation.name)}’ 책임자 대리를 부탁했습니다. {span(named)} "
        "보고를 고치고 `/gwannae 확정`으로 확정하실 수 있습니다."
    }


def span(affiliation: Affiliation) -> str:
    """From when until when, both days counted."""
    first = write_date(affiliation.since)
    if affiliation.until is None:
        return f"{first}부터입니다."
    return f"{first}부터 {write_date(last_of(affiliation.until))}까지입니다(마지막 날 포함)."


_BLOCKS = {
    StandInFault.PERSON: ids.STAND_IN_PERSON,
    StandInFault.FIRST: ids.STAND_IN_FIRST,
    StandInFault.LAST: ids.STAND_IN_LAST,
    StandInFault.FIRST_PAST: ids.STAND_IN_FIRST,
    StandInFault.LAST_BEFORE_FIRST: ids.STAND_IN_LAST,
    StandInFault.TOO_LONG: ids.STAND_IN_LAST,
    StandInFault.LEADS_ALREADY: ids.STAND_IN_PERSON,
    StandInFault.STANDS_IN_ALREADY: ids.STAND_IN_PERSON,
}
_FAULTS = {
    StandInFault.PERSON: "누가 대신하는지 골라 주세요.",
    StandInFault.FIRST: "첫날을 골라 주세요.",
    StandInFault.LAST: "마지막 날을 골라 주세요.",
    StandInFault.FIRST_PAST: "지난 날부터 정할 수는 없습니다. 오늘이나 그 뒤의 날을 골라 주세요.",
    StandInFault.LAST_BEFORE_FIRST: "마지막 날이 첫날보다 앞입니다.",
    StandInFault.TOO_LONG: "대리는 1년까지 정할 수 있습니다. 더 오래라면 책임자로 정해 주세요.",
    StandInFault.LEADS_ALREADY: "이미 이곳의 책임자입니다. 다른 사람을 골라 주세요.",
    StandInFault.STANDS_IN_ALREADY: "이 기간에 이미 대리로 정해져 있습니다. 날을 바꾸시려면 먼저 거두어 주세요.",
}
