"""Names of the made-up firms by trade: fairy-tale animals at work, so that nobody takes one for a firm of theirs."""

from typing import NamedTuple

from gwannae.programme.vendors import CertificateKind

_WOMEN, _DISABLED = CertificateKind.WOMEN, CertificateKind.DISABLED
_SOCIAL, _COOPERATIVE = CertificateKind.SOCIAL, CertificateKind.SOCIAL_COOPERATIVE
_VILLAGE, _SELF_SUPPORT = CertificateKind.VILLAGE, CertificateKind.SELF_SUPPORT
_STARTUP, _YOUTH = CertificateKind.STARTUP, CertificateKind.YOUTH_STARTUP
_SEVERELY, _WORKPLACE = CertificateKind.SEVERELY_DISABLED, CertificateKind.STANDARD_WORKPLACE
_GREEN, _INNOVATION = CertificateKind.GREEN, CertificateKind.INNOVATION
_PRODUCTION = CertificateKind.DIRECT_PRODUCTION


class Name(NamedTuple):
    """A firm's name and the certificates that it holds or held."""

    text: str
    certificates: tuple[CertificateKind, ...] = ()


def _name(text: str, *certificates: CertificateKind) -> Name:
    return Name(text, certificates)


LOCAL: dict[str, tuple[Name, ...]] = {
    "인쇄": (
        _name("종이고래인쇄", _WOMEN, _PRODUCTION),
        _name("먹물여우인쇄소", _WOMEN),
        _name("주식회사 활자두루미", _WOMEN, _PRODUCTION),
        _name("㈜별난오리 프린트 Odd Duck Print", _YOUTH),
        _name("느린거북인쇄", _DISABLED),
        _name("하품하는하마인쇄", _PRODUCTION),
        _name("구름사다리문화사"),
        _name("반달너구리출판인쇄", _SEVERELY),
        _name(
            "세상에서 가장 이름이 긴 가게를 꿈꾸며 하루에 한 글자씩 간판을 늘려 가는 달팽이들의 인쇄 사회적협동조합",
            _COOPERATIVE,
        ),
    ),
    "현수막·간판": (
        _name("바람개비곰광고", _WOMEN),
        _name("펄럭이는고등어", _PRODUCTION),
        _name("<!channel> 광고 & 디자인"),
        _name("(주)깃발나르는펭귄", _SOCIAL, _PRODUCTION),
        _name("무지개달팽이사인", _DISABLED),
        _name("간판닦는수달"),
        _name("줄무늬두더지현수막", _YOUTH),
    ),
    "사무용 가구": (
        _name("의자끄는다람쥐", _PRODUCTION),
        _name("서랍속부엉이가구", _WOMEN, _GREEN),
        _name("책상다리기린가구"),
    ),
    "문구·사무용품": (
        _name("연필깎는비버", _WOMEN),
        _name("지우개먹는염소문구"),
        _name("풀칠하는오소리문구", _SELF_SUPPORT),
    ),
    "컴퓨터·전산소모품": (
        _name("마우스쫓는고양이전산", _STARTUP),
        _name("느긋한나무늘보컴퓨터"),
        _name("토너마시는문어전산", _WORKPLACE),
    ),
    "전기공사": (
        _name("반딧불두꺼비전기"),
        _name("콘센트지키는수탉전기", _WOMEN),
        _name("전봇대위황새전기공사"),
    ),
    "조경": (
        _name("낙엽쓰는고슴도치조경", _SOCIAL),
        _name("잔디뜯는양떼조경"),
        _name("나무심는까치조경", _WOMEN),
    ),
    "청소·위생용품": (
        _name("거품내는너구리", _SELF_SUPPORT),
        _name("빗자루탄토끼위생", _WOMEN),
        _name("물걸레미는바다표범", _SEVERELY),
    ),
    "방역": (_name("모기쫓는잠자리방역", _SOCIAL), _name("소독하는악어방역")),
    "급식·도시락": (
        _name("도시락나르는캥거루", _VILLAGE),
        _name("주먹밥굴리는판다", _WOMEN),
        _name("국자든반달곰급식"),
    ),
    "떡·다과": (
        _name("떡치는달토끼", _VILLAGE),
        _name("쑥캐는족제비떡집"),
        _name("꿀단지안은오리다과", _SELF_SUPPORT),
    ),
    "화환·꽃": (_name("꽃다발문염소화원", _WOMEN), _name("나팔꽃부는당나귀")),
    "행사·공연 대행": (
        _name("무대오르는공작기획", _WOMEN),
        _name("북치는두꺼비공연", _SOCIAL),
        _name("풍선부는복어이벤트", _YOUTH),
    ),
    "차량 정비": (_name("바퀴굴리는쇠똥구리정비"), _name("기름칠하는게정비소")),
    "홍보영상·사진": (_name("사진찍는카멜레온", _YOUTH), _name("필름감는거미영상", _WOMEN)),
    "소프트웨어 개발": (_name("코드물어오는강아지", _YOUTH), _name("버그잡는딱따구리소프트", _INNOVATION)),
    "LED 조명": (_name("등불켠아귀조명", _PRODUCTION, _GREEN), _name("불밝힌오징어조명")),
    "소방설비": (_name("물뿜는코끼리소방"), _name("연기맡는두루미소방설비", _WOMEN)),
    "도장·방수": (_name("페인트쏟은얼룩말도장"), _name("지붕덮는펠리컨방수", _DISABLED)),
    "체육용품": (_name("줄넘기하는캥거루쥐체육사", _WOMEN),),
    "드론 촬영": (_name("하늘나는가오리드론", _STARTUP),),
    "번역": (_name("말따라하는앵무번역", _WOMEN),),
    "세탁": (_name("거품목욕하는라쿤세탁", _SELF_SUPPORT),),
    "인테리어": (_name("벽지바르는도마뱀인테리어"), _name("마루까는개미핥기인테리어", _WOMEN)),
    "안전용품": (_name("안전모쓴아르마딜로", _WORKPLACE),),
    "기념품": (_name("보자기싼올빼미기념품", _WOMEN), _name("도장새기는오소리공예", _VILLAGE)),
    "가전·냉난방": (_name("선풍기돌리는북극곰가전"),),
    "교육·컨설팅": (_name("칠판앞코알라교육", _SOCIAL),),
}

