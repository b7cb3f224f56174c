"""Turns a scan into something to look at: one module a format, each one pure function.

Every format that shows parts of the analysed code makes them harmless first: ``clean``
spells out what could drive a terminal and masks secrets, and the template of a format
escapes what would be syntax in it.
"""
