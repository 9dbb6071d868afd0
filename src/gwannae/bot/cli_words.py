"""Sentences for what can go wrong at the command line: what happened, that nothing is lost, what to do now."""

from collections.abc import Callable
from typing import Any

from gwannae.bot.cli_output import FAILED, say
from gwannae.bot.cli_session import SettingMissingError

UNEXPECTED = (
    "예상하지 못한 문제로 끝내지 못했습니다({kind}). 다시 해 보시고, 되풀이되면 "
    "gwannae --debug 로 같은 명령을 실행해 나온 내용을 관리자에게 알려 주세요."
)
_UNCHANGED = "바뀐 것은 없습니다."


def error_words(error: BaseException) -> str | None:
    """The sentence for an error that may happen; None for one that should not."""
    from gwannae.bot.cli_service_words import service_words
    from gwannae.bot.listening import PortTakenError
    from gwannae.bot.settings import SettingError, SettingsFileError
    from gwannae.programme.verdict import NoRuleError
    from gwannae.programme.working_days import UnconfirmedYearError
    from gwannae.readers.city_file import CityFileError
    from gwannae.readers.faults import FileFault
    from gwannae.readers.service_faults import ServiceFault
    from gwannae.storage.backup import BackupFailedError, BackupNotSupportedError, NothingToBackUpError
    from gwannae.storage.database import DatabaseAwayError, DatabaseBusyError, DatabaseUrlError, UnfitDatabaseError
    from gwannae.storage.schema import NewerTablesError

    table: tuple[tuple[type[BaseException], Callable[[Any], str]], ...] = (
        (FileFault, file_words),
        (ServiceFault, service_words),
        (CityFileError, _city_words),
        (SettingMissingError, _missing_words),
        (SettingError, _settings_words),
        (SettingsFileError, _settings_file_words),
        (PortTakenError, _port_words),
        (DatabaseUrlError, _url_words),
        (DatabaseBusyError, _busy_words),
        (DatabaseAwayError, _away_words),
        (UnfitDatabaseError, _unfit_words),
        (NewerTablesError, _newer_words),
        (BackupNotSupportedError, _no_backup_words),
        (NothingToBackUpError, _nothing_there_words),
        (BackupFailedError, _backup_failed_words),
        (FileExistsError, _exists_words),
        (NoRuleError, _no_rule_words),
        (UnconfirmedYearError, _unconfirmed_words),
    )
    return next((words(error) for kind, words in table if isinstance(error, kind)), None)


def explain(error: BaseException) -> int:
    """Say what went wrong, and answer the exit code."""
    say(error_words(error) or UNEXPECTED.format(kind=type(error).__name__))
    return FAILED


def usage_words(error: Any) -> str:
    """A sentence for a command that was typed wrongly. `error` is the command-line library's own."""
    name = type(error).__name__
    message = str(getattr(error, "message", ""))
    if name == "NoArgsIsHelpError":
        return message
    if name == "MissingParameter":
        return f"{_parameter(error)}을(를) 적어 주세요. {_purpose(error)}".rstrip()
    if name == "BadParameter":
        return f"{_parameter(error)}에 쓸 수 없는 값입니다. {_purpose(error)}".rstrip()
    if name == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or ())
        return f"없는 옵션입니다: {error.option_name}." + (f" 혹시 {near}인가요?" if near else "")
    if name == "BadOptionUsage":
        return f"{error.option_name}을(를) 어떻게 쓰는지 확인해 주세요."
    if message.startswith("No such command"):
        return f"없는 명령입니다: {message.split(chr(39))[1]}."
    if message.startswith("Missing command"):
        return "명령을 적어 주세요."
    if message.startswith("Got unexpected extra argument"):
        left_over = message.partition("(s) (")[2].removesuffix(")")
        return f"남는 말이 있습니다: {left_over}. 띄어 쓴 말은 큰따옴표로 묶어 주세요."
    return "명령을 이해하지 못했습니다."


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "값")
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name)


def _purpose(error: Any) -> str:
    return str(getattr(getattr(error, "param", None), "help", None) or "")


