"""Passages as LlamaIndex nodes and back, and the texts under which they are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    RelatedNodeInfo,
    TextNode,
    TransformComponent,
)

from assistant import passages
from assistant.folding import to_simplified
from assistant.records import Metadata, ParsedDocument, Passage

_SEPARATOR = "、"


class PassageNode(TextNode):
    """A passage; what is embedded is its headed text in Simplified characters, what is shown is its own."""

    def get_content(self, metadata_mode: MetadataMode = MetadataMode.NONE) -> str:
        if metadata_mode is MetadataMode.EMBED:
            return to_simplified(search_text(to_passage(self)))
        return super().get_content(metadata_mode)


class PassageSplitter(TransformComponent):
    """Cleaned documents to passages of about `characters`; `parsed` holds their articles by document id."""

    _parsed: Mapping[str, ParsedDocument] = PrivateAttr()
    _characters: int = PrivateAttr()

    def __init__(self, parsed: Mapping[str, ParsedDocument], characters: int) -> None:
        super().__init__()
        self._parsed = parsed
        self._characters = characters

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        return [
            to_node(passage)
            for node in nodes
            for passage in passages.split(node.node_id, self._parsed[node.node_id], self._characters)
            if passage.text.strip()
        ]


def search_text(passage: Passage) -> str:
    """What a passage is found by: what it says about itself, then its text."""
    metadata = passage.metadata
    head = (
        metadata.title,
        metadata.publisher,
        metadata.published,
        passage.section,
        _SEPARATOR.join(passage.companies),
    )
    return "\n".join(part for part in (" ".join(filter(None, head)), passage.text) if part)


def to_node(passage: Passage) -> PassageNode:
    """A node under the passage's own id; its metadata is flat, as Chroma wants it."""
    return PassageNode(
        id_=passage.id,
        text=passage.text,
        extra_info={
            "document": passage.document,
            "ordinal": passage.ordinal,
            "start": passage.start,
            "end": passage.end,
            "page": passage.page,
            "section": passage.section,
            "companies": _SEPARATOR.join(passage.companies),
            "title": passage.metadata.title,
            "published": passage.metadata.published,
            "publisher": passage.metadata.publisher,
            "author": passage.metadata.author,
        },
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.document)},
    )


def to_passage(node: BaseNode) -> Passage:
    """The passage that a node of ours was made from.

    Raises:
        KeyError: the node was not made by `to_node`.
    """
    about = node.metadata
    return Passage(
        id=node.node_id,
        document=about["document"],
        ordinal=about["ordinal"],
        text=node.get_content(MetadataMode.NONE),
        start=about["start"],
        end=about["end"],
        metadata=Metadata(about["title"], about["published"], about["publisher"], about["author"]),
        section=about["section"],
        companies=tuple(filter(None, about["companies"].split(_SEPARATOR))),
        page=about["page"] if about["page"] != "" else None,
    )
