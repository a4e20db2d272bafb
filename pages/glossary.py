"""Glossary: the words that the pages use, each in plain sentences."""

import streamlit as st

from equity.ui.layout import prose
from equity.ui.session import language
from equity.words import glossary

language.switch()
of = language.chosen()
prose.title(of.say("glossary.title"), of.say("glossary.asks"))
sought = st.text_input(of.say("glossary.find"), placeholder=of.say("glossary.such_as"), max_chars=60, key="sought_word")
found = glossary.matching(sought, of.glossary)
if found:
    prose.terms(found)
else:
    prose.paragraph(of.say("glossary.none"))
