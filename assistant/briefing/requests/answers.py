"""A briefing or a comparison as the answer to a question: a short version, every line cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.verifying.citation_marks import with_mark
from assistant.briefing.requests.request import Request, RequestKind
from assistant.briefing.requests.shortening import shortened, shortened_comparison
from assistant.errors import CompanyError
from assistant.folding import compact, is_traditional, to_traditional
from assistant.records import Answer, AnswerSentence, Hint, HintKind, Verdict
from assistant.records.briefings import Briefing, Bullet, Comparison, Conflict, Coverage, Figure, FigureRow

_MARK = "· "
"""What a line of a list begins with: what such lines name is not what the talk is about."""
_BRANCHES = 6
"""Branches that are named; of the rest only the number is said."""
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "summary": "{name}概要",
        "comparison": "{name}对比",
        "between": "、",
        "coverage": "通读 {documents:,} 份资料中讲它的全部 {passages:,} 段。",
        "company": "（{name}）",
        "colon": "：",
        "semicolon": "；",
        "figures": "关键数据",
        "indicators": "指标对照",
        "conflicts": "说法不一",
        "as_of": "（{date}）",
        "plan": "（计划）",
        "published": "（{date} 发布）",
        "branches": "下属 {count} 家：{names}。要一并概括，请问“总结{name}，包括分公司”。",
        "more": "等",
        "nothing": "没有直接讲到",
        "reading": "正在通读有关{name}的 {total} 段文字……",
        "replaced": "以上是原文摘录，现在换成模型归纳的概要。",
    },
    "en": {
        "summary": "{name}: summary",
        "comparison": "{name}: comparison",
        "between": ", ",
        "coverage": "All {passages:,} passages about it in {documents:,} documents were read.",
        "company": " ({name})",
        "colon": ": ",
        "semicolon": "; ",
        "figures": "Key figures",
        "indicators": "Indicators",
        "conflicts": "Where sources differ",
        "as_of": " ({date})",
        "plan": " (plan)",
        "published": " (published {date})",
        "branches": "{count} companies belong to it: {names}. Ask “summarize {name} including its branches”.",
        "more": " and others",
        "nothing": "nothing said of it",
        "reading": "Reading all {total} passages about {name} …",
        "replaced": "So far quoted; now replaced by what the model wrote.",
    },
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a line: with `citations` it is a sentence of the answer."""

    text: str
    citations: tuple[int, ...] = ()
    grounded: bool = True


_Row = Sequence[_Piece]


