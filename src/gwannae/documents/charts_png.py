"""Charts as PNG for a phone: large letters, colours that everybody tells apart, every value written beside its mark.

The same chart gives the same bytes under the same version of the library: the font comes with the package, and nothing
of the machine goes in. Colours are two of Okabe and Ito's eight (2008), and never the only difference.
"""

from functools import cache
from importlib import resources
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gwannae.programme.charts import MOST_BARS, Bar, Bars, Chart, Curve, Curves
from gwannae.programme.hangul import shorten

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH = 1080
_EDGE, _ROW, _BAR = 40, 74, 40
_TITLE, _TEXT, _SMALL = 44, 34, 28
_BLUE, _ORANGE = (0, 114, 178), (230, 159, 0)
_INK, _GREY, _PALE = (32, 32, 32), (110, 110, 110), (225, 225, 225)
_LABEL_SIDE, _NOTE_SIDE, _MOST_NOTE = 300, 330, 520
_LABEL_SIGNS = 9
_PLOT_HIGH = 440


def chart_png(chart: Chart) -> bytes:
    """The picture, WIDTH pixels wide."""
    from PIL import Image, ImageDraw  # 40 ms, for who looks at a chart

    high = _height(chart)
    image = Image.new("RGB", (WIDTH, high), "white")
    draw = ImageDraw.Draw(image)
    draw.text((_EDGE, _EDGE), chart.title, font=_font(_TITLE), fill=_INK)
    draw.text((_EDGE, _EDGE + 58), chart.unit, font=_font(_SMALL), fill=_GREY)
    if isinstance(chart, Bars):
        _draw_bars(draw, chart, _EDGE + 116)
    else:
        _draw_curves(draw, chart, _EDGE + 116)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _height(chart: Chart) -> int:
    if isinstance(chart, Bars):
        return 2 * _EDGE + 116 + _ROW * max(min(len(chart.bars), MOST_BARS), 1)
    return 2 * _EDGE + 116 + _PLOT_HIGH + 60 + 50 * len(chart.curves)


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    content = (resources.files("gwannae") / "documents" / "fonts" / "GwannaeChart-Regular.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)


def _draw_bars(draw: "ImageDraw", chart: Bars, top: int) -> None:
    shown = chart.bars[:MOST_BARS]
    notes = _font(_SMALL)
    widest = max((round(notes.getlength(bar.note)) for bar in shown), default=0) + 20
    left, room = _EDGE + _LABEL_SIDE, WIDTH - 2 * _EDGE - _LABEL_SIDE - min(max(widest, _NOTE_SIDE), _MOST_NOTE)
    for at, bar in enumerate(shown):
        y = top + at * _ROW
        middle = y + _ROW // 2
        draw.text((left - 20, middle), shorten(bar.label, _LABEL_SIGNS), font=_font(_TEXT), fill=_INK, anchor="rm")
        draw.rectangle((left, middle - _BAR // 2, left + room, middle + _BAR // 2), fill=_PALE)
        _draw_bar(draw, bar, left, middle, room)
        draw.text((left + room + 20, middle), bar.note, font=notes, fill=_INK, anchor="lm")


def _draw_bar(draw: "ImageDraw", bar: Bar, left: int, middle: int, room: int) -> None:
    """The reader's own bar has a frame beside its colour."""
    if not bar.tenths:
        return
    box = (left, middle - _BAR // 2, left + max(room * bar.tenths // 1000, 2), middle + _BAR // 2)
    draw.rectangle(box, fill=_ORANGE if bar.own else _BLUE, outline=_INK if bar.own else None, width=3)


def _draw_curves(draw: "ImageDraw", chart: Curves, top: int) -> None:
    left, right = _EDGE + 100, WIDTH - _EDGE
    for percent in (0, 25, 50, 75, 100):
        y = top + _PLOT_HIGH - _PLOT_HIGH * percent // 100
        draw.line((left, y, right, y), fill=_PALE, width=2)
        draw.text((left - 14, y), f"{percent}%", font=_font(_SMALL), fill=_GREY, anchor="rm")
    step = (right - left) // 12
    for month in range(12):
        middle = left + step * month + step // 2
        draw.text((middle, top + _PLOT_HIGH + 30), f"{month + 1}월", font=_font(_SMALL), fill=_GREY, anchor="mm")
    for at, curve in enumerate(chart.curves):
        _draw_curve(draw, curve, left, step, top)
        y = top + _PLOT_HIGH + 86 + 50 * at
        _stroke(draw, [(left, y), (left + 90, y)], curve)
        draw.text((left + 110, y), curve.label, font=_font(_TEXT), fill=_INK, anchor="lm")


def _draw_curve(draw: "ImageDraw", curve: Curve, left: int, step: int, top: int) -> None:
    run: list[tuple[int, int]] = []
    marks: list[tuple[tuple[int, int], int]] = []
    for month, ratio in enumerate(curve.months):
        tenths = ratio.percent_tenths if ratio is not None else None
        if tenths is None:
            _stroke(draw, run, curve)
            run = []
            continue
        point = (left + step * month + step // 2, top + _PLOT_HIGH - _PLOT_HIGH * tenths // 1000)
        run.append(point)
        marks.append((point, tenths))
    _stroke(draw, run, curve)
    for point, tenths in marks:  # over the strokes, so that each can be read
        _mark(draw, point, curve)
        if curve.own:
            place = (point[0], point[1] - 28 if tenths < 940 else point[1] + 32)
            text = f"{(tenths + 5) // 10}"
            draw.text(place, text, font=_font(_SMALL), fill=_INK, anchor="mm", stroke_width=6, stroke_fill="white")


def _mark(draw: "ImageDraw", point: tuple[int, int], curve: Curve) -> None:
    x, y = point
    box = (x - 9, y - 9, x + 9, y + 9)
    if curve.own:
        draw.ellipse(box, fill=_ORANGE, outline=_INK, width=2)
    else:
        draw.rectangle(box, fill=_BLUE)


def _stroke(draw: "ImageDraw", points: list[tuple[int, int]], curve: Curve) -> None:
    """Thick and whole for the reader's own, thin and broken for the others."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if curve.own:
            draw.line((x0, y0, x1, y1), fill=_ORANGE, width=8)
            continue
        for dash in range(0, 10, 2):
            begin = (x0 + (x1 - x0) * dash // 10, y0 + (y1 - y0) * dash // 10)
            end = (x0 + (x1 - x0) * (dash + 1) // 10, y0 + (y1 - y0) * (dash + 1) // 10)
            draw.line((*begin, *end), fill=_BLUE, width=5)
