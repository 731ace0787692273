/** The thread in which an API process makes documents, as it is built. */
import path from 'node:path';
import { renderThread } from '../../documents/render-apart';
import { readDocx } from '../support/read-document';

test('it makes one document after the other, and tells whoever is one too many', async () => {
  const thread = renderThread(path.resolve('dist/documents/render-worker.js'));
  const job = (name: string) => ({
    ...{ format: 'docx' as const, title: name, origin: '' },
    parts: [{ template: '# {{名称}}', data: { 名称: name } }],
  });
  const asked = Array.from({ length: 25 }, (_, at) => thread.render(job(`第${at}份`)));
  const outcomes = await Promise.allSettled(asked);
  const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(made).toHaveLength(21);
  expect(await readDocx(made.at(-1) ?? Buffer.alloc(0))).toContain('第20份');
  expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({
    ...{ kind: 'unavailable', type: 'documents-busy' },
  });
  // What can't be made leaves the thread to the next.
  const broken = { ...job('坏'), parts: [{ template: '{{#坏', data: {} }] };
  await expect(thread.render(broken)).rejects.toThrow(/Unclosed/);
  expect(await readDocx(await thread.render(job('好')))).toContain('好');
  await thread.close();
});
