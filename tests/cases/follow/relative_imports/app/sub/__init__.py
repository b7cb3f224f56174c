from ..urls import API
