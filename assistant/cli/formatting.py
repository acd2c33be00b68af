"""How the command line shows each record: as an object for JSON and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.records import (
    Answer,
    Check,
    CompanyInfo,
    DocumentInfo,
    DocumentView,
    IngestReport,
    ScoredPassage,
    Status,
)
from assistant.terminal import one_line, pad, printable, side_by_side, width

_NAME = 28


def report_object(report: IngestReport) -> dict[str, object]:
    """What `ingest --json` prints."""
    counts = {str(status): report.count(status) for status in Status}
    files = [
        {
            "document": r.document,
            "status": r.status,
            "passages": r.passages,
            "reason": r.reason,
            "notes": r.notes,
        }
        for r in report.results
    ]
    times = {"seconds": round(report.seconds, 3), "searchable": round(report.searchable, 3)}
    return {**times, "embedded": report.embedded, **counts, "files": files}


def report_line(report: IngestReport) -> str:
    """One line that sums an ingestion up."""
    counts = ", ".join(f"{report.count(status)} {status}" for status in Status)
    vectors = f", {report.embedded} vectors" if report.embedded else ""
    return f"{counts}; searchable after {report.searchable:.1f} s{vectors}, done in {report.seconds:.1f} s"


def failure_lines(report: IngestReport) -> Iterator[str]:
    """One line for each file that failed, with its reason, and for each that was not read as a whole."""
    for result in report.results:
        if result.status is Status.FAILED:
            name = "" if result.document in result.reason else f"{result.document}: "
            yield one_line(f"failed: {name}{result.reason}")
        yield from (one_line(f"note: {result.document}: {note}") for note in result.notes)


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer, what is wrong with it, its numbered sources with their quotes, and who wrote it."""
    yield from (f"！{one_line(notice)}" for notice in answer.notices)
    if answer.partial_text:
        yield f"（已中断）{printable(answer.partial_text)}"
    yield printable(answer.text)
    yield from (f"！来源未能核实：{one_line(s.text)}" for s in answer.sentences if not s.grounded)
    for citation in answer.citations:
        page = f"第{citation.page}页" if citation.page is not None else ""
        about = (citation.title, citation.published, citation.publisher, citation.document, page)
        yield ""
        yield f"[{citation.n}] {_joined((*about, _copies(citation.reprints)))}"
        yield f"    “{one_line(citation.quote)}”"
    yield from (f"相近的文章：{one_line(title)}" for title in answer.nearest if title not in answer.text)
    yield ""
    steered = f" · 检索线索：{'、'.join(hint.value for hint in answer.hints)}" if answer.hints else ""
    yield one_line(f"{answer.engine} · {answer.seconds:.2f} s{steered}")


def hit_lines(rank: int, hit: ScoredPassage) -> Iterator[str]:
    """One passage with the scores that ranked it."""
    legs = (("dense", hit.dense), ("lexical", hit.lexical))
    scores = (f"{name} {score:.3f}" for name, score in (("score", hit.score), *legs) if score is not None)
    place = (hit.passage.metadata.title, hit.passage.document, _copies(hit.reprints))
    yield f"{rank}. {_joined((*place, *scores))}"
    yield f"   {one_line(hit.passage.text)}"


def document_lines(info: DocumentInfo) -> Iterator[str]:
    """One document of the list, under the whole name by which `show` finds it; then why it failed."""
    about = (info.title, info.published, info.publisher, info.author, "、".join(info.companies))
    yield f"{_filled(info.document)} {pad(info.status, 9)} {info.passages:4}  {_joined(about)}".rstrip()
    if info.reason:
        yield f"    {one_line(info.reason)}"


def company_line(info: CompanyInfo) -> str:
    """One company of the list: passages and documents about it, its group, its other names."""
    parent = f"属 {info.parent}" if info.parent else ""
    about = (parent, f"{len(info.documents)} documents", "、".join(info.aliases))
    return f"{_filled(info.name)} {info.passages:5}  {_joined(about)}"


def view_lines(view: DocumentView, columns: int) -> Iterator[str]:
    """Raw text on the left; on the right, beside the place that it was made from, each cleaned paragraph."""
    return side_by_side(_pairs(view), columns)


def _pairs(view: DocumentView) -> Iterator[tuple[str, str]]:
    clean = view.parsed.clean
    blocks = sorted((b for article in view.parsed.articles for b in article.blocks), key=lambda b: b.start)
    done = 0
    for block in blocks:
        if block.start >= block.end:
            continue
        start, end = clean.raw_span(block.start, block.end)
        if view.raw[done:start].strip():
            yield view.raw[done:start].strip("\r\n"), ""
        yield view.raw[max(done, start) : end], clean.text[block.start : block.end]
        done = max(done, end)
    if view.raw[done:].strip():
        yield view.raw[done:].strip("\r\n"), ""


def check_line(check: Check) -> str:
    """One line of `doctor`."""
    return f"{'ok  ' if check.ok else 'FAIL'}  {pad(check.name, 10)} {one_line(check.detail)}"


def _filled(name: str) -> str:
    """A name in its column; a longer one stays whole, since it is typed again in other commands."""
    name = one_line(name)
    return name if width(name) > _NAME else pad(name, _NAME)


def _copies(reprints: tuple[str, ...]) -> str:
    return f"+{len(reprints)} 转载" if reprints else ""


def _joined(parts: tuple[str, ...]) -> str:
    return " · ".join(one_line(part) for part in parts if part)
