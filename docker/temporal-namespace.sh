#!/bin/sh
# Makes OneVisit's namespace when it is missing.
set -eu

tries=30
until temporal operator cluster health; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 2
done
temporal operator namespace describe --namespace onevisit ||
  temporal operator namespace create --namespace onevisit --retention "$RETENTION"
