"""What is said when something went wrong: what happened, that nothing is lost, what to do now, and a number."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, modal, section

BUSY = "지금 저장소가 바빠서 처리하지 못했습니다. 입력하신 내용은 그대로 있습니다. 잠시 뒤 다시 눌러 주세요."
AWAY = "저장소에 닿지 못해 처리하지 못했습니다. 입력하신 내용은 그대로 있습니다. 잠시 뒤 다시 눌러 주세요."
SLACK = "Slack이 받아 주지 않아 처리하지 못했습니다. 저장된 내용은 그대로 있습니다. 잠시 뒤 다시 해 주세요."
NO_ANSWER = (
    "Slack에서 답이 오지 않았습니다. 저장된 내용은 그대로 있습니다. 화면에 아무것도 나오지 않았으면 다시 해 주세요."
)
SLOW = (
    "처리가 늦어지고 있습니다. 입력하신 내용은 그대로 있습니다. 잠시 뒤 다시 눌러 주세요. "
    "그 사이 저장되었더라도 두 번 집계되지 않습니다."
)
NO_WORKSPACE = "이 작업 공간에서는 관내봇이 아직 일할 수 없습니다. 관리자에게 관내봇의 토큰을 확인해 달라고 해 주세요."
TOO_LATE = "양식을 여는 데 시간이 걸려 Slack이 받지 않았습니다. 다시 한 번 눌러 주세요."
UNKNOWN = (
    "처리하지 못했습니다. 이미 저장된 내용은 그대로 있습니다. 잠시 뒤 다시 해 주시고, 계속되면 문의 번호를 알려 주세요."
)
NOT_FOR_US = "아직 알지 못하는 버튼이나 명령입니다. 오래된 메시지라면 `/gwannae`로 다시 시작해 주세요."
NO_RULE = "이 날짜에 적용할 규칙이 도시 설정에 없습니다. 총괄 부서에 알려 주세요."


def with_number(text: str, number: str) -> str:
    """The sentence and the number by which a person finds the entry in the log."""
    return f"{text} (문의 번호 {number})"


def could_not_send() -> Mapping[str, Any]:
    """Said when a message to a channel did not get through."""
    return {
        "text": "채널에 메시지를 보내지 못했습니다. 저장된 내용은 그대로 있습니다. "
        "30분이 지난 버튼이라면 다시 찾아서 눌러 주시고, 계속되면 채널에 관내봇을 초대해 주세요."
    }


def perhaps_not_sent() -> Mapping[str, Any]:
    """Said when Slack did not confirm a message: it may have arrived, so it is not sent again."""
    return {
        "text": "방금 보낸 메시지가 도착했는지 Slack이 알려 주지 않았습니다. 보이지 않더라도 다시 보고하지 마세요. "
        "저장된 내용은 그대로 있고, 관내봇의 홈 탭에서 보실 수 있습니다."
    }


def home_page(text: str) -> Block:
    """The Home tab when what belongs there could not be gathered."""
    return {"type": "home", "blocks": [section("home-problem", text)]}


def window(text: str) -> Block:
    """The same sentence in a window."""
    return modal(ids.PROBLEM_VIEW, "확인해 주세요", [section("problem", text)])
