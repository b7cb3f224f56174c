#!/bin/sh
vapid --gen
mv private_key.pem vapid/
