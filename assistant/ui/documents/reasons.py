"""Why a file or a part of it was not read, in the language of the page.

Reasons are kept in the index in English and notes of what was left out in Chinese, one line each.
"""

from __future__ import annotations

import re

_PATTERNS = {
    "is empty; .*": "文件是空的",
    r"holds no text \((.*)\); .*": "没有文字（{}）",
    "holds no text; .*": "没有文字",
    "holds no sentence .*": "除去菜单等内容后没有一句话可读",
    r"holds only pictures \((\d+) pages\); .*": "{} 页全是图片；请先做文字识别（OCR）",
    r"has ([\d.]+) MB, more than the (\d+) MB allowed; .*": "有 {} MB，超过上限 {} MB；"
    "请拆分，或调高 ASSISTANT_FILE_MEGABYTES",
    "is (?:protected by|locked with) a password; .*": "有密码保护；请去掉密码后再添加",
    "is a program, not a document; .*": "是程序，不是文档",
    "is a picture, .*": "是图片，图片中的文字不读取；请另附 .txt 文本",
    "is an archive; .*": "是此处不支持的压缩包；请解压后添加其中的文件",
    "is an archive inside an archive; .*": "是压缩包中的压缩包；请先解压",
    r"is RTF; .*": "是 RTF；请另存为 .docx",
    r"is in the Office format of before 2007; save it as (\.\w+)": "是旧版 Office 格式；请另存为 {}",
    "is in an old Office format .*": "是不支持的旧 Office 格式；请另存为 .docx、.xlsx 或 .pptx",
    r"(\.\w+) files are not read; .*": "不读取 {} 文件；请转换为 .txt",
    r"is no (\w+) file inside, .*": "内容不是 {} 文件，或已损坏；请重新获取",
    r"is no valid table \((.*)\); .*": "不是有效的表格（{}）；请重新另存为 CSV",
    r"is no web page \((.*)\); .*": "不是有效的网页（{}）；请重新保存",
    "is a zip file but no Word, .*": "是 zip 文件，但不是 Word、Excel 或 PowerPoint 文档",
    r"is a damaged zip archive \((.*)\); .*": "压缩包已损坏（{}）；请重新打包",
    "is damaged or no PDF; .*": "已损坏，或不是 PDF；请重新保存或获取",
    r"is damaged \((.*)\); .*": "已损坏（{}）；请重新保存或获取",
    "has no pages; .*": "没有页面；请重新保存或获取",
    r"page (\d+) is damaged; .*": "第 {} 页已损坏；请重新保存或获取",
    "is neither UTF-8 nor GB18030 text; .*": "不是 UTF-8 或 GB18030 编码的文本；请转换为 UTF-8",
    "is not text .*": "不是文本（乱码过多）；请转换为 UTF-8 文本",
    r"cannot be taken apart \((.*)\); .*": "无法解析（{}）；请重新保存，或转换为文本",
    r"cannot be unpacked \((.*)\); .*": "无法解压（{}）；请重新打包",
    r"cannot be read: (.*); (?:check|hand) .*": "无法读取（{}）；请检查路径与权限",
    r"needs more than (\d+) MB of memory to read; .*": "读取需要超过 {} MB 内存；"
    "请拆分，或调高 ASSISTANT_FILE_MEMORY_MEGABYTES",
    "needs more memory than is allowed; .*": "读取需要的内存超过上限；请拆分",
    r"took longer than ([\d.]+) s to read; .*": "读取超过 {} 秒；请拆分，或调高 ASSISTANT_FILE_SECONDS",
    "ended the process that read it .*": "使读取它的进程崩溃：已损坏，或内存上限太低；"
    "请重新保存，或调高 ASSISTANT_FILE_MEMORY_MEGABYTES",
    r"would unpack to (\d+) MB from ([\d.]+) MB, .*": "将从 {1} MB 解压到 {0} MB，正常文档不会如此",
    r"unpacks to more than (\d+) MB; .*": "解压后超过 {} MB；请拆分",
    r"unpacks to (\d+) times its size, .*": "解压后是原来的 {} 倍，像压缩炸弹",
    r"holds more than (\d+) files; .*": "包含超过 {} 个文件；请拆分",
    "holds files that overlap, .*": "其中的文件互相重叠，像压缩炸弹；请重新打包",
    "declares entities in .*": "含有不安全的实体声明",
    "is there twice; .*": "在压缩包中出现两次，只读第一份",
    "has an absolute path; .*": "在压缩包中是绝对路径；请重新打包",
    "leads out of the archive; .*": "指向压缩包之外；请重新打包",
    "has a name that no file has; .*": "在压缩包中的名称无效；请改名后重新打包",
    "is a link; .*": "是链接；请打包文件本身",
    "is a link that leads out of the folder; .*": "是指向文件夹之外的链接；请直接指定目标",
    "is a link to what does not exist; .*": "是失效的链接",
    "has a name that is not UTF-8; .*": "文件名不是 UTF-8；请改名",
    "is a directory, not a file": "是文件夹，不是文件",
    "is not an ordinary file.*": "不是普通文件",
    "is not in the archive any more; .*": "已不在压缩包中",
    "(?:does not exist|is not there any more); .*": "已不在原处",
    "(?:has changed since|changed while) it was .*": "文件已改动；请重新读取",
    "cannot be written: (.*); see .*": "无法写入（{}）；请检查权限与磁盘空间",
    "a file without a usable name was handed in; .*": "文件名无效；请改名",
}
# What stands before is the name of the file, or its path.
_REASONS = tuple(
    (re.compile(rf"(?:.*?[ :])?(?:{pattern})", re.DOTALL), words) for pattern, words in _PATTERNS.items()
)
_NOTES = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in {
        "第(.+)页只有图片，没有文字": "only pictures and no text on page {}",
        "第(.+)页已损坏，无法读取": "page {} is damaged and was not read",
        r"工作表“(.*)”第 (\d+) 行起未读取：之前连续 (\d+) 行为空": "the sheet “{}” was not read from "
        "row {} on: {} empty rows stand before it",
        "隐藏的工作表“(.+)”未读取": "the hidden sheet “{}” was not read",
    }.items()
)


def in_chinese(reason: str) -> str:
    """The reason in Chinese without the name of the file; as it stands where none of the above is said."""
    for pattern, words in _REASONS:
        if found := pattern.fullmatch(reason):
            return words.format(*found.groups())
    return reason


def in_english(reason: str) -> str:
    """A note in English; what is no note stands in English already."""
    for pattern, words in _NOTES:
        if found := pattern.fullmatch(reason):
            return words.format(*(part.replace("、", ", ") for part in found.groups()))
    return reason
