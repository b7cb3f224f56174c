from . import config, http
from .http import *

HOST = config.HOST
