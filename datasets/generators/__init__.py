"""One module for each table; its function of the same name makes the table from a seed.

A table that is typed from a source takes no seed.
"""
