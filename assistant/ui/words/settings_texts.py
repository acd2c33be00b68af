"""What the page of the settings says, whatever the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.records.endpoints import EndpointKind, TrialOutcome
from assistant.setting_values import Origin


@dataclass(frozen=True, slots=True)
class SettingsTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`.

    `findings` word what `doctor` found, by code; a code that is missing keeps its English line.
    """

    title: str
    tagline: str
    overview: str
    models: str
    programs: str
    feedback: str
    all: str
    answers: str
    by_quoting: str
    by_model: str
    embedder: str
    no_embedder: str
    dimensions: str
    reranker: str
    own_order: str
    corpus: str
    corpus_counts: str
    corpus_failed: str
    vectors: str
    vectors_done: str
    storage: str
    page_language: str
    access: str
    access_open: str
    access_login: str
    version: str
    health: str
    check_again: str
    checking: str
    checked: str
    all_well: str
    to_mend: str
    well: str
    not_well: str
    unexpected: str
    checks: Mapping[str, str]
    findings: Mapping[str, str]
    kind: str
    kinds: Mapping[EndpointKind, str]
    uses: Mapping[EndpointKind, str]
    address: str
    address_hint: str
    key: str
    key_hint: str
    key_kept: str
    model: str
    model_hint: str
    model_list: str
    test: str
    testing: str
    list_models: str
    no_models: str
    choose_model: str
    model_count: str
    use_address: str
    address_missing: str
    fields_missing: str
    enable: str
    save: str
    enabled: str
    saved: str
    at_restart: str
    rebuild_first: str
    stop_using: str
    stop_using_what: str
    stopped_using: str
    overruled: str
    evaluation_runs: str
    writes_to: str
    test_only: str
    not_configured: str
    configured: str
    works: Mapping[EndpointKind, str]
    counted: str
    outcomes: Mapping[TrialOutcome, str]
    name: str
    value: str
    origin: str
    origins: Mapping[Origin, str]
    secret_set: str
    not_set: str
    changing: str
    all_hint: str
    programs_hint: str
    base_url: str
    reference: str
    keys: str
    keys_set: str
    keys_none: str
    limits: str
    limits_line: str
    example: str
    feedback_hint: str
    feedback_none: str
    rated_up: str
    rated_down: str
    commented: str
    feedback_download: str
