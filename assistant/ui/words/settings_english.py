"""The page of the settings in English."""

from __future__ import annotations

from assistant.records.endpoints import EndpointKind, TrialOutcome
from assistant.setting_values import Origin
from assistant.ui.words.settings_texts import SettingsTexts

ENGLISH_SETTINGS = SettingsTexts(
    title="Settings",
    tagline="What is running, whether it is well, and how to connect models and other programs.",
    overview="Overview",
    models="Models",
    programs="API",
    feedback="Feedback",
    all="All settings",
    answers="Answers",
    by_quoting="Quoted from the documents, no language model",
    by_model="{} at {}; quoted from the documents if it fails",
    embedder="Embeddings",
    no_embedder="None; search by keywords only",
    dimensions="{}, {} dimensions",
    reranker="Reranking",
    own_order="Built-in ranking",
    corpus="Documents",
    corpus_counts="{} documents, {} passages",
    corpus_failed=", {} more could not be read",
    vectors="Vectors",
    vectors_done="{} of {} passages",
    storage="Storage folder",
    page_language="Default language",
    access="Access",
    access_open="This machine only, without login",
    access_login="Login required",
    version="Version",
    health="Health",
    check_again="Check again",
    checking="Checking…",
    checked="checked {}",
    all_well="All is well",
    to_mend="To be mended: {}",
    well="OK",
    not_well="To be mended",
    unexpected="The check failed unexpectedly; the terminal of the program has the details.",
    checks={
        "settings": "Settings",
        "storage": "Storage",
        "database": "Database",
        "index": "Index",
        "ingestion": "Ingestion",
        "vectors": "Vectors",
        "embedder": "Embeddings",
        "reranker": "Reranking",
        "endpoint": "Chat model",
    },
    findings={},
    kind="Used for",
    kinds={
        EndpointKind.CHAT: "Chat",
        EndpointKind.EMBEDDINGS: "Embeddings",
        EndpointKind.RERANK: "Reranking",
    },
    uses={
        EndpointKind.CHAT: (
            "Words the answers and the follow-up questions. "
            "The question, earlier turns and the passages found are sent to this address."
        ),
        EndpointKind.EMBEDDINGS: (
            "Takes the place of the built-in embedder. "
            "The text of all documents and the questions are sent to this address."
        ),
        EndpointKind.RERANK: (
            "Decides the order of the passages. The question and the passages found are sent to this address."
        ),
    },
    address="Address",
    address_hint="for example http://127.0.0.1:11434/v1",
    key="Key",
    key_hint="may be empty",
    key_kept="set; leave empty to keep it",
    model="Model",
    model_hint="its name there",
    model_list="Choose from the list",
    test="Test",
    testing="Asking {}…",
    list_models="List models",
    no_models="The endpoint lists no models; type the name of the model.",
    choose_model="Choose a model",
    model_count="models: {}",
    use_address="Use {}",
    address_missing="Enter the address.",
    fields_missing="Enter the address and the model.",
    enable="Save and use",
    save="Save",
    enabled="In use: {}. It answers from the next question on.",
    saved="Written to .env; it takes effect when the program is started again.",
    at_restart="It takes effect when the program is started again.",
    rebuild_first=(
        "After a change of the embeddings model run python -m assistant ingest --rebuild PATH… first, "
        "or the program will not start."
    ),
    stop_using="Stop using it",
    stop_using_what="Address, key and model are removed from .env.",
    stopped_using="No longer in use; address, key and model are removed from .env.",
    overruled="The environment sets {}, which overrules .env: change it there and start the program again.",
    evaluation_runs="An evaluation is running; wait for its end or stop it before you change the model.",
    writes_to=(
        "Saving tests the endpoint first and writes to {} only if it works. "
        "The key goes to that file alone; no page shows it."
    ),
    test_only=(
        "People log in here, so only the endpoints that are set can be tested: free addresses would let "
        "everybody reach the inner network through this server. "
        "To change them, edit .env and start the program again."
    ),
    not_configured="not set",
    configured="{} · {}",
    works={
        EndpointKind.CHAT: "It works: first token after {first:.2f} s, {seconds:.2f} s in all, streamed",
        EndpointKind.EMBEDDINGS: "It works: {dimension} dimensions, {seconds:.2f} s",
        EndpointKind.RERANK: "It works: in the right order, {seconds:.2f} s",
    },
    counted=", {} tokens in, {} tokens out",
    outcomes={
        TrialOutcome.UNKNOWN_HOST: (
            "There is no host {place}. Check the spelling, the network and the name server."
        ),
        TrialOutcome.REFUSED: (
            "{place} refuses the connection: nothing listens on this port. Is the server running?"
        ),
        TrialOutcome.UNREACHABLE: (
            "{place} cannot be reached ({reason}). Check the network, proxy and firewall."
        ),
        TrialOutcome.SLOW: (
            "{place} did not finish within {limit:g} s; it may be loading a model. "
            "Try again later, or raise ASSISTANT_TIMEOUT."
        ),
        TrialOutcome.TLS: (
            "The secure connection to {place} failed ({reason}). Check the certificate; "
            "if the server does not encrypt, the address begins with http://."
        ),
        TrialOutcome.BROKEN_OFF: (
            "{place} broke off ({reason}). Is it http:// or https://? Else see the log of the server."
        ),
        TrialOutcome.MOVED: (
            "{place} sends on to another address (HTTP {status}), which was not followed so that no other "
            "host gets the key. Enter the final address."
        ),
        TrialOutcome.BAD_KEY: "{place} refused the key (HTTP {status}). Copy it again.",
        TrialOutcome.FORBIDDEN: (
            "This key may not use {model} (HTTP {status}). Check the key and the account."
        ),
        TrialOutcome.WRONG_PATH: (
            "{place} has no such interface (HTTP {status}). The address usually ends in /v1."
        ),
        TrialOutcome.UNKNOWN_MODEL: "The endpoint has no model {model}. Choose one that it lists.",
        TrialOutcome.TOO_MANY: (
            "Out of quota, or asked too often (HTTP {status}). Try later, or see the account."
        ),
        TrialOutcome.NOT_ACCEPTED: (
            "The endpoint refused the request (HTTP {status}). Is {model} made for this? "
            "Else see the log of the server."
        ),
        TrialOutcome.SERVER_FAILED: ("The server failed (HTTP {status}). Try again later, or see its log."),
        TrialOutcome.OTHER_FORM: (
            "{place} replies, but not as OpenAI does. The address usually ends in /v1."
        ),
        TrialOutcome.EMPTY: "The endpoint replied with nothing. Is {model} a chat model?",
        TrialOutcome.NOT_STREAMED: (
            "The endpoint replies in one piece only. Streaming is needed here; "
            "check the server, or the proxy in between."
        ),
        TrialOutcome.OTHER_DIMENSION: (
            "It replies, but with {dimension} dimensions; the index has {expected}. "
            "To use it, rebuild: python -m assistant ingest --rebuild PATH…"
        ),
        TrialOutcome.WRONG_ORDER: (
            "It gave scores, but did not put the fitting text first. Is {model} a reranker?"
        ),
    },
    name="Name",
    value="Value",
    origin="From",
    origins={
        Origin.ENVIRONMENT: "environment",
        Origin.FILE: ".env",
        Origin.DEFAULT: "default",
    },
    secret_set="set",
    not_set="not set",
    changing="changes at the next start",
    all_hint=(
        "The values in use. The environment overrules .env; .env.example explains each setting, "
        "and a change takes effect at the next start."
    ),
    programs_hint="Other programs can ask as they ask OpenAI; the answers carry their sources.",
    base_url="OpenAI-compatible address",
    reference="Reference",
    keys="Keys",
    keys_set="{} set (ASSISTANT_API_KEYS); every request needs one",
    keys_none="none (ASSISTANT_API_KEYS); only programs on this machine are served",
    limits="Limits",
    limits_line="{} requests a minute of one key or address, {} KB a request at most",
    example="From Python",
    feedback_hint=(
        "The thumbs and comments of your conversations can be exported as questions for the evaluation page."
    ),
    feedback_none="There is no feedback yet.",
    rated_up="helpful",
    rated_down="not helpful",
    commented="with a comment",
    feedback_download="Download as questions (JSONL)",
)
