"""The exchanges of a conversation: a tree, of which one path from the first question on is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from assistant.records.conversations import Exchange


class Tree:
    """The exchanges of one conversation and the one that is shown last.

    Asking again or editing a question makes another version beside it, with a continuation of its own;
    nothing is lost.
    """

    def __init__(self, exchanges: Iterable[Exchange] = (), leaf: int = 0) -> None:
        """`exchanges` have ids, a parent a lower one than those that follow it; any other counts as none.

        `leaf` is the id of the last one shown, 0 for the newest.
        """
        self._exchanges: dict[int, Exchange] = {}
        self._following: defaultdict[int, list[Exchange]] = defaultdict(list)
        for exchange in sorted(exchanges, key=lambda exchange: exchange.id):
            self.add(exchange)
        self._leaf = leaf if leaf in self._exchanges else max(self._exchanges, default=0)

    def __len__(self) -> int:
        return len(self._exchanges)

    def __iter__(self) -> Iterator[Exchange]:
        """All exchanges, oldest first."""
        return iter(self._exchanges.values())

    @property
    def leaf(self) -> int:
        """The id of the last exchange shown, 0 where there is none."""
        return self._leaf

    def add(self, exchange: Exchange) -> None:
        """Add an exchange that has an id, and show it last."""
        if exchange.parent not in self._exchanges:
            exchange.parent = 0
        self._exchanges[exchange.id] = exchange
        self._following[exchange.parent].append(exchange)
        self._leaf = exchange.id

    def path(self, last: int | None = None) -> list[Exchange]:
        """The exchanges from the first to `last`, which is the leaf if not given; none for 0."""
        place = self._leaf if last is None else last
        path: list[Exchange] = []
        while place in self._exchanges:
            path.append(self._exchanges[place])
            place = path[-1].parent
        return path[::-1]

    def versions(self, exchange: Exchange) -> list[Exchange]:
        """The exchange and those that stand beside it, oldest first."""
        return list(self._following[exchange.parent])

    def show(self, exchange: Exchange) -> None:
        """Show this version, with the newest of what follows it."""
        self._leaf = exchange.id
        while following := self._following.get(self._leaf):
            self._leaf = following[-1].id
