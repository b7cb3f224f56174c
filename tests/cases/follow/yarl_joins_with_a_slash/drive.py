import asyncio

import main

asyncio.run(main.run(5))
