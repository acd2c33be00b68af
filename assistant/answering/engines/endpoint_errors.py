"""What went wrong at a chat endpoint, in words for the reader: what happened and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import openai

MODEL = "OPENAI_MODEL"
BASE_URL = "OPENAI_BASE_URL"
API_KEY = "OPENAI_API_KEY"

NOT_CONFIGURED = f"no chat endpoint is configured; set {BASE_URL} and {MODEL}"
CUT = "模型服务的回答在中途断开，已收到的部分不完整。请稍后重试。"
NO_FINISH = "模型服务没有给出结束标记，回答可能不完整。请稍后重试；若总是如此，请检查服务端或中间代理。"
EMPTY = f"模型服务返回了空的回答。请重试，或检查 {MODEL} 所指的模型是否为对话模型。"
ONLY_THOUGHT = "模型在给出回答之前就用完了输出长度。请调大 ASSISTANT_ANSWER_TOKENS，或换用思考较短的模型。"
FILTERED = "模型服务的内容过滤拦下了这次回答。请换一种问法，或检查服务端的过滤设置。"
NO_ROOM = "问题与规则已占满模型的上下文，放不下任何资料。请缩短问题，或调大 ASSISTANT_CONTEXT_TOKENS。"
LENGTH_NOTICE = "回答达到输出长度上限，可能不完整；可调大 ASSISTANT_ANSWER_TOKENS。"
THOUGHT_NOTICE = "以上是模型的思考过程，不是回答。"

_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|size|window)|too long|maximum.{0,12}tokens|too many tokens", re.I
)
_SECONDS = re.compile(r"\d+(?:\.\d+)?")


def describe(error: BaseException, *, timeout: float, begun: bool) -> str:
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
        return (
            f"模型服务超时（{timeout:g} 秒没有新内容，或总时间过长）。请稍后重试，或调大 ASSISTANT_TIMEOUT。"
        )
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return f"无法连接模型服务。请检查服务是否已启动、网络是否通畅，以及 {BASE_URL} 是否正确。"
    if isinstance(error, httpx.TransportError):
        return CUT if begun else f"与模型服务的连接中断。请稍后重试，或检查 {BASE_URL}。"
    if isinstance(error, openai.APIError):
        return "模型服务在回答途中报告了错误。请稍后重试；若总是如此，请查看服务端日志。"
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return f"模型服务的地址或密钥含有无法使用的字符。请检查 {BASE_URL} 与 {API_KEY}。"
    return f"模型服务返回了无法理解的内容。请检查 {BASE_URL} 是否为 OpenAI 兼容接口（通常以 /v1 结尾）。"


def _of_status(error: openai.APIStatusError) -> str:
    status = error.status_code
    if 300 <= status < 400:
        return (
            f"模型服务要求转到另一个地址（{status}），问题与资料没有转发。请把 {BASE_URL} 直接设为最终地址。"
        )
    if status == 401:
        return f"模型服务拒绝了密钥（401）。请检查 {API_KEY}。"
    if status == 403:
        return f"密钥没有使用该模型的权限（403）。请检查 {API_KEY} 与 {MODEL}。"
    if status == 404:
        return f"模型服务没有该模型或接口（404）。请检查 {MODEL} 与 {BASE_URL}（通常以 /v1 结尾）。"
    if status == 429:
        return _rate_limited(error)
    if status in (400, 413, 422):
        if status == 413 or _TOO_LONG.search(str(error.body)):
            return f"问题与资料超出模型的上下文长度（{status}）。请调小 ASSISTANT_CONTEXT_TOKENS。"
        return f"模型服务不接受这次请求（{status}）。请检查 {MODEL} 是否支持对话，或查看服务端日志。"
    if status >= 500:
        return f"模型服务内部出错（{status}）。请稍后重试；若总是如此，请查看服务端日志。"
    return f"模型服务返回了状态码 {status}。请检查 {BASE_URL}。"


def _rate_limited(error: openai.APIStatusError) -> str:
    if error.code == "insufficient_quota":
        return "模型服务的额度已用完（429）。请充值，或更换密钥。"
    seconds = error.response.headers.get("retry-after", "")
    wait = f"请在 {float(seconds):g} 秒后重试。" if _SECONDS.fullmatch(seconds) else "请稍后重试。"
    return f"模型服务限制了请求频率（429）。{wait}"
