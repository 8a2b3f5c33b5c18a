"""The interactive panels of the lessons: predict, play, solve the puzzle, then read its name.

Each function returns a widget, so a lesson cell is one line: `panels.nps_composition()`.
"""

from marketing4.panels.cascade import cascade
from marketing4.panels.channels_or_loyalty import channels_or_loyalty
from marketing4.panels.conformity import conformity
from marketing4.panels.connected_not_young import connected_not_young
from marketing4.panels.crowd_guess import crowd_guess
from marketing4.panels.digital_gap import digital_gap
from marketing4.panels.evidence_race import evidence_race
from marketing4.panels.follow_or_think import follow_or_think
from marketing4.panels.high_touch import high_touch
from marketing4.panels.inclusion_loop import inclusion_loop
from marketing4.panels.interaction_cost import interaction_cost
from marketing4.panels.journey_credit import journey_credit
from marketing4.panels.launch_order import launch_order
from marketing4.panels.long_tail import long_tail
from marketing4.panels.lovers_haters import lovers_haters
from marketing4.panels.many_options import many_options
from marketing4.panels.missing_answers import missing_answers
from marketing4.panels.mix_shift import mix_shift
from marketing4.panels.music_worlds import music_worlds
from marketing4.panels.nps_composition import nps_composition
from marketing4.panels.price_reach import price_reach
from marketing4.panels.record import predictions
from marketing4.panels.repetition import repetition
from marketing4.panels.share_or_hoard import share_or_hoard
from marketing4.panels.survey_sampling import survey_sampling
from marketing4.panels.three_voices import three_voices
from marketing4.panels.trust import trust
from marketing4.panels.tv_lights_search import tv_lights_search
from marketing4.panels.value_net import value_net
from marketing4.panels.word_of_mouth import word_of_mouth

__all__ = [
    "cascade",
    "channels_or_loyalty",
    "conformity",
    "connected_not_young",
    "crowd_guess",
    "digital_gap",
    "evidence_race",
    "follow_or_think",
    "high_touch",
    "inclusion_loop",
    "interaction_cost",
    "journey_credit",
    "launch_order",
    "long_tail",
    "lovers_haters",
    "many_options",
    "missing_answers",
    "mix_shift",
    "music_worlds",
    "nps_composition",
    "predictions",
    "price_reach",
    "repetition",
    "share_or_hoard",
    "survey_sampling",
    "three_voices",
    "trust",
    "tv_lights_search",
    "value_net",
    "word_of_mouth",
]
