"""Moves Python code off Procore's sunset ``/vapid`` API onto ``/rest/v1.0``."""

__version__ = "0.1.0"
