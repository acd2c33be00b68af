"""Learns which unit answers: `python tests/train_ranker.py --out WEIGHTS.json STORAGE=QUESTIONS …`

Each pair is an index and a question file as `evaluate` reads it, with keywords, short answers or gold
passages; `STORAGE=QUESTIONS*0.3` counts its questions less. Those in use are in `assistant/data/ranker.json`.

weights     a softmax over the units found for a question is fitted to how good the answer built on each
            would be (the contest's formula where there is a gold passage, else its share of the keywords)
confidence  a logistic regression tells a best unit that answers from one that does not: of questions without
            an answer, of wrong first units, and of every question once more without its documents

Both are drawn towards a start: the weights towards `BEGINNING`, set by hand, the confidence towards nothing.
`--folds 4` says besides how well it does on questions that were left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from assistant import Assistant, Settings  # noqa: E402
from assistant.answering.blocks.runs import runs  # noqa: E402
from assistant.answering.evidence.features import Features  # noqa: E402
from assistant.answering.evidence.judgement import (  # noqa: E402
    CONFIDENCE,
    RULED_OUT,
    confidence_features,
    is_admissible,
)
from assistant.answering.evidence.ranked import Evidence, rank  # noqa: E402
from assistant.answering.evidence.ranker import Ranker  # noqa: E402
from assistant.answering.retrieving.finding import Finding  # noqa: E402
from assistant.answering.understanding.hints import hints_in, limits_of  # noqa: E402
from assistant.answering.understanding.question import Query, understand  # noqa: E402
from assistant.errors import QuestionError  # noqa: E402
from assistant.evaluation import scoring, wording  # noqa: E402
from assistant.evaluation.naming import is_one_of  # noqa: E402
from assistant.evaluation.questions import read_questions  # noqa: E402
from assistant.index.lexical import Lexical  # noqa: E402
from assistant.records import Passage, ScoredPassage  # noqa: E402
from assistant.records.evaluation import Question  # noqa: E402

Array = np.ndarray[Any, np.dtype[np.float64]]

BEGINNING = {
    "words around": 1.0,
    "words here": 0.8,
    "words at the interrogative": 0.25,
    "rank": 0.25,
    "phrase": 0.35,
    "value": 0.25,
    "value near words": 0.35,
    "value for each slot": 0.15,
    "no value": -0.6,
    "form of definition": 0.2,
    "form of manner": 0.1,
    "form of reason": 0.1,
    "another company": -0.6,
    "another year": -0.6,
    "a name that is not there": -0.6,
    "another row": -0.6,
    "a company not asked about": -0.05,
    "length beyond": -0.06,
}
FOUND = 12
RIGHT, LIMIT = 0.5, 400
"""From which gain on a unit answers, and how long an answer may be."""
SHARPNESS, DRAW, SURE = 0.12, 100.0, 30.0
"""How sharply the best gain is preferred, and the L2 penalties of the weights and of the confidence."""
UNANSWERABLE, LEFT_OUT = 2.0, 0.5
"""What a question without an answer counts, and one whose documents are left out: others may answer it."""
STEPS, RATE = 800, 0.05
AGAINST = (
    "rarest word not here",
    "rarest word nowhere",
    "no person",
    "no place",
    "a name that is not there",
    "company or year unsaid",
    "of another period",
    "of another year",
    "a company not asked about",
    "asks",
    "ends in a colon",
    "very short",
    "points back",
    "length beyond",
)
OPEN = (
    "row",
    "first of passage",
    "depth in passage",
    "words before",
    "words after",
    "words two before",
    "words asked",
    "asks for a figure or date",
    "company asked about",
    "every year here",
    "asked noun before",
)
"""Features that may speak either way for a unit that answers."""
BEYOND = ("score", "words asked", "words here and around", "company asked about", "asks for a figure or date")
"""What only the confidence looks at: it is the same for all units, or made of the others."""


@dataclass(frozen=True)
class Sample:
    """A question with its units: the features of each, what it is worth and whether it may answer.

    `is_open`: it has an answer, and none of the units holds that in the words expected.
    """

    units: list[Features]
    gains: Array
    may_answer: Array
    weight: float
    is_open: bool = False

    @classmethod
    def of(
        cls,
        query: Query,
        evidence: Sequence[Evidence],
        gains: Array,
        weight: float,
        *,
        has_answer: bool = False,
    ) -> Sample:
        units = [confidence_features(query, one) for one in evidence]
        may_answer = np.array([is_admissible(one) for one in evidence], dtype=bool)
        return cls(units, gains, may_answer, weight, has_answer and gains.max(initial=0.0) < RIGHT)


def samples(storage: Path, questions: Path, weight: float) -> Iterator[Sample]:
    """Every question with what is found for it, and once more without what holds its answer."""
    with Assistant.open(Settings.from_env({}, storage=storage)) as assistant:
        for question in read_questions(questions).questions:
            try:
                query = understand(question.question, 2000, assistant._catalogue)
            except QuestionError as error:
                print(f"left out: {question.question!r}: {error}", file=sys.stderr)
                continue
            found = candidates(assistant, query)
            evidence = ranked(assistant, query, found)
            worth = gains(assistant, question, query, evidence)
            if question.answerable:
                yield Sample.of(query, evidence, worth, weight, has_answer=True)
            else:
                yield Sample.of(query, evidence, worth, weight * UNANSWERABLE)
            if question.answerable and question.documents:
                evidence = ranked(assistant, query, without_answer(assistant, question, query))
                yield Sample.of(query, evidence, np.zeros(len(evidence)), weight * LEFT_OUT)


def candidates(assistant: Assistant, query: Query, k: int = FOUND) -> list[ScoredPassage]:
    near = limits_of(hints_in(query.text, query.catalogue), None, query.catalogue)
    return Finding(assistant._thought().retriever, None, near).find([query.text], k)


def without_answer(assistant: Assistant, question: Question, query: Query) -> list[ScoredPassage]:
    """What is found but for the documents that answer and others of their titles."""
    found = candidates(assistant, query, 2 * FOUND)
    titles = {item.passage.metadata.title for item in found if is_expected(question, item.passage)}
    others = [
        item
        for item in found
        if not is_expected(question, item.passage) and item.passage.metadata.title not in titles
    ]
    return others[:FOUND]


def ranked(assistant: Assistant, query: Query, found: Sequence[ScoredPassage]) -> list[Evidence]:
    return rank(query, found, Lexical(assistant._database).idf)


def is_expected(question: Question, passage: Passage) -> bool:
    return is_one_of(passage.document, (*question.documents, *question.alternatives))


def gains(assistant: Assistant, question: Question, query: Query, evidence: Sequence[Evidence]) -> Array:
    """What the answer built on each unit alone is worth, from 0 to 1."""
    found = np.zeros(len(evidence))
    if question.answerable is not True:
        return found
    view = cache(assistant.show)
    for at, one in enumerate(evidence):
        passage = one.unit.passage
        if question.documents and not is_expected(question, passage):
            continue
        if not (any(scoring.held(question, passage.text)) or wording.bigram_f1(passage.text, question.gold)):
            continue
        found[at] = gain(question, "".join(run.text for run in runs(query, [one], view, LIMIT)))
    return found


def gain(question: Question, text: str) -> float:
    """The contest's score of a text where there is a gold passage, else the share of keywords held."""
    has = scoring.held(question, text)
    if not question.gold:
        return sum(has) / len(has)
    given = replace(question, keyword_weight=question.keyword_weight or 0.6)
    return scoring.text_scores(given, text, has, wording.bigram_f1).get("contest", 0.0)


