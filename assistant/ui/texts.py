"""Every word of the interface, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import (
    AssistantError,
    EmbeddingError,
    IndexMismatchError,
    SettingsError,
    StorageBusyError,
    StorageError,
)
from assistant.records import Status, Verdict


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    product: str
    tagline: str
    chat: str
    documents: str
    new_conversation: str
    language: str
    placeholder: str
    greeting: str
    try_asking: str
    corpus_empty: str
    document_count: str
    working: str
    stop: str
    stopped: str
    retry: str
    sources: str
    unverified: str
    unverified_why: str
    partly_unverified: str
    page: str
    reprints: str
    location: str
    article: str
    raw_file: str
    whole_article: str
    whole_file: str
    seconds: str
    tokens: str
    preparing: str
    preparing_hint: str
    not_started: str
    start_again: str
    unexpected: str
    choose_document: str
    no_documents: str
    raw: str
    clean: str
    part: str
    all_documents: str
    failed_documents: str
    companies: str
    separator: str
    engines: Mapping[str, str]
    verdicts: Mapping[Verdict, str]
    statuses: Mapping[str, str]
    failures: Mapping[type[AssistantError], str]
    columns: Mapping[str, str]


CHINESE = Texts(
    product="电信资料助手",
    tagline="回答只取自资料原文，每一句都注明出处。",
    chat="问答",
    documents="资料",
    new_conversation="新对话",
    language="界面语言",
    placeholder="就资料提问……",
    greeting="想了解什么？",
    try_asking="可以这样问",
    corpus_empty="资料库里还没有可以检索的文档。请运行 python -m assistant ingest {}，再刷新本页。",
    document_count="资料 {} 份",
    working="正在查找资料",
    stop="停止",
    stopped="已中断",
    retry="重新回答",
    sources="来源",
    unverified="未核实",
    partly_unverified="部分内容未核实",
    unverified_why="这句话中的数字、日期或名称未能在所引来源中核实",
    page="第 {} 页",
    reprints="+{} 转载",
    location="原始文件第 {}–{} 字",
    article="文章",
    raw_file="原始文件",
    whole_article="显示整篇文章",
    whole_file="显示整个文件",
    seconds="{} 秒",
    tokens="{} 词元",
    preparing="正在准备资料",
    preparing_hint="首次启动需要读取资料并建立索引，完成后即可提问。",
    not_started="助手未能启动",
    start_again="重试",
    unexpected="处理这个问题时出现了意外错误，详情见运行程序的终端。请重试。",
    choose_document="选择资料",
    no_documents="还没有资料。",
    raw="原始文件",
    clean="清洗后",
    part="第几部分（共 {}）",
    all_documents="全部资料（{}）",
    failed_documents="{} 份文件未能读取",
    companies="涉及公司",
    separator="、",
    engines={"quoting": "引文引擎", "llm": "大模型"},
    verdicts={Verdict.ANSWER: "有据可查", Verdict.PARTIAL: "部分回答", Verdict.REFUSE: "资料中没有答案"},
    statuses={
        Status.ADDED: "已入库",
        Status.CHANGED: "已更新",
        Status.UNCHANGED: "已入库",
        Status.REMOVED: "已移除",
        Status.FAILED: "未能读取",
    },
    failures={
        AssistantError: "出现了意外错误，详情如下。",
        SettingsError: "有一项设置无法使用，请按下面的说明修改后重新启动。",
        StorageError: "资料库目录无法使用，请按下面的说明处理后重试。",
        StorageBusyError: "另一个程序正在写入资料库，请等它完成或停止它，然后重试。",
        IndexMismatchError: "现有索引与当前设置不一致，请用下面的命令重建索引，然后重试。",
        EmbeddingError: "向量模型没有正常工作，请按下面的说明处理后重试。",
    },
    columns={
        "document": "文件",
        "title": "标题",
        "published": "日期",
        "publisher": "出版者",
        "author": "作者",
        "passages": "段落",
        "status": "状态",
        "reason": "说明",
    },
)

ENGLISH = Texts(
    product="Telecom assistant",
    tagline="Answers come from the documents alone, and every sentence names its source.",
    chat="Ask",
    documents="Documents",
    new_conversation="New conversation",
    language="Language",
    placeholder="Ask about the documents…",
    greeting="What would you like to know?",
    try_asking="For example",
    corpus_empty="Nothing to search yet. Run python -m assistant ingest {}, then reload.",
    document_count="{} documents",
    working="Searching the documents",
    stop="Stop",
    stopped="Interrupted",
    retry="Answer again",
    sources="Sources",
    unverified="unverified",
    partly_unverified="Partly unverified",
    unverified_why="A figure, date or name in this sentence was not found in the sources that it cites",
    page="page {}",
    reprints="+{} reprints",
    location="characters {}–{} of the raw file",
    article="Article",
    raw_file="Raw file",
    whole_article="Show the whole article",
    whole_file="Show the whole file",
    seconds="{} s",
    tokens="{} tokens",
    preparing="Preparing the documents",
    preparing_hint="The first start reads the documents and builds the index; then you can ask.",
    not_started="The assistant could not start",
    start_again="Try again",
    unexpected="Something unexpected went wrong; the terminal has the details. Please try again.",
    choose_document="Document",
    no_documents="There are no documents yet.",
    raw="Raw file",
    clean="Cleaned",
    part="Part (of {})",
    all_documents="All documents ({})",
    failed_documents="{} files could not be read",
    companies="Companies",
    separator=", ",
    engines={"quoting": "Quoting engine", "llm": "Language model"},
    verdicts={
        Verdict.ANSWER: "Sourced",
        Verdict.PARTIAL: "Partial answer",
        Verdict.REFUSE: "Not in the documents",
    },
    statuses={
        Status.ADDED: "indexed",
        Status.CHANGED: "updated",
        Status.UNCHANGED: "indexed",
        Status.REMOVED: "removed",
        Status.FAILED: "unreadable",
    },
    failures={
        AssistantError: "Something unexpected happened:",
        SettingsError: "A setting cannot be used. Mend it and start again.",
        StorageError: "The storage directory cannot be used.",
        StorageBusyError: "Another program is writing to the storage. Wait until it is done, or stop it.",
        IndexMismatchError: "The index does not fit the settings. Rebuild it, then try again.",
        EmbeddingError: "The embedding model does not work.",
    },
    columns={
        "document": "File",
        "title": "Title",
        "published": "Date",
        "publisher": "Publisher",
        "author": "Author",
        "passages": "Passages",
        "status": "Status",
        "reason": "Remark",
    },
)

LANGUAGES: Mapping[str, Texts] = {"zh": CHINESE, "en": ENGLISH}
NAMES: Mapping[str, str] = {"zh": "中文", "en": "English"}
