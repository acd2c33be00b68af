"""What `doctor` says in English, by the code of what it found; the pages have the same in their languages."""

from __future__ import annotations

from collections.abc import Mapping

_REBUILD = "run: python -m assistant ingest --rebuild PATH…"
_SEEDLESS = "no folder {seeds}, so the first start ingests nothing; ASSISTANT_SEEDS names it"
_KEY = "refused the key; mend OPENAI_API_KEY"
_AT = "{model} at {place}: "

LINES: Mapping[str, str] = {
    "prose": "answers by {model}, then by quoting; embedder {embedder}; first start ingests {seeds}",
    "prose_without_seeds": "answers by {model}, then by quoting; embedder {embedder}; " + _SEEDLESS,
    "quotes": "answers by quoting, no endpoint is set; embedder {embedder}; first start ingests {seeds}",
    "quotes_without_seeds": "answers by quoting, no endpoint is set; embedder {embedder}; " + _SEEDLESS,
    "writable": "{path} is writable, {free} MB free",
    "little_room": "{path} has {free} MB left; make room, ingestion needs more",
    "full": "{path} cannot be written: {reason}; make room, or set ASSISTANT_STORAGE",
    "not_writable": (
        "{path} cannot be written: {reason}; give this user the right to write there, "
        "or set ASSISTANT_STORAGE"
    ),
    "no_database": "{path} does not exist yet; nothing is ingested",
    "unreadable": "{path} cannot be read ({reason}); see who may read it and what holds it",
    "damaged": "{path} is damaged ({reason}); move it away and run: python -m assistant ingest PATH…",
    "whole": "{path} is whole",
    "finished": "none is unfinished",
    "unfinished": (
        "the index is not complete; wait if it is being built, else run: python -m assistant ingest {paths}"
    ),
    "no_index": "nothing is ingested yet",
    "built": "built with {embedder}, cleaner {cleaner}",
    "words_only": "{passages} passages, no vectors; only the lexical leg serves",
    "adrift": (
        "{lost} of {passages} passages without vector, {extra} vectors too many; "
        "run: python -m assistant ingest PATH…, which repairs them"
    ),
    "in_line": "one for each of {passages} passages",
    "no_embedder": "none; only the lexical leg serves",
    "embeds": "{model}, {length} dimensions, {seconds:.2f} s a query",
    "other_length": "{model} gave {length} dimensions instead of {dimension}; " + _REBUILD,
    "no_reranker": "not set; our own ranking decides the order",
    "reranks": "{model} scored two texts in {seconds:.2f} s",
    "scores_missing": "{model} scored {count} of 2 texts; see the log of the server",
    "no_endpoint": "not set; the quoting engine answers",
    "works": "{model} at {place} answered in {seconds:.1f} s",
    "unknown_host": _AT + "no such host; see OPENAI_BASE_URL and the network",
    "refused": _AT + "cannot be reached (connection refused); is it running, and is OPENAI_BASE_URL right?",
    "unreachable": _AT + "cannot be reached ({reason}); is it running, and is OPENAI_BASE_URL right?",
    "slow": _AT + "no answer in {limit:g} s; is it loading a model? ASSISTANT_TIMEOUT sets how long to wait",
    "tls": _AT + "no secure connection ({reason}); see the certificate, or http:// in OPENAI_BASE_URL",
    "broken_off": _AT + "cannot be reached ({reason}, it hung up); http:// or https:// in OPENAI_BASE_URL?",
    "moved": _AT + "HTTP {status}: sends on to another address; put the final one into OPENAI_BASE_URL",
    "bad_key": _AT + "HTTP {status}: " + _KEY,
    "forbidden": _AT + "HTTP {status}: " + _KEY + ", or OPENAI_MODEL if it may not be used with it",
    "wrong_path": (
        _AT + "HTTP {status}: does not know the address or the model; "
        "see OPENAI_BASE_URL (ends in /v1?) and OPENAI_MODEL"
    ),
    "unknown_model": _AT + "does not have this model; see OPENAI_MODEL",
    "too_many": _AT + "HTTP {status}: is out of quota or asked too often; wait, or see the account",
    "not_accepted": _AT + "HTTP {status}: refused the request; see OPENAI_MODEL",
    "server_failed": _AT + "HTTP {status}: the server failed; try again later",
    "other_form": _AT + "the reply is no chat completion; should OPENAI_BASE_URL end in /v1?",
    "not_streamed": _AT + "replies in one piece though asked to stream; see the log of the server",
    "empty": _AT + "the reply is empty; see whether OPENAI_MODEL is a chat model",
}
