"""What a model is given: the passages of the evidence, what its blocks reach into, then the best found."""

from __future__ import annotations

from block_making import document, evidence
from passage_making import found

from assistant.answering.blocks.runs import runs
from assistant.answering.understanding.question import understand
from assistant.answering.verifying.sourcing import numbered_sources
from assistant.records import Passage

QUESTION = "青海联通推出了哪些便民措施？"


def test_the_passages_into_which_a_list_runs_stand_beside_that_of_the_evidence() -> None:
    long = "，每个县区都安排了专门的队伍和经费，并且由分公司的负责同志逐月检查进度"
    items = [f"{n}是在{place}{3 * long}。" for n, place in zip("一二三四", "东西南北", strict=True)]
    view, held = document("青海联通推出便民措施。", *items)
    chosen = [evidence(QUESTION, "便民措施", held)]
    blocks = runs(understand(QUESTION, 200), chosen, lambda _: view, 2000)

    def near(passage: Passage, reach: int) -> list[Passage]:
        return [p for p in held if 0 < abs(p.ordinal - passage.ordinal) <= reach]

    given = numbered_sources(chosen, blocks, found(*held), near, 8)
    own = chosen[0].unit.passage
    assert given[0].passage == own
    listed = [source.n for source in given if "是在" in source.text]
    assert len(listed) > 1
    assert listed[-1] <= len(listed) + 1
    assert len(numbered_sources(chosen, blocks, found(*held), near, 1)) == 1
