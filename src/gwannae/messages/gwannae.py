"""What `/gwannae` says: help with what counts and whom to call; linking channels, naming people, organisations."""

from collections.abc import Mapping, Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    ephemeral,
    escape,
    external_select,
    input_block,
    message,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.report_choices import organisation_input
from gwannae.programme.affiliation import (
    AffiliationEnded,
    ChannelLinked,
    ChannelUnlinked,
    Impossible,
    NotAllowed,
    OrganisationSaved,
    RoleGiven,
)
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import josa
from gwannae.programme.organisations import Organisation, OrganisationKind
from gwannae.programme.vendors import AddressKind
from gwannae.programme.verdict import LocalRule, UnknownSize

TAKES_PART, TAKES_NO_PART = "in", "out"


def help_answer(city: City, rule: LocalRule) -> dict[str, Any]:
    """The help as the answer to a command, seen by the asker alone."""
    said = help_message(city, rule)
    return ephemeral(said["text"], [*said["blocks"], context("help-note", "이 메시지는 나에게만 보입니다.")])


def help_message(city: City, rule: LocalRule) -> Mapping[str, Any]:
    """The help: commands, what counts, whom to call."""
    text = "관내봇은 관내 업체를 찾고, 구매를 보고하고, 우리 부서의 순위를 보여 드립니다."
    commands = (
        "`/localvendor 현수막` 관내 업체 찾기\n"
        "`/report-purchase` 구매 보고 (예: `/report-purchase 현수막 30만원 어제`)\n"
        "`/local-standings` 우리 부서의 순위\n"
        "`/gwannae 연결` 이 채널을 부서·기관에 연결\n"
        "`/gwannae 담당` 책임자와 담당자, 대리 정하기, 거두기\n"
        "`/gwannae 부서` 부서·기관 추가와 고치기(총괄 부서)\n"
        "`/gwannae 할 일` 우리 부서에 남은 일\n"
        "`/gwannae 인수인계` 맡은 곳의 남은 일과 지난해 실적(책임자, 총괄 부서)\n"
        "`/gwannae 남은 곳` 어느 부서·기관에 무엇이 남았는지(총괄 부서, 성과 부서)\n"
        "`/gwannae 안내` 연초 안내 초안과 보내기(총괄 부서)\n"
        "`/gwannae 확정` 기간 실적 확정과 현황(책임자, 총괄 부서)\n"
        "`/gwannae 미확인` 아직 판정되지 않은 보고(총괄 부서)\n"
        "`/gwannae 마감` 마감된 기간 다시 열기(총괄 부서)\n"
        "`/gwannae 결산` 연말 결산, 우수부서, 가점(총괄 부서)\n"
        "`/gwannae 정책실명제` 사업내역서 적기와 받기(총괄 부서)\n"
        "`/gwannae 설계` 설계 단계 사업: 품목마다 관내에서 만드는 곳 미리 보기\n"
        "`/gwannae 협의회` 실무협의회 위원, 자료, 회의록(총괄 부서)\n"
        "`/gwannae 일정` 올해 일정\n"
        "`/gwannae 휴일` 쉬는 날 정하기(총괄 부서)\n"
        "`/gwannae 새해` 새해 설정을 확인하고 여는 일(총괄 부서)\n"
        "`/gwannae 발송` 때가 되면 보내는 것: 시작, 멈춤, 고치기, 거두기(총괄 부서)"
    )
    return message(
        f"{text} 명령: /localvendor, /report-purchase, /local-standings",
        [
            section("help-head", f"*{text}*"),
            section("help-commands", commands),
            section("help-counts", "\n".join(["*무엇이 집계되나요*", *what_counts(city, rule)])),
            section("help-call", f"*어디에 물어보나요*\n{escape(city.programme_office)} (지역상품 우선구매 총괄)"),
            actions("help-row", [button(ids.REPORT_OPEN, "구매 보고", style="primary")]),
        ],
    )


