#!/usr/bin/env bash
# Lists https://api.procore.com/rest/v1.0/projects
for id in 1 2; do
  curl "https://api.procore.com/rest/v1.0/projects/$id/submittals" \
    -H 'Accept: application/json' >> "out/vapid/projects/$id.json"
done
