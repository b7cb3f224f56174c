import requests
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROCORE_")

    base_url: str = "https://api.procore.com/vapid"
    timeout: int = 5


settings = Settings()
requests.get(f"{settings.base_url}/me", timeout=settings.timeout)