def what_counts(city: City, rule: LocalRule) -> list[str]:
    """The city's rule in sentences, from its dated settings."""
    kinds = "·".join(kind.label for kind in AddressKind if kind in rule.addresses)
    lines = [f"• 계약일에 {kinds} 소재지가 {escape(city.name)}에 있는 업체와의 계약을 관내로 집계합니다."]
    if rule.residency_months:
        lines.append(f"• 소재지를 둔 지 {rule.residency_months}개월이 지나야 합니다.")
    if rule.size_matters:
        unknown = {
            UnknownSize.LOCAL: "규모를 확인하지 못한 업체는 관내로 보고 ‘규모 미확인’으로 표시합니다",
            UnknownSize.UNCONFIRMED: "규모를 확인하지 못한 업체는 ‘미확인’으로 둡니다",
            UnknownSize.OUTSIDE: "규모를 확인하지 못한 업체는 관외로 봅니다",
        }[rule.unknown_size]
        lines.append(f"• 중소기업·소상공인이어야 합니다. {unknown}.")
    lines.append("• 미확인은 확인될 때까지 비율의 어느 쪽에도 넣지 않습니다.")
    ordinance = city.ordinance
    lines.append(f"기준: {escape(rule.source)}, {write_day(rule.valid_from)}부터 · 조례 {escape(ordinance.number)}")
    return lines


def unknown_word(word: str) -> dict[str, Any]:
    """A word after `/gwannae` that means nothing."""
    text = (
        f"‘{escape(word[:50])}’{josa(word[:50], '은/는')} 모르는 말입니다. `/gwannae`만 입력하시면 도움말이 나옵니다."
    )
    return ephemeral(text)


def link_form(organisations: Sequence[Organisation], channel_id: str, linked: Organisation | None) -> Block:
    """Which organisation this channel belongs to."""
    now = f"지금은 *{escape(linked.name)}* 채널입니다." if linked else "아직 어느 부서·기관에도 연결되지 않았습니다."
    blocks = [
        section("link-now", f"<#{channel_id}> 채널을 연결합니다. {now}"),
        organisation_input(ids.LINK_ORGANISATION, organisations, "이 채널의 부서·기관"),
        context("link-note", "안내와 독려가 이 채널로 오고, 이 채널에서 보고하면 이 부서·기관이 먼저 나옵니다."),
    ]
    if linked:
        blocks.append(actions("link-undo-row", [button(ids.UNLINK, "연결 풀기", channel_id, style="danger")]))
    return modal(ids.LINK_VIEW, "채널 연결", blocks, submit="연결", close="그만두기", memo=channel_id)


def organisation_form() -> Block:
    """Add an organisation, or change the one chosen; the choices are asked for while the person types.

    Name and kind begin empty: a renamed corporation must not become a division because nobody looked at the last menu.
    """
    choose = external_select(ids.ORGANISATION_TARGET, "새로 추가하려면 비워 두세요", least=0)
    return modal(
        ids.ORGANISATION_VIEW,
        "부서·기관",
        [
            input_block(ids.ORGANISATION_TARGET, "고칠 부서·기관", choose, optional=True),
            input_block(
                ids.ORGANISATION_NAME,
                "이름",
                text_input(ids.ORGANISATION_NAME, limit=100),
                hint="고칠 때 비워 두면 이름은 그대로 둡니다.",
                optional=True,
            ),
            input_block(
                ids.ORGANISATION_KIND,
                "구분",
                static_select(
                    ids.ORGANISATION_KIND,
                    "구분 고르기",
                    [option(k.label, k.value) for k in OrganisationKind],
                ),
                hint="비워 두면 고칠 때는 그대로, 새로 추가할 때는 부서로 저장합니다.",
                optional=True,
            ),
            input_block(
                ids.ORGANISATION_STATE,
                "참여",
                static_select(
                    ids.ORGANISATION_STATE,
                    "그대로 둡니다",
                    [option("더는 참여하지 않음", TAKES_NO_PART), option("다시 참여", TAKES_PART)],
                ),
                hint="참여하지 않는 곳은 고르는 목록에서 빠집니다. 채널 연결과 그동안의 보고는 그대로 있습니다.",
                optional=True,
            ),
        ],
        submit="저장",
        close="그만두기",
    )


def name_missing() -> dict[str, str]:
    """At the form's field."""
    return {ids.ORGANISATION_NAME: "이름을 글자로 적어 주세요. 고칠 곳을 고르셨으면 비워 두셔도 됩니다."}


def name_taken() -> dict[str, str]:
    """At the form's field."""
    return {ids.ORGANISATION_NAME: _IMPOSSIBLE["already_taken"]}


