"""Passages as LlamaIndex nodes and back."""

from __future__ import annotations

from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    RelatedNodeInfo,
    TextNode,
)

from assistant.index import rows
from assistant.index.indexed_text import embedding_text
from assistant.records import Passage


class PassageNode(TextNode):
    """A passage; what is embedded is its headed text in Simplified characters, what is shown is its own."""

    def get_content(self, metadata_mode: MetadataMode = MetadataMode.NONE) -> str:
        if metadata_mode is MetadataMode.EMBED:
            return embedding_text(to_passage(self))
        return super().get_content(metadata_mode)


def to_node(passage: Passage) -> PassageNode:
    """A node under the passage's own id; its metadata is flat, as Chroma wants it."""
    about = rows.passage_values(passage)
    del about["id"], about["text"]
    return PassageNode(
        id_=passage.id,
        text=passage.text,
        extra_info=about,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.document)},
    )


def to_passage(node: BaseNode) -> Passage:
    """The passage that a node of ours was made from.

    Raises:
        KeyError: the node was not made by `to_node`.
    """
    text = node.get_content(MetadataMode.NONE)
    about = {**node.metadata, "id": node.node_id, "text": text}
    about["page"] = about["page"] or None  # Chroma, which knows no missing value, keeps an empty text
    return rows.to_passage(about)