def file_words(fault: Any) -> str:
    """The sentence for a file that cannot be taken."""
    from gwannae.readers.faults import MIB, FaultCode

    values = fault.values
    if fault.code is FaultCode.TOO_LARGE:
        limit = f"{values['limit'] // MIB:,}MB" if values["what"] == "bytes" else f"{values['limit']:,}"
        what = {"bytes": "파일 크기", "rows": "줄 수", "cells": "칸 수"}[values["what"]]
        return f"파일이 너무 큽니다({what} {limit}까지). 나누어 저장한 뒤 하나씩 넣어 주세요. {_UNCHANGED}"
    if fault.code is FaultCode.UNREADABLE and values.get("row"):
        return f"파일을 {values['row']:,}행 부근부터 읽지 못했습니다. {_SAVE_AGAIN} {_UNCHANGED}"
    if fault.code is FaultCode.WRONG_KIND:
        kind = _KINDS.get(values["kind"], values["kind"])
        return f"읽을 수 있는 파일이 아닙니다({kind}). CSV, XLSX, XLS로 저장해 주세요. {_UNCHANGED}"
    if fault.code is FaultCode.NO_HEADER:
        named = ", ".join(values.get("expected") or ())
        needed = f" 있어야 하는 열: {named}." if named else ""
        return f"제목 줄을 찾지 못했습니다. {_EXPECTED}{needed} {_UNCHANGED}"
    if fault.code is FaultCode.COLUMNS_MISSING:
        return _columns_words(values)
    return f"{_FAULTS[fault.code.value]} {_UNCHANGED}"


def _columns_words(values: Any) -> str:
    lacks = ", ".join(COLUMN_NAMES[column] for column in values["missing"])
    unread = f" 읽지 않은 열: {', '.join(values['words'][:10])}." if values["words"] else ""
    return f"필요한 열을 찾지 못했습니다: {lacks}.{unread} 제목 줄의 이름을 확인해 주세요. {_UNCHANGED}"


COLUMN_NAMES = {"title": "계약명", "firm": "업체명", "date": "계약일", "amount": "계약금액"}


_EXPECTED = "업체명(상호), 부서명, 계약명처럼 이름 열이 있는 제목 줄이 필요합니다."
_SAVE_AGAIN = "엑셀에서 열어 다시 저장한 뒤 넣어 주세요."
_FAULTS = {
    "not_found": "파일을 찾지 못했습니다. 경로와 이름을 확인해 주세요.",
    "unreadable": f"파일을 읽지 못했습니다. 손상되었거나 읽을 권한이 없습니다. {_SAVE_AGAIN}",
    "empty": "빈 파일입니다. 내용이 있는지 확인해 주세요.",
    "no_rows": "제목 줄 아래에 내용이 없습니다.",
    "encrypted": "암호가 걸린 파일입니다. 엑셀에서 암호를 풀어 저장한 뒤 넣어 주세요.",
    "bomb": "압축을 풀면 지나치게 커지는 파일이라 열지 않았습니다. 엑셀에서 새 파일로 저장해 주세요.",
    "bad_names": "안전하지 않은 파일이라 열지 않았습니다. 엑셀에서 새 파일로 저장해 주세요.",
    "entity_expansion": "안전하지 않은 파일이라 열지 않았습니다. 엑셀에서 새 파일로 저장해 주세요.",
    "html_table": "이름은 엑셀이지만 내용은 웹 페이지입니다. 엑셀에서 열어 XLSX로 저장한 뒤 넣어 주세요.",
}
_KINDS = {
    "pdf": "PDF",
    "hwp": "한글 문서",
    "hwpx": "한글 문서",
    "docx": "워드 문서",
    "pptx": "발표 자료",
    "ods": "ODS",
    "xlsb": "XLSB",
    "image": "그림",
    "xml": "XML",
    "rtf": "RTF 문서",
    "gz": "두 번 압축한 파일",
    "zip": "압축 파일",
    "7z": "압축 파일",
    "rar": "압축 파일",
    "ole": "옛 문서",
    "binary": "알 수 없는 형식",
}


