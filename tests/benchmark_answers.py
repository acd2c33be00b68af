"""How right answers are, here and by plain LlamaIndex + Chroma, on the same questions in the same run:

    python tests/benchmark_answers.py FOLDER QUESTIONS [--storage DIR] [--peer-storage DIR] [--json]

QUESTIONS is a file as `evaluate` reads it, and all scores are those of `evaluate`. FOLDER holds PDFs and text
files. Each index is built in its directory, in a temporary one if none is given, and used again from there as
it is: nothing is added to one that is there.

here   the quoting engine: its passages, its answer, the seconds of the whole answer
peer   the default splitter, the same embedder, the nearest 5 chunks, the seconds of finding them

Without a language model the peer has no answer of its own: its first chunk is taken for one. It refuses
nothing and is asked every question by itself, without the conversation that it stands in.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from peer import found, index_of, texts_of  # noqa: E402

from assistant import Assistant, Settings  # noqa: E402
from assistant.cli.evaluation_report import label  # noqa: E402
from assistant.errors import AssistantError, SettingsError  # noqa: E402
from assistant.evaluation import finding_scores, metrics, scoring  # noqa: E402
from assistant.evaluation.questions import read_questions  # noqa: E402
from assistant.evaluation.running import run  # noqa: E402
from assistant.evaluation.wording import bigram_f1  # noqa: E402
from assistant.index.dense import choose  # noqa: E402
from assistant.records import Answer, Progress, ScoredPassage, Stage, Verdict  # noqa: E402
from assistant.records.evaluation import (  # noqa: E402
    EvaluationOptions,
    Metric,
    Question,
    RowResult,
)
from assistant.terminal import ProgressLine, pad  # noqa: E402

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex

DEPTHS = (1, 3, 5)
SHOWN = (
    *("document_recall@1", "document_hit@1"),
    *(f"passage_{measure}@{k}" for measure in ("recall", "hit") for k in DEPTHS),
    *("right", "refused", "unanswerable_refused", "contest", "keyword_share", "all_keywords"),
)
SIDES = ("here", "peer")
WARMING = "这里写了什么？"
Find = Callable[[str], Sequence[ScoredPassage]]


@dataclass(frozen=True)
class Figures:
    """What a side is worth: scores from 0 to 1, seconds of a question, mean characters of what it gave."""

    scores: dict[str, Metric]
    p50: float
    p95: float
    passage: float
    answer: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS")
    parser.add_argument("--storage", type=Path, metavar="DIR", help="our index")
    parser.add_argument("--peer-storage", type=Path, metavar="DIR", help="the peer's")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as place:
            figures = compared(
                options.folder,
                read_questions(options.questions).questions,
                options.storage or Path(place) / "storage",
                options.peer_storage or Path(place) / "peer",
            )
    except AssistantError as error:
        sys.exit(f"error: {error}")
    if options.json:
        print(json.dumps({side: asdict(own) for side, own in figures.items()}, indent=2))
    else:
        print(as_table(figures))


def compared(
    folder: Path, questions: Sequence[Question], storage: Path, peer_storage: Path
) -> dict[str, Figures]:
    """Both sides on the questions, which each gets before the next one is asked."""
    settings = Settings.from_env(storage=storage)
    dense = choose(settings)
    if dense is None:
        raise SettingsError("the peer has nothing but vectors; install or configure an embedder")
    index = index_of(texts_of(folder), peer_storage, dense.embedder, show=True)
    with Assistant.open(settings) as assistant:
        show = ProgressLine(sys.stderr, 100)
        if assistant.is_empty():
            assistant.ingest([folder], show)
        pairs = list(asked(assistant, index, questions, show))
        show.clear()
    return {side: figures_of(rows) for side, rows in zip(SIDES, zip(*pairs, strict=True), strict=True)}


def asked(
    assistant: Assistant, index: VectorStoreIndex, questions: Sequence[Question], show: ProgressLine
) -> Iterator[tuple[RowResult, RowResult]]:
    """Of each question what became of it here and there; the models are loaded before the first."""

    def find(question: str) -> Sequence[ScoredPassage]:
        return found(index, question, max(DEPTHS))

    assistant.ask(WARMING, engine="quoting")
    find(WARMING)
    options = EvaluationOptions(engine="quoting", ks=DEPTHS)
    for number, row in enumerate(run(assistant, questions, options), start=1):
        yield row, row if row.failure else peer_row(row.question, find)
        show(Progress(Stage.QUESTIONS, number, len(questions), row.question.question))


def peer_row(question: Question, find: Find) -> RowResult:
    """A question by the peer, scored as `evaluate` scores one."""
    started = time.perf_counter()
    hits = find(question.question)
    seconds = time.perf_counter() - started
    text = hits[0].passage.text if hits else ""
    answer = Answer(question.question, text, Verdict.ANSWER, "first chunk", seconds)
    has = scoring.held(question, text)
    outcome = scoring.outcome(question, answer, has)
    scores = scoring.outcome_scores(question, outcome) | scoring.text_scores(question, text, has, bigram_f1)
    passages = finding_scores.found_passages(question, hits)
    if finding_scores.is_measured(question):
        scores |= finding_scores.document_scores(question, hits, DEPTHS)
        scores |= finding_scores.passage_scores(question, passages, DEPTHS)
    return RowResult(question, outcome, answer, text, has, scores, passages)


def figures_of(rows: Sequence[RowResult]) -> Figures:
    """What the results of a side add up to; answers count by their length where they are no refusal."""
    seconds = [row.answer.seconds for row in rows if row.answer]
    said = [len(row.plain) for row in rows if row.answer and row.answer.verdict is not Verdict.REFUSE]
    return Figures(
        scores={metric.name: metric for metric in metrics.metrics(rows, DEPTHS) if metric.name in SHOWN},
        p50=metrics.quantile(seconds, 0.5),
        p95=metrics.quantile(seconds, 0.95),
        passage=mean([len(passage.text) for row in rows for passage in row.passages]),
        answer=mean(said),
    )


def mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def as_table(figures: dict[str, Figures]) -> str:
    sides = [figures[side] for side in SIDES]
    lines = [_line("", [f"{side}      " for side in SIDES]) + "     n"]
    for name in SHOWN:
        own = [side.scores[name] for side in sides]
        if own[0].count:
            lines.append(_line(label(name), map(_percentage, own)) + f" {own[0].count:5}")
    for what, form, values in (
        ("seconds of a question, p50", "{:.3f} s  ", [side.p50 for side in sides]),
        ("seconds of a question, p95", "{:.3f} s  ", [side.p95 for side in sides]),
        ("characters of a passage", "{:.0f}      ", [side.passage for side in sides]),
        ("characters of an answer", "{:.0f}      ", [side.answer for side in sides]),
    ):
        lines.append(_line(what, (form.format(value) for value in values)))
    return "\n".join(lines)


def _line(what: str, cells: Iterator[str] | Sequence[str]) -> str:
    return pad(what, 44) + "".join(f"{cell:>18}" for cell in cells)


def _percentage(metric: Metric) -> str:
    error = "" if metric.error is None else f"± {metric.error:5.1%}"
    return "–" if metric.value is None else f"{metric.value:.1%} {error:7}"


if __name__ == "__main__":
    main()
