"""A browser without a screen: opens a page of Streamlit over its websocket and reads what is on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from httpx import Client
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol


@dataclass
class Page:
    """What a run of the page put on it."""

    text: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    leads_to: str = ""


class Visit:
    """One tab at `address`, with the cookies of a client. Raises InvalidStatus if it is refused."""

    def __init__(self, client: Client, address: str, origin: str | None = None) -> None:
        parts = urlsplit(address)
        here = f"{parts.scheme}://{parts.netloc}"
        client.get(f"{here}/_stcore/health")  # sets the cookie against forged requests
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        token = client.cookies["_streamlit_xsrf"]
        self._query = parts.query
        self._socket = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            origin=Origin(origin or here),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            additional_headers={"Cookie": cookies},
            open_timeout=60,
        )

    def run(self, button: str = "") -> Page:
        """Run the page, with a button clicked that it showed before; what is on it at the end."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        if button:
            state = WidgetState(id=button, trigger_value=True)
            message.rerun_script.widget_states.widgets.append(state)
        self._socket.send(message.SerializeToString())
        page = Page()
        while True:
            got = ForwardMsg()
            got.ParseFromString(self._socket.recv(timeout=60, decode=False))
            kind = got.WhichOneof("type")
            if kind == "delta":
                _read(got.delta, page)
            elif kind == "auth_redirect":
                page.leads_to = got.auth_redirect.url
            elif got.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                page = Page(leads_to=page.leads_to)
            elif kind == "script_finished":
                return page

    def close(self) -> None:
        """Close the tab."""
        self._socket.close()


def _read(delta: Delta, page: Page) -> None:
    if delta.WhichOneof("type") != "new_element":
        return
    element = delta.new_element
    if element.WhichOneof("type") == "button":
        page.buttons[element.button.label] = element.button.id
    page.text += f"{element}\n"
