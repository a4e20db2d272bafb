"""Cards: the finding, the chart, the table that proves it, and the recipe that makes it again. No Streamlit here.

card.py            what a card holds
page_question.py   what may be asked of a dataset, and the question that a link comes to
recipe.py          how a card is made again, as a link says it
source.py          whose numbers a card shows: what it may ask
chart_overlays.py  what people laid over the charts of a question
maker.py           what it takes to make one card from its question; made_again.py from its recipe

The others hold the cards of each page, a module a page. Each asks (`ask`), makes its cards from the answer (a function
a card), and lists in `CARDS` how each is made from a question alone: by that its page's cards are found.
"""
