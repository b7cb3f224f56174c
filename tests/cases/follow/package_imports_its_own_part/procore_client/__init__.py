from . import paths

ME = paths.HOST + paths.ME
