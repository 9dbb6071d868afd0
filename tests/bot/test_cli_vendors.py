"""`gwannae vendors import` and `search`, as an officer types them."""

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine
from tests.readers.files import csv_text, repacked, uncalculated, xls, xlsx
from tests.shared_data import shared_data_path

HEADER = ("상호", "사업자등록번호", "소재지", "취급품목", "인증현황")
PRINTER = ("달빛인쇄", "129-81-01236", "가람도 햇님시 솔숲구 은하로 12", "명함, 책자", "여성기업")
MAKER = ("별빛가구", "", "부산광역시 중구 라온로 2", "책상", "")
ROWS = (HEADER, PRINTER, MAKER)


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    return CommandLine(sqlite_database.url)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "명부.csv"
    path.write_text(csv_text(*ROWS), encoding="utf-8")
    return path


def firms(database: str) -> int:
    with sqlite3.connect(database.split("///")[1]) as connection:
        return int(connection.execute("SELECT count(*) FROM vendors").fetchone()[0])


TITLED = (("2027년 업체 명부", "", "", "", ""), ("", "", "", "", "(단위: 곳)"), *ROWS, ("합계", "", "", "2", ""))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf8.csv", csv_text(*ROWS).encode()),
        ("bom.csv", csv_text(*ROWS).encode("utf-8-sig")),
        ("cp949.csv", csv_text(*ROWS).encode("cp949")),
        ("titled.csv", csv_text(*TITLED).encode("cp949")),
        ("new.xlsx", xlsx(ROWS)),
        ("titled.xlsx", xlsx(TITLED)),
        ("old.xls", xls(ROWS)),
        ("wrongly_named.csv", xlsx(ROWS)),
    ],
)
def test_every_way_in_which_offices_save_a_list_is_read(
    gwannae: CommandLine, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    ended = gwannae("vendors", "import", path, "--json")

    assert ended.code == 0, ended.err
    assert (ended.json["new"], ended.json["refused"], ended.json["source"]) == (2, [], name)
    assert [found["name"] for found in gwannae("vendors", "search", "명함", "--json").json] == ["달빛인쇄"]


@pytest.mark.parametrize(
    ("name", "address", "items"),
    [
        ("상호", "소재지", "업종"),
        ("업체명", "주소", "품목"),
        ("업소명", "도로명주소", "취급품목"),
        ("가맹점명", "주소", "종별"),
        ("업체명", "소재지", "대표품명"),
        ("상호", "도로명주소", "대표업종"),
    ],
)
def test_headers_are_known_by_the_words_that_offices_use(
    gwannae: CommandLine, tmp_path: Path, name: str, address: str, items: str
) -> None:
    path = tmp_path / "v.csv"
    path.write_text(csv_text((name, address, items), ("달빛인쇄", PRINTER[2], "명함")), encoding="utf-8")

    assert gwannae("vendors", "import", path).code == 0
    (found,) = gwannae("vendors", "search", "명함", "--json").json
    assert (found["name"], found["district"]) == ("달빛인쇄", "솔숲구")


def test_an_import_reports_in_words_and_the_same_file_again_changes_nothing(gwannae: CommandLine, sheet: Path) -> None:
    first, second = gwannae("vendors", "import", sheet), gwannae("vendors", "import", sheet)

    assert (first.code, first.out, second.code, second.out) == (0, "", 0, "")
    assert first.err == "명부.csv: 업체 명부에 넣었습니다. 새 업체 2곳 · 바뀐 업체 0곳 · 그대로 0곳\n"
    assert second.err.startswith("명부.csv: 명부와 같아 바뀐 것이 없습니다. 새 업체 0곳 · 바뀐 업체 0곳 · 그대로 2곳")


def test_a_dry_run_says_so_and_stores_nothing(gwannae: CommandLine, sheet: Path) -> None:
    ended = gwannae("vendors", "import", sheet, "--dry-run", "--json")

    assert (ended.code, ended.json["dry_run"], ended.json["new"]) == (0, True, 2)
    assert "저장하지 않았습니다" in ended.err
    assert firms(gwannae.database) == 0


def test_refused_and_doubtful_rows_are_named_with_number_and_reason(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    wrong = ("별빛가구", "129-81-01237", "햇님시", "책상", "")
    other_place = ("달빛인쇄", "129-81-01236", "가람도 햇님시 물결구 나루로 3", "명함", "")
    fine = ("해빛상사", "", "햇님시", "종이", "우주기업")
    path.write_text(csv_text(HEADER, PRINTER, wrong, other_place, fine), encoding="utf-8")

    ended = gwannae("vendors", "import", path, "--json")

    assert (ended.code, ended.json["new"]) == (1, 1)
    (refused,) = ended.json["refused"]
    assert (refused["row"], refused["code"], refused["value"]) == (3, "number_check_digit", "129-81-01237")
    assert [(d["row"], d["rows"], d["code"]) for d in ended.json["doubtful"]] == [
        (2, [4], "rows_contradict"),
        (4, [2], "rows_contradict"),
    ]
    assert ended.json["left_out"] == [{"code": "certificate_unknown", "value": "우주기업", "rows": 1, "first_row": 5}]
    assert "3행: 사업자등록번호의 끝자리가 맞지 않습니다 — 129-81-01237" in ended.err
    assert "2행 달빛인쇄: 같은 업체인데" in ended.err
    assert "모르는 인증 ‘우주기업’" in ended.err


def test_two_numbers_in_a_cell_uncalculated_formulas_and_joined_columns_are_told_as_such(
    gwannae: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "v.xlsx"
    two = ("별빛가구", "129-81-01236, 111-22-33333", "햇님시", "책상", "")
    formula = ("해빛상사", "", '="햇님" & "시"', "종이", "")
    fine = ("달빛인쇄", "", "햇님시", "명함", "봉투")
    path.write_bytes(uncalculated([("상호", "사업자등록번호", "소재지", "취급품목", "취급품목"), two, formula, fine]))

    ended = gwannae("vendors", "import", path, "--json")

    assert [(r["row"], r["code"]) for r in ended.json["refused"]] == [(2, "number_several"), (3, "not_calculated")]
    assert "2행: 사업자등록번호가 한 칸에 둘 이상 있습니다" in ended.err
    assert "3행: 계산된 값이 없는 수식이 있습니다. 엑셀에서 열어 다시 저장해 주세요 — 해빛상사 종이" in ended.err
    assert "품목이 여러 열이라 합쳐 읽은 열 ‘취급품목’" in ended.err
    (found,) = gwannae("vendors", "search", "봉투", "--json").json
    assert (found["name"], found["items"]) == ("달빛인쇄", ["명함", "봉투"])


def test_a_file_in_which_no_row_can_be_taken_ends_with_two(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(csv_text(HEADER, ("별빛가구", "1", "", "", "")), encoding="utf-8")

    ended = gwannae("vendors", "import", path)

    assert ended.code == 2
    assert "넣을 수 있는 업체가 없어 바뀐 것이 없습니다" in ended.err


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(csv_text(*ROWS).encode())
        file.truncate(200 * 1024 * 1024)


def _bomb(path: Path) -> None:
    path.write_bytes(repacked(xlsx(ROWS), {"xl/media/picture.png": b"\0" * (40 << 20)}))


def _encrypted(path: Path) -> None:
    from tests.readers.files import compound_file

    path.write_bytes(compound_file({"EncryptionInfo": b"x" * 64, "EncryptedPackage": b"y" * 4096}))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: None, "파일을 찾지 못했습니다"),
        (lambda path: path.write_bytes(b""), "빈 파일입니다"),
        (lambda path: path.write_text(csv_text(HEADER), encoding="utf-8"), "제목 줄 아래에 내용이 없습니다"),
        (lambda path: path.write_text("가,나\n다,라\n", encoding="utf-8"), "제목 줄을 찾지 못했습니다"),
        (lambda path: path.write_bytes(b"%PDF-1.7 ..."), "PDF"),
        (lambda path: path.write_text("<html><table></table>", encoding="utf-8"), "내용은 웹 페이지입니다"),
        (lambda path: path.write_bytes(xlsx(ROWS)[:-400]), "다시 저장한 뒤"),
        (lambda path: path.write_bytes(bytes(range(256)) * 80), "CSV, XLSX, XLS로 저장해 주세요"),
        (lambda path: path.mkdir(), "파일을 읽지 못했습니다"),
        (_encrypted, "암호가 걸린 파일입니다"),
        (_sparse, "파일이 너무 큽니다"),
        (_bomb, "압축을 풀면 지나치게 커지는 파일"),
    ],
)
def test_a_file_that_cannot_be_taken_is_one_sentence_and_changes_nothing(
    gwannae: CommandLine, tmp_path: Path, make: object, words: str
) -> None:
    path = tmp_path / "v.xlsx"
    assert callable(make)
    make(path)

    ended = gwannae("vendors", "import", path)

    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert ended.err.strip().endswith("바뀐 것은 없습니다.")
    assert len(ended.err.strip().splitlines()) == 1
    assert firms(gwannae.database) == 0


def test_a_refused_file_does_not_even_make_a_database(tmp_path: Path) -> None:
    ended = CommandLine(str(tmp_path / "new.db"))("vendors", "import", tmp_path / "absent.csv")

    assert ended.code == 2
    assert not (tmp_path / "new.db").exists()


def test_a_search_answers_all_firms_with_their_verdict_as_json(gwannae: CommandLine, sheet: Path) -> None:
    gwannae("vendors", "import", sheet)

    ended = gwannae("vendors", "search", "명함", "--json")

    (found,) = ended.json
    assert (ended.code, ended.err) == (0, "")
    assert {name: found[name] for name in ("name", "business_number", "items", "district")} == {
        "name": "달빛인쇄",
        "business_number": "1298101236",
        "items": ["명함", "책자"],
        "district": "솔숲구",
    }
    assert (found["verdict"], found["reasons"][0]) == ("unconfirmed", "address_in_city")  # six months are not proven
    assert (found["certificates"], found["matched_by"]) == (["여성기업"], "item_exact")
    assert isinstance(found["score"], int)
    assert gwannae("vendors", "search", "책상", "--json").json[0]["verdict"] == "outside"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (("달빛",), ["달빛인쇄"]),
        (("129-81-01236",), ["달빛인쇄"]),
        (("솔숲구",), ["달빛인쇄"]),
        (("여성기업",), ["달빛인쇄"]),
        (("명함", "책자"), ["달빛인쇄"]),
        (("명함", "물결구"), []),
        (("<!channel>",), []),
        (("'; DROP TABLE vendors; --",), []),
        (("가" * 3_000,), []),
    ],
)
def test_a_search_understands_names_numbers_districts_and_certificates(
    gwannae: CommandLine, sheet: Path, query: tuple[str, ...], names: list[str]
) -> None:
    gwannae("vendors", "import", sheet)

    ended = gwannae("vendors", "search", "--json", "--", *query)

    assert [found["name"] for found in ended.json] == names
    assert ended.code == (0 if names else 1)


