"""Other languages for what leaders and the public meet: a file of texts each, and the language's own rules.

language.py    what a language is: its texts by key, its names for standard groups, its plurals, months and glossary
english.py     the texts of the pages that a link opens
spanish.py     the same in the Spanish of the United States
spanish_glossary.py   the glossary
call_page.py   what a learning call's page says in each language; spanish_call.py, and call_pages.py lists them
phone_pages.py the pages that open on a phone without an account (weighing, applying); spanish_phone.py
leader_page.py a release's sentences in a language other than English, from the same facts

A key without a text in one language is found by tests/words/languages/test_languages.py.
"""
