"""Runs inside the processes of the command that is observed.

These modules know nothing of the rest of the package: they are loaded by path, by whatever
Python runs the command, from 3.8 on, and need nothing but its standard library.
"""
