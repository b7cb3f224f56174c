from typing import Generic, Protocol, TypeVar

import httpx

T = TypeVar("T")


class Transport(Protocol):
    def fetch(self, path: str) -> list: ...


class Http:
    def __init__(self):
        self.inner = httpx.Client(base_url="https://api.procore.com/vapid")

    def fetch(self, path: str) -> list:
        return self.inner.get(path).json()


class Repository(Generic[T]):
    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def all(self, company_id: int) -> list[T]:
        return self.transport.fetch(f"/companies/{company_id}/vendors")


Repository[dict](Http()).all(5)
