#!/bin/bash
# Runs once, when the image makes the cluster: OneVisit's owner and database, the roles of API and worker with a login each
# that owns nothing (docs/operations/database.md), and Temporal's role and databases.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=onevisit_password="$ONEVISIT_DB_PASSWORD" --set=api_password="$ONEVISIT_API_DB_PASSWORD" \
  --set=worker_password="$ONEVISIT_WORKER_DB_PASSWORD" --set=temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role onevisit login password :'onevisit_password';
create role onevisit_api nologin;
create role onevisit_worker nologin;
create role onevisit_api_login login password :'api_password' in role onevisit_api;
create role onevisit_worker_login login password :'worker_password' in role onevisit_worker;
create role temporal login password :'temporal_password';
create database onevisit owner onevisit;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database onevisit, temporal, temporal_visibility from public;
grant connect, temporary on database onevisit to onevisit_api, onevisit_worker;
SQL
