"""What went wrong at a chat endpoint, in words for the reader: what happened and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.languages import Saying

if TYPE_CHECKING:
    import openai

MODEL = "OPENAI_MODEL"
BASE_URL = "OPENAI_BASE_URL"
API_KEY = "OPENAI_API_KEY"

NOT_CONFIGURED = f"no chat endpoint is configured; set {BASE_URL} and {MODEL}"
CUT = Saying(
    "模型服务的回答在中途断开，已收到的部分不完整。请稍后重试。",
    "The endpoint's reply broke off; what had come is incomplete. Try again later.",
)
NO_FINISH = Saying(
    "模型服务没有给出结束标记，回答可能不完整。请稍后重试；若总是如此，请检查服务端或中间代理。",
    "The endpoint never said that its reply had ended; it may be incomplete. Try again later; if it stays "
    "so, check the server or a proxy before it.",
)
EMPTY = Saying(
    f"模型服务返回了空的回答。请重试，或检查 {MODEL} 所指的模型是否为对话模型。",
    f"The endpoint's reply was empty. Try again, or check that {MODEL} names a chat model.",
)
ONLY_THOUGHT = Saying(
    "模型在给出回答之前就用完了输出长度。请调大 ASSISTANT_ANSWER_TOKENS，或换用思考较短的模型。",
    "The model used up its output before it answered. Raise ASSISTANT_ANSWER_TOKENS, or take a model that "
    "thinks less.",
)
FILTERED = Saying(
    "模型服务的内容过滤拦下了这次回答。请换一种问法，或检查服务端的过滤设置。",
    "The endpoint's content filter held the reply back. Ask in other words, or check the server's filter.",
)
NO_ROOM = Saying(
    "问题与规则已占满模型的上下文，放不下任何资料。请缩短问题，或调大 ASSISTANT_CONTEXT_TOKENS。",
    "Question and rules fill the model's context and leave no room for documents. Shorten the question, or "
    "raise ASSISTANT_CONTEXT_TOKENS.",
)
LENGTH_NOTICE = Saying(
    "回答达到输出长度上限，可能不完整；可调大 ASSISTANT_ANSWER_TOKENS。",
    "The answer reached the output limit and may be incomplete; ASSISTANT_ANSWER_TOKENS raises it.",
)
THOUGHT_NOTICE = Saying(
    "以上是模型的思考过程，不是回答。", "What stands above is the model's thinking, not its answer."
)
_TIMEOUT = Saying(
    "模型服务超时（{seconds} 秒没有新内容，或总时间过长）。请稍后重试，或调大 ASSISTANT_TIMEOUT。",
    "The endpoint timed out ({seconds} s without anything new, or too long in all). Try again later, or "
    "raise ASSISTANT_TIMEOUT.",
)
_UNREACHED = Saying(
    f"无法连接模型服务。请检查服务是否已启动、网络是否通畅，以及 {BASE_URL} 是否正确。",
    f"The endpoint cannot be reached. Check that it runs, the network, and {BASE_URL}.",
)
_DISCONNECTED = Saying(
    f"与模型服务的连接中断。请稍后重试，或检查 {BASE_URL}。",
    f"The connection to the endpoint was lost. Try again later, or check {BASE_URL}.",
)
_FAILED_MIDWAY = Saying(
    "模型服务在回答途中报告了错误。请稍后重试；若总是如此，请查看服务端日志。",
    "The endpoint reported an error while it replied. Try again later; if it stays so, see the server's log.",
)
_UNUSABLE = Saying(
    f"模型服务的地址或密钥含有无法使用的字符。请检查 {BASE_URL} 与 {API_KEY}。",
    f"The endpoint's address or key holds characters that cannot be used. Check {BASE_URL} and {API_KEY}.",
)
_GIBBERISH = Saying(
    f"模型服务返回了无法理解的内容。请检查 {BASE_URL} 是否为 OpenAI 兼容接口（通常以 /v1 结尾）。",
    f"The endpoint's reply cannot be understood. Check that {BASE_URL} is an OpenAI-compatible interface "
    "(most end with /v1).",
)
_TOO_MUCH = Saying(
    "问题与资料超出模型的上下文长度（{status}）。请调小 ASSISTANT_CONTEXT_TOKENS。",
    "Question and documents exceed the model's context ({status}). Lower ASSISTANT_CONTEXT_TOKENS.",
)
_SPENT = Saying(
    "模型服务的额度已用完（429）。请充值，或更换密钥。",
    "The endpoint's quota is used up (429). Top it up, or use another key.",
)
_WAIT = Saying(
    "模型服务限制了请求频率（429）。请在 {seconds} 秒后重试。",
    "The endpoint limits how often it is asked (429). Try again in {seconds} s.",
)
_LATER = Saying(
    "模型服务限制了请求频率（429）。请稍后重试。",
    "The endpoint limits how often it is asked (429). Try again later.",
)
_STATUSES = {
    401: Saying(
        f"模型服务拒绝了密钥（401）。请检查 {API_KEY}。",
        f"The endpoint refused the key (401). Check {API_KEY}.",
    ),
    403: Saying(
        f"密钥没有使用该模型的权限（403）。请检查 {API_KEY} 与 {MODEL}。",
        f"The key may not use the model (403). Check {API_KEY} and {MODEL}.",
    ),
    404: Saying(
        f"模型服务没有该模型或接口（404）。请检查 {MODEL} 与 {BASE_URL}（通常以 /v1 结尾）。",
        f"The endpoint has no such model or interface (404). Check {MODEL} and {BASE_URL} (often with /v1).",
    ),
}
_FAMILIES = (
    (
        range(300, 400),
        Saying(
            "模型服务要求转到另一个地址（{status}），问题与资料没有转发。"
            f"请把 {BASE_URL} 直接设为最终地址。",
            "The endpoint redirects to another address ({status}); question and documents were not sent on. "
            f"Set {BASE_URL} to the final address.",
        ),
    ),
    (
        (400, 422),
        Saying(
            f"模型服务不接受这次请求（{{status}}）。请检查 {MODEL} 是否支持对话，或查看服务端日志。",
            f"The endpoint does not accept the request ({{status}}). Check that {MODEL} can chat, or see the "
            "server's log.",
        ),
    ),
    (
        range(500, 1000),
        Saying(
            "模型服务内部出错（{status}）。请稍后重试；若总是如此，请查看服务端日志。",
            "The endpoint failed ({status}). Try again later; if it stays so, see the server's log.",
        ),
    ),
)
_OTHER = Saying(
    f"模型服务返回了状态码 {{status}}。请检查 {BASE_URL}。",
    f"The endpoint answered with status {{status}}. Check {BASE_URL}.",
)

_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|size|window)|too long|maximum.{0,12}tokens|too many tokens", re.I
)
_SECONDS = re.compile(r"\d+(?:\.\d+)?")


def describe(error: BaseException, *, timeout: float, begun: bool) -> Saying:
    """One line for any exception that a call of the endpoint raised.

    Nothing that the endpoint or the settings hold (address, key, model, reply) is repeated in it.

    Args:
        timeout: seconds that were waited, named when time ran out.
        begun: whether a part of the reply had arrived.
    """
    import httpx
    import openai

    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return _TIMEOUT.filled(seconds=f"{timeout:g}")
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return _UNREACHED
    if isinstance(error, httpx.TransportError):
        return CUT if begun else _DISCONNECTED
    if isinstance(error, openai.APIError):
        return _FAILED_MIDWAY
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return _UNUSABLE
    return _GIBBERISH


def _of_status(error: openai.APIStatusError) -> Saying:
    status = error.status_code
    if status == 429:
        return _rate_limited(error)
    if status == 413 or (status in (400, 422) and _TOO_LONG.search(str(error.body))):
        return _TOO_MUCH.filled(status=status)
    family = next((line for statuses, line in _FAMILIES if status in statuses), _OTHER)
    return _STATUSES.get(status, family).filled(status=status)


def _rate_limited(error: openai.APIStatusError) -> Saying:
    if error.code == "insufficient_quota":
        return _SPENT
    seconds = error.response.headers.get("retry-after", "")
    return _WAIT.filled(seconds=f"{float(seconds):g}") if _SECONDS.fullmatch(seconds) else _LATER
