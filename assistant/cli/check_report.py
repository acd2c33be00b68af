"""How the command line shows what a look at briefings found: a table, JSON, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

from assistant.exports.sentences import line
from assistant.records.checks import BriefingCheck
from assistant.terminal import pad

ENOUGH = 0.9
"""The share of the distinct figures that a briefing has to show."""
_NAME = 28
_LISTED = 10
_COMPARED = ("figures", "lines", "ungrounded", "stated", "coverage", "used", "lacking", "wrong", "failure")


@dataclass(frozen=True, slots=True)
class Row:
    """One company: what a check found, and what its briefing misses of an expectation."""

    company: str
    check: BriefingCheck | None = None
    expected: int = 0
    lacking: Sequence[str] = ()
    wrong: Sequence[str] = ()
    failure: str = ""

    @property
    def is_well(self) -> bool:
        held = self.check is None or (not self.check.ungrounded and self.check.coverage >= ENOUGH)
        return held and not (self.lacking or self.wrong or self.failure)


def as_object(rows: Sequence[Row]) -> dict[str, Any]:
    """What `summarize --check --json` prints."""
    return {
        "summary": _summary_object(rows),
        "companies": [
            {
                "company": row.company,
                "failure": row.failure,
                **(_check_object(row.check) if row.check else {}),
                "expected": row.expected,
                "lacking": row.lacking,
                "wrong": row.wrong,
            }
            for row in rows
        ],
    }


def _check_object(check: BriefingCheck) -> dict[str, Any]:
    return {
        "seconds": round(check.seconds, 4),
        "figures": check.figures,
        "lines": check.lines,
        "grounded": round(check.grounded, 4),
        "ungrounded": check.ungrounded,
        "stated": check.stated,
        "coverage": round(check.coverage, 4),
        "left_out": check.left_out,
        "passages": check.passages,
        "used": check.used,
    }


def _summary_object(rows: Sequence[Row]) -> dict[str, Any]:
    found: dict[str, Any] = {"companies": len(rows), "failed": sum(bool(row.failure) for row in rows)}
    if checks := [row.check for row in rows if row.check]:
        said = sum(check.figures + check.lines for check in checks)
        shares = [check.coverage for check in checks]
        seconds = sorted(check.seconds for check in checks)
        found |= {
            "figures": sum(check.figures for check in checks),
            "lines": sum(check.lines for check in checks),
            "grounded": 1 - sum(len(check.ungrounded) for check in checks) / max(1, said),
            "coverage": {"min": min(shares), "median": median(shares)},
            "seconds": {"p50": _percentile(seconds, 0.5), "p95": _percentile(seconds, 0.95)},
        }
    if any(row.expected for row in rows):
        found["expected"] = sum(row.expected for row in rows)
        found["missed"] = sum(len(row.lacking) + len(row.wrong) for row in rows)
    return found


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def table(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each company, and below it what is wrong with its briefing."""
    if any(row.check for row in rows):
        head = "seconds  figures  lines  grounded  stated  coverage  passages used"
        yield f"{pad('', _NAME)} {head}"
    for row in rows:
        name = pad(line(row.company), _NAME)
        if row.failure:
            yield f"{name} ！{line(row.failure)}"
        if row.check:
            yield f"{name} {_columns(row.check)}"
            yield from _listed("not grounded", row.check.ungrounded)
            if row.check.coverage < ENOUGH:
                yield from _listed("not shown", row.check.left_out)
        elif row.expected and not row.failure:
            held = row.expected - len(row.lacking) - len(row.wrong)
            yield f"{name} {held} of {row.expected} as expected"
        yield from _listed("must be there", row.lacking)
        yield from _listed("must not be there", row.wrong)


def _columns(check: BriefingCheck) -> str:
    return (
        f"{check.seconds:7.2f}  {check.figures:7}  {check.lines:5}  {check.grounded:8.1%}  {check.stated:6}"
        f"  {check.coverage:8.1%}  {check.used} of {check.passages}"
    )


def _listed(fault: str, texts: Sequence[str]) -> Iterator[str]:
    yield from (f"  ！{fault}: {line(text)}" for text in texts[:_LISTED])
    if len(texts) > _LISTED:
        yield f"  ！{fault}: {len(texts) - _LISTED} more, which --json lists"


def summary(rows: Sequence[Row]) -> str:
    """All companies in one line."""
    found = _summary_object(rows)
    parts = [f"{found['companies']} companies"]
    if found["failed"]:
        parts.append(f"{found['failed']} not found")
    if "grounded" in found:
        cover, seconds = found["coverage"], found["seconds"]
        parts.append(
            f"{found['figures']} figures and {found['lines']} lines, {found['grounded']:.2%} grounded"
        )
        parts.append(f"coverage {cover['min']:.1%} at least, {cover['median']:.1%} median")
        parts.append(f"p50 {seconds['p50']:.2f} s, p95 {seconds['p95']:.2f} s")
    if "expected" in found:
        parts.append(f"{found['missed']} of {found['expected']} not as expected")
    return "; ".join(parts)


def changes(earlier: Mapping[str, Mapping[str, Any]], now: Mapping[str, Any]) -> Iterator[str]:
    """What differs from the earlier report, company by company; times are left aside."""
    if not earlier:
        return
    changed = 0
    for row in now["companies"]:
        before = earlier.get(row["company"], {})
        pairs = [(key, _count(before.get(key)), _count(row.get(key))) for key in _COMPARED]
        moved = [f"{key} {was} → {is_now}" for key, was, is_now in pairs if was != is_now]
        changed += bool(moved)
        if moved:
            yield f"changed: {line(row['company'])}: {', '.join(moved)}"
    yield f"{changed} of {len(now['companies'])} companies changed since the earlier report"


def _count(value: object) -> object:
    """A list as its length."""
    return len(value) if isinstance(value, list | tuple) else value
