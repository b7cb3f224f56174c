#!/usr/bin/env bash
# Lists https://api.procore.com/vapid/projects
for id in 1 2; do
  curl "https://api.procore.com/vapid/projects/$id/submittals" \
    -H 'Accept: application/json' >> "out/vapid/projects/$id.json"
done
