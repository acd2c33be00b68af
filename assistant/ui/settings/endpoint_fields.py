"""Fields for another endpoint: test it, list its models, write it to `.env` and use it.

Only for whoever runs the program on this machine: through free addresses anybody else could have the server
ask inner hosts. A key that was set is used again for the same host alone, and none is ever shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.records.endpoints import EndpointKind, EndpointTrial, TrialOutcome
from assistant.setting_values import ENDPOINT_NAMES, overruling, write
from assistant.settings import Endpoint, Settings
from assistant.ui.escaping import escape, literal
from assistant.ui.settings.overview import place_of
from assistant.ui.settings.trials import configured, draw_trial
from assistant.ui.words.texts import Texts

_TOLD, _FORGET, _ASKED = "settings_told", "settings_forget", "settings_asked"
_SAVABLE = (TrialOutcome.WORKS, TrialOutcome.OTHER_DIMENSION)
_ANY_MODEL = "-"
_TEST, _LIST, _SAVE, _STOP = "test", "list", "save", "stop"
_PARTS = ("address", "key", "model")


@dataclass(frozen=True, slots=True)
class _Form:
    """What stands in the fields."""

    kind: EndpointKind
    address: str
    key: str
    model: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What came of the last question to an endpoint, and what stood in the fields then, but for the key."""

    form: _Form
    trial: EndpointTrial
    is_listing: bool


@st.fragment
def draw(host: Host, texts: Texts) -> None:
    """Draw the fields, the buttons and what came of them."""
    words = texts.settings
    kind = st.segmented_control(
        words.kind,
        list(EndpointKind),
        default=EndpointKind.CHAT,
        format_func=words.kinds.__getitem__,
        key="settings_kind",
        required=True,
        label_visibility="collapsed",
    )
    running = configured(host.settings, kind)
    st.html(f'<div class="side">{escape(words.uses[kind])}</div>')
    form = _draw_fields(kind, running, texts)
    choice = st.container(key="settings_models")
    overruled = overruling(ENDPOINT_NAMES[kind.value])
    is_busy = kind is EndpointKind.CHAT and host.evaluations.running is not None
    pressed = _draw_buttons(kind, running, not (overruled or is_busy), texts)
    try:
        _act(pressed, host, form, running, texts)
    except AssistantError as error:
        _note(texts.said(str(error)), form, is_well=False)
    with choice:
        _draw_models(form, texts)
    _draw_told(form, texts)
    _draw_hints(kind, overruled, is_busy, texts)


def _draw_buttons(kind: EndpointKind, running: Endpoint | None, is_free: bool, texts: Texts) -> str:
    """The buttons; the name of the one pressed. `is_free`: whether anything may be changed now."""
    words = texts.settings
    with st.container(key="settings_actions", horizontal=True, gap="small"):
        pressed = {
            _TEST: st.button(words.test, key="settings_test", icon=":material/network_check:"),
            _LIST: st.button(words.list_models, key="settings_list", icon=":material/list:"),
            _SAVE: st.button(
                words.enable if kind is EndpointKind.CHAT else words.save,
                key="settings_save",
                icon=":material/save:",
                type="primary",
                disabled=not is_free,
            ),
            _STOP: running is not None and _draw_stop(is_free, texts),
        }
    return next((name for name, is_pressed in pressed.items() if is_pressed), "")


def _act(pressed: str, host: Host, form: _Form, running: Endpoint | None, texts: Texts) -> None:
    """Do what the button says. Raises SettingsError."""
    words = texts.settings
    if pressed:
        st.session_state.pop(_TOLD, None)
    if pressed == _STOP:
        _stop(host, form.kind, texts)
    elif pressed == _LIST and not form.address:
        _note(words.address_missing, form, is_well=False)
    elif pressed in (_TEST, _SAVE) and not (form.address and form.model):
        _note(words.fields_missing, form, is_well=False)
    elif pressed:
        trial = _ask(host, form, running, texts, is_listing=pressed == _LIST)
        if pressed == _SAVE and trial.outcome in _SAVABLE:
            _save(host, form, running, texts)


def _draw_fields(kind: EndpointKind, running: Endpoint | None, texts: Texts) -> _Form:
    words = texts.settings
    address, key, model = (f"settings_{part}-{kind}" for part in _PARTS)
    for part in st.session_state.pop(_FORGET, ()):
        st.session_state[f"settings_{part}-{kind}"] = ""
    st.session_state.setdefault(address, running.base_url if running else "")
    st.session_state.setdefault(model, running.model if running else "")
    with st.container(key="settings_fields"):
        url = st.text_input(words.address, key=address, placeholder=words.address_hint, autocomplete="off")
        secret = st.text_input(
            words.key,
            key=key,
            type="password",
            placeholder=words.key_kept if _kept_key(url, running) else words.key_hint,
            autocomplete="new-password",
        )
        name = st.text_input(words.model, key=model, placeholder=words.model_hint, autocomplete="off")
    return _Form(kind, url.strip(), secret.strip(), name.strip())


def _draw_models(form: _Form, texts: Texts) -> None:
    """A choice among the models that this address listed."""
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is None or not asked.trial.models or asked.form.address != form.address:
        return
    words, key = texts.settings, f"settings_choice-{form.kind}"

    def choose() -> None:
        st.session_state[f"settings_model-{form.kind}"] = st.session_state[key] or form.model

    models = asked.trial.models
    st.selectbox(
        words.choose_model,
        models,
        index=models.index(form.model) if form.model in models else None,
        key=key,
        placeholder=f"{words.model_list} · {words.model_count.format(len(models))}",
        label_visibility="collapsed",
        on_change=choose,
    )


