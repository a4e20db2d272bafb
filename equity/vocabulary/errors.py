"""The one exception that a person can cause."""


class PlainError(ValueError):
    """Something a person can mend, said in one plain sentence that names the file, column, row and remedy.

    The message is shown as it is, on the page and on the command line's stderr (exit status 2).
    It never quotes the contents of a row: a row can hold a patient.
    """
