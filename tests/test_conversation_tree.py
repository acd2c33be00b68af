"""The tree of a conversation: any tree has its paths, and no data make one that does not end."""

from __future__ import annotations

import random

import pytest

from assistant.conversations import Tree
from assistant.records.conversations import Exchange


def grown(seed: int, most: int = 40) -> tuple[Tree, dict[int, int]]:
    """A random tree, built as people do it, and each exchange's parent."""
    chance = random.Random(seed)
    tree, parents = Tree(), dict[int, int]()
    for number in range(1, chance.randint(1, most)):
        parents[number] = chance.choice([0, *parents]) if chance.random() < 0.5 else tree.leaf
        tree.add(Exchange(str(number), id=number, parent=parents[number]))
        if chance.random() < 0.3:
            tree.show(chance.choice(list(tree)))
    return tree, parents


@pytest.mark.parametrize("seed", range(40))
def test_a_path_leads_from_the_first_to_the_last_shown(seed: int) -> None:
    tree, parents = grown(seed)
    for last in [tree.leaf, *parents]:
        ids = [exchange.id for exchange in tree.path(last)]
        assert [parents[number] for number in ids] == [0, *ids][: len(ids)] and [0, *ids][-1] == last
    assert tree.path(0) == []
    assert [exchange.id for exchange in tree] == sorted(parents)


@pytest.mark.parametrize("seed", range(40))
def test_every_version_can_be_shown_with_what_follows_it(seed: int) -> None:
    tree, parents = grown(seed)
    for exchange in list(tree):
        versions = tree.versions(exchange)
        assert exchange in versions and {v.parent for v in versions} == {exchange.parent}
        assert [v.id for v in versions] == [n for n, parent in parents.items() if parent == exchange.parent]
        tree.show(exchange)
        assert exchange in tree.path() and tree.leaf not in parents.values()
        assert Tree(tree, tree.leaf).path() == tree.path()


@pytest.mark.parametrize("seed", range(40))
def test_parents_that_are_not_there_or_form_a_circle_count_as_none(seed: int) -> None:
    chance = random.Random(seed)
    exchanges = [Exchange("", id=n, parent=chance.randint(-3, 15)) for n in range(1, 12)]
    tree = Tree(exchanges, leaf=99)
    assert tree.leaf == 11 and len(tree) == 11
    for exchange in tree:
        assert exchange.parent < exchange.id
        assert tree.path(exchange.id)[0].parent == 0
        tree.show(exchange)
        assert exchange in tree.path()
