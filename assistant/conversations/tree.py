"""The exchanges of a conversation: a tree, of which one path from the first question on is shown."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.records.conversations import Exchange


class Tree:
    """The exchanges of one conversation and the one that is shown last.

    Asking again or editing a question makes another version beside it, with a continuation of its own;
    nothing is lost.
    """

    def __init__(self, exchanges: Iterable[Exchange] = (), leaf: int = 0) -> None:
        """`exchanges` have ids; `leaf` is the id of the last one shown, 0 for the newest."""
        self._exchanges = {exchange.id: exchange for exchange in exchanges}
        self._leaf = leaf if leaf in self._exchanges else max(self._exchanges, default=0)

    def __len__(self) -> int:
        return len(self._exchanges)

    @property
    def leaf(self) -> int:
        """The id of the last exchange shown, 0 where there is none."""
        return self._leaf

    def add(self, exchange: Exchange) -> None:
        """Add a kept exchange and show it last."""
        self._exchanges[exchange.id] = exchange
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
        return [other for _, other in sorted(self._exchanges.items()) if other.parent == exchange.parent]

    def show(self, exchange: Exchange) -> None:
        """Show this version, with the newest of what follows it."""
        self._leaf = exchange.id
        while following := [e.id for e in self._exchanges.values() if e.parent == self._leaf]:
            self._leaf = max(following)
