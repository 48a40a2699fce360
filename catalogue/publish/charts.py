"""A saved query's answer as a chart: bars in SVG, made here, without a script or a style sheet.

The chart repeats the table below it, so that it is one picture to a screen reader. Colours are the
page's own text colour, lighter by the place in the bar; figures stand beside the bars.
"""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from catalogue.publish.query import Chart

_MOST = 30
"""Bars that a person takes in at once."""
_WIDTH, _ROW, _BAR = 720, 22, 14
_LABEL, _FIGURE = 250, 70
_ROOM = _WIDTH - _LABEL - _FIGURE
_LETTERS = 36
_LETTER = 6.5
"""How wide a letter of the chart is, about."""
_SHADES = (0.85, 0.6, 0.42, 0.28, 0.18, 0.1)

Answer = Sequence[Mapping[str, Any]]


@attrs.frozen
class _Bar:
    name: str
    parts: tuple[float, ...]

    @property
    def length(self) -> float:
        return sum(self.parts)


def svg(chart: Chart, rows: Answer, title: str) -> str:
    """The chart as an SVG element; "" where the answer holds nothing that has a length.

    Of a longer answer the first thirty bars are drawn, and the title says so. Figures that are
    not known are not drawn: their bar is empty.
    """
    bars = [_bar(chart, row) for row in rows[:_MOST]]
    longest = max((bar.length for bar in bars), default=0)
    if longest <= 0:
        return ""
    top = _ROW if len(chart.values) > 1 else 0
    legend = _legend(chart) if top else ""
    drawn = "".join(_drawn(bar, longest, top + at * _ROW) for at, bar in enumerate(bars))
    more = f" ({_MOST} / {len(rows)})" if len(rows) > _MOST else ""
    height = top + len(bars) * _ROW
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {_WIDTH} {height}" width="100%"'
        f' font-size="12" fill="currentColor" aria-label="{html.escape(title + more)}">'
        f"{legend}{drawn}</svg>"
    )


def _bar(chart: Chart, row: Mapping[str, Any]) -> _Bar:
    words = (row[name] for name in chart.label)
    said = ("?" if word is None else str(word) for word in words)
    return _Bar(" · ".join(said), tuple(_figure(row[name]) for name in chart.values))


def _figure(value: Any) -> float:
    """A length, also of a figure in words; nothing for what is unknown, negative or none."""
    try:
        figure = float(value)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, figure) if math.isfinite(figure) else 0.0


def _drawn(bar: _Bar, longest: float, y: int) -> str:
    """One bar with its name before it and its length behind."""
    name = bar.name if len(bar.name) <= _LETTERS else bar.name[: _LETTERS - 1] + "…"
    x, parts = float(_LABEL), []
    for shade, part in zip(_SHADES, bar.parts, strict=False):
        wide = part / longest * _ROOM
        if wide:
            parts.append(_rectangle(x, y + (_ROW - _BAR) / 2, wide, shade))
        x += wide
    line = y + _ROW / 2 + 4
    return (
        f'<text x="{_LABEL - 8}" y="{line:g}" text-anchor="end">{html.escape(name)}</text>'
        f'{"".join(parts)}<text x="{x + 6:.1f}" y="{line:g}">{bar.length:,.10g}</text>'
    )


def _rectangle(x: float, y: float, wide: float, shade: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:g}" width="{wide:.1f}" height="{_BAR}" fill-opacity="{shade}"/>'
    )


def _legend(chart: Chart) -> str:
    """What each shade stands for, in a row above the bars."""
    x, said = 0.0, []
    for name, shade in zip(chart.values, _SHADES, strict=False):
        words = name.replace("_", " ")
        said.append(_rectangle(x, (_ROW - _BAR) / 2, 10, shade))
        said.append(f'<text x="{x + 14:.1f}" y="15">{html.escape(words)}</text>')
        x += 34 + _LETTER * len(words)
    return "".join(said)
