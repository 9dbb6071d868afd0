"""Slack's own sentences in the workspace: what a person reads when the app did not answer as it should."""

from __future__ import annotations


def command_failed(name: str, code: str) -> str:
    return f"{name} 명령이 실패했습니다 ({code}). 잠시 뒤 다시 입력해 주세요."


def unknown_command(name: str) -> str:
    return f"{name} 명령은 이 작업공간에 없습니다. ‘/’를 입력하면 쓸 수 있는 명령이 보입니다."


def action_failed(code: str) -> str:
    return f"앱이 응답하지 않아 처리하지 못했습니다 ({code}). 잠시 뒤 다시 눌러 주세요."


def submission_failed(code: str) -> str:
    return f"제출하지 못했습니다 ({code}). 입력하신 내용은 그대로 있습니다. 잠시 뒤 다시 제출해 주세요."


def not_on_screen() -> str:
    return "화면이 그사이 바뀌었습니다. 지금 보이는 내용에서 다시 눌러 주세요."


def field_required() -> str:
    return "필수 항목입니다. 입력해 주세요."


def too_short(least: int) -> str:
    return f"{least}자 이상 적어 주세요."


def too_long(most: int) -> str:
    return f"{most:,}자까지 적을 수 있습니다."


def invited(names: str, channel: str) -> str:
    return f"#{channel} 채널에 초대했습니다: {names}"


def invite_usage() -> str:
    return "누구를 초대할지 @이름으로 적어 주세요. 예) /invite @관내봇"


def channel_archived() -> str:
    return "보관된 채널입니다. 메시지를 보낼 수 없습니다."


def file_too_large() -> str:
    return "파일이 너무 큽니다. 64MB까지 올릴 수 있습니다."


def clock_goes_forward() -> str:
    return "시계는 앞으로, 한 번에 400일까지만 돌릴 수 있습니다. 오늘보다 뒤의 날을 골라 주세요."


def clock_is_moving() -> str:
    return "시계를 돌리고 있습니다."
