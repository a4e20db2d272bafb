"""From a dropped file to a dataset: read apart, proposed, asked about, corrected, loaded.

upload_flow.py        the steps, in their order
uploader.py           a file straight to disk (inbox.py: or from the server's own folder)
file_reading.py       the process in which the file is read
open_questions.py     what the file leaves open, one line each
mapping_sentences.py  the mapping as sentences (stratifier_sentences.py, mapping_check.py)
load_job.py           one loading in the background
"""
