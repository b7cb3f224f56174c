import main
from main import *

API = main.HOST + "/vapid"
