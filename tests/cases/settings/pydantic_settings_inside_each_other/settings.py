from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Api(BaseModel):
    host: str = "https://api.procore.com"
    prefix: str = "/rest/v1.0"


class Push(BaseModel):
    host: str = "https://push.example.com"
    prefix: str = "/keys"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", env_nested_delimiter="__", extra="ignore"
    )

    procore: Api = Field(default_factory=Api)
    push: Push = Field(default_factory=Push)


settings = Settings()
