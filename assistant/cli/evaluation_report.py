"""How the command line shows a report: an aligned summary, and what changed since an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.records.evaluation import Change, Comparison, EvaluationReport, Metric
from assistant.terminal import one_line, pad, width

_NAMES = {
    "right": "answered right 答对",
    "wrong": "answered wrong 答错",
    "refused": "refused, though answerable 误拒",
    "unanswerable_refused": "no answer there: refused 正确拒答",
    "unanswerable_answered": "no answer there: answered 误答",
    "keyword_share": "keywords in the answer 关键词占比",
    "all_keywords": "all keywords in the answer 关键词全中",
    "contest": "contest score 竞赛得分",
    "similarity": "similarity to the gold passage 相似度",
    "exact": "exact match 完全一致",
    "f1": "F1 of characters 字符 F1",
    "contains": "short answer in the answer 含短答案",
    "judged": "judged by the model 模型评判",
    "citation_valid": "citations valid 引文属实",
    "citation_precision": "citations of what is expected 引文准确",
    "grounded": "sentences grounded 数字有据",
    "document_recall": "documents recall 文档召回",
    "document_hit": "documents hit 文档命中",
    "document_mrr": "documents MRR 文档",
    "document_ndcg": "documents nDCG 文档",
    "passage_recall": "passages recall 段落召回",
    "passage_hit": "passages hit, all keywords 段落命中",
    "passage_mrr": "passages MRR 段落",
    "passage_ndcg": "passages nDCG 段落",
}
_RIGHT = {"right": "right 答对", "unanswerable_refused": "refused 拒答"}
_LABEL = 44
_KIND = 22
_LISTED = 20
_ANSWER = 60


def lines(whole: EvaluationReport) -> Iterator[str]:
    """The summary of a report."""
    yield from _head(whole)
    yield ""
    yield f"{pad('', _LABEL)}  mean   ± SE     n"
    for metric in whole.metrics:
        if metric.count:
            yield f"{pad(label(metric.name), _LABEL)} {_figures(metric)}"
    yield from _kinds(whole)
    yield ""
    if whole.run.latency:
        times = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in whole.run.latency.items())
        yield f"an answer takes 用时 {times}; tokens {whole.tokens.prompt} in, {whole.tokens.completion} out"
    yield from _failures(whole)
    yield from _worst(whole)
    if whole.comparison:
        yield from _comparison(whole.comparison)


def label(name: str) -> str:
    """A metric in words, English and Chinese."""
    base, _, k = name.partition("@")
    return _NAMES.get(base, base) + (f" @{k}" if k else "")


def _head(whole: EvaluationReport) -> Iterator[str]:
    index = whole.index
    model = f" ({whole.model})" if whole.model else ""
    asked = "retrieval only" if whole.retrieval_only else f"engine {whole.engine}{model}"
    judge = f", judged by {whole.judge}" if whole.judge else ""
    outcomes = ", ".join(f"{count} {name}" for name, count in whole.outcomes.items())
    name = one_line(whole.questions)
    yield f"{name}: {whole.count} questions, {asked}, similarity {whole.similarity}{judge}"
    yield f"index: {index.documents} documents, {index.passages} passages, embedder {index.embedder}"
    if index.waiting:
        yield f"！{index.waiting} passages have no vector yet; ingest again and repeat the run"
    if not whole.retrieval_only:
        yield f"outcomes 结果: {outcomes}"


def _figures(metric: Metric) -> str:
    mean = "     –" if metric.value is None else f"{metric.value:6.1%}"
    error = "     " if metric.error is None else f"{metric.error:5.1%}"
    return f"{mean}  {error} {metric.count:5}"


def _kinds(whole: EvaluationReport) -> Iterator[str]:
    """How many of each kind and difficulty were right; where nothing was asked, how well they were found."""
    for heading, groups in (("kind 类别", whole.by_kind), ("difficulty 难度", whole.by_difficulty)):
        if len(groups) < 2:
            continue
        yield ""
        yield f"by {heading}"
        for name, found in groups.items():
            right = [metric for metric in found if metric.name in _RIGHT]
            for metric in right or [metric for metric in found if metric.name == "passage_ndcg"]:
                what = pad(_RIGHT.get(metric.name, "passages nDCG"), _LABEL - 2 - _KIND)
                yield f"  {pad(one_line(name), _KIND)}{what} {_figures(metric)}"


def _failures(whole: EvaluationReport) -> Iterator[str]:
    failed = [line for line in whole.lines if line.failure]
    for line in failed[:_LISTED]:
        yield f"！{one_line(line.id)}: {one_line(line.failure)}"
    if len(failed) > _LISTED:
        yield f"！and {len(failed) - _LISTED} more"


def _worst(whole: EvaluationReport) -> Iterator[str]:
    found = {line.id: line for line in whole.lines}
    if whole.worst:
        yield ""
        yield "worst 最差"
    for line in (found[name] for name in whole.worst):
        answer = one_line(line.answer) or "–"
        shown = pad(answer, _ANSWER).rstrip() + ("…" if width(answer) > _ANSWER else "")
        yield f"  {one_line(line.id)} {line.outcome}: {one_line(line.question)} → {shown}"


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield ""
    yield f"against 对比 {one_line(comparison.earlier)}"
    yield from (f"！{one_line(note)}" for note in comparison.notes)
    if comparison.only_before or comparison.only_now:
        before, now = len(comparison.only_before), len(comparison.only_now)
        yield f"！{before} questions were asked only then, {now} only now"
    for change in comparison.metrics:
        if change.difference and abs(change.difference) >= 0.0005:
            moved = f"{change.before:6.1%} → {change.after:6.1%} {change.difference * 100:+6.1f}"
            yield f"{pad(label(change.name), _LABEL)} {moved}"
    yield from _changes("better 变好", "+", comparison.better)
    yield from _changes("worse 变差", "-", comparison.worse)


def _changes(heading: str, sign: str, changes: Sequence[Change]) -> Iterator[str]:
    yield f"{heading}: {len(changes)}"
    for change in changes[:_LISTED]:
        moved = f"{change.before:.2f} → {change.after:.2f} {change.score}"
        yield f"  {sign} {one_line(change.id)} {moved}: {one_line(change.question)}"
    if len(changes) > _LISTED:
        yield f"  and {len(changes) - _LISTED} more, in the report"
