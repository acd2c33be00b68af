"""Every language has words for what a document is."""

from __future__ import annotations

import pytest

from assistant.records import DocumentKind
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.languages import LANGUAGES


def test_a_period_is_described_for_the_reader() -> None:
    described = [CHINESE.period(period) for period in ("2022FY", "2022H1", "2022Q3", "2022", "")]
    assert described == ["2022年度", "2022年上半年", "2022年第三季度", "2022", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name_for_the_reader(language: str) -> None:
    texts = LANGUAGES[language]
    assert all(texts.kind(kind) for kind in DocumentKind)
    assert texts.kind("") == ""
