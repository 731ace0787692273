#!/bin/sh
# Brings Temporal's two databases to this version's schema; safe to run again, which is how upgrades get theirs.
set -eu

for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  folder=${pair##*:}
  tool() {
    temporal-sql-tool --plugin "$DB" --ep "$POSTGRES_SEEDS" --port "$DB_PORT" --user "$POSTGRES_USER" \
      --db "$database" "$@"
  }
  # Fails where the version tables exist already; whether they are right, the update tells.
  tool setup-schema --version 0.0 || true
  tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
