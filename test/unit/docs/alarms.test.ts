import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import knex from 'knex';
import { parse } from 'yaml';
import { createInstruments, watchPool } from '../../../server/metrics/instruments';
import { stateGauges } from '../../../server/metrics/state-gauges';

const FOLDER = path.join(__dirname, '../../../docs/operations');

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

const { groups } = parse(readFileSync(path.join(FOLDER, 'alarms.yml'), 'utf8')) as {
  groups: { name: string; rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);

/** `up` is Prometheus' own, and Temporal's are looked for where a worker runs (test/e2e/observed.test.ts). */
const FROM_OUTSIDE = /^(up|temporal_\w+)$/;

function ownMetrics(): Set<string> {
  const instruments = createInstruments('api');
  // Never asked: only the names are looked at.
  const db = knex({ client: 'pg' });
  stateGauges(instruments.registry, db, () => null);
  watchPool(instruments, { numUsed: () => 0, numFree: () => 0, numPendingAcquires: () => 0 });
  return new Set(instruments.registry.getMetricsAsArray().map(({ name }) => name));
}

test('each alarm names metrics that exist', () => {
  const known = ownMetrics();
  expect(rules.length).toBeGreaterThan(10);
  for (const { alert, expr } of rules) {
    const named = [...expr.matchAll(/\b(up|onevisit_\w+|temporal_\w+)\b(?=[{[\s)]|$)/g)].map(
      ([, name = '']) => name,
    );
    expect([alert, named.length > 0]).toEqual([alert, true]);
    for (const name of named) {
      const metric = name.replace(/_(bucket|count|sum)$/, '');
      expect([alert, metric, FROM_OUTSIDE.test(metric) || known.has(metric)]).toEqual([alert, metric, true]);
    }
  }
});

test('each alarm has its runbook in both languages, and no runbook is without an alarm', () => {
  for (const { alert, labels, annotations } of rules) {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.runbook).toBe(`runbooks/${alert}.md`);
    const file = path.join(FOLDER, annotations.runbook);
    expect([alert, existsSync(file)]).toEqual([alert, true]);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('**影响**');
    expect(text).toContain('**What it means**');
  }
  expect(readdirSync(path.join(FOLDER, 'runbooks')).sort()).toEqual(
    rules.map(({ alert }) => `${alert}.md`).sort(),
  );
});

test('brackets and quotes of every expression are closed', () => {
  for (const { alert, expr } of rules) {
    const outside = expr.replace(/"[^"]*"/g, '');
    expect([alert, outside.includes('"')]).toEqual([alert, false]);
    for (const [open, close] of ['()', '[]', '{}'])
      expect([alert, outside.split(open ?? '').length]).toEqual([alert, outside.split(close ?? '').length]);
  }
});