def _draw_stop(is_free: bool, texts: Texts) -> bool:
    words = texts.settings
    with st.popover(words.stop_using, type="tertiary", disabled=not is_free):
        st.html(f'<div class="side">{escape(words.stop_using_what)}</div>')
        return st.button(words.stop_using, key="settings_stop", icon=":material/power_off:")


def _draw_hints(kind: EndpointKind, overruled: tuple[str, ...], is_busy: bool, texts: Texts) -> None:
    """What saving does, or why it cannot be done."""
    words = texts.settings
    if overruled:
        st.warning(literal(words.overruled.format(", ".join(overruled))), icon=":material/lock:")
        return
    if is_busy:
        st.warning(literal(words.evaluation_runs), icon=":material/hourglass:")
        return
    lines = [words.writes_to.format(Path(".env").resolve())]
    if kind is not EndpointKind.CHAT:
        lines.append(words.at_restart)
    if kind is EndpointKind.EMBEDDINGS:
        lines.append(words.rebuild_first)
    st.html("".join(f'<div class="side">{escape(line)}</div>' for line in lines))


def _ask(
    host: Host, form: _Form, running: Endpoint | None, texts: Texts, *, is_listing: bool
) -> EndpointTrial:
    """Ask the endpoint while a spinner turns, and keep what came of it. Raises SettingsError."""
    endpoint = _typed(form, running)
    with st.spinner(texts.settings.testing.format(literal(place_of(endpoint)))):
        assistant = host.assistant
        trial = assistant.list_models(endpoint) if is_listing else assistant.try_endpoint(form.kind, endpoint)
    st.session_state[_ASKED] = _Asked(replace(form, key=""), trial, is_listing)
    return trial


def _save(host: Host, form: _Form, running: Endpoint | None, texts: Texts) -> None:
    """Write the endpoint down, use it if it is for chat, and draw the page anew. Raises SettingsError."""
    endpoint, words = _typed(form, running), texts.settings
    values = (endpoint.base_url, endpoint.api_key, endpoint.model)
    write(dict(zip(ENDPOINT_NAMES[form.kind.value], values, strict=True)))
    told = words.saved
    if form.kind is EndpointKind.CHAT:
        host.use(endpoint)
        told = words.enabled.format(endpoint.model)
    _tell(told, form, ("key",))


def _stop(host: Host, kind: EndpointKind, texts: Texts) -> None:
    """Use no endpoint any more and forget it. Raises SettingsError."""
    write(dict.fromkeys(ENDPOINT_NAMES[kind.value], ""))
    if kind is EndpointKind.CHAT:
        host.use(None)
    st.session_state.pop(_ASKED, None)
    words = texts.settings
    told = words.stopped_using if kind is EndpointKind.CHAT else words.saved
    _tell(told, _Form(kind, "", "", ""), _PARTS)


def _tell(line: str, form: _Form, forgotten: tuple[str, ...]) -> None:
    """Have the whole page drawn anew, with this line while the form stands, and with these fields empty."""
    _note(line, form, is_well=True)
    st.session_state[_FORGET] = forgotten
    st.rerun()


def _note(line: str, form: _Form, *, is_well: bool) -> None:
    """Keep what a button did or why it could not: the page is also drawn anew when a health check ends."""
    st.session_state[_TOLD] = (line, replace(form, key=""), is_well)


def _draw_told(form: _Form, texts: Texts) -> None:
    """What the last button did, as long as the fields stand as they did then."""
    told, stood, is_well = st.session_state.get(_TOLD, ("", None, True))
    if stood == replace(form, key=""):
        if is_well:
            st.success(literal(told), icon=":material/check_circle:")
        else:
            st.warning(literal(told), icon=":material/warning:")
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is None or asked.form.address != form.address or asked.form.kind != form.kind:
        return
    trial, words = asked.trial, texts.settings
    if asked.is_listing and trial.outcome is TrialOutcome.EMPTY:
        st.warning(words.no_models, icon=":material/warning:")
    elif asked.form.model == form.model if not asked.is_listing else not trial.works:
        draw_trial(trial, form.kind, texts)
    if trial.address:
        st.button(
            literal(words.use_address.format(trial.address)),
            key="settings_use_address",
            icon=":material/arrow_forward:",
            on_click=_use_address,
            args=(form.kind, trial.address),
        )


def _use_address(kind: EndpointKind, address: str) -> None:
    st.session_state[f"settings_address-{kind}"] = address


def _typed(form: _Form, running: Endpoint | None) -> Endpoint:
    """The endpoint in the fields. Raises SettingsError if it can be none."""
    key = form.key or _kept_key(form.address, running)
    values = (form.address, key, form.model or _ANY_MODEL)
    settings = Settings.from_env(dict(zip(ENDPOINT_NAMES[form.kind.value], values, strict=True)))
    endpoint = configured(settings, form.kind)
    assert endpoint is not None, "there is an address"
    return endpoint


def _kept_key(address: str, running: Endpoint | None) -> str:
    """The key that is set, for the very host that it is set for."""
    if running is None or urlsplit(address)[:2] != urlsplit(running.base_url)[:2]:
        return ""
    return running.api_key
