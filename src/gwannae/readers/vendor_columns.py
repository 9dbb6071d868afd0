"""The columns of vendor files, by the words that offices and public data sets put over them."""

# ruff: noqa: SIM905 - lists of words, read as words

from enum import StrEnum


class VendorColumn(StrEnum):
    """What a column of a vendor file holds."""

    NAME = "name"
    BUSINESS_NUMBER = "business_number"
    ADDRESS = "address"
    ITEMS = "items"
    TRADE = "trade"
    DISTRICT = "district"
    PHONE = "phone"
    CERTIFICATES = "certificates"
    CERTIFICATE_NUMBER = "certificate_number"
    CERTIFICATE_PERIOD = "certificate_period"
    CERTIFICATE_FROM = "certificate_from"
    CERTIFICATE_TO = "certificate_to"
    SIZE = "size"
    MAKES = "makes"
    KINDS = "kinds"
    AS_OF = "as_of"


# Space parts the synonyms: in headers it means nothing.
VENDOR_COLUMNS: dict[VendorColumn, list[str]] = {
    VendorColumn.NAME: """
        업체명 상호 상호명 업소명 회사명 법인명 가맹점명 기관명 기업명 사업장명 사업체명 상호법인명
        업체 업체상호 계약상대자 거래처명 시설명 약국명 의료기관명 점포명 업체명칭
        """.split(),
    VendorColumn.BUSINESS_NUMBER: "사업자등록번호 사업자번호 사업자등록No 업체사업자등록번호".split(),
    VendorColumn.ADDRESS: """
        소재지 주소 도로명주소 지번주소 사업장주소 사업장소재지 본점소재지 본사소재지 업체소재지
        업체주소 소재지주소 소재지도로명 소재지도로명주소 소재지지번주소 소재지전체주소 도로명전체주소
        영업소소재지 상세주소 본사주소 회사주소 기업주소 위치
        """.split(),
    VendorColumn.ITEMS: """
        품목 취급품목 주요품목 대표품명 주생산품 생산품목 취급품 주요생산품 주요생산품목 생산품 품명
        물품명 세부품명 주요품명 주요제품 제품명 취급물품 판매품목 주력품목 취급품목명 주요취급품목
        """.split(),
    VendorColumn.TRADE: "업종 대표업종 종별 업종명 업태 주업종 종목 업종구분 의료기관종별 업태업종".split(),
    VendorColumn.DISTRICT: "구 시군구 행정구 시군구명 구명 자치구 관할구 구군".split(),
    VendorColumn.PHONE: """
        대표전화 전화 전화번호 연락처 대표전화번호 업체전화번호 회사전화 사업장전화번호 유선전화 TEL
        """.split(),
    VendorColumn.CERTIFICATES: """
        정책기업구분 인증 인증현황 기업인증 인증구분 인증종류 정책기업 인증내용 인증명 보유인증
        기업유형
        """.split(),
    VendorColumn.CERTIFICATE_NUMBER: "인증번호 확인서번호 인증서번호 발급번호".split(),
    VendorColumn.CERTIFICATE_PERIOD: "유효기간 인증기간 인증유효기간 확인서유효기간".split(),
    VendorColumn.CERTIFICATE_FROM: """
        유효기간시작 유효기간시작일 유효시작일 인증시작일 유효기간부터 인증일 발급일
        """.split(),
    VendorColumn.CERTIFICATE_TO: """
        유효기간종료 유효기간종료일 유효종료일 인증종료일 유효기간만료일 만료일 인증만료일 유효기간까지
        """.split(),
    VendorColumn.SIZE: "기업구분 기업규모 규모 기업규모구분 기업형태구분".split(),
    VendorColumn.MAKES: "제조여부 직접생산 직접생산여부 직접생산확인 제조업체여부".split(),
    VendorColumn.KINDS: "구분 계약구분 공급구분 물품용역공사 물품용역구분 물품용역공사구분".split(),
    VendorColumn.AS_OF: "데이터기준일자 데이터기준일 기준일자 기준일 자료기준일".split(),
}

# "품목1, 품목2 …": one firm's list, spread over columns.
VENDOR_COLUMNS[VendorColumn.ITEMS] += [f"{word}{n}" for word in ("품목", "취급품목", "주요품목") for n in range(1, 10)]

# Known, and left out on purpose: counters, what says nothing of the firm, and everything about a person.
IGNORED_COLUMNS = """
    번호 연번 순번 NO 결제방법 나라장터등록일 등록일 비고 참고 우편번호 홈페이지 이메일 팩스
    팩스번호 FAX 대표자 대표자명 대표 성명 담당자 담당자명 휴대전화 휴대폰 휴대전화번호 휴대폰번호
    핸드폰 위도 경도 시도 시도명 영업상태 설립일 종업원수
    """.split()
