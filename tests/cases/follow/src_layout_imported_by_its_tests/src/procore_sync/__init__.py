from procore_sync.client import Client

__all__ = ["Client"]
