"""Upload: drop an extract, correct what its columns mean, see how it reads, load it. Until then nothing changes."""

from equity.ui.layout import prose
from equity.ui.question.page_parts import page_title
from equity.ui.upload import loaded_parts, upload_flow
from equity.vocabulary import PlainError
from equity.words.labels.pages import PAGE_TEXTS

page_title("upload")
try:
    upload = upload_flow.receive()
    held = loaded_parts.loaded()
    if held is not None:
        loaded_parts.show_loaded(held)
    elif upload is None:
        loaded_parts.show_steps()
    else:
        answers = upload_flow.ask(upload)
        if not answers.waiting:
            mapping = upload_flow.correct(upload, answers)
            checked = upload_flow.preview(upload, mapping)
            upload_flow.load(upload, mapping, checked)
except PlainError as error:
    prose.problem(PAGE_TEXTS["what_was_loaded_before"].format(error=error))
