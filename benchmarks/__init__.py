"""``python -m benchmarks [NAME …]``: how fast it is, beside a peer, in one run. Never a test."""
