from app.client import me

me()
