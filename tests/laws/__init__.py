"""Random programs that send known URLs, for the laws that every scan has to keep."""
