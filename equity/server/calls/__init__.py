"""The addresses of a learning call, on the pages' server and on one of their own (`call serve`).

addresses.py  which addresses there are, who may use them, and how a refusal is said
rooms.py      the calls that this process serves, kept up with their logs
stream.py     a call as an event stream
pictures.py   the cards as finished bytes, one kind of reader at a time
limits.py     how fast somebody may send
stopping.py   whether this process has been told to stop
page/         the participant's page
"""
