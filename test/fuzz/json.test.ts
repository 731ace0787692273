/** Bodies of the API: whatever is sent is taken or refused by the contract, endpoint by endpoint. */
import fc from 'fast-check';
import { contract } from '../../api/contract';
import type { Endpoint } from '../../api/contract/endpoint';
import { fuzz } from './support/guarded-parser';
import { spoilt, spoiltValue } from './support/mutations';
import { exampleOf } from './support/example-of';

const withBody = (Object.entries(contract) as [string, Endpoint][]).flatMap(([endpoint, { body }]) =>
  body === undefined ? [] : [{ endpoint, example: exampleOf(body) }],
);

test('bodies whose members are anything', async () => {
  const bodies = fc
    .constantFrom(...withBody)
    .chain(({ endpoint, example }) =>
      spoiltValue([example]).map((body) => ({ endpoint, text: JSON.stringify(body) })),
    );
  await fuzz('json', bodies, (input) => JSON.stringify(input));
});

test('texts that are hardly JSON', async () => {
  const texts = fc
    .constantFrom(...withBody)
    .chain(({ endpoint, example }) => spoilt([JSON.stringify(example)]).map((text) => ({ endpoint, text })));
  await fuzz('json', texts, (input) => JSON.stringify(input));
});
