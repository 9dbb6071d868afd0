"""The tables, one file for each feature: a statement asks its own feature's file, so that a start makes only the tables
that it reads. `whole` knows every one of them.

Statements name their columns (`purchases.c.amount`) and are built once; there are no objects of a session: a round trip
costs 15 microseconds instead of 300, and the object mapper need not be imported.
"""
