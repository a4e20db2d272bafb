"""A slice as dense blocks, and every cell of them beside what it is compared with: the pieces of every lens."""
