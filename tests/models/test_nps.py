"""NPS against published and recomputed reference values, and against what must hold for any survey."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from marketing4.models import nps

counts = st.tuples(*[st.integers(0, 400)] * 3).filter(any)
answers = st.lists(st.integers(0, 10), min_size=1, max_size=60)


@st.composite
def brands(draw):
    """True shares of promoters and detractors."""
    promoters = draw(st.floats(0, 1))
    return promoters, draw(st.floats(0, 1)) * (1 - promoters)


# Categories


@pytest.mark.parametrize(
    ("answer", "category"),
    [(0, "detractor"), (6, "detractor"), (7, "passive"), (8, "passive"), (9, "promoter"), (10, "promoter")],
)
def test_the_lowest_promoter_is_a_9_and_the_lowest_passive_a_7(answer, category):
    assert nps.categorise(answer) == category
    assert nps.categorise(float(answer)) == category
    assert nps.categorise(np.int64(answer)) == category


@pytest.mark.parametrize(
    "answer",
    [-1, 11, 8.5, None, "9", "9,0", "10 - zeer waarschijnlijk", "", math.nan, math.inf, True, 10**400],
)
def test_what_is_not_a_whole_number_from_0_to_10_has_no_category(answer):
    assert nps.categorise(answer) is None


def test_an_exact_fraction_is_judged_by_its_value():
    assert nps.categorise(Fraction(18, 2)) == "promoter"
    assert nps.categorise(Fraction(17, 2)) is None


def test_invalid_answers_are_counted_nowhere():
    assert nps.count_categories([10, 9, 8, 7, 6, 0, None, "9,0", 11, -1, 8.5, True]) == (2, 2, 2)
    assert nps.count_categories([]) == (0, 0, 0)


@given(answers)
def test_every_valid_answer_falls_into_one_category(scores):
    assert sum(nps.count_categories(scores)) == len(scores)


# One survey

SURVEYS = [  # promoters, passives, detractors, score, standard error
    (50, 30, 20, 30, 7.81025),
    (500, 300, 200, 30, 2.46982),
    (5, 3, 2, 30, 24.69818),
    (60, 25, 15, 45, 7.39932),
    (250, 675, 75, 17.5, 1.71574),
    (10, 0, 0, 100, 0),
    (33, 38, 29, 4, 7.86384),
    (30, 47, 23, 7, 7.24638),
    (45, 10, 45, 0, 9.48683),
    (10, 80, 10, 0, 4.47214),
]


@pytest.mark.parametrize(("promoters", "passives", "detractors", "score", "standard_error"), SURVEYS)
def test_score_and_standard_error_agree_with_the_reference(
    promoters, passives, detractors, score, standard_error
):
    survey = nps.estimate(promoters, passives, detractors)
    assert survey.score == pytest.approx(score, abs=1e-9)
    assert survey.standard_error == pytest.approx(standard_error, abs=1e-5)


@pytest.mark.parametrize(
    ("survey", "interval"),
    [
        ((50, 30, 20), (14.6922, 45.3078)),
        ((500, 300, 200), (25.1592, 34.8408)),
        ((5, 3, 2), (-18.4075, 78.4075)),
        ((60, 25, 15), (30.4976, 59.5024)),
        ((250, 675, 75), (14.1372, 20.8628)),
    ],
)
def test_the_wald_interval_agrees_with_the_reference(survey, interval):
    assert nps.estimate(*survey).wald == pytest.approx(interval, abs=1e-4)


@pytest.mark.parametrize(
    ("survey", "score", "interval"),
    [
        ((50, 30, 20), 29.12621, (14.0511, 44.2013)),
        ((500, 300, 200), 29.91027, (25.0770, 34.7435)),
        ((5, 3, 2), 23.07692, (-19.0506, 65.2045)),
        ((60, 25, 15), 43.68932, (29.3431, 58.0355)),
    ],
)
def test_the_adjusted_interval_agrees_with_the_reference(survey, score, interval):
    result = nps.estimate(*survey)
    assert result.adjusted_score == pytest.approx(score, abs=1e-5)
    assert result.adjusted == pytest.approx(interval, abs=1e-4)


def test_promoters_and_detractors_are_not_independent():
    # A public calculation that leaves out the covariance gets 1.603 here.
    p, d, n = 0.25, 0.075, 1000
    without_covariance = 100 * math.sqrt((p * (1 - p) + d * (1 - d)) / n)
    assert without_covariance == pytest.approx(1.603, abs=1e-3)
    assert nps.estimate(250, 675, 75).standard_error == pytest.approx(1.71574, abs=1e-5)


def test_ten_promoters_and_nobody_else_leave_room_for_doubt():
    survey = nps.estimate(10, 0, 0)
    assert survey.adjusted_score == pytest.approx(76.92308, abs=1e-5)
    assert survey.adjusted == pytest.approx((47.50, 106.34), abs=5e-3)


def test_wald_collapses_when_everyone_is_a_promoter_and_the_adjusted_interval_does_not():
    survey = nps.estimate(10, 0, 0)
    assert survey.wald == (100, 100)
    assert survey.adjusted_cut == (pytest.approx(47.50, abs=5e-3), 100)


def test_a_cut_interval_stays_on_the_scale():
    assert nps.estimate(0, 0, 10).adjusted_cut[0] == -100
    assert nps.estimate(3, 0, 0).wald_cut == (100, 100)
    assert nps.estimate(1, 0, 1).wald[1] > 100
    assert nps.estimate(1, 0, 1).wald_cut == (-100, 100)


def test_one_score_can_hide_a_brand_that_divides():
    divided, lukewarm = nps.estimate(45, 10, 45), nps.estimate(10, 80, 10)
    assert divided.score == lukewarm.score == 0
    assert (divided.polarisation, lukewarm.polarisation) == (pytest.approx(0.90), pytest.approx(0.20))


def test_shares_and_counts_come_back_as_given():
    survey = nps.estimate(50, 30, 20)
    assert survey.counts == (50, 30, 20)
    assert survey.shares == (0.5, 0.3, 0.2)


def test_more_confidence_asks_for_a_wider_interval():
    # 1.644854 and 2.575829 are the two-sided normal quantiles of 90 and 99 %.
    assert nps.estimate(50, 30, 20, confidence=0.90).wald[1] == pytest.approx(
        30 + 1.644854 * 7.81025, abs=1e-3
    )
    assert nps.estimate(50, 30, 20, confidence=0.99).wald[1] == pytest.approx(
        30 + 2.575829 * 7.81025, abs=1e-3
    )


def test_an_estimate_remembers_its_confidence():
    assert nps.estimate(50, 30, 20).confidence == 0.95
    assert nps.estimate(50, 30, 20, confidence=0.9).confidence == 0.9


def test_rounding_comes_last():
    exact = nps.estimate(4, 7, 2).score
    assert exact == pytest.approx(15.385, abs=1e-3)
    assert round(exact) == 15
    assert round(100 * 4 / 13) - round(100 * 2 / 13) == 16


def test_an_8_from_everyone_and_a_10_or_6_from_everyone_give_the_same_score_and_mean():
    same, halves = [8] * 100, [10] * 50 + [6] * 50
    assert np.mean(same) == np.mean(halves) == 8
    assert nps.estimate(*nps.count_categories(same)).score == 0
    assert nps.estimate(*nps.count_categories(halves)).score == 0


def test_one_score_goes_with_two_means():
    first, second = [9] * 50 + [7] * 20 + [6] * 30, [10] * 50 + [8] * 20 + [0] * 30
    assert (np.mean(first), np.mean(second)) == (pytest.approx(7.7), pytest.approx(6.6))
    assert nps.estimate(*nps.count_categories(first)).score == pytest.approx(20)
    assert nps.estimate(*nps.count_categories(second)).score == pytest.approx(20)


@given(counts)
def test_a_score_lies_between_minus_100_and_100_inside_its_interval(survey):
    result = nps.estimate(*survey)
    assert -100 <= result.score <= 100
    assert result.wald[0] <= result.score <= result.wald[1]
    assert -100 <= result.wald_cut[0] <= result.wald_cut[1] <= 100
    assert -100 <= result.adjusted_cut[0] < result.adjusted_cut[1] <= 100


@given(counts)
def test_the_standard_error_is_that_of_the_answers_scored_1_0_and_minus_1(survey):
    scored = np.repeat([1, 0, -1], survey)
    result = nps.estimate(*survey)
    assert result.standard_error == pytest.approx(100 * scored.std() / math.sqrt(scored.size), abs=1e-9)
    assert result.polarisation == pytest.approx(scored.var(), abs=1e-12)


@given(counts)
def test_passives_stay_in_the_denominator(survey):
    promoters, passives, detractors = survey
    result = nps.estimate(*survey)
    assert result.n == promoters + passives + detractors
    assert result.score == pytest.approx(100 * (promoters - detractors) / result.n)


@given(counts)
def test_adding_a_passive_moves_the_score_towards_0(survey):
    promoters, passives, detractors = survey
    before = nps.estimate(*survey).score
    after = nps.estimate(promoters, passives + 1, detractors).score
    if before == 0:
        assert after == 0
    else:
        assert abs(after) < abs(before)
        assert after * before > 0


@given(counts)
def test_swapping_promoters_and_detractors_turns_the_sign(survey):
    result, mirrored = nps.estimate(*survey), nps.estimate(*reversed(survey))
    assert mirrored.score == pytest.approx(-result.score)
    assert mirrored.wald == pytest.approx((-result.wald[1], -result.wald[0]))
    assert mirrored.adjusted == pytest.approx((-result.adjusted[1], -result.adjusted[0]))


@given(counts)
def test_a_detractor_who_becomes_a_promoter_counts_twice_a_passive_who_does(survey):
    promoters, passives, detractors = survey
    assume(passives and detractors)
    before = nps.estimate(*survey)
    from_passive = nps.estimate(promoters + 1, passives - 1, detractors).score - before.score
    from_detractor = nps.estimate(promoters + 1, passives, detractors - 1).score - before.score
    assert from_passive == pytest.approx(100 / before.n)
    assert from_detractor == pytest.approx(200 / before.n)


@given(counts)
def test_the_adjusted_score_lies_closer_to_0(survey):
    result = nps.estimate(*survey)
    assert abs(result.adjusted_score) <= abs(result.score)


@pytest.mark.parametrize(
    ("survey", "message"),
    [
        ((-1, 5, 5), "promoters must be a whole number of at least 0, got -1"),
        ((1, 2.5, 5), "passives must be a whole number of at least 0, got 2.5"),
        ((1, 2, True), "detractors must be a whole number of at least 0, got True"),
        ((0, 0, 0), "must be at least 1, got 0 answers"),
    ],
)
def test_impossible_counts_are_refused_by_name(survey, message):
    with pytest.raises(ValueError, match=message):
        nps.estimate(*survey)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, math.nan])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence must be between 0 and 1"):
        nps.estimate(5, 3, 2, confidence=confidence)


# Variance and sample size


def test_the_variance_of_many_brands_at_once():
    result = nps.variance([0.45, 0.10, 0.50, 1.0], [0.45, 0.10, 0.20, 0.0])
    assert result == pytest.approx([0.90, 0.20, 0.61, 0.0])


@given(brands())
def test_the_variance_lies_between_0_and_1(shares):
    assert 0 <= nps.variance(*shares) <= 1


@pytest.mark.parametrize(
    ("p", "d", "message"),
    [
        (-0.1, 0.2, "promoter_share must be between 0 and 1, got -0.1"),
        (0.1, 1.2, "detractor_share must be between 0 and 1, got 1.2"),
        (0.7, 0.4, "must be at most 1, got 0.7 and 0.4"),
        (math.nan, 0.4, "promoter_share must be between 0 and 1, got nan"),
        (50, 20, "promoter_share must be between 0 and 1, got 50"),
    ],
)
def test_impossible_shares_are_refused(p, d, message):
    with pytest.raises(ValueError, match=message):
        nps.variance(p, d)


@pytest.mark.parametrize(
    ("margin", "variance", "n"), [(10, 0.61, 235), (5, 0.61, 938), (10, 1, 385), (5, 1, 1537)]
)
def test_the_sample_size_agrees_with_the_reference(margin, variance, n):
    assert nps.sample_size(margin, variance) == n


def test_without_a_variance_the_sample_size_is_that_of_the_worst_case():
    assert nps.sample_size(10) == 385


@given(st.floats(1, 40), st.floats(0.01, 1))
def test_the_sample_size_is_the_smallest_that_keeps_the_margin(margin, variance):
    n = nps.sample_size(margin, variance)

    def reach(size):
        return 1.959963984540054 * 100 * math.sqrt(variance / size)

    assert reach(n) <= margin + 1e-9
    assert n == 1 or reach(n - 1) > margin - 1e-9


@pytest.mark.parametrize(
    ("margin", "variance", "message"),
    [
        (0, 1, "margin must be positive"),
        (math.nan, 1, "margin must be positive"),
        (5, 0, "variance must be above 0 and at most 1, got 0"),
        (5, 1.5, "variance must be above 0 and at most 1, got 1.5"),
    ],
)
def test_an_impossible_plan_for_a_survey_is_refused(margin, variance, message):
    with pytest.raises(ValueError, match=message):
        nps.sample_size(margin, variance)


# Two surveys


def test_the_verdict_on_a_difference_can_depend_on_the_method():
    wald = nps.difference((100, 60, 40), (120, 50, 30))
    adjusted = nps.difference((100, 60, 40), (120, 50, 30), method="adjusted")
    assert wald.difference == pytest.approx(15)
    assert wald.standard_error == pytest.approx(7.60756, abs=1e-5)
    assert wald.z == pytest.approx(1.97172, abs=1e-4)
    assert wald.p_value == pytest.approx(0.0486, abs=1e-4)
    assert adjusted.p_value == pytest.approx(0.0505, abs=1e-4)
    assert wald.interval[0] > 0 > adjusted.interval[0]


def test_the_same_15_points_are_not_significant_among_100_people():
    result = nps.difference((50, 30, 20), (60, 25, 15))
    assert result.difference == pytest.approx(15)
    assert result.z == pytest.approx(1.394, abs=1e-3)
    assert result.p_value == pytest.approx(0.163, abs=1e-3)


def test_without_any_variance_there_is_no_p_value():
    result = nps.difference((10, 0, 0), (20, 0, 0))
    assert (result.difference, result.z, result.p_value) == (0, None, None)
    assert nps.difference((10, 0, 0), (20, 0, 0), method="adjusted").p_value is not None


@given(counts, counts)
def test_exchanging_the_surveys_turns_the_sign_and_keeps_the_p_value(first, second):
    for method in ("wald", "adjusted"):
        there, back = nps.difference(first, second, method), nps.difference(second, first, method)
        assert there.difference == pytest.approx(-back.difference)
        assert there.p_value == back.p_value or there.p_value == pytest.approx(back.p_value)


@given(counts, counts)
def test_the_p_value_falls_below_5_percent_when_the_interval_leaves_out_0(first, second):
    result = nps.difference(first, second)
    assume(result.z is not None and abs(abs(result.z) - 1.959964) > 1e-6)
    assert (result.p_value < 0.05) == (not result.interval[0] <= 0 <= result.interval[1])


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match='method must be "wald" or "adjusted", got \'exact\''):
        nps.difference((5, 3, 2), (5, 3, 2), method="exact")


# Segments


def test_both_segments_rise_and_the_total_falls():
    first, second = nps.combine(nps.FIRST_WAVE), nps.combine(nps.SECOND_WAVE)
    assert first.segments["Online"].score == pytest.approx(0)
    assert first.segments["Winkel"].score == pytest.approx(54.286, abs=1e-3)
    assert first.total.score == pytest.approx(47.5)
    assert second.segments["Online"].score == pytest.approx(6.061, abs=1e-3)
    assert second.segments["Winkel"].score == pytest.approx(65.714, abs=1e-3)
    assert second.total.score == pytest.approx(16.5)


def test_the_unweighted_mean_points_the_wrong_way():
    first, second = nps.combine(nps.FIRST_WAVE), nps.combine(nps.SECOND_WAVE)
    assert first.unweighted_mean == pytest.approx(27.14, abs=5e-3)
    assert second.unweighted_mean == pytest.approx(35.89, abs=5e-3)


def test_the_unweighted_mean_counts_every_segment_once():
    segments = {"a": (1, 0, 0), "b": (0, 100, 0), "c": (0, 0, 50)}
    assert nps.combine(segments).unweighted_mean == pytest.approx(0)
    assert nps.combine({**segments, "d": (3, 0, 0)}).unweighted_mean == pytest.approx(25)


def test_the_confidence_holds_for_the_total_and_every_segment():
    result = nps.combine(nps.FIRST_WAVE, confidence=0.9)
    assert result.total.confidence == 0.9
    assert {part.confidence for part in result.segments.values()} == {0.9}


@given(st.dictionaries(st.text(min_size=1, max_size=3), counts, min_size=1, max_size=5))
def test_the_total_is_the_mean_of_the_segments_weighted_with_their_answers(segments):
    result = nps.combine(segments)
    weighted = sum(result.weights[name] * part.score for name, part in result.segments.items())
    assert result.total.score == pytest.approx(weighted, abs=1e-9)
    assert sum(result.weights.values()) == pytest.approx(1)
    assert result.total.n == sum(sum(segment) for segment in segments.values())


def test_an_empty_segment_is_named():
    with pytest.raises(ValueError, match="of Winkel must be at least 1, got 0 answers"):
        nps.combine({"Online": (1, 2, 3), "Winkel": (0, 0, 0)})
    with pytest.raises(ValueError, match="at least one segment, got none"):
        nps.combine({})


def test_the_default_mix_shift_is_the_course_example():
    shift = nps.mix_shift()
    assert (shift.total_first, shift.total_second) == (pytest.approx(47.5), pytest.approx(16.5))
    assert shift.rises == pytest.approx((6.0606, 11.4286), abs=1e-4)
    assert shift.change == pytest.approx(-31)
    assert (shift.unweighted_first, shift.unweighted_second) == pytest.approx((27.14, 35.89), abs=5e-3)
    assert shift.is_paradox


def test_in_the_example_the_mix_costs_more_than_the_rises_bring():
    shift = nps.compare_waves(nps.FIRST_WAVE, nps.SECOND_WAVE)
    assert (shift.within_effect, shift.mix_effect) == (pytest.approx(7), pytest.approx(-38))
    assert shift.weights_first == pytest.approx((0.125, 0.875))
    assert shift.weights_second == pytest.approx((0.825, 0.175))


def test_an_unchanged_mix_lets_the_total_rise_with_its_segments():
    shift = nps.mix_shift(sizes={"Online": 50, "Winkel": 350}, rises={"Online": 8, "Winkel": 8})
    assert shift.change == pytest.approx(8)
    assert shift.mix_effect == pytest.approx(0)
    assert not shift.is_paradox


def test_both_segments_falling_while_the_total_rises_is_a_paradox_too():
    shift = nps.compare_waves(nps.SECOND_WAVE, nps.FIRST_WAVE)
    assert max(shift.rises) < 0 < shift.change
    assert shift.is_paradox


two_segments = st.fixed_dictionaries({"a": counts, "b": counts})


@given(two_segments, two_segments)
def test_rises_within_segments_and_the_mix_explain_all_of_the_change(first, second):
    shift = nps.compare_waves(first, dict(reversed(second.items())))
    assert shift.within_effect + shift.mix_effect == pytest.approx(shift.change, abs=1e-9)
    assert shift.total_first == pytest.approx(nps.combine(first).total.score, abs=1e-9)
    assert shift.total_second == pytest.approx(nps.combine(second).total.score, abs=1e-9)


@given(two_segments, st.integers(1, 500), st.integers(1, 500))
def test_equal_scores_in_all_segments_leave_the_mix_without_effect(first, a, b):
    first = {"a": first["a"], "b": tuple(3 * count for count in first["a"])}
    shift = nps.mix_shift(sizes={"a": a, "b": b}, rises={"a": 0, "b": 0}, first=first)
    assert shift.change == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"sizes": {"Online": 0, "Winkel": 70}},
            r"sizes\['Online'\] must be a whole number of at least 1, got 0",
        ),
        ({"sizes": {"Online": 10}}, r"sizes must have the segments \['Online', 'Winkel'\], got \['Online'\]"),
        ({"rises": {"Online": 5, "Shop": 5}}, "rises must have the segments"),
        ({"rises": {"Online": 120, "Winkel": 5}}, "got 120 for Online, which stood at 0"),
        (
            {"rises": {"Online": math.nan, "Winkel": 5}},
            "rises must keep every score within -100 and 100, got nan",
        ),
        ({"first": {"a": (1, 1, 1)}}, r"sizes must have the segments \['a'\]"),
    ],
)
def test_an_impossible_second_wave_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        nps.mix_shift(**arguments)


def test_waves_with_other_segments_cannot_be_compared():
    with pytest.raises(
        ValueError, match=r"second must have the segments \['Online', 'Winkel'\], got \['Online'\]"
    ):
        nps.compare_waves(nps.FIRST_WAVE, {"Online": (1, 2, 3)})


# Repeated surveys


def exact_coverage(p, d, n):
    """Coverage of both 95 % intervals, summed over every possible survey."""
    log_factorial = [math.lgamma(k + 1) for k in range(n + 1)]
    wald = adjusted = 0.0
    for promoters in range(n + 1):
        for detractors in range(n + 1 - promoters):
            passives = n - promoters - detractors
            log_probability = (
                log_factorial[n]
                - log_factorial[promoters]
                - log_factorial[passives]
                - log_factorial[detractors]
                + promoters * math.log(p)
                + passives * math.log(1 - p - d)
                + detractors * math.log(d)
            )
            survey = nps.estimate(promoters, passives, detractors)
            truth = 100 * (p - d)
            wald += math.exp(log_probability) * (survey.wald[0] <= truth <= survey.wald[1])
            adjusted += math.exp(log_probability) * (survey.adjusted[0] <= truth <= survey.adjusted[1])
    return wald, adjusted


@pytest.mark.parametrize(
    ("p", "d", "n", "wald", "adjusted"),
    [(0.7, 0.05, 10, 0.858, 0.951), (0.7, 0.05, 20, 0.917, 0.953), (0.5, 0.2, 100, 0.946, 0.951)],
)
def test_the_coverage_agrees_with_the_reference(p, d, n, wald, adjusted):
    result = nps.coverage(p, d, n, repeats=200_000, seed=2016)
    assert result.wald == pytest.approx(wald, abs=0.003)
    assert result.adjusted == pytest.approx(adjusted, abs=0.003)


@pytest.mark.parametrize(("p", "d", "n"), [(0.7, 0.05, 10), (0.7, 0.05, 20), (0.4, 0.4, 15)])
def test_the_simulated_coverage_agrees_with_the_sum_over_all_surveys(p, d, n):
    result = nps.coverage(p, d, n, repeats=100_000, seed=7)
    assert (result.wald, result.adjusted) == pytest.approx(
        exact_coverage(p, d, n), abs=5 * result.monte_carlo_error
    )


def test_the_monte_carlo_error_shrinks_with_the_root_of_the_repeats():
    few, many = (nps.coverage(0.7, 0.05, 10, repeats, seed=1) for repeats in (1_000, 100_000))
    assert few.monte_carlo_error / many.monte_carlo_error == pytest.approx(10, rel=0.1)
    assert few.monte_carlo_error == pytest.approx(math.sqrt(few.wald * (1 - few.wald) / 1_000))


def test_small_surveys_have_wide_intervals():
    small, large = nps.coverage(0.5, 0.2, 25, 4_000, seed=1), nps.coverage(0.5, 0.2, 100, 4_000, seed=1)
    assert small.wald_width == pytest.approx(2 * large.wald_width, rel=0.05)
    assert large.wald_width == pytest.approx(30.6, abs=0.5)  # 2 x 1.96 x 7.81
    assert small.adjusted_width == pytest.approx(2 * large.adjusted_width, rel=0.1)


def test_mean_widths_are_those_of_the_drawn_intervals():
    result, draws = (function(0.7, 0.05, 10, 500, seed=3) for function in (nps.coverage, nps.draw_surveys))
    assert result.wald_width == pytest.approx((draws.wald[:, 1] - draws.wald[:, 0]).mean())
    assert result.adjusted_width == pytest.approx((draws.adjusted[:, 1] - draws.adjusted[:, 0]).mean())
    assert result.adjusted_width > result.wald_width


def test_a_survey_of_a_brand_that_everyone_promotes_never_misses():
    result = nps.coverage(1.0, 0.0, 10, 50, seed=1)
    assert (result.wald, result.wald_width, result.monte_carlo_error) == (1, 0, 0)


def test_drawn_surveys_carry_the_intervals_of_their_counts():
    draws = nps.draw_surveys(0.5, 0.2, n=30, repeats=20, seed=4)
    assert draws.true_score == pytest.approx(30)
    assert draws.counts.shape == (20, 3)
    assert draws.scores.shape == (20,)
    for row, (survey, score) in enumerate(zip(draws.counts.tolist(), draws.scores, strict=True)):
        expected = nps.estimate(*survey)
        assert score == pytest.approx(expected.score)
        assert tuple(draws.wald[row]) == pytest.approx(expected.wald)
        assert tuple(draws.adjusted[row]) == pytest.approx(expected.adjusted)


def test_repeated_surveys_scatter_around_the_truth_by_the_standard_error():
    draws = nps.draw_surveys(0.5, 0.2, n=100, repeats=50_000, seed=12)
    assert draws.scores.mean() == pytest.approx(30, abs=0.2)
    assert draws.scores.std() == pytest.approx(7.81, abs=0.1)


@given(brands(), st.integers(1, 60), st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_surveys(shares, n, seed):
    first, second = (nps.draw_surveys(*shares, n=n, repeats=5, seed=seed) for _ in range(2))
    assert np.array_equal(first.counts, second.counts)
    assert (first.counts.sum(axis=1) == n).all()
    assert first.counts.min() >= 0


def test_another_seed_gives_other_surveys():
    first, second = (nps.draw_surveys(0.5, 0.2, n=100, repeats=20, seed=seed) for seed in (1, 2))
    assert not np.array_equal(first.counts, second.counts)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"promoter_share": 0.9, "detractor_share": 0.2}, "must be at most 1"),
        ({"n": 0}, "n must be a whole number of at least 1, got 0"),
        ({"n": 10.5}, "n must be a whole number of at least 1, got 10.5"),
        ({"repeats": 0}, "repeats must be a whole number of at least 1, got 0"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
        ({"seed": None}, "seed must be a whole number of at least 0, got None"),
    ],
)
def test_impossible_surveys_are_refused(arguments, message):
    possible = {"promoter_share": 0.5, "detractor_share": 0.2, "n": 10, "repeats": 10, "seed": 1}
    with pytest.raises(ValueError, match=message):
        nps.draw_surveys(**{**possible, **arguments})


# Bootstrap

SCORES_50_30_20 = [9] * 50 + [8] * 30 + [3] * 20


def test_the_bootstrap_agrees_with_the_reference():
    result = nps.bootstrap(SCORES_50_30_20, resamples=20_000, seed=5)
    assert result.standard_deviation == pytest.approx(7.84, abs=0.1)
    assert result.interval == pytest.approx((15, 45), abs=1)
    assert result.estimates.shape == (20_000,)


def test_drawing_counts_is_the_same_as_resampling_answers_one_by_one():
    rng = np.random.default_rng(3)
    scored = np.repeat([100, 0, -100], (50, 30, 20))
    one_by_one = rng.choice(scored, size=(20_000, 100)).mean(axis=1)
    at_once = nps.bootstrap(SCORES_50_30_20, resamples=20_000, seed=5).estimates
    levels = np.arange(5, 100, 10)
    assert np.percentile(at_once, levels) == pytest.approx(np.percentile(one_by_one, levels), abs=1)


def test_blanks_do_not_enter_the_bootstrap():
    clean = nps.bootstrap(SCORES_50_30_20, 500, seed=1)
    with_blanks = nps.bootstrap([None, *SCORES_50_30_20, 11, math.nan], 500, seed=1)
    assert np.array_equal(clean.estimates, with_blanks.estimates)


@given(answers, st.integers(0, 1000))
def test_the_order_of_the_answers_does_not_matter_to_the_bootstrap(scores, seed):
    there, back = (nps.bootstrap(order, 50, seed) for order in (scores, scores[::-1]))
    assert np.array_equal(there.estimates, back.estimates)
    assert there.interval[0] <= there.interval[1]
    assert np.abs(there.estimates).max() <= 100


def test_a_bootstrap_without_valid_answers_is_refused():
    with pytest.raises(ValueError, match="got 0 answers"):
        nps.bootstrap([None, 11], 100, seed=1)
    with pytest.raises(ValueError, match="resamples must be a whole number of at least 1, got 0"):
        nps.bootstrap([9], 0, seed=1)
    with pytest.raises(ValueError, match="confidence must be between 0 and 1, got 95"):
        nps.bootstrap([9], 10, seed=1, confidence=95)


def test_a_result_cannot_be_changed():
    with pytest.raises(AttributeError):
        nps.estimate(5, 3, 2).score = 99
