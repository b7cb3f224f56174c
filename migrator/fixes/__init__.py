"""The kinds of edit that are made on request only, each planned by a module of its own."""
