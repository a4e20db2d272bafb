"""The addresses of a learning call."""
