"""What the view of a source says, in Chinese."""

from __future__ import annotations

from assistant.ui.words.source_texts import SourceTexts

CHINESE_SOURCE = SourceTexts(
    previous="上一条",
    next="下一条",
    page_before="上一页",
    page_after="下一页",
    cited_page="回到引用页",
    earlier="更多前文",
    later="更多后文",
    open="在资料页打开",
    copy="复制此处链接",
    copied="已复制",
    place="链接所指之处",
    no_place="链接所指之处不在这份资料里，资料可能已经更新。",
    close="收起",
)
