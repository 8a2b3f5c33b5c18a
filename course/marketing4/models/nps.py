"""The Net Promoter Score (NPS) and how sure one survey can be of it.

Knows answers from 0 to 10, their three categories and the statistics of their balance. Does not know files,
cleaning rules or why people answer as they do.

Units: a score and its standard error are in points (-100 to 100), a share is between 0 and 1, counts are
people.

Sources: Reichheld (2003), "The One Number You Need to Grow", Harvard Business Review 81(12), 46-54, for the
question and the categories; Rocks (2016), "Interval Estimation for the Net Promoter Score", The American
Statistician 70(4), 365-372, for the adjusted Wald interval, in the form described at
measuringu.com/nps-three-confidence-intervals.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from statistics import NormalDist
from typing import Literal, NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

Category = Literal["promoter", "passive", "detractor"]
Interval = tuple[float, float]
Method = Literal["wald", "adjusted"]

LOWEST_ANSWER, HIGHEST_ANSWER = 0, 10
LOWEST_PASSIVE, LOWEST_PROMOTER = 7, 9  # Reichheld (2003)

# Pseudo-answers that the adjusted Wald interval adds to promoters, passives and detractors (Rocks 2016).
PSEUDO_ANSWERS = (0.75, 1.5, 0.75)

_ROUNDING = 1e-9  # room for floating-point error where an exact bound is compared


class Counts(NamedTuple):
    """Numbers of promoters (9-10), passives (7-8) and detractors (0-6). A plain tuple does as well."""

    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True)
class NpsEstimate:
    """An NPS with its uncertainty.

    Scores, error and intervals are in points; `polarisation` is a variance of shares (0 to 1), see
    `variance`. `wald` and `adjusted` may reach beyond -100 or 100; `wald_cut` and `adjusted_cut` do not.
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

    `z` and `p_value` are None when neither survey shows any variance (Wald, everyone in one category): then
    the method says nothing about chance.
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

    Tuples follow the order of `segments`. `change = within_effect + mix_effect`: the first weighs each
    segment's rise with its share in wave 2, the second weighs each segment's first score with the change of
    its share.
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


