from .http import get
from .urls import API as BASE

__all__ = ["BASE", "get"]