@pytest.mark.parametrize("query", ["", " ", "!?"])
def test_a_search_for_nothing_asks_for_a_word(gwannae: CommandLine, query: str) -> None:
    ended = gwannae("vendors", "search", query)

    assert (ended.code, "적어 주세요" in ended.err) == (2, True)


def test_without_json_a_search_is_a_table_that_cannot_steer_the_terminal(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(csv_text(HEADER, ("[red]달빛[/red]인쇄", "", "햇님시", "명함", "")), encoding="utf-8")
    gwannae("vendors", "import", path)

    ended = gwannae("vendors", "search", "명함")

    assert [line.split()[0] for line in ended.out.splitlines()] == ["판정", "미확인"]
    assert "[red]달빛[/red]인쇄" in ended.out
    assert "\x1b" not in ended.out


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("vendors_seongnam_merchants_a.csv.gz", "상호"),
        ("vendors_seongnam_merchants_a_cp949.csv", "상호"),
        ("vendors_seongnam_medical_a.csv", "업체명"),
        ("policy_companies_busan_a.csv", "업체명"),
    ],
)
def test_a_real_vendor_file_is_taken_whole_found_and_the_second_time_changes_nothing(
    sqlite_database: Database, name: str, column: str
) -> None:
    path = shared_data_path(name)
    gwannae = CommandLine(sqlite_database.url, "seongnam")

    first = gwannae("vendors", "import", path, "--json")
    second = gwannae("vendors", "import", path, "--json")

    assert (first.code, first.json["refused"], first.json["doubtful"]) == (0, [], [])
    assert first.json["new"] + first.json["joined"] == first.json["rows"] > 1_000
    assert (second.json["new"], second.json["updated"]) == (0, 0)
    assert second.json["unchanged"] == first.json["new"]
    name_of_one = _row(path, column, 1_100)
    word = max(name_of_one.split(), key=len)
    assert name_of_one in [found["name"] for found in gwannae("vendors", "search", "--json", "--", word).json]


