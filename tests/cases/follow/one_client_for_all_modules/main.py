import rfis
import users

rfis.all_of(3)
users.all_of(5)