@dataclass(frozen=True, eq=False)
class SurveyDraws:
    """Repeated surveys of one brand whose true score is known.

    `counts` has shape (repeats, 3): promoters, passives, detractors. In points: `scores` (repeats,), `wald`
    and `adjusted` (repeats, 2), low and high ends, not cut.
    """

    true_score: float
    counts: NDArray[np.int64]
    scores: NDArray[np.float64]
    wald: NDArray[np.float64]
    adjusted: NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """Share (0 to 1) of repeated surveys whose interval holds the true score, per method.

    Widths are mean widths of the intervals in points. `monte_carlo_error` is the standard error of the less
    certain of the two shares.
    """

    wald: float
    adjusted: float
    wald_width: float
    adjusted_width: float
    monte_carlo_error: float


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Bootstrap of an NPS, in points: `estimates` (resamples,), their spread and percentile interval."""

    estimates: NDArray[np.float64]
    standard_deviation: float
    interval: Interval


def categorise(score: object) -> Category | None:
    """The category of one answer: 9-10 promoter, 7-8 passive, 0-6 detractor (Reichheld 2003).

    None for anything that is not a whole number from 0 to 10: 11, -1, 8.5, text, True, a blank. 9.0 counts
    as 9, because a column of whole numbers with a blank in it arrives as floats.
    """
    if isinstance(score, bool) or not isinstance(score, Real):
        return None
    answer = cast(float, score)  # not float(): that overflows on a very large whole number
    if not LOWEST_ANSWER <= answer <= HIGHEST_ANSWER or answer != math.floor(answer):
        return None
    if answer >= LOWEST_PROMOTER:
        return "promoter"
    return "passive" if answer >= LOWEST_PASSIVE else "detractor"


def count_categories(scores: Iterable[object]) -> Counts:
    """How many of the answers are promoters, passives and detractors.

    Answers that `categorise` calls None count nowhere, so the sum is the number of valid answers.
    """
    categories = Counter(categorise(score) for score in scores)
    return Counts(categories["promoter"], categories["passive"], categories["detractor"])


def estimate(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> NpsEstimate:
    """The NPS of one survey with its standard error, its Wald and its adjusted Wald interval, all in points.

    NPS = 100 (P - D) / n, where n counts passives too. Its standard error is 100 sqrt(var / n), `var` as in
    `variance`: one person cannot be promoter and detractor, so the two shares are not independent. The
    adjusted interval does the same after adding 3/4 promoter, 3/2 passive and 3/4 detractor (Rocks 2016); it
    keeps a width where Wald's collapses to none, as with ten promoters and nobody else.

    Raises ValueError if a count is negative or not whole, if nobody answered, or if `confidence` is not
    between 0 and 1.
    """
    counts = _as_counts((promoters, passives, detractors))
    row = np.array(counts, dtype=float)
    z = _two_sided_z(confidence)
    score, error = _score_and_error(row)
    adjusted_score, adjusted_error = _score_and_error(row + PSEUDO_ANSWERS)
    n = sum(counts)
    return NpsEstimate(
        *counts,
        n=n,
        score=float(score),
        standard_error=float(error),
        wald=_around(score, z * error),
        adjusted_score=float(adjusted_score),
        adjusted=_around(adjusted_score, z * adjusted_error),
        polarisation=float(variance(counts.promoters / n, counts.detractors / n)),
        confidence=confidence,
    )


def variance(promoter_share: ArrayLike, detractor_share: ArrayLike) -> float | NDArray[np.float64]:
    """Variance of one answer that counts 1 (promoter), 0 (passive) or -1 (detractor): p + d - (p - d)^2.

    From 0 to 1. Also the course's measure of polarisation: 45/10/45 gives 0.90 and 10/80/10 gives 0.20,
    while both have an NPS of 0. Arrays of shares give an array. Raises ValueError if a share is outside [0,
    1] or a pair sums to more than 1.
    """
    p, d = np.asarray(promoter_share, dtype=float), np.asarray(detractor_share, dtype=float)
    for name, share in (("promoter_share", p), ("detractor_share", d)):
        if not np.all((share >= 0) & (share <= 1)):
            raise ValueError(f"{name} must be between 0 and 1, got {share.tolist()}")
    if not np.all(p + d <= 1 + _ROUNDING):
        raise ValueError(
            f"promoter_share + detractor_share must be at most 1, got {p.tolist()} and {d.tolist()}"
        )
    result = np.asarray(p + d - (p - d) ** 2)
    return float(result) if result.ndim == 0 else result


def sample_size(margin: float, variance: float = 1.0, confidence: float = 0.95) -> int:
    """Answers needed for a Wald interval that reaches at most `margin` points to each side.

    n = var (z / margin)^2, rounded up. `variance` is that of one answer, above 0 and at most 1; 1 is the
    worst case (half promoters, half detractors) and the honest choice before the first survey. Raises
    ValueError if `margin` is not positive or `variance` or `confidence` is out of range.
    """
    if not (math.isfinite(margin) and margin > 0):
        raise ValueError(f"margin must be positive (points), got {margin}")
    if not 0 < variance <= 1:
        raise ValueError(f"variance must be above 0 and at most 1, got {variance}")
    return math.ceil(variance * (_two_sided_z(confidence) / (margin / 100)) ** 2)


def difference(
    first: tuple[int, int, int],
    second: tuple[int, int, int],
    method: Method = "wald",
    confidence: float = 0.95,
) -> NpsDifference:
    """The second NPS minus the first, in points, with a two-sided z test of no difference.

    `first` and `second` are (promoters, passives, detractors) of two independent surveys. The standard
    error is sqrt(SE1^2 + SE2^2). "adjusted" uses the adjusted scores and errors of both (see `estimate`);
    the two methods can fall on different sides of p = .05. Raises ValueError on impossible counts or an
    unknown method.
    """
    if method not in ("wald", "adjusted"):
        raise ValueError(f'method must be "wald" or "adjusted", got {method!r}')
    rows = np.array([_as_counts(first), _as_counts(second)], dtype=float)
    if method == "adjusted":
        rows = rows + PSEUDO_ANSWERS
    scores, errors = _score_and_error(rows)
    change = float(scores[1] - scores[0])
    error = math.hypot(*errors)
    z = change / error if error > 0 else None
    return NpsDifference(
        difference=change,
        standard_error=error,
        z=z,
        p_value=None if z is None else math.erfc(abs(z) / math.sqrt(2)),
        interval=_around(change, _two_sided_z(confidence) * error),
        method=method,
    )


def combine(segments: Mapping[str, tuple[int, int, int]], confidence: float = 0.95) -> SegmentedNps:
    """The total NPS of segments, each given as (promoters, passives, detractors).

    The total is the mean of the segments' scores weighted with their numbers of answers. `unweighted_mean`
    treats every segment alike and answers another question. Raises ValueError without segments or for an
    empty segment.
    """
    if not segments:
        raise ValueError("segments must hold at least one segment, got none")
    counts = {name: _as_counts(segment, name) for name, segment in segments.items()}
    estimates = {name: estimate(*segment, confidence=confidence) for name, segment in counts.items()}
    total_counts = Counts(*(sum(column) for column in zip(*counts.values(), strict=True)))
    total = estimate(*total_counts, confidence=confidence)
    return SegmentedNps(
        total=total,
        segments=estimates,
        weights={name: part.n / total.n for name, part in estimates.items()},
        unweighted_mean=sum(part.score for part in estimates.values()) / len(estimates),
    )


# The course's example of Simpson's paradox (synthetic): answers per segment in two waves.
FIRST_WAVE: Mapping[str, Counts] = {"Online": Counts(20, 10, 20), "Winkel": Counts(240, 60, 50)}
SECOND_WAVE: Mapping[str, Counts] = {"Online": Counts(140, 70, 120), "Winkel": Counts(52, 12, 6)}


def compare_waves(
    first: Mapping[str, tuple[int, int, int]], second: Mapping[str, tuple[int, int, int]]
) -> MixShift:
    """The change between two waves, split into rises within the segments and a shift of their mix.

    `first` and `second` hold (promoters, passives, detractors) per segment. Raises ValueError if the waves do
    not have the same segments.
    """
    before, after = combine(first), combine(second)
    _same_segments(before.segments, after.segments, "second")
    return _split(
        {name: (part.n, part.score) for name, part in before.segments.items()},
        {name: (after.segments[name].n, after.segments[name].score) for name in before.segments},
    )


def mix_shift(
    sizes: Mapping[str, int] | None = None,
    rises: Mapping[str, float] | None = None,
    first: Mapping[str, tuple[int, int, int]] | None = None,
) -> MixShift:
    """A second wave, given by how many answer per segment and by how many points each segment rises.

    `sizes` are the answers per segment in wave 2, `rises` the points (negative: falls), `first` holds wave
    1 as (promoters, passives, detractors) per segment. What is left out is taken from the course's example,
    FIRST_WAVE to SECOND_WAVE, in which both segments rise and the total falls from 47.5 to 16.5. Raises
    ValueError if the segments do not match, a size is not a positive whole number, or a rise would take a
    segment's score out of [-100, 100].
    """
    before = combine(FIRST_WAVE if first is None else first).segments
    if sizes is None:
        sizes = {name: sum(counts) for name, counts in SECOND_WAVE.items()}
    if rises is None:
        example = compare_waves(FIRST_WAVE, SECOND_WAVE)
        rises = dict(zip(example.segments, example.rises, strict=True))
    _same_segments(before, sizes, "sizes")
    _same_segments(before, rises, "rises")
    after = {}
    for name, part in before.items():
        score = part.score + rises[name]
        if not -100 - _ROUNDING <= score <= 100 + _ROUNDING:
            raise ValueError(
                f"rises must keep every score within -100 and 100, got {rises[name]} "
                f"for {name}, which stood at {part.score:g}"
            )
        after[name] = (_positive_whole(sizes[name], f"sizes[{name!r}]"), score)
    return _split({name: (part.n, part.score) for name, part in before.items()}, after)


def draw_surveys(
    promoter_share: float,
    detractor_share: float,
    n: int,
    repeats: int,
    seed: int,
    confidence: float = 0.95,
) -> SurveyDraws:
    """`repeats` surveys of `n` people each, drawn at random from a market whose true shares are known.

    Everyone answers and the market is large beside the sample, so the counts are multinomial. Rows of
    `counts` are promoters, passives, detractors; intervals are not cut at -100 and 100. The same seed gives
    the same surveys. Raises ValueError if shares, `n`, `repeats`, `seed` or `confidence` are out of range.
    """
    variance(promoter_share, detractor_share)  # checks the shares
    shares = np.array([promoter_share, max(0.0, 1 - promoter_share - detractor_share), detractor_share])
    counts = _rng(seed).multinomial(
        _positive_whole(n, "n"), shares / shares.sum(), size=_positive_whole(repeats, "repeats")
    )
    z = _two_sided_z(confidence)
    scores, errors = _score_and_error(counts)
    adjusted_scores, adjusted_errors = _score_and_error(counts + PSEUDO_ANSWERS)
    return SurveyDraws(
        true_score=100 * (promoter_share - detractor_share),
        counts=counts,
        scores=scores,
        wald=_intervals(scores, z * errors),
        adjusted=_intervals(adjusted_scores, z * adjusted_errors),
    )


def coverage(
    promoter_share: float,
    detractor_share: float,
    n: int,
    repeats: int,
    seed: int,
    confidence: float = 0.95,
) -> Coverage:
    """How often the intervals of repeated surveys hold the true score, and how wide they are on average.

    An interval keeps its promise if its coverage is near `confidence`. Parameters and errors as in
    `draw_surveys`.
    """
    draws = draw_surveys(promoter_share, detractor_share, n, repeats, seed, confidence)
    shares = [float(holds(draws.true_score, intervals).mean()) for intervals in (draws.wald, draws.adjusted)]
    return Coverage(
        wald=shares[0],
        adjusted=shares[1],
        wald_width=float(np.diff(draws.wald).mean()),
        adjusted_width=float(np.diff(draws.adjusted).mean()),
        monte_carlo_error=max(math.sqrt(share * (1 - share) / repeats) for share in shares),
    )


def holds(true_score: float, intervals: ArrayLike) -> NDArray[np.bool_]:
    """Which of the intervals, shape (repeats, 2), hold the true score; ends count as inside."""
    bounds = np.asarray(intervals, dtype=float)
    return (bounds[:, 0] <= true_score + _ROUNDING) & (true_score - _ROUNDING <= bounds[:, 1])


def bootstrap(scores: Iterable[object], resamples: int, seed: int, confidence: float = 0.95) -> Bootstrap:
    """Percentile bootstrap of the NPS of the valid answers in `scores`.

    Each resample draws as many answers as are valid, with replacement. Only their categories matter, so the
    counts are drawn at once from the multinomial that such a resample follows. The same seed gives the same
    resamples. Raises ValueError if no answer is valid or `resamples`, `seed` or `confidence` is out of
    range.
    """
    counts = _as_counts(count_categories(scores))
    n = sum(counts)
    drawn = _rng(seed).multinomial(n, np.array(counts) / n, size=_positive_whole(resamples, "resamples"))
    estimates = 100 * (drawn[:, 0] - drawn[:, 2]) / n
    tail = (1 - _checked_confidence(confidence)) / 2
    low, high = np.quantile(estimates, [tail, 1 - tail])
    return Bootstrap(estimates, float(estimates.std()), (float(low), float(high)))


def _score_and_error(answers: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """NPS and its standard error in points, last axis: promoters, passives, detractors."""
    counts = np.asarray(answers, dtype=float)
    n = counts.sum(axis=-1)
    p, d = counts[..., 0] / n, counts[..., 2] / n
    return 100 * (counts[..., 0] - counts[..., 2]) / n, 100 * np.sqrt(variance(p, d) / n)


def _split(first: Mapping[str, tuple[int, float]], second: Mapping[str, tuple[int, float]]) -> MixShift:
    """A MixShift from size and score per segment."""
    names = tuple(first)
    sizes = np.array([[wave[name][0] for name in names] for wave in (first, second)])
    scores = np.array([[wave[name][1] for name in names] for wave in (first, second)])
    weights = sizes / sizes.sum(axis=1, keepdims=True)
    totals = (weights * scores).sum(axis=1)
    return MixShift(
        segments=names,
        sizes_first=tuple(sizes[0].tolist()),
        sizes_second=tuple(sizes[1].tolist()),
        scores_first=tuple(scores[0].tolist()),
        scores_second=tuple(scores[1].tolist()),
        total_first=float(totals[0]),
        total_second=float(totals[1]),
        unweighted_first=float(scores[0].mean()),
        unweighted_second=float(scores[1].mean()),
        within_effect=float(weights[1] @ (scores[1] - scores[0])),
        mix_effect=float((weights[1] - weights[0]) @ scores[0]),
    )


def _around(centre: float | NDArray[np.float64], reach: float | NDArray[np.float64]) -> Interval:
    return float(centre - reach), float(centre + reach)


def _intervals(centres: NDArray[np.float64], reaches: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack((centres - reaches, centres + reaches))


def _cut(interval: Interval) -> Interval:
    return max(interval[0], -100.0), min(interval[1], 100.0)


def _as_counts(counts: tuple[int, int, int], segment: str = "") -> Counts:
    """The counts as whole numbers, or ValueError naming the one that is impossible."""
    of_segment = f" of {segment}" if segment else ""
    if len(counts) != 3:
        raise ValueError(f"counts{of_segment} must be (promoters, passives, detractors), got {counts!r}")
    checked = []
    for name, count in zip(Counts._fields, counts, strict=True):
        if not _is_whole(count) or count < 0:
            raise ValueError(f"{name}{of_segment} must be a whole number of at least 0, got {count!r}")
        checked.append(int(count))
    if sum(checked) == 0:
        raise ValueError(f"promoters + passives + detractors{of_segment} must be at least 1, got 0 answers")
    return Counts(*checked)


def _same_segments(expected: Iterable[str], given: Iterable[str], name: str) -> None:
    if set(expected) != set(given):
        raise ValueError(f"{name} must have the segments {sorted(expected)}, got {sorted(given)}")


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _positive_whole(value: int, name: str) -> int:
    if not _is_whole(value) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, got {value!r}")
    return int(value)


def _rng(seed: int) -> np.random.Generator:
    if not _is_whole(seed) or seed < 0:
        raise ValueError(f"seed must be a whole number of at least 0, got {seed!r}")
    return np.random.default_rng(seed)


def _checked_confidence(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, got {confidence}")
    return confidence


def _two_sided_z(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + _checked_confidence(confidence) / 2)
