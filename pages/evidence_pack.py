"""Evidence pack: what the workspace can show for each requirement, each sentence with where it stands, and as files."""

from equity.actions.evidence.making import make_pack
from equity.store.files.home import home_folder
from equity.ui.layout import prose
from equity.ui.network import evidence_parts
from equity.ui.question.page_parts import page_title
from equity.ui.session.workspace import allowed_at, here
from equity.words.work import evidence as words

page_title("evidence_pack")
place = allowed_at(here(), "export")
prose.paragraph(words.PURPOSE)
release = evidence_parts.choose_release(place)
evidence_parts.show_pack(place, make_pack(place, home_folder(), release_id=release))
