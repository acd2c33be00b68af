"""The weights that ship: of features that exist, and what speaks for or against an answer does so."""

from __future__ import annotations

import pytest
from passage_making import found, passage, rarity

from assistant.answering.evidence.judgement import confidence_features
from assistant.answering.evidence.ranked import Evidence, rank
from assistant.answering.evidence.ranker import Ranker, ranker
from assistant.answering.understanding.question import Query, understand

PASSAGE = passage("青海联通全年投入扶贫资金三百二十万元。青海联通新建高原基站215个。")


def weighed(question: str) -> tuple[Query, Evidence]:
    query = understand(question, 200)
    return query, rank(query, found(PASSAGE), rarity(PASSAGE.text, "职工食堂供应红烧肉。"))[0]


def test_every_weight_is_of_a_feature_that_is_computed() -> None:
    query, evidence = weighed("青海联通新建了多少个基站？")
    assert ranker().weights.keys() <= evidence.features.keys()
    assert ranker().confidence.keys() <= confidence_features(query, evidence).keys()


def test_the_score_of_a_unit_is_the_sum_of_its_weighted_features() -> None:
    _, evidence = weighed("青海联通新建了多少个基站？")
    assert evidence.score == pytest.approx(
        sum(weight * evidence.features[name] for name, weight in ranker().weights.items())
    )


@pytest.mark.parametrize("name", ["words here or before", "words around", "pairs here", "rank"])
def test_what_speaks_for_a_unit_raises_its_probability(name: str) -> None:
    query, evidence = weighed("青海联通新建了多少个基站？")
    features = confidence_features(query, evidence)
    lower = ranker().probability({**features, name: 0.0})
    assert 0 < lower < ranker().probability({**features, name: 1.0}) < 1


@pytest.mark.parametrize("name", ["company or year unsaid", "a name that is not there"])
def test_what_speaks_against_a_unit_lowers_its_probability(name: str) -> None:
    query, evidence = weighed("青海联通新建了多少个基站？")
    features = confidence_features(query, evidence)
    assert ranker().probability({**features, name: 1.0}) < ranker().probability({**features, name: 0.0})


def test_a_sum_beyond_all_bounds_is_still_a_probability() -> None:
    sure = Ranker({}, {"words here": 1e9}, 0.0)
    assert 0 < sure.probability({"words here": -1.0}) < sure.probability({"words here": 1.0}) <= 1
