#!/bin/bash
# Runs once, when the image makes the cluster: one role and its own databases for OneVisit, one for Temporal.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=onevisit_password="$ONEVISIT_DB_PASSWORD" --set=temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role onevisit login password :'onevisit_password';
create role temporal login password :'temporal_password';
create database onevisit owner onevisit;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database onevisit, temporal, temporal_visibility from public;
SQL
