"""The interface for programs: where it is, what it asks for, and an example."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from assistant.settings import Settings
from assistant.ui.escaping import escape
from assistant.ui.settings.overview import facts_html
from assistant.ui.words.texts import Texts

_EXAMPLE = """from openai import OpenAI

client = OpenAI(base_url="{base}", api_key="{key}")
reply = client.chat.completions.create(
    model="{model}",
    messages=[{{"role": "user", "content": "{question}"}}],
)
print(reply.choices[0].message.content)
"""
_QUESTION = "重庆联通投入了多少扶贫预算资金？"


def draw(settings: Settings, texts: Texts) -> None:
    """Draw the address, the conditions and the example."""
    from assistant.api.models import MODEL

    words, origin, keys = texts.settings, _origin(), len(settings.api_keys)
    st.html(f'<div class="side">{escape(words.programs_hint)}</div>')
    limits = words.limits_line.format(settings.api_requests, settings.api_kilobytes)
    facts = (
        (words.base_url, f"{origin}/v1"),
        (words.keys, words.keys_set.format(keys) if keys else words.keys_none),
        (words.limits, limits),
    )
    st.html(facts_html(facts))
    st.link_button(words.reference, f"{origin}/docs", icon=":material/menu_book:")
    st.html(f'<div class="part">{escape(words.example)}</div>')
    key = "ASSISTANT_API_KEYS" if keys else "none"
    example = _EXAMPLE.format(base=f"{origin}/v1", key=key, model=MODEL, question=_QUESTION)
    st.code(example, language="python")


def _origin() -> str:
    """The address of this server as the browser knows it."""
    parts = urlsplit(st.context.url or "")
    base = st.get_option("server.baseUrlPath").strip("/")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "http://localhost:8501"
    return f"{origin}/{base}" if base else origin