def organisation_errors(outcome: object) -> dict[str, str]:
    """What cannot be, at its field of the form; empty for everything that is said in the form's place."""
    if outcome == Impossible("already_taken"):
        return name_taken()
    if isinstance(outcome, Impossible) and outcome.code in _AT_STATE:
        return {ids.ORGANISATION_STATE: _IMPOSSIBLE[outcome.code]}
    return {}


def said(outcome: object) -> str:
    """One sentence for each outcome of these forms."""
    if isinstance(outcome, ChannelLinked):
        name = escape(outcome.organisation.name)
        moved = f" (전에는 {escape(outcome.former.name)} 채널이었습니다)" if outcome.former else ""
        return f"<#{outcome.channel_id}> 채널을 ‘{name}’에 연결했습니다{moved}."
    if isinstance(outcome, ChannelUnlinked):
        if outcome.former is None:
            return "이 채널은 어느 부서·기관에도 연결되어 있지 않습니다."
        return f"<#{outcome.channel_id}> 채널과 ‘{escape(outcome.former.name)}’의 연결을 풀었습니다."
    if isinstance(outcome, RoleGiven):
        given = outcome.affiliation
        role = f"{given.role.label}{josa(given.role.label, '으로/로')}"
        return f"<@{given.user_id}> 님을 ‘{escape(given.organisation.name)}’ {role} 정했습니다."
    if isinstance(outcome, AffiliationEnded):
        ended = outcome.affiliation
        gone = f"<@{ended.user_id}> 님의 ‘{escape(ended.organisation.name)}’ {ended.role.label} 소속을 거두었습니다."
        return f"{gone} 그동안의 보고는 그대로 있습니다."
    if isinstance(outcome, OrganisationSaved):
        return _saved(outcome)
    if isinstance(outcome, Impossible):
        return _IMPOSSIBLE[outcome.code]
    assert isinstance(outcome, NotAllowed)
    return OFFICE_OR_LEAD


def _saved(outcome: OrganisationSaved) -> str:
    name, kind = outcome.organisation.name, outcome.organisation.kind.label
    who = f"{kind} ‘{escape(name)}’"
    if not outcome.organisation.active:
        return f"{who}{josa(name, '은/는')} 더는 참여하지 않습니다. 채널 연결과 그동안의 보고는 그대로 있습니다."
    if outcome.came_back:
        return f"{who}{josa(name, '이/가')} 다시 참여합니다."
    return f"{who}{josa(name, '을/를')} {'추가했습니다' if outcome.added else '고쳤습니다'}."


_AT_STATE = ("office_takes_part", "takes_no_part", "none_chosen")
_IMPOSSIBLE = {
    "gone": "그 사이 없어졌거나 이미 바뀌었습니다. 홈 탭을 새로 열어 확인해 주세요.",
    "already_taken": "같은 이름의 부서·기관이 이미 있습니다. 이름을 다시 확인해 주세요.",
    "office_takes_part": "총괄 부서는 참여에서 뺄 수 없습니다. 아무것도 바꾸지 않았습니다.",
    "takes_no_part": "더는 참여하지 않는 곳입니다. 고치시려면 ‘다시 참여’를 함께 골라 주세요.",
    "none_chosen": "참여하지 않게 할 곳을 ‘고칠 부서·기관’에서 먼저 골라 주세요.",
    "last_office_person": "총괄 부서의 마지막 한 사람은 뺄 수 없습니다. 먼저 다른 사람을 총괄로 정해 주세요.",
}


def only_in_channel() -> dict[str, Any]:
    """`/gwannae 연결` in a direct message."""
    return ephemeral("연결은 부서·기관의 채널에서 해 주세요. 그 채널에서 `/gwannae 연결`을 입력하시면 됩니다.")


def linked_elsewhere(linked: Organisation, office: str) -> dict[str, Any]:
    """`/gwannae 연결` by a lead in a channel of somebody else's."""
    return ephemeral(
        f"이 채널은 이미 *{escape(linked.name)}* 채널입니다. 아무것도 바꾸지 않았습니다. "
        f"옮기려면 {escape(linked.name)} 책임자가 먼저 연결을 풀거나, {escape(office)}에 말씀해 주세요."
    )
