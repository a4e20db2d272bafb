"""The page of learning calls. A call itself runs on pages of its own (`equity/server/calls/page`).

opening.py   choosing the cards, the agenda and who may see what, then starting
running.py   the link, the code and the QR code of a call; the calls that there are
minutes.py   the minutes, as a page and as files
"""
