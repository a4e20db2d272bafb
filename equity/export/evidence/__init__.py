"""The evidence pack as files: a document of an office program, one web page, JSON. They all say the same.

model.py     JSON, and what every format says in which order
web_page.py  one web page that opens without a network
document.py  a document (DOCX)
"""
