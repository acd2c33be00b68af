"""The list of companies: groups with their branches beneath, and the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.folding import fold
from assistant.records import CompanyInfo
from assistant.ui.clicks import company_link
from assistant.ui.companies.briefing_html import aliases_line, chips_html
from assistant.ui.escaping import escape
from assistant.ui.words.texts import Texts


@dataclass(frozen=True, slots=True)
class Group:
    """A company with the companies below it, however far; `head` is None where no passage is about itself."""

    name: str
    head: CompanyInfo | None
    branches: tuple[CompanyInfo, ...]


def fitting(companies: Sequence[CompanyInfo], wanted: str) -> list[CompanyInfo]:
    """Those of which every word that is looked for stands in a form of the name or of the group's."""
    words = fold(wanted).casefold().split()
    return [info for info in companies if all(word in _forms(info) for word in words)]


def groups(companies: Sequence[CompanyInfo]) -> tuple[list[Group], list[CompanyInfo]]:
    """The groups, most passages first, and the companies that are neither a group nor below one."""
    by_name = {info.name: info for info in companies}
    below: dict[str, list[CompanyInfo]] = {}
    for info in companies:
        if info.parent:
            below.setdefault(_highest(info, by_name), []).append(info)
    found = [Group(name, by_name.get(name), tuple(own)) for name, own in below.items()]
    found.sort(key=lambda group: -_passages(group))
    return found, [info for info in companies if not info.parent and info.name not in below]


def list_html(companies: Sequence[CompanyInfo], texts: Texts) -> str:
    """All of them as links to their briefings."""
    found, others = groups(companies)
    pieces = [_group_html(group, texts) for group in found]
    if others:
        heading = f"<h4>{escape(texts.briefing.others)}</h4>" if found else ""
        pieces.append(f'<section class="family">{heading}{chips_html(_chips(others), texts)}</section>')
    return f'<div class="families">{"".join(pieces)}</div>'


def counts(info: CompanyInfo, texts: Texts) -> str:
    """How many passages in how many documents are about it."""
    return texts.briefing.counts.format(f"{info.passages:,}", f"{len(info.documents):,}")


def _highest(info: CompanyInfo, by_name: Mapping[str, CompanyInfo]) -> str:
    """The company at the top of the one's parents."""
    name, passed = info.parent, {info.name}
    while name in by_name and by_name[name].parent and name not in passed:
        passed.add(name)
        name = by_name[name].parent
    return name


def _group_html(group: Group, texts: Texts) -> str:
    words = texts.briefing
    about = [words.branch_count.format(len(group.branches))]
    name, aliases = escape(group.name), ""
    if group.head is not None:
        about.insert(0, counts(group.head, texts))
        name = company_link(group.name)
        if group.head.aliases:
            aliases = f"<p>{escape(aliases_line(group.head.aliases, texts))}</p>"
    return (
        f'<section class="family"><h4>{name}<span>{escape(" · ".join(about))}</span></h4>{aliases}'
        f"{chips_html(_chips(group.branches), texts)}</section>"
    )


def _chips(companies: Sequence[CompanyInfo]) -> list[str]:
    return [f"{company_link(info.name)}<i>{info.passages:,}</i>" for info in companies]


def _passages(group: Group) -> int:
    return sum(info.passages for info in (group.head, *group.branches) if info is not None)


def _forms(info: CompanyInfo) -> str:
    return fold(" ".join((info.name, info.parent, *info.aliases))).casefold()
