"""JSON that every parser accepts, whatever characters the documents hold."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from assistant.terminal import well_formed

# JSON may hold them as they are, but readers of event streams may take them for line ends.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


class Json(Response):
    """A value as the answer to a request."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The body."""
        return compact(content).encode()


def compact(value: object) -> str:
    """A value as JSON on one line."""
    return well_formed(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).translate(_LINE_ENDS)
