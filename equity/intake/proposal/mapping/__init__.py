"""The mapping as it is written and read: TOML in, TOML out, answers to open questions put into it."""
