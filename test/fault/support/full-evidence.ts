/** A photo of a visit while the disk of evidence is full: it is refused in words, nothing of it stays, and later there is room. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import type { Officials } from '../../../server/demo/officials';
import { png } from '../../support/evidence';
import type { Site } from './site';

interface Place {
  visit: number;
  item: string;
  inspector: string;
}

export async function photoOnFullDisk(site: Site, db: Knex, officials: Officials): Promise<void> {
  const disk = site.disks.evidence;
  if (!disk) throw new Error('this machine lets nobody mount a disk');
  const { visit, item, inspector } = await somePlace(db);
  const person = await officials.as(inspector.toLowerCase());
  const send = () =>
    person.post(`/visits/${visit}/evidence?item=${item}&fileName=photo.png`, {
      file: png(visit % 65_536),
    });
  disk.fill();
  try {
    await expect(send()).rejects.toMatchObject({ type: 'evidence-no-space' });
  } finally {
    disk.free();
  }
  await send();
}

/** Somebody who has yet to go somewhere. */
async function somePlace(db: Knex): Promise<Place> {
  const { rows } = await db.raw<{ rows: Place[] }>(
    `select v.id as visit, vi.item_code as item, i.code as inspector
       from visits v
       join visit_items vi on vi.visit_id = v.id and vi.result_code is null
       join items on items.code = vi.item_code
       join assignments a on a.visit_id = v.id
       join inspectors i on i.id = a.inspector_id and i.department_code = items.department_code
      order by v.campaign_id desc, v.number, vi.item_code, i.code limit 1`,
  );
  const [place] = rows;
  if (!place) throw new Error('nobody has to go anywhere');
  return place;
}

/** Every file that a row stands on is there, and nothing beside them. */
export async function expectEvidenceKept(site: Site, db: Knex, photos: number): Promise<void> {
  const folder = site.config.evidenceFolder;
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const rows = await db('evidence').pluck<string[]>('object_key');
  expect(rows).toHaveLength(photos);
  expect(kept.sort()).toEqual(rows.sort());
}
