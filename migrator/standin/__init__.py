"""Stands in for Procore's API on this machine, as it is after the sunset of ``/vapid``."""
