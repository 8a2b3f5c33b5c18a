"""The Net Promoter Score (NPS) and how sure one survey can be of it.

Knows answers from 0 to 10, their three categories and the statistics of their balance. Does not know files, cleaning
rules or why people answer as they do.

Units: a score and its standard error are in points (-100 to 100), a share is between 0 and 1, counts are people.

Sources: Reichheld (2003), "The One Number You Need to Grow", Harvard Business Review 81(12), 46-54, for the question
and the categories; Rocks (2016), "Interval Estimation for the Net Promoter Score", The American Statistician 70(4),
365-372, for the adjusted Wald interval, in the form described at measuringu.com/nps-three-confidence-intervals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Category = Literal["promoter", "passive", "detractor"]
Interval = tuple[float, float]
Method = Literal["wald", "adjusted"]

LOWEST_ANSWER, HIGHEST_ANSWER = 0, 10
LOWEST_PASSIVE, LOWEST_PROMOTER = 7, 9  # Reichheld (2003)

# Pseudo-answers that the adjusted Wald interval adds to promoters, passives and detractors (Rocks 2016).
PSEUDO_ANSWERS = (0.75, 1.5, 0.75)

_CUT = (-100.0, 100.0)


class Counts(NamedTuple):
    """How many people are promoters (9-10), passives (7-8) and detractors (0-6). A plain tuple does as well."""

    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True)
class NpsEstimate:
    """An NPS with its uncertainty. Scores, errors and intervals in points; polarisation is a variance of shares.

    `wald` and `adjusted` may reach beyond -100 or 100; `wald_cut` and `adjusted_cut` do not.
    """

    promoters: int
    passives: int
    detractors: int
    n: int
    score: float
    standard_error: float
    wald: Interval
    adjusted_score: float
    adjusted: Interval
    polarisation: float
    confidence: float = 0.95

    @property
    def counts(self) -> Counts:
        """Promoters, passives and detractors as one tuple."""
        return Counts(self.promoters, self.passives, self.detractors)

    @property
    def shares(self) -> tuple[float, float, float]:
        """Shares (0 to 1) of promoters, passives and detractors."""
        return self.promoters / self.n, self.passives / self.n, self.detractors / self.n

    @property
    def wald_cut(self) -> Interval:
        """The Wald interval cut to [-100, 100]."""
        return _cut(self.wald)

    @property
    def adjusted_cut(self) -> Interval:
        """The adjusted Wald interval cut to [-100, 100]."""
        return _cut(self.adjusted)


@dataclass(frozen=True)
class NpsDifference:
    """The second NPS minus the first, in points, with its two-sided test.

    `z` and `p_value` are None when neither survey shows any variance (Wald, everyone in one category): then the
    method says nothing about chance.
    """

    difference: float
    standard_error: float
    z: float | None
    p_value: float | None
    interval: Interval
    method: Method = "wald"


@dataclass(frozen=True)
class SegmentedNps:
    """An NPS per segment and in total. `weights` are the segments' shares of all answers (they sum to 1)."""

    total: NpsEstimate
    segments: Mapping[str, NpsEstimate]
    weights: Mapping[str, float]
    unweighted_mean: float


@dataclass(frozen=True)
class MixShift:
    """Two waves of the same segments: what the scores did, and what the mix of respondents did.

    Tuples follow the order of `segments`. `change = within_effect + mix_effect`: the first weighs each segment's rise
    with its share in wave 2, the second weighs each segment's first score with the change of its share.
    """

    segments: tuple[str, ...]
    sizes_first: tuple[int, ...]
    sizes_second: tuple[int, ...]
    scores_first: tuple[float, ...]
    scores_second: tuple[float, ...]
    total_first: float
    total_second: float
    unweighted_first: float
    unweighted_second: float
    within_effect: float
    mix_effect: float

    @property
    def rises(self) -> tuple[float, ...]:
        """Points by which each segment's score rose (negative: fell)."""
        return tuple(b - a for a, b in zip(self.scores_first, self.scores_second, strict=True))

    @property
    def weights_first(self) -> tuple[float, ...]:
        """Shares of the segments in wave 1."""
        return tuple(size / sum(self.sizes_first) for size in self.sizes_first)

    @property
    def weights_second(self) -> tuple[float, ...]:
        """Shares of the segments in wave 2."""
        return tuple(size / sum(self.sizes_second) for size in self.sizes_second)

    @property
    def change(self) -> float:
        """Points by which the total rose (negative: fell)."""
        return self.total_second - self.total_first

    @property
    def is_paradox(self) -> bool:
        """Whether every segment moves one way and the total the other way (Simpson's paradox)."""
        rises = self.rises
        return (min(rises) > 0 > self.change) or (max(rises) < 0 < self.change)