def learned_weights(samples: Sequence[Sample], names: Sequence[str]) -> dict[str, float]:
    """The weights under which the softmax of the units is nearest to that of their gains.

    The features are standardised; a strong L2 penalty draws the weights towards a multiple of `BEGINNING`
    that is learned along with them.
    """
    used = [sample for sample in samples if len(sample.gains) and sample.gains.max() > 0.05]
    table = np.concatenate([_features(sample, names) for sample in used])
    deviation = table.std(0)
    deviation[deviation < 1e-6] = np.inf
    table = (table - table.mean(0)) / deviation
    start = np.array([BEGINNING.get(name, 0.0) for name in names]) * np.where(
        np.isinf(deviation), 0, deviation
    )
    table = np.column_stack([table, table @ start])
    lengths = [len(sample.gains) for sample in used]
    owner, first = np.repeat(np.arange(len(used)), lengths), np.cumsum([0, *lengths[:-1]])
    target = np.concatenate([_target(sample.gains) for sample in used])
    weight = np.array([sample.weight for sample in used])[owner]
    penalty = np.array([DRAW] * len(names) + [0.0])

    def gradient(values: Array) -> Array:
        sums = table @ values
        shares = np.exp(sums - np.maximum.reduceat(sums, first)[owner])
        shares /= np.add.reduceat(shares, first)[owner]
        slope: Array = table.T @ (weight * (shares - target)) + penalty * values
        return slope / len(used)

    found = _descended(gradient, np.append(np.zeros(len(names)), 1.0))
    values = (found[:-1] + found[-1] * start) / deviation
    return {
        name: round(float(value), 3) for name, value in zip(names, values, strict=True) if abs(value) >= 5e-4
    }


