"""Prints tables of figures, what stands beside each, and whether it meets its bar."""

from collections import Counter
from typing import NamedTuple


class Figure(NamedTuple):
    """A measured number of seconds or bytes. Of a run that was over the limit it is known to be more."""

    value: float
    is_more: bool = False


class Bar(NamedTuple):
    """What a figure, or else its ratio to what stands beside it, may be at most."""

    at_most: float
    is_ratio: bool
    goal: float | None = None  # what the project aims at beyond the bar


def ratio_bar(at_most, goal=None):
    return Bar(at_most, True, goal)


def figure_bar(at_most):
    return Bar(at_most, False)


def seconds(value):
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"


def megabytes(value):
    return f"{value / 1e6:.0f} MB"


def times(value):
    return f"{value:.3g} ×" if value < 1000 else f"{value:,.0f} ×"


class Report:
    COLUMNS = "  {:22}{:>13}{:>13}  {:16}{:>12}   {:24}{}"

    def __init__(self):
        self.title = ""
        self.verdicts = []  # of each row its name, and "yes", "no" or "unknown"

    def table(self, title, explanation):
        self.title = title
        print(f"\n{title}: {explanation}")
        print(self.COLUMNS.format("", "sqllint", "next to", "", "ratio", "bar", "met"), flush=True)

    def row(self, name, figure, other, other_name, bar, shown):
        """A figure is None where it was not measured; `shown` makes text of a value."""
        ratio = divided(figure, other)
        verdict = self.verdict(ratio if bar.is_ratio else figure, bar)
        self.verdicts.append((f"{self.title}: {name}, next to {other_name}", verdict))
        bar_text = f"≤ {times(bar.at_most) if bar.is_ratio else shown(bar.at_most)}"
        if bar.goal:
            bar_text += f", goal {times(bar.goal)}"
        texts = text(figure, shown), text(other, shown), other_name, text(ratio, times)
        print(self.COLUMNS.format(name, *texts, bar_text, verdict), flush=True)

    def note(self, text):
        print(f"  {text}", flush=True)

    def unmeasured(self, name, reason):
        self.verdicts.append((f"{self.title}: {name}", "unknown"))
        print(f"  {name}: not measured, {reason}", flush=True)

    def summary(self):
        count = Counter(verdict for _, verdict in self.verdicts)
        unknown = f", {count['unknown']} not known" if count["unknown"] else ""
        print(f"\n{count['yes']} of {len(self.verdicts)} bars met, {count['no']} missed{unknown}")
        for name, verdict in self.verdicts:
            if verdict != "yes":
                print(f"  {'missed' if verdict == 'no' else 'not known'}: {name}")

    @staticmethod
    def verdict(judged, bar):
        if judged is None:
            return "unknown"
        if judged.value > bar.at_most:
            return "no"
        return "unknown" if judged.is_more else "yes"


def divided(figure, beside):
    if figure is None or beside is None or beside.is_more or beside.value <= 0:
        return None
    return Figure(figure.value / beside.value, figure.is_more)


def text(figure, shown):
    if figure is None:
        return "–"
    return f"over {shown(figure.value)}" if figure.is_more else shown(figure.value)
