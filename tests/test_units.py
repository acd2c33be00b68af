"""Passages taken apart into what an answer can quote."""

from __future__ import annotations

import pytest
from passage_making import passage

from assistant.units import units_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("第一句。第二句！第三句", ["第一句。", "第二句！", "第三句"]),
        ("修路五公里；建桥两座；植树一片。", ["修路五公里；", "建桥两座；", "植树一片。"]),
        ("他说：“先修路；再建桥。”然后走了。", ["他说：“先修路；再建桥。”", "然后走了。"]),
        (
            "青海联通获得金奖，福建电信获得银奖，都受到表彰。",
            ["青海联通获得金奖，", "福建电信获得银奖，都受到表彰。"],
        ),
    ],
)
def test_sentences_clauses_between_semicolons_and_those_of_a_company_each_stand_alone(
    text: str, parts: list[str]
) -> None:
    assert [unit.text for unit in units_of(passage(text))] == parts


def test_a_unit_knows_its_place_in_the_document_and_its_sentence() -> None:
    text = "先修路。建桥两座；植树一片。"
    units = units_of(passage(text))
    assert [text[unit.start : unit.end] for unit in units] == [unit.text for unit in units]
    sentences = [text[slice(*unit.sentence)] for unit in units]
    assert sentences == ["先修路。", "建桥两座；植树一片。", "建桥两座；植树一片。"]
