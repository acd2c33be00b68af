"""The pages: what every session of a browser runs, from top to bottom, at every click."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import shared
from assistant.ui import identity, layout, opening, session
from assistant.ui.chat import page as chat_page
from assistant.ui.chat import question_limits
from assistant.ui.companies import page as companies_page
from assistant.ui.documents import page as documents_page
from assistant.ui.evaluation import page as evaluation_page
from assistant.ui.settings import page as settings_page


def main() -> None:
    """Open the assistant, draw what stands around the page, and run the page."""
    layout.apply_style()
    try:
        host = opening.opened(shared())
        identity.admit(host.settings, session.texts(host.settings.language).access)
    except AssistantError as error:
        opening.show_failure(error, session.texts())
        return
    texts = session.texts(host.settings.language)
    companies = st.Page(
        lambda: companies_page.draw(host, texts), title=texts.briefing.title, url_path="companies"
    )
    documents = st.Page(lambda: documents_page.draw(host, texts), title=texts.documents, url_path="documents")
    chat = st.Page(
        lambda: chat_page.draw(host, texts, documents), title=texts.chat, url_path="chat", default=True
    )
    evaluation = st.Page(
        lambda: evaluation_page.draw(host, texts), title=texts.evaluation.title, url_path="evaluation"
    )
    settings = st.Page(
        lambda: settings_page.draw(host, texts), title=texts.settings.title, url_path="settings"
    )
    page = st.navigation([chat, companies, documents, evaluation, settings], position="hidden")
    width: Literal["wide", "centered"] = "centered" if page is chat else "wide"
    session.visit(page.url_path)
    if page is chat:
        session.open_talk(host.conversations, identity.owner())
    title = session.current(identity.owner()).title if page is chat else page.title
    name = " · ".join(filter(None, (title, texts.product)))
    st.set_page_config(page_title=name, page_icon=layout.ICON, layout=width)
    question_limits.keep()
    icons = {
        "forum": chat,
        "apartment": companies,
        "description": documents,
        "checklist": evaluation,
        "settings": settings,
    }
    layout.draw_sidebar(chat, icons, host, texts)
    opening.wait_until_ready(host, texts)
    opening.draw_filling(host, texts)
    page.run()