def _row(path: Path, column: str, at: int) -> str:
    """The name in one row, through a reader of the test's own."""
    import csv
    import gzip

    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    text = data.decode("cp949" if "cp949" in path.name else "utf-8-sig")
    return " ".join(list(csv.DictReader(io.StringIO(text)))[at][column].split())


def test_a_packed_workbook_with_a_path_that_leads_out_is_refused(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "v.xlsx"
    path.write_bytes(xlsx(ROWS))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("../../out.txt", "x")

    ended = gwannae("vendors", "import", path)

    assert (ended.code, "안전하지 않은 파일" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("명힘", "‘명힘’으로는 찾지 못해 ‘명함’ 결과를 보여 드립니다."),
        ("솔숲 명함 여성기업", "거른 조건: 솔숲구, 여성기업"),
        ("명함 500만원 이하", "예정 금액 500만 원 · 업체 목록은 금액으로 거르지 않습니다."),
        ("명함 2천만원", "예정 금액이 이 금액보다 큽니다"),
        ("명함 용역", "‘용역’으로 알려진 업체가 없어 구분을 가리지 않고 보여 드립니다."),
        ("명함 물품", "거른 조건: 물품"),
    ],
)
def test_what_was_looked_for_is_said_beside_the_firms(gwannae: CommandLine, sheet: Path, typed: str, said: str) -> None:
    gwannae("vendors", "import", sheet)
    for ended in (gwannae("vendors", "search", typed), gwannae("vendors", "search", typed, "--json")):
        assert ended.code == 0
        assert said in ended.err
        assert "*" not in ended.err
    assert {"name", "business_number", "items", "district", "verdict", "certificates", "matched_by", "score"} <= set(
        ended.json[0]
    )


def test_a_search_for_the_word_itself_says_nothing_more(gwannae: CommandLine, sheet: Path) -> None:
    gwannae("vendors", "import", sheet)
    assert gwannae("vendors", "search", "명함").err == ""
