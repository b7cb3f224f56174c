from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    procore_url: str
    timeout: int = 10


settings = Settings()
