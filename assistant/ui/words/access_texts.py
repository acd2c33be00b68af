"""What the pages say about logging in and out, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    title: str
    hint: str
    log_in: str
    log_in_with: str
    not_admitted: str
    not_admitted_hint: str
    other_account: str
    log_in_again: str
    log_out: str


CHINESE_ACCESS = AccessTexts(
    title="请先登录",
    hint="用您的单位账号登录后即可提问，对话只有您自己能看到。",
    log_in="登录",
    log_in_with="用 {} 登录",
    not_admitted="这个账号没有使用权限",
    not_admitted_hint="您已用 {} 登录，但管理员没有开通这个账号，或邮箱未经验证。",
    other_account="换一个账号",
    log_in_again="登录已失效，请重新登录。",
    log_out="退出",
)
ENGLISH_ACCESS = AccessTexts(
    title="Please log in",
    hint="Log in with your organisation's account to ask questions. Only you see your conversations.",
    log_in="Log in",
    log_in_with="Log in with {}",
    not_admitted="This account may not use the assistant",
    not_admitted_hint="You are logged in as {}, but whoever runs this has not admitted that account, "
    "or its e-mail address is not verified.",
    other_account="Use another account",
    log_in_again="Your login has ended. Please log in again.",
    log_out="Log out",
)
