"""What the account of an answer says, in Chinese."""

from __future__ import annotations

from assistant.records import Reason
from assistant.ui.words.why_texts import WhyTexts

CHINESE_WHY = WhyTexts(
    reasons={
        Reason.LIKELY: "最合适的一句能回答问题的可能性为 {likelihood}，不低于门槛 {threshold}，据此作答。",
        Reason.PART: "问题分成几问分别查找，至少有一问找到了答案。",
        Reason.COMPANIES: "问题问到几家公司，为每家公司各取最合适的一句。",
        Reason.SIDES: "问题问到几个年份、报告期或几件事，分别查找，各取最合适的一句。",
        Reason.OVERVIEW: "问题只提到一家公司，没有问具体的事，取关于它的各篇文章中最合适的一句。",
        Reason.BYLINE: "问的是文章的标题、作者、日期或来源，从文章的署名行中取得。",
    },
    refused={
        Reason.COMPANIES: "问题问到几家公司，没有找到关于其中任何一家的内容。",
        Reason.SIDES: "问题问到几个年份、报告期或几件事，一个也没有找到。",
        Reason.OVERVIEW: "没有找到以这家公司为主的内容。",
        Reason.GREETING: "这不是就资料提出的问题，没有查找。",
        Reason.EXCLUDED: "没有资料符合所选的范围。",
        Reason.NOTHING_FOUND: "没有找到可供判断的段落。",
        Reason.RULED_OUT: "找到的每一句都与问题不符：说的是别的公司、年份或事情，或者缺少所问的数值、日期。",
        Reason.UNLIKELY: "最合适的一句能回答问题的可能性只有 {likelihood}，低于门槛 {threshold}，不作答。",
        Reason.UNRELATED: "按上文推断出的问题找到的内容，与输入的文字无关，因此不作答。",
        Reason.NO_BYLINE: "文章的署名行中没有所问的内容。",
        Reason.DECLINED: "大模型读过找到的段落后，认为其中没有答案。",
    },
    against={
        "another company": "另一家公司",
        "another year": "另一年份",
        "another row": "表中另一行",
        "another subject": "另一件事",
        "no value": "没有所问的值",
    },
    steps={"understand": "理解问题", "search": "检索", "judge": "判断", "write": "写出回答"},
    searched="检索用语",
    limited="筛选",
    steered="检索线索",
    steered_how="{}（优先，但不排除其他）",
    missing="未找到",
    took="用时",
    place="名次",
    source="段落",
    lexical="关键词",
    dense="语义",
    rerank="重排",
    score="合计",
    likelihood="可能性",
    ruled_out="排除：{}",
    rank="第 {}",
    cited="已引用",
    legend=(
        "关键词：BM25 得分；语义：余弦相似度；“第 n”是该路候选中的名次，— 表示该路没有找到。"
        "合计：两路得分标准化后相加，用于取出候选；可能性：段落中最合适的一句能回答问题的可能性。"
        "名次由句子的得分决定。"
    ),
    legend_rerank="重排：重排服务给的分数。",
    briefing="这是对一家公司的汇总：读了资料中关于它的全部 {} 个段落，没有经过检索排序。",
    comparison="这是几家公司的对比：读了资料中关于它们的全部段落，没有经过检索排序。",
)