@dataclass(frozen=True)
class SurveyDraws:
    """Repeated surveys of one brand. `counts` (repeats, 3), `scores` (repeats,), intervals (repeats, 2), in points."""

    true_score: float
    counts: NDArray[np.int64]
    scores: NDArray[np.float64]
    wald: NDArray[np.float64]
    adjusted: NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """Share (0 to 1) of repeated surveys whose interval holds the true score; mean widths of the intervals in points.

    `monte_carlo_error` is the standard error of the less certain of the two shares.
    """

    wald: float
    adjusted: float
    wald_width: float
    adjusted_width: float
    monte_carlo_error: float


@dataclass(frozen=True)
class Bootstrap:
    """Bootstrap of an NPS: `estimates` (resamples,), their standard deviation and percentile interval, in points."""

    estimates: NDArray[np.float64]
    standard_deviation: float
    interval: Interval


def categorise(score: object) -> Category | None:
    """The category of one answer: 9-10 promoter, 7-8 passive, 0-6 detractor (Reichheld 2003).

    None for anything that is not a whole number from 0 to 10: 11, -1, 8.5, text, True, a blank. 9.0 is whole.
    """


def count_categories(scores: Iterable[object]) -> Counts:
    """How many of the answers are promoters, passives and detractors; invalid answers count nowhere."""


def estimate(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> NpsEstimate:
    """The NPS of one survey with its standard error, its Wald and its adjusted Wald interval."""


def variance(promoter_share: ArrayLike, detractor_share: ArrayLike) -> float | NDArray[np.float64]:
    """p + d - (p - d)^2, also called polarisation here."""


def sample_size(margin: float, variance: float = 1.0, confidence: float = 0.95) -> int:
    """Answers needed so that the Wald interval reaches at most `margin` points to each side."""


def difference(
    first: tuple[int, int, int],
    second: tuple[int, int, int],
    method: Method = "wald",
    confidence: float = 0.95,
) -> NpsDifference:
    """The second NPS minus the first and its z test."""


def combine(segments: Mapping[str, tuple[int, int, int]], confidence: float = 0.95) -> SegmentedNps:
    """The total NPS of segments, each given as (promoters, passives, detractors)."""


# The course's example of Simpson's paradox (synthetic): answers per segment in two waves.
FIRST_WAVE: Mapping[str, Counts] = {"Online": Counts(20, 10, 20), "Winkel": Counts(240, 60, 50)}
SECOND_WAVE: Mapping[str, Counts] = {"Online": Counts(140, 70, 120), "Winkel": Counts(52, 12, 6)}


def compare_waves(
    first: Mapping[str, tuple[int, int, int]], second: Mapping[str, tuple[int, int, int]]
) -> MixShift:
    """Two waves of counts per segment, split into rises within segments and the shift of the mix."""


def mix_shift(
    sizes: Mapping[str, int] | None = None,
    rises: Mapping[str, float] | None = None,
    first: Mapping[str, tuple[int, int, int]] | None = None,
) -> MixShift:
    """Wave 2 from the answers per segment (`sizes`) and the points each segment rises (`rises`).

    Without arguments: the course's example, FIRST_WAVE to SECOND_WAVE (47.5 to 16.5 while both segments rise).
    """


def draw_surveys(
    promoter_share: float,
    detractor_share: float,
    n: int,
    repeats: int,
    seed: int,
    confidence: float = 0.95,
) -> SurveyDraws:
    """`repeats` surveys of `n` people each from a brand whose true shares are known."""


def coverage(
    promoter_share: float,
    detractor_share: float,
    n: int,
    repeats: int,
    seed: int,
    confidence: float = 0.95,
) -> Coverage:
    """How often the intervals of repeated surveys hold the true score, and how wide they are on average."""


def bootstrap(scores: Iterable[object], resamples: int, seed: int, confidence: float = 0.95) -> Bootstrap:
    """Percentile bootstrap of the NPS of the valid answers in `scores`."""
