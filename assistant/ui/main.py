"""The pages: what every session of a browser runs, from top to bottom, at every click."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import shared
from assistant.ui import (
    chat_page,
    companies_page,
    documents_page,
    evaluation_page,
    layout,
    limits,
    opening,
    session,
)


def main() -> None:
    """Open the assistant, draw what stands around the page, and run the page."""
    layout.apply_style()
    try:
        host = opening.opened(shared())
    except AssistantError as error:
        opening.show_failure(error, session.texts())
        return
    texts = session.texts(host.settings.language)
    chat = st.Page(lambda: chat_page.draw(host, texts), title=texts.chat, url_path="chat", default=True)
    companies = st.Page(
        lambda: companies_page.draw(host, texts), title=texts.briefing.title, url_path="companies"
    )
    documents = st.Page(lambda: documents_page.draw(host, texts), title=texts.documents, url_path="documents")
    evaluation = st.Page(
        lambda: evaluation_page.draw(host, texts), title=texts.evaluation.title, url_path="evaluation"
    )
    page = st.navigation([chat, companies, documents, evaluation], position="hidden")
    width: Literal["wide", "centered"] = "centered" if page is chat else "wide"
    st.set_page_config(page_title=texts.product, page_icon=layout.ICON, layout=width)
    limits.keep()
    layout.draw_sidebar(chat, companies, documents, evaluation, host, texts)
    opening.wait_until_ready(host, texts)
    opening.draw_filling(host, texts)
    page.run()


main()