OUTSIDE: dict[str, tuple[Name, ...]] = {
    "인쇄": (_name("먼바다고래인쇄", _PRODUCTION), _name("산너머염소프린팅"), _name("강건너까마귀인쇄")),
    "현수막·간판": (_name("고개넘는당나귀광고"),),
    "사무용 가구": (_name("언덕위순록가구", _PRODUCTION), _name("파도타는물개가구")),
    "문구·사무용품": (_name("등대지기펭귄문구"),),
    "컴퓨터·전산소모품": (_name("눈길걷는순록컴퓨터"), _name("섬마을여우전산", _WOMEN)),
    "행사·공연 대행": (_name("계곡오르는연어이벤트"),),
    "홍보영상·사진": (_name("안개속늑대영상"),),
    "소프트웨어 개발": (_name("은하건너는고래소프트"), _name("사막걷는낙타소프트")),
    "LED 조명": (_name("남쪽나라반딧불조명", _GREEN),),
    "체육용품": (_name("빙판위물범체육사"),),
    "번역": (_name("국경없는갈매기번역"),),
    "가전·냉난방": (_name("해돋이보는수달가전"),),
    "교육·컨설팅": (_name("북쪽숲사슴교육"),),
}

# In the city, but known to be no SME.
LARGE: dict[str, Name] = {
    "소프트웨어 개발": _name("㈜거대공룡소프트"),
    "사무용 가구": _name("대왕고래가구㈜", _PRODUCTION),
    "급식·도시락": _name("매머드푸드㈜"),
}

UNCONFIRMED: dict[str, Name] = {
    "인쇄": _name("주소잃은비둘기인쇄"),
    "현수막·간판": _name("이사가는소라게광고", _WOMEN),
    "기념품": _name("길모르는펭귄기념품"),
    "청소·위생용품": _name("안개섬두더지청소"),
}

# Firms that reporters typed by hand: the registry does not know them.
UNREGISTERED = ("오솔길너구리상점", "건널목오리공방", "나루터왜가리상사", "돌담뒤족제비상회", "골목끝고양이공업")

# Of the firms above: one came into the city in the spring, one left it.
MOVED_IN = "풀칠하는오소리문구"
MOVED_OUT = "섬마을여우전산"
