"""The columns of purchase files and of published contract lists, by the words that are put over them."""

# ruff: noqa: SIM905 - lists of words, read as words

from enum import StrEnum


class PurchaseColumn(StrEnum):
    """What a column of a purchase file holds."""

    TITLE = "title"
    DATE = "date"
    AMOUNT = "amount"
    THIS_YEAR = "this_year"
    TOTAL = "total"
    FIRM = "firm"
    BUSINESS_NUMBER = "business_number"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    KIND = "kind"
    METHOD = "method"
    ITEM = "item"
    CONTRACT_NUMBER = "contract_number"
    REVISION = "revision"
    SHARE = "share"
    STATUS = "status"
    REASON = "reason"


# Space parts the synonyms: in headers it means nothing.
PURCHASE_COLUMNS: dict[PurchaseColumn, list[str]] = {
    PurchaseColumn.TITLE: """
        계약명 계약건명 건명 사업명 용역명 공사명 구매명 구매건명 품의명 품의건명 계약내용 구매내용 적요
        계약사업명 계약명칭 제목 내역 구매내역 사용내역 지출내역
        """.split(),
    PurchaseColumn.DATE: """
        계약일 계약일자 계약체결일 계약체결일자 체결일 체결일자 계약년월일 계약연월일 계약날짜 구매일
        구매일자 최초계약일 최초계약일자 지출일 지출일자 결제일 사용일 사용일자 일자 날짜
        """.split(),
    PurchaseColumn.AMOUNT: """
        계약금액 금액 계약액 구매금액 구매액 지출액 지출금액 결제금액 사용금액 최초계약금액 변경계약금액
        계약금액계 계약금액부가세포함 최종계약금액
        """.split(),
    PurchaseColumn.THIS_YEAR: """
        당해연도금액 당해년도금액 당해연도계약금액 당해년도계약금액 금차금액 금차계약금액 금년도금액
        금년도계약금액 당해연도 당해년도 올해금액 당해연도집행액 차수계약금액
        """.split(),
    PurchaseColumn.TOTAL: """
        총금액 총계약금액 총액 총공사금액 총부기금액 총공사부기금액 총계약액 전체금액 전체계약금액
        총사업비 총용역금액
        """.split(),
    PurchaseColumn.FIRM: """
        업체명 계약상대자 계약업체 업체 상호 상호명 계약업체명 계약상대자명 계약상대자상호 계약상대방
        거래처 거래처명 구매처 구매업체 공급업체 납품업체 낙찰업체 낙찰자 상호법인명 회사명 업체상호 가맹점명
        수급업체 수급인 대표업체 대표업체명 판매처
        """.split(),
    PurchaseColumn.BUSINESS_NUMBER: """
        사업자등록번호 사업자번호 사업자등록No 업체사업자등록번호 계약상대자사업자등록번호 업체사업자번호
        """.split(),
    PurchaseColumn.ADDRESS: """
        소재지 업체소재지 주소 업체주소 사업장소재지 사업장주소 도로명주소 본점소재지 계약상대자주소
        계약상대자소재지 회사주소
        """.split(),
    PurchaseColumn.ORGANISATION: """
        부서 부서명 관서명 수요기관 수요기관명 수요부서 수요부서명 발주부서 발주부서명 발주기관 발주기관명
        계약부서 계약부서명 요청부서 담당부서 담당부서명 사용부서 사업부서 소관부서 기관명 부서기관 구매부서 실과명
        """.split(),
    PurchaseColumn.KIND: "구분 계약구분 업무구분 계약종류 물품용역공사 구매구분 유형 업무 조달구분 업무구분명".split(),
    PurchaseColumn.METHOD: "계약방법 계약방식 구매방법 계약체결방법 계약방법명 계약체결방법명 조달방법".split(),
    PurchaseColumn.ITEM: "품목 품목명 품명 세부품목 세부품명 물품명 구매품목 대표품명 주요품목".split(),
    PurchaseColumn.CONTRACT_NUMBER: """
        통합계약번호 계약번호 확정계약번호 계약관리번호 나라장터계약번호 계약No 계약고유번호 계약서번호
        """.split(),
    PurchaseColumn.REVISION: "차수 계약차수 변경차수 계약변경차수 변경회차".split(),
    PurchaseColumn.SHARE: "지분율 공동도급지분율 지분 공동수급지분율 참여지분율 참여비율 출자비율".split(),
    PurchaseColumn.STATUS: "계약상태 상태 진행상태 계약진행상태 해지여부 취소여부 계약상태명".split(),
    PurchaseColumn.REASON: "사유 관외사유 관외구매사유 미구매사유 관외계약사유 관내미구매사유".split(),
}

# Known, and left out on purpose: counters, terms, what says nothing of the purchase, everything about a person.
IGNORED_COLUMNS = """
    번호 연번 순번 NO 비고 참고 대표자 대표자명 대표 성명 담당자 담당자명 전화 전화번호 연락처 계약기간
    이행기간 착수일 착공일 준공일 완료일 납품기한 납품일 계약시작일 계약종료일 추정가격 예정가격 기초금액
    낙찰률 계약률 시도 급별 수량 단가 단위 규격 세목 통계목 예산과목 선금 기성 준공금 지급총액 하도급 관내여부 관내외
    수의계약사유 구매사유
    """.split()