def learned_confidence(samples: Sequence[Sample]) -> tuple[dict[str, float], float]:
    """Logistic regression of whether the first unit that may answer does, and its bias.

    What speaks for a unit may only raise it, what speaks against it only lower it.
    """
    rows = [row for sample in samples if (row := _first(sample)) is not None]
    names = [name for name in rows[0][0] if name not in RULED_OUT]
    table = np.array([[features[name] for name in names] for features, _, _ in rows])
    answer = np.array([float(right) for _, right, _ in rows])
    weight = np.array([weight for _, _, weight in rows])
    mean, deviation = table.mean(0), table.std(0)
    deviation[deviation < 1e-6] = np.inf
    table = np.column_stack([(table - mean) / deviation, np.ones(len(table))])
    penalty = np.array([SURE] * len(names) + [0.0])
    least = np.array(
        [0.0 if name not in AGAINST and name not in OPEN else -np.inf for name in names] + [-np.inf]
    )
    most = np.array([0.0 if name in AGAINST else np.inf for name in names] + [np.inf])

    def gradient(values: Array) -> Array:
        chance = 1 / (1 + np.exp(-(table @ values)))
        slope: Array = table.T @ (weight * (chance - answer)) + penalty * values
        return slope / len(rows)

    found = _descended(gradient, np.zeros(table.shape[1]), least, most)
    values = found[:-1] / deviation
    learned = {name: round(float(v), 3) for name, v in zip(names, values, strict=True)}
    return {name: v for name, v in learned.items() if v}, round(float(found[-1] - values @ mean), 3)


def _features(sample: Sample, names: Sequence[str]) -> Array:
    return np.array([[features[name] for name in names] for features in sample.units])


def _target(gains: Array) -> Array:
    """The share that each unit should have: the best ones all, what is worth nothing none."""
    shares = np.where(gains > 0.02, np.exp((gains - gains.max()) / SHARPNESS), 0.0)
    target: Array = shares / shares.sum()
    return target


def _first(sample: Sample) -> tuple[Features, bool, float] | None:
    """The features of the first unit that may answer, whether it does, and what that counts.

    None where no unit may, or where it answers in part. An answer that was not found on top counts half.
    """
    place = next(iter(np.flatnonzero(sample.may_answer)), None)
    if place is None or sample.is_open or 0.1 <= sample.gains[place] < RIGHT:
        return None
    is_right = bool(sample.gains[place] >= RIGHT)
    is_missed = not is_right and sample.gains.max() >= RIGHT
    return sample.units[place], is_right, sample.weight * (0.5 if is_missed else 1.0)


