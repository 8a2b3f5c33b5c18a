"""The picture of one NPS: a hundred people in three categories, and the score with its intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.nps import NpsEstimate
from marketing4.views.numbers import plain, signed
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    PAPER,
    SOFT_INK,
    VERMILION,
    View,
    interval,
    marker,
    place,
    segment,
    text,
)

COLUMNS = 10
PITCH_X, PITCH_Y = 21.5, 27.5  # room for one person


@dataclass(frozen=True)
class CompositionScene:
    """A survey, a second survey of the same brand drawn by chance, and the brand kept for comparison."""

    survey: NpsEstimate
    another_score: float
    seed: int
    kept: NpsEstimate | None = None


class NpsCompositionView(View[CompositionScene]):
    """A hundred people on the left; on the right the score on its axis from -100 to 100."""

    height = 400

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A plane without axes for the people, and the scale of the NPS."""
        people = place(figure, 6, 42, COLUMNS * PITCH_X, 10 * PITCH_Y)
        people.set_axis_off()
        people.set(xlim=(0, 10), ylim=(10, 0))
        people.set_title("100 customers")
        score = place(figure, 246, 42, 278, 302)
        score.set(xlim=(-100, 100), ylim=(0, 1), yticks=[], xticks=range(-100, 101, 50))
        score.set(xlabel="Net Promoter Score (points)", title="One score, and how sure it is")
        score.spines["left"].set_visible(False)
        score.grid(True, axis="x")
        score.axvline(0, color="#CBD2D9", linewidth=1)
        return {"people": people, "score": score}

    def marks(self, scene: CompositionScene) -> str:
        """People by category, then one row each for Wald, adjusted, another survey and the kept brand."""
        return self._crowd(scene.survey) + self._scores(scene)

    def _crowd(self, survey: NpsEstimate) -> str:
        shares = [round(100 * share) for share in survey.shares]
        plane = self.stage.planes["people"]
        figures: tuple[list[str], list[str], list[str]] = ([], [], [])
        signs: tuple[list[str], list[str], list[str]] = ([], [], [])
        for index in range(sum(shares)):
            category = 0 if index < shares[0] else 1 if index < shares[0] + shares[1] else 2
            x = plane.x(index % COLUMNS + 0.5)
            y = plane.y(index // COLUMNS + 0.5)
            figures[category].append(_PERSON.format(x=x, head=y - 12, body=y + 12))
            signs[category].append(_SIGNS[category].format(x=x, y=y + 5.4))
        styles = (
            f'fill="{BLUE}" stroke="{BLUE}"',
            f'fill="{PAPER}" stroke="{SOFT_INK}"',
            f'fill="{VERMILION}" stroke="{VERMILION}"',
        )
        inks = (PAPER, SOFT_INK, PAPER)
        people = "".join(
            f'<path d="{"".join(outlines)}" {style} stroke-width="1.2"/>'
            f'<path d="{"".join(strokes)}" fill="none" stroke="{ink}" stroke-width="1.7"/>'
            for outlines, style, strokes, ink in zip(figures, styles, signs, inks, strict=True)
            if outlines
        )
        left, bottom = plane.left, plane.bottom
        return (
            people
            + text(left, bottom + 24, f"+  {shares[0]} promoters (9–10)", colour=BLUE, bold=True)
            + text(left, bottom + 44, f"0  {shares[1]} passives (7–8)", colour=SOFT_INK, bold=True)
            + text(left, bottom + 64, f"−  {shares[2]} detractors (0–6)", colour=VERMILION, bold=True)
        )

    def _scores(self, scene: CompositionScene) -> str:
        plane, survey, kept = self.stage.planes["score"], scene.survey, scene.kept
        left, x = plane.left, plane.x
        rows = [plane.top + 22 + 74 * row for row in range(4)]
        wald, adjusted = survey.wald_cut, survey.adjusted_cut
        drawn = [
            text(left, rows[0], f"NPS {signed(survey.score)}, Wald {_between(wald)}", bold=True),
            interval(x(wald[0]), x(wald[1]), rows[0] + 22, colour=INK, width=3),
            marker("circle", x(survey.score), rows[0] + 22, 6, INK),
            text(left, rows[1], f"Adjusted {_between(adjusted)}"),
            interval(x(adjusted[0]), x(adjusted[1]), rows[1] + 22, colour=INK, width=2, dash="6 4"),
            marker("square", x(survey.adjusted_score), rows[1] + 22, 5, PAPER, INK, 2),
            text(
                left,
                rows[2],
                f"Another survey (seed {scene.seed}): {signed(scene.another_score)}",
            ),
            segment(x(survey.score), rows[2] + 22, x(scene.another_score), rows[2] + 22, FAINT, 2),
            marker("diamond", x(scene.another_score), rows[2] + 22, 5, PAPER, BLUE, 2),
        ]
        if kept is None:
            drawn.append(text(left, rows[3], "No brand kept yet", colour=SOFT_INK))
        else:
            shares = " / ".join(plain(100 * share) for share in kept.shares)
            drawn += [
                text(left, rows[3], f"Kept {shares}: NPS {signed(kept.score)}"),
                marker("triangle", x(kept.score), rows[3] + 22, 6, VERMILION),
            ]
        return "".join(drawn)

    def describe(self, scene: CompositionScene) -> str:
        """Shares, score and interval in one sentence."""
        survey = scene.survey
        p, n, d = (round(100 * share) for share in survey.shares)
        kept = f", beside a kept brand with NPS {signed(scene.kept.score)}" if scene.kept else ""
        return (
            f"A hundred people, {p} promoters, {n} passives and {d} detractors, and on a scale from −100 to "
            f"100 their NPS of {signed(survey.score)} with the Wald interval {_between(survey.wald_cut)} "
            "and the "
            f"adjusted interval {_between(survey.adjusted_cut)}{kept}."
        )


# One person, and the sign on the chest that says what the answer counts: plus, nought or minus.
_PERSON = "M{x:.1f} {head:.1f}a4.2 4.2 0 1 1 -.01 0zM{x:.1f} {body:.1f}h-8.5v-6.5a8.5 8 0 0 1 17 0v6.5z"
_SIGNS = (
    "M{x:.1f} {y:.1f}m-3.6 0h7.2m-3.6 -3.6v7.2",
    "M{x:.1f} {y:.1f}m-2.6 0a2.6 2.9 0 1 0 5.2 0a2.6 2.9 0 1 0 -5.2 0",
    "M{x:.1f} {y:.1f}m-3.6 0h7.2",
)


def _between(bounds: tuple[float, float]) -> str:
    return f"{signed(bounds[0])} to {signed(bounds[1])}"


VIEW = NpsCompositionView()
