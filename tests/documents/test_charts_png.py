"""Charts as pictures: the same bytes for the same numbers, whole on a phone, and told apart without colours."""

import os
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from gwannae.documents.charts_png import WIDTH, chart_png
from gwannae.programme.charts import Bar, Bars, Chart, Curve, Curves, ratio_bar, share_bar
from gwannae.programme.ratio import Ratio

BARS = Bars(
    "부서별 관내 비율", "금액 기준, %",
    (ratio_bar("길가꿈과", Ratio(3, 5), "60.0% (3/5)", own=True), ratio_bar("상생경제과", Ratio(0, 0), "–")),
)  # fmt: skip
CURVES = Curves(
    "월별 관내 비율", "금액 기준, %",
    (
        Curve("전체", (Ratio(1, 2),) * 6 + (None,) * 6),
        Curve("길가꿈과", (Ratio(0, 1), None, Ratio(1, 1), Ratio(2, 3)) + (None,) * 8, own=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize("chart", [BARS, CURVES, Bars("없음", "%", ()), Curves("없음", "%", ())])
def test_a_chart_is_a_light_png_of_a_phones_width(chart: Chart) -> None:
    content = chart_png(chart)
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.width) == ("PNG", WIDTH)
    assert len(content) < 60_000


def test_a_bar_is_as_long_as_its_number() -> None:
    def blue(tenths: int) -> int:
        picture = Image.open(BytesIO(chart_png(Bars("비율", "%", (Bar("곳", tenths, ""),))))).convert("RGB")
        return sum(number for number, colour in picture.getcolors(1 << 20) or [] if _is_blue(colour))

    assert blue(0) == 0
    assert blue(500) * 2 == pytest.approx(blue(1000), rel=0.02)


def _is_blue(colour: object) -> bool:
    assert isinstance(colour, tuple)
    return bool(colour[0] < 40 and colour[2] > 150)


@pytest.mark.parametrize("text", ["", "가" * 500, "<b>&\x00\ud83d", "힣뷁 ㈜ △ … “”", "😀"])
def test_whatever_stands_in_a_label_is_drawn(text: str) -> None:
    assert chart_png(Bars(text, text, (share_bar(text, 1, 2, text),))).startswith(b"\x89PNG")


@pytest.mark.parametrize("note", ["56.3% (172,090/305,670)", "100.0% (123,456,789/123,456,789)"])
def test_the_number_beside_a_bar_keeps_off_the_edge(note: str) -> None:
    picture = Image.open(BytesIO(chart_png(Bars("비율", "%", (Bar("곳", 563, note),))))).convert("L")
    written = picture.point(lambda light: 255 if light < 200 else 0).getbbox()
    assert written is not None
    assert written[2] <= WIDTH - 40


def test_only_the_first_bars_are_drawn() -> None:
    many = Bars("비율", "%", tuple(Bar(f"곳{n}", n, "") for n in range(100)))
    assert Image.open(BytesIO(chart_png(many))).height < 1200


def test_the_same_numbers_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; from tests.documents.test_charts_png import BARS, CURVES; "
        "from gwannae.documents.charts_png import chart_png; sys.stdout.buffer.write(chart_png(BARS)+chart_png(CURVES))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "7"}
    )
    assert other.stdout == chart_png(BARS) + chart_png(CURVES)
