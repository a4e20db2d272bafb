"""Weighing a decision on a phone: a page of our own, whole without a script and without a Streamlit session.

GET  /weigh/TOKEN             the page: what is decided, the lens, the criteria, one's own points and nobody else's
POST /weigh/TOKEN             a form (lens, points by criterion, done): keeps them, answers with the page again
GET  /weigh/files/weigh.js    adds the points up while they are typed

A phone is known again by a cookie that only this link's address gets. No number of the data is on the page.
"""

from __future__ import annotations

from equity.server.weighing.addresses import routes

__all__ = ["routes"]
