"""From a dropped file to a dataset: read apart, proposed, asked about, corrected, loaded.

upload_flow.py        the steps, in their order
on_the_way.py         a file on its way in
mapping_file_parts.py the mapping taken away as a file, and brought back; loaded_parts.py: what was loaded
inbox.py              a file from the server's own folder
file_reading.py       the process in which the file is read
open_questions.py     what the file leaves open, one line each
mapping_sentences.py  the mapping as sentences (stratifier_sentences.py, mapping_check.py)
load_job.py           one loading in the background
"""
