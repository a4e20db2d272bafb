"""What answers outside Streamlit: the outermost door, our own addresses, and what runs beside the pages.

host.py            what only the server that runs us knows, as a protocol
guard.py           the outermost door, before everything else
compression.py     the front end's files, compressed once
first_visit.py     what a first visit will need, named with the page
health.py          whether this server can serve
downloads.py       files with full numbers, for the person who was offered them
wishes.py          what a request may ask at all
content_policy.py  what a page may load and run
upload.py          a file's body straight to disk
upload_tickets.py  who may upload, and the files that came in
routes.py          our own addresses and the layers above the pages, as lists
start.py           what happens once, when the server starts, and the tidying up while it runs
weighing/          a decision weighed on a phone
sample_data.py     the made-up health system, loaded when it is absent
calls/            a learning call: its page, its cards, its event stream, and what participants send
"""