def _city_words(error: Any) -> str:
    from gwannae.bot.cli_table_words import fault_lines

    places = "\n".join(fault_lines(error.faults))
    return f"도시 파일을 쓸 수 없습니다: {error.path}\n{places}\n파일을 고친 뒤 다시 실행해 주세요. {_UNCHANGED}"


def _missing_words(error: SettingMissingError) -> str:
    return f"설정이 없습니다: {', '.join(error.names)}. 환경 변수나 .env 파일에 적어 주세요(.env.example 참고)."


def _settings_words(error: Any) -> str:
    from gwannae.bot.cli_table_words import expected_words

    told = "\n".join(
        f"  {_SOURCES[f.source]}의 {f.name}: {expected_words(f.expected)} (적힌 값: {f.found})" for f in error.faults
    )
    return f"설정 값을 읽지 못했습니다: {', '.join(error.names)}.\n{told}\n고친 뒤 다시 실행해 주세요. {_UNCHANGED}"


_SOURCES = {"": "명령", "environment": "환경 변수", ".env": ".env 파일"}


def _settings_file_words(_: Any) -> str:
    return ".env 파일을 읽지 못했습니다. 읽을 권한을 확인하고 UTF-8로 다시 저장해 주세요(메모장: 인코딩 UTF-8)."


def _port_words(error: Any) -> str:
    return f"{error.port}번 포트를 쓸 수 없습니다. PORT에 다른 번호를 적고 다시 실행해 주세요(.env.example 참고)."


def _url_words(error: Any) -> str:
    return (
        f"데이터베이스 주소를 읽지 못했습니다: {error.url or '(주소)'}. "
        "sqlite:///경로, postgresql://…, 또는 SQLite 파일의 경로를 적어 주세요."
    )


def _busy_words(_: Any) -> str:
    return f"다른 작업이 데이터베이스를 쓰고 있어 하지 못했습니다. 잠시 뒤 다시 실행해 주세요. {_UNCHANGED}"


def _away_words(error: Any) -> str:
    return (
        f"데이터베이스에 닿지 못했습니다({error.detail}). 주소, 서버가 켜져 있는지, 디스크의 자리와 권한을 확인한 뒤 "
        "다시 실행해 주세요."
    )


def _unfit_words(error: Any) -> str:
    return (
        f"데이터베이스 설정이 맞지 않습니다: {error.setting}은(는) {error.expected}이어야 하는데 {error.found}입니다. "
        "고치기 전에는 저장한 것을 잃을 수 있어 시작하지 않았습니다."
    )


def _newer_words(error: Any) -> str:
    return (
        f"데이터베이스의 표({error.found})가 이 버전의 관내봇보다 새것입니다. "
        "관내봇을 새 버전으로 올린 뒤 다시 실행해 주세요. 바뀐 것은 없습니다."
    )


def _no_backup_words(_: Any) -> str:
    return "PostgreSQL은 여기서 백업하지 않습니다. pg_dump로 백업해 주세요."


def _nothing_there_words(error: Any) -> str:
    return f"백업할 데이터가 없습니다: {error.url}. DATABASE_URL을 확인해 주세요. 만든 파일은 없습니다."


def _backup_failed_words(error: Any) -> str:
    return (
        f"백업하지 못했습니다({error.detail}). 폴더, 디스크의 자리와 권한을 확인해 주세요. 원래 데이터는 그대로입니다."
    )


def _exists_words(_: Any) -> str:
    return "그 이름의 파일이 이미 있습니다. 다른 이름을 적어 주세요. 있던 파일은 그대로입니다."


def _no_rule_words(error: Any) -> str:
    return f"{error.day.isoformat()}의 관내 기준이 도시 파일에 없습니다. [[local_rules]]의 valid_from을 확인해 주세요."


def _unconfirmed_words(error: Any) -> str:
    return (
        f"{error.year}년 공휴일이 아직 확인되지 않아 일정을 계산하지 않았습니다. 월력요항과 견주어 도시 파일의 "
        "extra_holidays와 holidays_confirmed_until을 고친 뒤 다시 실행해 주세요."
    )
