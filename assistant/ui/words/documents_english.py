"""The page of the documents in English."""

from __future__ import annotations

from assistant.ui.documents.reasons import in_english
from assistant.ui.words.documents_texts import DocumentsTexts

ENGLISH_DOCUMENTS = DocumentsTexts(
    drop="Drop files below: PDF, Word, Excel, PowerPoint, web pages, Markdown, CSV, text or zip, "
    "at most {} MB each (zip {} MB)",
    drop_button="Choose files",
    handed_in="Uploaded files: {}, done: {}",
    clear="Clear what is done",
    states={
        "waiting": "waiting",
        "reading": "reading",
        "read": "searchable",
        "known": "already there",
        "refused": "unreadable",
    },
    replaced="replaced the file of that name",
    same_as="same content as {}",
    documents_in="{} documents",
    unread_in="{} of them unreadable",
    passages="{} passages",
    vectors="vectors {:,} / {:,}",
    all_vectors="Making vectors {:,} / {:,}",
    seconds_left="about {} s left",
    minutes_left="about {} min left",
    tasks={
        "fill": "Completing the index",
        "upload": "Reading uploaded files",
        "reread": "Reading again",
        "rebuild": "Rebuilding the index",
        "remove": "Deleting",
    },
    step="files {:,} / {:,}",
    tasks_waiting="{} more waiting",
    busy="Another program is writing to the storage; this goes on by itself when it is done.",
    empty="There are no documents yet",
    empty_hint="Drop files above; you can ask as soon as they are read.",
    unknown="There is no document named “{}”; it may have been deleted or renamed.",
    spread="By time and company",
    by_year="By year",
    by_month="By month",
    by_company="By company (first {})",
    count="Documents",
    undated="{} undated",
    year_only="{} with a year only",
    no_company="{} about no company",
    chosen="{} chosen",
    reread="Read again",
    remove="Delete",
    rebuild="Rebuild the index",
    cancel="Cancel",
    remove_sure="Delete these documents ({}) from the index?",
    deletes_files="Uploaded: {}. Their files are deleted too and cannot be restored.",
    leaves_files="Not uploaded: {}. Their files stay in {} and are read again when that folder is ingested.",
    leaves_archives="In uploaded archives: {}. An archive is deleted with the last of its documents.",
    rebuild_sure="Read all {} documents again and rebuild the index? You can ask meanwhile; only what is "
    "read is searched.",
    rebuild_missing="{} files are gone; their documents will be unsearchable: {}",
    download="Download the file",
    download_archive="Download the archive",
    gone="The file is gone: {}",
    reason=in_english,
)
