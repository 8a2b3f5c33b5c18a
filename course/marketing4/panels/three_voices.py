"""Own experience, friends and an advert speak about a product, and each deserves a weight."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.evidence_weights import combine, draw_others, draw_voices, variance_of_mix
from marketing4.models.limited_attention import crowd_noise
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import count, percent, plain
from marketing4.views.three_voices import VIEW, ThreeVoicesScene

TRUTH = 12  # what the product is worth, on the scale of 0 to 20
FRIEND_ERROR = 2.0  # typical error of one friend
QUESTION = {"own": 2.0, "friends": 4, "shared": 0, "advert": 3.0}
WANTED, FRIENDS_WANTED = 35, 50  # weight of one's own word, and friends asked
OCCASIONS = 500
OTHERS = 10_000  # beyond every seed of the panel, so that friends and the other voices are unrelated


def three_voices() -> Panel:
    """A panel: the weights that make the error of a mix of voices smallest (a model, not data)."""
    return Panel(
        name="three_voices",
        title="Whom should you believe? A model",
        view=VIEW,
        controls=[
            Control("own", "Your own typical error", 0.5, 4.5, 0.25, 2.0, "points", "On a scale of 0 to 20"),
            Control(
                "friends",
                "Friends you ask",
                1,
                100,
                1,
                1,
                "",
                f"Each has a typical error of {plain(FRIEND_ERROR)} points; you hear their mean",
            ),
            Control(
                "shared",
                "Error the friends share",
                0,
                100,
                1,
                0,
                "%",
                "Correlation of their errors: they have read the same post",
            ),
            Control(
                "advert", "The advert's typical error", 0.5, 8.5, 0.5, 3.0, "points", "Of 0 to 10 points"
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="How good is a product, from 0 to 20 points? Your own experience is typically 2 "
            "points off. So is each of your friends; you ask four, and their errors have nothing to do "
            "with each other. The advert is 3 points off. In the best mix of the three voices, how much "
            "weight of 100 do the four friends get together?",
            came_out=_came_out,
            to_see="set “Friends you ask” to 4.",
            unit="of 100",
        ),
        puzzle=Puzzle(
            task=f"Ask at least {FRIENDS_WANTED} friends, and yet let your own word deserve at least "
            f"{WANTED} of 100, without being better than a friend: your error stays at "
            f"{plain(FRIEND_ERROR)} points or more.",
            meter=_meter,
        ),
        effect=Effect(
            name="Precision weighting",
            explanation="The mix errs least when each voice weighs by its precision: one divided by the "
            "square of its typical error. The mean of four independent friends is half as far off as one, "
            "so it weighs four times as much. Friends who share a source share its error, and fifty of "
            "them know little more than one. So others deserve more weight than your own experience when "
            "they are precise and independent, and not because they are many.",
            source="The weights are the classical least-squares result. People who combined sight and touch "
            "came near them: Ernst and Banks 2002. Sources that depend on each other are worth few: Clemen "
            "and Winkler 1985. The typical errors are assumptions.",
        ),
        seed=Seed("What the voices say on this occasion; the weights do not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Voices:
    weights: NDArray[np.float64]
    errors: NDArray[np.float64]
    said: NDArray[np.float64]
    friends: NDArray[np.float64]
    estimate: float
    error: float
    error_equal: float
    drawn: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Voices:
    own, advert, friends, shared = values["own"], values["advert"], values["friends"], values["shared"] / 100
    variances = [own**2, crowd_noise(FRIEND_ERROR**2, friends, shared), advert**2]
    voices = draw_voices(TRUTH, [own**2, advert**2], OCCASIONS, seed)
    others = draw_others(TRUTH, FRIEND_ERROR, friends, shared, OCCASIONS, seed + OTHERS)
    said = np.column_stack([voices[:, 0], others.mean(axis=1), voices[:, 1]])
    mix = combine(said[0], variances)
    return _Voices(
        weights=mix.weights,
        errors=np.sqrt(variances),
        said=said[0],
        friends=others[0],
        estimate=mix.estimate,
        error=math.sqrt(mix.variance),
        error_equal=math.sqrt(variance_of_mix([1 / 3] * 3, variances)),
        drawn=float(np.sqrt(((said @ mix.weights - TRUTH) ** 2).mean())),
    )


def _compose(moment: Moment) -> ThreeVoicesScene:
    voices, values = moment.result, moment.values
    return ThreeVoicesScene(
        weights=voices.weights,
        errors=voices.errors,
        said=voices.said,
        friends=voices.friends,
        shared=values["shared"] / 100,
        estimate=voices.estimate,
        truth=TRUTH,
        error=voices.error,
        error_equal=voices.error_equal,
        drawn=voices.drawn,
        occasions=OCCASIONS,
        seed=moment.seed,
        is_question=all(values[name] == value for name, value in QUESTION.items()),
    )


def _status(scene: ThreeVoicesScene) -> str:
    own, others, outer = (plain(100 * weight) for weight in scene.weights.tolist())
    return (
        f"Your own word deserves {own} of 100, {count(len(scene.friends), 'friend')} {others} and the advert "
        f"{outer}; this mix is typically {plain(scene.error, 2)} points off, equal weights "
        f"{plain(scene.error_equal, 2)}."
    )


def _came_out(scene: ThreeVoicesScene) -> Outcome | None:
    if not scene.is_question:
        return None
    own, others, outer = (plain(100 * weight) for weight in scene.weights.tolist())
    return Outcome(
        round(100 * float(scene.weights[1])),
        f"In this model the four friends deserve {others} of 100, your own word {own} and the advert "
        f"{outer}.",
        tolerance=3,
    )


def _meter(scene: ThreeVoicesScene) -> Meter:
    weight, own_error = 100 * float(scene.weights[0]), float(scene.errors[0])
    friends = len(scene.friends)
    words = (
        f"Your own word deserves {plain(weight, 1)} of 100 (wanted: {WANTED}); you ask "
        f"{count(friends, 'friend')} (wanted: {FRIENDS_WANTED} or more) who share {percent(scene.shared)} of "
        f"their error, and your own error is {plain(own_error, 2)} (wanted: {plain(FRIEND_ERROR)} or more)."
    )
    is_solved = weight >= WANTED and friends >= FRIENDS_WANTED and own_error >= FRIEND_ERROR - 1e-9
    return Meter(weight, WANTED, 0, 100, words, is_solved)
