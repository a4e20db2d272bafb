"""What Streamlit has none of, drawn in the browser by a few lines of our own, whatever it is about.

chart.py          a figure, in a place of its own
downloading.py    a file with full numbers, for its own person alone
uploader.py       a file straight to disk
phone_address.py  a link as a QR code
picked_day.py     a day from a calendar
"""
