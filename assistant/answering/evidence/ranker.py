"""The learned weights of the features: a readable file, and nothing but sums over it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear model of which unit answers, and a logistic one of whether the best one does.

    `weights` and `confidence` give each feature its worth; one that they do not name is worth nothing.
    """

    weights: Mapping[str, float]
    confidence: Mapping[str, float]
    bias: float

    def score(self, features: Mapping[str, float]) -> float:
        """The features, each times its weight, added up; it orders the units of one question."""
        return sum(weight * features[name] for name, weight in self.weights.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely it is, from 0 to 1, that a unit with these features answers."""
        total = self.bias + sum(weight * features[name] for name, weight in self.confidence.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """The one that ships in `data/ranker.json`; `tests/train_ranker.py` makes it."""
    text = resources.files("assistant").joinpath("data/ranker.json").read_text(encoding="utf-8")
    return Ranker(**json.loads(text))
