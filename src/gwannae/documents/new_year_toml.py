"""What an administrator puts into the city's file for a new year: tables in TOML, each with a word what to do."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gwannae.programme.new_year_file import FileTable
from gwannae.programme.setting_values import Value
from gwannae.programme.year_settings import UNDATED


def new_year_toml(tables: Sequence[FileTable], year: int) -> str:
    """The tables, ready to be copied; each stands alone and is checked by whoever reads the file at the next start."""
    lines = [f"# {year}년 설정 가운데 총괄 부서가 바꾼 것입니다. 도시 파일에 옮기고 봇을 다시 시작해 주세요."]
    for table in tables:
        lines += ["", *_table(table, year)]
    return "\n".join(lines) + "\n"


def toml_value(name: str, value: Value) -> str:
    """One value as TOML writes it; a step of points is a table in a line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_entry(name, one) for one in value)}]"
    return _entry(name, value)


def _table(table: FileTable, year: int) -> Iterator[str]:
    yield f"# {', '.join(table.names)}"
    undated = table.table in UNDATED
    if undated:
        yield "# 이 표에는 연도가 없습니다. 파일의 같은 표에서 아래 줄을 고쳐 주세요. 모든 해에 적용됩니다."
    elif table.follows is None:
        yield "# 같은 날부터인 표를 이것으로 바꿔 주세요."
    elif table.ends:
        yield f"# 앞의 표({table.follows.isoformat()}부터)는 그대로 두되 until = {_eve(year)} 줄을 넣어 주세요."
        yield "# 그 뒤에 이 표를 더해 주세요."
    else:
        yield f"# 앞의 표({table.follows.isoformat()}부터)는 그대로 두고 이 표를 더해 주세요."
    yield f"[{table.table.value}]" if undated else f"[[{table.table.value}]]"
    for name, value in (*table.heads, *((part.name, part.value) for part in table.parts)):
        if value is not None:
            yield f"{name} = {toml_value(name, value)}"


def _entry(name: str, value: object) -> str:
    if name == "steps" and isinstance(value, tuple):
        return f"{{ to_rank = {value[0]}, points = {json.dumps(value[1])} }}"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _eve(year: int) -> str:
    return (date(year, 1, 1) - timedelta(days=1)).isoformat()
