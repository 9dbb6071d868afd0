"""Sentences for a public data service that gave no answer."""

from gwannae.readers.service_faults import ServiceCode, ServiceFault

_WORDS = {
    ServiceCode.REFUSED_KEY: (
        "인증키를 받아 주지 않습니다. 공공데이터포털에서 이 서비스의 활용 신청이 승인되었는지, 키와 기한이 맞는지 "
        "확인해 주세요."
    ),
    ServiceCode.QUOTA: "오늘 물을 수 있는 횟수를 다 썼습니다. 내일 다시 실행해 주세요.",
    ServiceCode.TOO_MANY: "한 번에 물을 수 있는 수보다 많이 물어 받아 주지 않았습니다. 관리자에게 알려 주세요.",
    ServiceCode.REJECTED: "서비스가 질문을 이해하지 못했습니다. 서비스가 바뀌었을 수 있으니 관리자에게 알려 주세요.",
    ServiceCode.SERVER: "서비스가 지금 답하지 못하는 상태입니다. 잠시 뒤 다시 실행해 주세요.",
    ServiceCode.TIMED_OUT: "서비스가 제때 답하지 않았습니다. 잠시 뒤 다시 실행해 주세요.",
    ServiceCode.AWAY: "서비스에 닿지 못했습니다. 인터넷 연결과 주소 설정을 확인한 뒤 다시 실행해 주세요.",
    ServiceCode.TRUNCATED: "답이 중간에 끊겼습니다. 잠시 뒤 다시 실행해 주세요.",
    ServiceCode.UNREADABLE: ("답을 읽지 못했습니다. 서비스가 바뀌었을 수 있으니 되풀이되면 관리자에게 알려 주세요."),
}


def code_words(code: ServiceCode) -> str:
    """What happened and what to do, for a service that was asked."""
    return _WORDS[code]


def service_words(fault: ServiceFault) -> str:
    """The sentence for a service of which nothing was learned."""
    if fault.code is ServiceCode.NO_KEY:
        return (
            f"{fault.setting} 설정이 없어 물을 수 없으니, 공공데이터포털에서 받은 인증키를 환경 변수나 .env 파일에 "
            "적어 주세요(.env.example 참고)."
        )
    detail = f" (답: {fault.detail})" if fault.detail else ""
    setting = f" 설정 이름은 {fault.setting}입니다." if fault.setting else ""
    return f"{_WORDS[fault.code]}{setting} 바뀐 것은 없습니다.{detail}"