class Answers:
    """Answers to one request, in the words of one language and the script of the question."""

    def __init__(self, request: Request, question: str, language: str) -> None:
        self._request = request
        self._question = question
        self._traditional = is_traditional(question)
        self._language = language
        self._texts = _TEXTS[language]

    def of(self, made: Briefing | Comparison) -> Answer:
        """The short version of either."""
        return self.of_briefing(made) if isinstance(made, Briefing) else self.of_comparison(made)

    def of_briefing(self, briefing: Briefing) -> Answer:
        """The short version of a briefing."""
        short = shortened(briefing)
        name = self._written(short.company)
        parts: list[Sequence[_Row]] = [
            [[_Piece(self._head("summary", name))], [_Piece(self._covered(short.coverage))]],
            [self._bullet(bullet, name) for bullet in short.headline],
            *(
                [[_Piece(theme.title)], *(self._bullet(b, name) for b in theme.bullets)]
                for theme in short.themes
            ),
            self._under("figures", (self._figure(figure) for figure in short.figures)),
            self._under("conflicts", (self._conflict(conflict) for conflict in short.conflicts)),
            self._branches(short, name),
        ]
        answer = replace(
            self._answer(parts, (short.company,)),
            engine=short.engine,
            citations=short.citations,
            notices=short.notices,
            tokens=short.tokens,
        )
        return replace(answer, briefing=short)

    def of_comparison(self, comparison: Comparison) -> Answer:
        """The short version of a comparison."""
        short = shortened_comparison(comparison)
        names = [self._written(name) for name in short.companies]
        parts: list[Sequence[_Row]] = [
            [[_Piece(self._head("comparison", self._texts["between"].join(names)))]],
            [
                self._row(name + self._texts["colon"] + self._covered(c))
                for name, c in zip(names, short.coverages, strict=True)
            ],
            *([[_Piece(row.title)], *map(self._side, names, row.bullets)] for row in short.themes),
            self._under("indicators", (self._indicator(row, names) for row in short.figures)),
        ]
        answer = self._answer(parts, short.companies)
        return replace(answer, citations=short.citations, notices=short.notices, comparison=short)

    def of_error(self, error: CompanyError) -> Answer:
        """The refusal where no passage is about a company."""
        told = error.said(self._language)
        return Answer(self._question, told, Verdict.REFUSE, "quoting", 0.0, nearest=error.nearest)

    def reading(self, company: str, passages: int) -> str:
        """A line for the reader while so many passages are read."""
        return self._said("reading", name=company, total=passages)

    def replaced(self) -> str:
        """A line for the reader where a model's briefing takes the place of the quoted one."""
        return self._written(self._texts["replaced"])

    def _answer(self, parts: Sequence[Sequence[_Row]], companies: Sequence[str]) -> Answer:
        lines = ["\n".join(map(_line, part)) for part in parts if part]
        pieces = [piece for part in parts for row in part for piece in row if piece.citations]
        request = self._request
        return Answer(
            question=self._question,
            text="\n\n".join(lines),
            verdict=Verdict.ANSWER,
            engine="quoting",
            seconds=0.0,
            sentences=tuple(AnswerSentence(p.text, p.citations, p.grounded) for p in pieces),
            hints=tuple(Hint(HintKind.COMPANY, name) for name in companies),
            rewritten=self._meaning(companies) if request.is_referring else "",
        )

    def _meaning(self, companies: Sequence[str]) -> str:
        is_summary = self._request.kind is RequestKind.SUMMARY
        name = self._texts["between"].join(companies)
        return self._head("summary" if is_summary else "comparison", name)

    def _head(self, key: str, name: str) -> str:
        topic = self._request.topic
        return self._said(key, name=name) + (self._texts["colon"] + self._written(topic) if topic else "")

    def _row(self, text: str, *pieces: _Piece) -> _Row:
        return [_Piece(_MARK + text), *pieces]

    def _bullet(self, bullet: Bullet, name: str) -> _Row:
        row = [_Piece(_MARK), _Piece(bullet.text, bullet.citations, bullet.grounded)]
        owner = self._written(bullet.company)
        if owner not in ("", name) and compact(owner) not in compact(bullet.text):
            row.append(_Piece(self._said("company", name=owner)))
        return row

    def _side(self, name: str, bullets: Sequence[Bullet]) -> _Row:
        said = [_Piece(bullet.text, bullet.citations, bullet.grounded) for bullet in bullets]
        return self._row(name + self._texts["colon"], *(said or [_Piece(self._texts["nothing"])]))

    def _figure(self, figure: Figure) -> _Row:
        return self._row(
            "", _Piece(figure.indicator + self._texts["colon"] + self._value(figure), figure.citations)
        )

    def _indicator(self, row: FigureRow, names: Sequence[str]) -> _Row:
        pieces = [_Piece(_MARK + row.indicator + self._texts["colon"])]
        for name, figures in zip(names, row.figures, strict=True):
            for figure in figures:
                pieces.append(_Piece(f"{name} {self._value(figure)}", figure.citations))
                pieces.append(_Piece(self._texts["semicolon"]))
        return pieces[:-1]

    def _conflict(self, conflict: Conflict) -> _Row:
        pieces = [_Piece(_MARK + conflict.indicator + self._texts["colon"])]
        for reading in conflict.readings:
            date = reading.as_of or reading.published
            said = self._said("as_of" if reading.as_of else "published", date=date) if date else ""
            pieces.append(_Piece(reading.amount + said, reading.citations))
            pieces.append(_Piece(self._texts["semicolon"]))
        return pieces[:-1]

    def _value(self, figure: Figure) -> str:
        when = self._said("as_of", date=figure.as_of) if figure.as_of else ""
        return figure.amount + when + (self._said("plan") if figure.is_plan else "")

    def _covered(self, coverage: Coverage) -> str:
        return self._said("coverage", documents=coverage.documents, passages=coverage.passages)

    def _branches(self, briefing: Briefing, name: str) -> list[_Row]:
        if not briefing.branches or briefing.included or self._request.topic:
            return []
        names = [self._written(branch.name) for branch in briefing.branches[:_BRANCHES]]
        more = self._texts["more"] if len(briefing.branches) > _BRANCHES else ""
        text = self._texts["between"].join(names) + more
        return [[_Piece(self._said("branches", count=len(briefing.branches), names=text, name=name))]]

    def _under(self, title: str, rows: Iterator[_Row]) -> list[_Row]:
        found = list(rows)
        return [[_Piece(self._written(self._texts[title]))], *found] if found else []

    def _said(self, key: str, **values: object) -> str:
        return self._written(self._texts[key].format(**values))

    def _written(self, text: str) -> str:
        return to_traditional(text) if self._traditional else text


def _line(row: Iterable[_Piece]) -> str:
    return "".join(_marked(piece) for piece in row)


def _marked(piece: _Piece) -> str:
    text = " ".join(piece.text.split("\n"))
    for n in piece.citations:
        text = with_mark(text, n)
    return text
