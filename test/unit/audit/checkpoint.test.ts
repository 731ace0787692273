import { formatKey, parseKey, readCheckpoint, signCheckpoint } from '../../../domain/audit/checkpoint';
import { testSigner } from '../../support/audit-signing';

const signer = testSigner();
const checkpoint = {
  size: 1234,
  root: 'ab'.repeat(32),
  at: new Date('2026-11-28T00:10:00.000Z'),
  reason: 'campaign.draw campaign/2026-001',
};

test('a checkpoint is a signed note that whoever has the public key can read', () => {
  const note = signCheckpoint(signer, checkpoint);
  expect(note.split('\n').slice(0, 6)).toEqual([
    'onevisit.invalid/audit',
    '1234',
    Buffer.from(checkpoint.root, 'hex').toString('base64'),
    'at 2026-11-28T00:10:00.000Z',
    'for campaign.draw campaign/2026-001',
    '',
  ]);
  const key = parseKey(formatKey(signer));
  expect(key).not.toBeNull();
  expect(readCheckpoint(note, key ? [key] : [])).toEqual({ ok: true, checkpoint, keyId: signer.id });
});

test('of several keys, the one that signed is taken; another one of the same name is not', () => {
  const note = signCheckpoint(signer, checkpoint);
  const later = testSigner();
  expect(readCheckpoint(note, [later, signer])).toMatchObject({ ok: true, keyId: signer.id });
  expect(readCheckpoint(note, [later])).toEqual({ ok: false, why: 'unknown-key' });
});

test.each(['1234', 'for campaign.draw', 'at 2026'])(
  'a note whose %s was changed has a wrong signature',
  (part) => {
    const note = signCheckpoint(signer, checkpoint);
    const changed = note.replace(
      part,
      part.replace(/\d$|w$/, (last) => (last === 'w' ? 'x' : '9')),
    );
    expect(changed).not.toBe(note);
    expect(readCheckpoint(changed, [signer])).toEqual({ ok: false, why: 'signature' });
  },
);

test('what is no note, or no key, is told apart from a wrong one', () => {
  expect(readCheckpoint('', [signer])).toEqual({ ok: false, why: 'form' });
  expect(parseKey('a+b+c')).toBeNull();
  expect(parseKey(formatKey(signer).replace('+', '2+'))).toBeNull();
});
