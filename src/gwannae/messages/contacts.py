"""담당자 확인: who acts for an organisation, and how that is changed."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, modal, section
from gwannae.programme.contacts import Contacts
from gwannae.programme.dates import write_date
from gwannae.programme.stand_ins import last_of

PEOPLE_SHOWN = 30
GONE = "그 사이 없어졌거나 더는 참여하지 않는 곳입니다. 아무것도 하지 않았습니다."


def contacts_view(found: Contacts | None) -> Block:
    """The window."""
    if found is None:
        return modal(ids.CONTACTS_VIEW, "담당자 확인", [section("contacts-none", GONE)])
    lines = [
        f"• {one.role.label} <@{one.user_id}>{f' ({write_date(last_of(one.until))}까지)' if one.until else ''}"
        for one in found.people[:PEOPLE_SHOWN]
    ]
    if (more := len(found.people) - PEOPLE_SHOWN) > 0:
        lines.append(f"• 그 밖에 {more:,}명")
    listed = "\n".join(lines) or "아직 정해진 사람이 없습니다. 독려와 안내가 채널에만 갑니다."
    blocks = [section("contacts", f"*{escape(found.organisation.name)}의 담당*\n{listed}")]
    if found.may_change:
        blocks.append(actions("contacts-row", [button(ids.LEAD_OPEN, "담당자 바꾸기")]))
    else:
        blocks.append(context("contacts-note", "바뀌었으면 부서 책임자나 총괄 부서에 알려 주세요."))
    return modal(ids.CONTACTS_VIEW, "담당자 확인", blocks)