def _descended(
    gradient: Callable[[Array], Array],
    values: Array,
    least: Array | float = -np.inf,
    most: Array | float = np.inf,
) -> Array:
    """Where Adam comes to from these values within bounds in so many steps, ever smaller ones."""
    mean, square = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, STEPS + 1):
        slope = gradient(values)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = RATE * (1 - step / (STEPS + 1))
        moved = rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        values = np.clip(values - moved, least, most)
    return values


def trained(samples: Sequence[Sample]) -> Ranker:
    """Both steps, the second with the order that the first one gives."""
    first = next(sample.units[0] for sample in samples if sample.units)
    weights = learned_weights(samples, [name for name in first if name not in BEYOND])
    ordered = [reordered(sample, weights) for sample in samples]
    return Ranker(weights, *learned_confidence(ordered))


def reordered(sample: Sample, weights: Mapping[str, float]) -> Sample:
    """The sample as the weights order it."""
    ranker = Ranker(weights, {}, 0.0)
    units = [{**features, "score": ranker.score(features)} for features in sample.units]
    order = sorted(range(len(units)), key=lambda at: -units[at]["score"])
    gains, may_answer = sample.gains[order], sample.may_answer[order]
    return replace(sample, units=[units[at] for at in order], gains=gains, may_answer=may_answer)


def examined(samples: Sequence[Sample], ranker: Ranker) -> str:
    """How good the first units are, and how many questions with and without an answer are answered."""
    ordered = [reordered(sample, ranker.weights) for sample in samples if not sample.is_open]
    places = [next(iter(np.flatnonzero(s.may_answer)), None) for s in ordered]
    pairs = list(zip(ordered, places, strict=True))
    chances = np.array([0.0 if n is None else ranker.probability(s.units[n]) for s, n in pairs])
    gained = np.array([0.0 if n is None else float(s.gains[n]) for s, n in pairs])
    has_answer = np.array([len(s.gains) > 0 and s.gains.max() > 0 for s in ordered])
    counts = f"{has_answer.sum()} with an answer, {(~has_answer).sum()} without"
    told = f"gain {gained[has_answer].mean():.3f}; {counts}; answered"
    for least in (0.2, CONFIDENCE, 0.4):
        is_answered = chances >= least
        told += f" at {least}: {is_answered[has_answer].mean():.3f} {is_answered[~has_answer].mean():.3f},"
    return told


def read(pair: str) -> tuple[str, list[Sample]]:
    """The samples of one `STORAGE=QUESTIONS*WEIGHT`, with a name."""
    storage, _, rest = pair.partition("=")
    questions, _, weight = rest.partition("*")
    found = list(samples(Path(storage), Path(questions), float(weight or 1)))
    print(f"{questions}: {len(found)} samples", file=sys.stderr)
    return questions, found


def main() -> None:
    parser = argparse.ArgumentParser(description="Learns which unit answers, from questions and indexes.")
    parser.add_argument("pairs", nargs="+", metavar="STORAGE=QUESTIONS[*WEIGHT]")
    parser.add_argument("--out", type=Path, help="where the weights are written")
    parser.add_argument("--folds", type=int, default=0, help="leave out one question in so many by turns")
    given = parser.parse_args()
    with ProcessPoolExecutor(max_workers=2) as pool:
        sets = dict(pool.map(read, given.pairs))
    if given.out:
        ranker = trained([sample for of_set in sets.values() for sample in of_set])
        given.out.write_text(
            json.dumps(asdict(ranker), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        for name, of_set in sets.items():
            print(f"{name}: {examined(of_set, ranker)} (the questions it learned from)")
    for fold in range(given.folds):
        left = {
            n: [s for i, s in enumerate(of_set) if i // 2 % given.folds == fold] for n, of_set in sets.items()
        }
        rest = [s for of_set in sets.values() for i, s in enumerate(of_set) if i // 2 % given.folds != fold]
        ranker = trained(rest)
        for name, of_set in left.items():
            print(f"fold {fold} {name}: {examined(of_set, ranker)}")


if __name__ == "__main__":
    main()
