from acme.sync import jobs

jobs.run()
