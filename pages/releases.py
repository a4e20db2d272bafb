"""Releases and links: freeze what may leave the team, see what was hidden, share it by a link, read the replies."""

from equity.sharing import damaged_releases_in, releases_in
from equity.store.files.home import home_folder
from equity.ui.layout import prose
from equity.ui.layout.empty_page import empty_page
from equity.ui.question.page_parts import page_title
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.sharing import release_parts
from equity.words.labels.pages import PAGE_TEXTS

page_title("releases")
place = sign_in.require("see_workspace").workspace
if sign_in.may("create_release"):
    with error_as_sentence():
        release_parts.plan_and_freeze()
prose.heading("Releases of this workspace")
found = releases_in(sign_in.database(), home_folder(), place)
for release in found:
    with error_as_sentence():
        release_parts.show_release(release)
for sentence in damaged_releases_in(sign_in.database(), home_folder(), place):
    prose.problem(sentence)
if not found:
    empty_page(PAGE_TEXTS["nothing_has_been_released_yet"], PAGE_TEXTS["release_example"])
