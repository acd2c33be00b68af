"""The unit of a table is told from the line above it, and who filled in a form is none."""

from __future__ import annotations

import pytest

from assistant.readers.units import stated


@pytest.mark.parametrize(
    ("line", "unit", "rest"),
    [
        ("单位：亿元", "亿元", ""),
        ("（单位：人民币百万元）", "人民币百万元", ""),
        ("人民币百万元", "人民币百万元", ""),
        ("（人民币亿元，百分比除外）", "人民币亿元", ""),
        ("（除另有说明外，金额单位均为人民币千元）", "人民币千元", ""),
        ("单位：元 币种：人民币 审计类型：未经审计", "元 币种：人民币", ""),
        ("表3 投资估算（单位：万元）", "万元", "表3 投资估算"),
        ("(in millions, except per share data)", "millions", ""),
        ("RMB million", "RMB million", ""),
        ("单位：%", "%", ""),
        ("填报单位：城东供水公司", "", "填报单位：城东供水公司"),
        ("单位名称", "", "单位名称"),
        ("资产总额为三亿元。", "", "资产总额为三亿元。"),
        ("2023年", "", "2023年"),
    ],
)
def test_a_line_states_a_unit_or_none(line: str, unit: str, rest: str) -> None:
    assert stated(line) == (unit, rest)
