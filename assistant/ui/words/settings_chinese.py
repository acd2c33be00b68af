"""The page of the settings in Chinese."""

from __future__ import annotations

from assistant.records.endpoints import EndpointKind, TrialOutcome
from assistant.setting_values import Origin
from assistant.ui.words.settings_texts import SettingsTexts

_OUTCOMES = {
    TrialOutcome.UNKNOWN_HOST: "找不到主机 {place}。请检查地址拼写、网络和 DNS。",
    TrialOutcome.REFUSED: "{place} 拒绝连接，这个端口上没有服务。请确认服务已启动、端口无误。",
    TrialOutcome.UNREACHABLE: "无法到达 {place}（{reason}）。请检查网络、代理和防火墙。",
    TrialOutcome.SLOW: (
        "{place} 在 {limit:g} 秒内没有答完，可能正在加载模型。请稍后再试，或调大 ASSISTANT_TIMEOUT。"
    ),
    TrialOutcome.TLS: (
        "与 {place} 的加密连接失败（{reason}）。请检查证书；如果服务没有加密，地址应以 http:// 开头。"
    ),
    TrialOutcome.BROKEN_OFF: (
        "{place} 中途断开（{reason}）。请确认 http:// 与 https:// 没有写错，或查看服务端日志。"
    ),
    TrialOutcome.MOVED: (
        "{place} 要求转到另一个地址（HTTP {status}）。为了不把密钥交给别的主机，没有跟随；请填写最终地址。"
    ),
    TrialOutcome.BAD_KEY: "{place} 拒绝了密钥（HTTP {status}）。请重新复制密钥。",
    TrialOutcome.FORBIDDEN: "这个密钥没有使用 {model} 的权限（HTTP {status}）。请检查密钥和账户。",
    TrialOutcome.WRONG_PATH: "{place} 上没有这个接口（HTTP {status}）。地址通常以 /v1 结尾。",
    TrialOutcome.UNKNOWN_MODEL: "服务没有名为 {model} 的模型。请从它的模型列表中选择。",
    TrialOutcome.TOO_MANY: "额度已用完，或请求过于频繁（HTTP {status}）。请稍后再试，或查看账户。",
    TrialOutcome.NOT_ACCEPTED: (
        "服务不接受这次请求（HTTP {status}）。请确认 {model} 能作此用途，或查看服务端日志。"
    ),
    TrialOutcome.SERVER_FAILED: "服务端内部出错（HTTP {status}）。请稍后再试，或查看服务端日志。",
    TrialOutcome.OTHER_FORM: "{place} 有应答，但不是 OpenAI 兼容的格式。地址通常以 /v1 结尾。",
    TrialOutcome.EMPTY: "服务应答了，但没有内容。请确认 {model} 是对话模型。",
    TrialOutcome.NOT_STREAMED: "服务只能整段返回。本助手需要逐字返回（stream），请检查服务端或中间的代理。",
    TrialOutcome.OTHER_DIMENSION: (
        "可以连接，但向量为 {dimension} 维，现有索引为 {expected} 维。换用它要重建索引："
        "python -m assistant ingest --rebuild PATH…"
    ),
    TrialOutcome.WRONG_ORDER: "服务给出了分数，但没有把相关的一段排在前面。请确认 {model} 是重排模型。",
}
_SEEDLESS = "没有 {seeds} 文件夹，首次启动不会读入资料（见 ASSISTANT_SEEDS）"

