from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROCORE_API_", env_file=".env")

    host: str = "https://api.procore.com"
    namespace: str = "rest/v1.0"
    timeout: int = 10


settings = Settings()
