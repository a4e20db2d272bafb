"""The minutes of a call as files: Markdown, one web page, a document of an office program, JSON. They all say the same.

model.py     the minutes with their pictures, what each says in which order, and JSON
markdown.py  Markdown
web_page.py  one web page that opens without a network
document.py  a document (DOCX), its charts drawn by the office program
"""
