from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/vapid")


@router.get("/keys")
def keys():
    return {}


@app.get("/vapid/projects")
def stand_in_for_a_test():
    return []


app.include_router(router, prefix="/vapid")
