"""Records as what JSON is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

from assistant.exports.sentences import running
from assistant.records import Answer, AnswerSentence, Citation, ScoredPassage
from assistant.records.briefings import Briefing, Bullet, Comparison, Conflict, Figure

_CITATION = (
    *("n", "document", "title", "published", "publisher", "page"),
    *("quote", "start", "end", "section", "reprints"),
)


def citation_object(citation: Citation) -> dict[str, object]:
    """A numbered source, as `ask --json` and `summarize --json` print it."""
    return {name: getattr(citation, name) for name in _CITATION}


def answer_object(answer: Answer) -> dict[str, object]:
    """What `ask --json` prints."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "verdict": answer.verdict,
        "engine": answer.engine,
        "seconds": round(answer.seconds, 3),
        "citations": [citation_object(citation) for citation in answer.citations],
        "sentences": [_sentence_object(sentence) for sentence in answer.sentences],
        "notices": answer.notices,
        "hints": _listed(answer.hints),
        "nearest": answer.nearest,
        "trail": None if answer.trail is None else asdict(answer.trail),
        "tokens": _plain(answer.tokens),
        "partial_text": answer.partial_text,
    }


def hit_object(hit: ScoredPassage) -> dict[str, object]:
    """A passage as `search --json` prints it."""
    passage = hit.passage
    return {
        "passage": passage.id,
        "document": passage.document,
        **_plain(passage.metadata),
        "companies": passage.companies,
        "section": passage.section,
        "page": passage.page,
        "text": passage.text,
        "reprints": hit.reprints,
        "score": hit.score,
        "dense": hit.dense,
        "lexical": hit.lexical,
    }


def _sentence_object(sentence: AnswerSentence) -> dict[str, object]:
    return {"text": sentence.text, "citations": sentence.citations, "grounded": sentence.grounded}


def briefing_object(briefing: Briefing) -> dict[str, object]:
    """What `summarize --json` prints.

    `headline` is one text with `[n]` marks, `headline_sentences` what it is made of, verbatim.
    """
    return {
        "company": briefing.company,
        "headline": running(briefing.headline),
        "headline_sentences": _listed(briefing.headline),
        "themes": [{"title": theme.title, "bullets": _listed(theme.bullets)} for theme in briefing.themes],
        "figures": _listed(briefing.figures),
        "timeline": _listed(briefing.timeline),
        "conflicts": [_conflict_object(conflict) for conflict in briefing.conflicts],
        "coverage": _plain(briefing.coverage),
        "citations": [citation_object(citation) for citation in briefing.citations],
        "group": briefing.group,
        "branches": _listed(briefing.branches),
        "included": briefing.included,
        "engine": briefing.engine,
        "seconds": round(briefing.seconds, 3),
        "notices": briefing.notices,
        "tokens": _plain(briefing.tokens),
    }


def comparison_object(comparison: Comparison) -> dict[str, object]:
    """What `compare --json` prints: of each theme and indicator the companies in their order."""
    names = comparison.companies
    coverages = zip(names, comparison.coverages, strict=True)
    return {
        "companies": [{"company": name, "coverage": _plain(coverage)} for name, coverage in coverages],
        "themes": [
            {"title": row.title, "companies": _side_by_side(names, "bullets", row.bullets)}
            for row in comparison.themes
        ],
        "figures": [
            {"indicator": row.indicator, "companies": _side_by_side(names, "figures", row.figures)}
            for row in comparison.figures
        ],
        "citations": [citation_object(citation) for citation in comparison.citations],
        "seconds": round(comparison.seconds, 3),
        "notices": comparison.notices,
    }


def _side_by_side(
    names: Sequence[str], key: str, cells: Sequence[Sequence[Bullet | Figure]]
) -> list[dict[str, object]]:
    return [{"company": name, key: _listed(cell)} for name, cell in zip(names, cells, strict=True)]


def _conflict_object(conflict: Conflict) -> dict[str, object]:
    return {
        "indicator": conflict.indicator,
        "kind": conflict.kind,
        "readings": _listed(conflict.readings),
    }


def _listed(records: Iterable[object]) -> list[dict[str, object]]:
    return [_plain(record) for record in records]


def _plain(record: Any) -> dict[str, object]:
    """A record whose values are plain already; `asdict` would copy them all, which takes its time."""
    return {field.name: getattr(record, field.name) for field in fields(record)}
