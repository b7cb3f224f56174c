from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    root: str = Field("/rest/v1.0", validation_alias=AliasChoices("APP_ROOT", "OLD_ROOT"))
