"""What the account of an answer says, in English."""

from __future__ import annotations

from assistant.records import Reason
from assistant.ui.words.why_texts import WhyTexts

ENGLISH_WHY = WhyTexts(
    reasons={
        Reason.LIKELY: (
            "The best sentence found answers the question with a likelihood of {likelihood}, "
            "which reaches the threshold of {threshold}."
        ),
        Reason.PART: "The question was searched for part by part, and one of them at least is answered.",
        Reason.COMPANIES: "The question asks about several companies; the best sentence for each was taken.",
        Reason.SIDES: "The question asks about several years, periods or things; each was searched for.",
        Reason.OVERVIEW: "The question names a company only; the best sentence of each article was taken.",
        Reason.BYLINE: "It asks for a title, author, date or publisher, which the article's byline gives.",
    },
    refused={
        Reason.COMPANIES: "The question asks about several companies, and nothing was found of any of them.",
        Reason.SIDES: "The question asks about several years, periods or things, and none was found.",
        Reason.OVERVIEW: "Nothing was found that is mainly about this company.",
        Reason.GREETING: "This asks nothing of the documents, so nothing was searched.",
        Reason.EXCLUDED: "No document fits the filters.",
        Reason.NOTHING_FOUND: "No passage was found to judge.",
        Reason.RULED_OUT: (
            "Every sentence found is of another company, year or subject, or lacks the figure or date asked."
        ),
        Reason.UNLIKELY: (
            "The best sentence found answers the question with a likelihood of only {likelihood}, "
            "below the threshold of {threshold}."
        ),
        Reason.UNRELATED: "What was found for the question as understood has nothing of what was typed.",
        Reason.NO_BYLINE: "The bylines of the articles do not say it.",
        Reason.DECLINED: "The model read the passages found and saw no answer in them.",
    },
    against={
        "another company": "another company",
        "another year": "another year",
        "another row": "another row",
        "another subject": "another subject",
        "no value": "not the value asked for",
    },
    steps={"understand": "understanding", "search": "search", "judge": "judgement", "write": "writing"},
    searched="Searched for",
    limited="Filters",
    steered="Hints",
    steered_how="{} (preferred, nothing shut out)",
    missing="Not found",
    took="Time",
    place="Rank",
    source="Passage",
    lexical="Words",
    dense="Meaning",
    rerank="Reranker",
    score="Sum",
    likelihood="Likelihood",
    ruled_out="ruled out: {}",
    rank="no. {}",
    cited="cited",
    legend=(
        "Words: BM25; meaning: cosine; “no. n” is the place among the candidates of that search, — means it "
        "did not find the passage. Sum: both, standardised and added, which picks the candidates. "
        "Likelihood: that the best sentence of the passage answers. The sentences decide the rank."
    ),
    legend_rerank="Reranker: the score of the reranking endpoint.",
    briefing="This sums a company up: all {} passages about it were read, none was ranked.",
    comparison="This compares companies: all passages about them were read, none was ranked.",
)