CHINESE_SETTINGS = SettingsTexts(
    title="设置",
    tagline="正在运行什么，是否正常，以及怎样接入模型服务和其他程序。",
    overview="概况",
    models="模型服务",
    programs="程序接口",
    feedback="反馈",
    all="全部设置",
    answers="回答方式",
    by_quoting="摘录原文，不使用大模型",
    by_model="大模型 {}（{}）；不可用时摘录原文",
    embedder="向量模型",
    no_embedder="没有，只按关键词检索",
    dimensions="{}，{} 维",
    reranker="重排",
    own_order="自带排序",
    corpus="资料",
    corpus_counts="{} 份，{} 段",
    corpus_failed="，另有 {} 份未能读取",
    vectors="向量",
    vectors_done="{} / {} 段",
    storage="存储目录",
    page_language="默认语言",
    access="访问",
    access_open="仅限本机，不需要登录",
    access_login="需要登录",
    version="版本",
    health="运行检查",
    check_again="再次检查",
    checking="正在检查……",
    checked="{} 检查",
    all_well="全部正常",
    to_mend="{} 项需要处理",
    well="正常",
    not_well="需要处理",
    unexpected="检查时出现了意外错误，详情见运行程序的终端。",
    checks={
        "settings": "设置",
        "storage": "存储",
        "database": "数据库",
        "index": "索引",
        "ingestion": "读入",
        "vectors": "向量",
        "embedder": "向量模型",
        "reranker": "重排",
        "endpoint": "对话模型",
    },
    findings={
        "prose": "由 {model} 作答，不可用时摘录原文；向量模型 {embedder}；首次启动读入 {seeds}",
        "prose_without_seeds": "由 {model} 作答，不可用时摘录原文；向量模型 {embedder}；" + _SEEDLESS,
        "quotes": "摘录原文作答，未设置模型服务；向量模型 {embedder}；首次启动读入 {seeds}",
        "quotes_without_seeds": "摘录原文作答，未设置模型服务；向量模型 {embedder}；" + _SEEDLESS,
        "writable": "{path} 可以写入，剩余 {free} MB",
        "little_room": "{path} 只剩 {free} MB。请腾出空间，读入资料需要更多。",
        "full": "{path} 无法写入（{reason}）。请腾出空间，或另设 ASSISTANT_STORAGE。",
        "not_writable": "{path} 无法写入（{reason}）。请给运行程序的用户写入权限，或另设 ASSISTANT_STORAGE。",
        "no_database": "{path} 还不存在，尚未读入资料",
        "unreadable": "{path} 无法读取（{reason}）。请检查读取权限，以及是否被别的程序占用。",
        "damaged": "{path} 已损坏（{reason}）。请移走它，再运行 python -m assistant ingest PATH…",
        "whole": "{path} 完好",
        "finished": "没有未完成的读入",
        "unfinished": "索引尚未建完。如正在建立请等待，否则运行 python -m assistant ingest {paths}",
        "no_index": "尚未读入资料",
        "built": "由 {embedder} 建立，清洗版本 {cleaner}",
        "words_only": "{passages} 段，没有向量，只按关键词检索",
        "adrift": (
            "{passages} 段中有 {lost} 段没有向量，另有 {extra} 条多余的向量。"
            "请运行 python -m assistant ingest PATH… 修复。"
        ),
        "in_line": "{passages} 段，每段都有向量",
        "no_embedder": "没有，只按关键词检索",
        "embeds": "{model}，{length} 维，每次查询 {seconds:.2f} 秒",
        "other_length": (
            "{model} 给出 {length} 维，索引为 {dimension} 维。"
            "请运行 python -m assistant ingest --rebuild PATH… 重建。"
        ),
        "no_reranker": "未设置，使用自带排序",
        "reranks": "{model} 为两段文字打分用了 {seconds:.2f} 秒",
        "scores_missing": "{model} 只为 2 段中的 {count} 段打了分。请查看服务端日志。",
        "no_endpoint": "未设置，摘录原文作答",
        "works": "{place} 上的 {model} 在 {seconds:.1f} 秒内作答",
        **{outcome.value: line for outcome, line in _OUTCOMES.items()},
    },
    kind="用途",
    kinds={
        EndpointKind.CHAT: "对话模型",
        EndpointKind.EMBEDDINGS: "向量模型",
        EndpointKind.RERANK: "重排模型",
    },
    uses={
        EndpointKind.CHAT: "用大模型组织回答并改写追问。问题、前文和检索到的段落会发送到这个地址。",
        EndpointKind.EMBEDDINGS: "代替自带的向量模型。全部资料的文字和问题会发送到这个地址。",
        EndpointKind.RERANK: "决定段落的先后。问题和检索到的段落会发送到这个地址。",
    },
    address="地址",
    address_hint="例如 http://127.0.0.1:11434/v1",
    key="密钥",
    key_hint="本机服务可以不填",
    key_kept="已设置，留空则沿用",
    model="模型",
    model_hint="服务中的模型名",
    model_list="从列表中选择",
    test="测试",
    testing="正在询问 {}……",
    list_models="读取模型列表",
    no_models="服务没有列出模型，请手动填写模型名。",
    choose_model="选择模型",
    model_count="共 {} 个",
    use_address="改用 {}",
    address_missing="请填写地址。",
    fields_missing="请填写地址和模型。",
    enable="保存并启用",
    save="保存",
    enabled="已启用 {}，新的问题由它作答。",
    saved="已写入 .env，重新启动程序后生效。",
    at_restart="保存后要重新启动程序才生效。",
    rebuild_first=(
        "换用另一个向量模型后，先运行 python -m assistant ingest --rebuild PATH…，否则程序不会启动。"
    ),
    stop_using="停用",
    stop_using_what="停用后清除 .env 中的地址、密钥和模型名。",
    stopped_using="已停用，地址、密钥和模型名已从 .env 清除。",
    overruled="环境变量 {} 优先于 .env，在这里修改不会生效。请修改环境变量后重新启动。",
    evaluation_runs="评测正在进行，请等它结束或停止后再更换模型。",
    writes_to="保存时先测试，可用才写入 {}；密钥只写入该文件，页面不再显示。",
    test_only=(
        "这里需要登录，因此只能测试已设置的地址：如果登录者可以填写任意地址，"
        "就能借这台服务器访问内网。更改请编辑 .env 后重新启动。"
    ),
    not_configured="未设置",
    configured="{} · {}",
    works={
        EndpointKind.CHAT: "可用：{first:.2f} 秒出第一个字，共 {seconds:.2f} 秒，逐字返回",
        EndpointKind.EMBEDDINGS: "可用：{dimension} 维，{seconds:.2f} 秒",
        EndpointKind.RERANK: "可用：排序正确，{seconds:.2f} 秒",
    },
    counted="，输入 {} token，输出 {} token",
    outcomes=_OUTCOMES,
    name="名称",
    value="值",
    origin="来源",
    origins={
        Origin.ENVIRONMENT: "环境变量",
        Origin.FILE: ".env",
        Origin.DEFAULT: "默认",
    },
    secret_set="已设置",
    not_set="未设置",
    changing="重启后改变",
    all_hint="正在使用的值。环境变量优先于 .env；每一项的说明见 .env.example，修改后重新启动生效。",
    programs_hint="其他程序可以像调用 OpenAI 一样提问，回答同样带出处。",
    base_url="OpenAI 兼容地址",
    reference="接口文档",
    keys="密钥",
    keys_set="已设置 {} 个（ASSISTANT_API_KEYS），每次请求都要带上",
    keys_none="未设置（ASSISTANT_API_KEYS），只接受本机程序的请求",
    limits="限制",
    limits_line="每个密钥或地址每分钟 {} 次，每次请求不超过 {} KB",
    example="用 Python 调用",
    feedback_hint="对话中点赞、点踩和写下的意见，可以导出为评测题，在“评测”页中使用。",
    feedback_none="还没有反馈。",
    rated_up="有帮助",
    rated_down="没有帮助",
    commented="附有意见",
    feedback_download="下载评测题（JSONL）",
)
