/** What programmers read of the API. */
import { createConfig, lintDocument, makeDocumentFromString, BaseResolver } from '@redocly/openapi-core';
import { contract } from '../../api/contract';
import { visitedTown } from './support/visited-town';

const site = visitedTown();

test('the document is valid OpenAPI 3.1', async () => {
  const text = await (await fetch(`${site.town.url}/api/v1/openapi.json`)).text();
  expect((JSON.parse(text) as { openapi: string }).openapi).toBe('3.1.0');
  const config = await createConfig({
    rules: {
      struct: 'error',
      'no-unresolved-refs': 'error',
      'no-identical-paths': 'error',
      'operation-operationId-unique': 'error',
      'operation-parameters-unique': 'error',
      'path-parameters-defined': 'error',
      'security-defined': 'error',
      'no-invalid-media-type-examples': 'error',
    },
  });
  const problems = await lintDocument({
    document: makeDocumentFromString(text, 'openapi.json'),
    externalRefResolver: new BaseResolver(),
    config: config.styleguide,
  });
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`),
  ).toEqual([]);
});

test('the page shows every operation, under a policy that lets in nothing from elsewhere', async () => {
  const page = await site.visitors.visitor('programmer');
  await page.goto('/api/docs');
  await page.getByRole('heading', { name: /一次查 OneVisit/ }).waitFor();
  await page.locator('.opblock').first().waitFor();
  // Of so many the page draws those in sight.
  const operations = await page.evaluate('window.ui.specSelectors.operations().size');
  expect(operations).toBe(Object.keys(contract).length);
  await page.locator('#operations-session-signIn').getByRole('button').first().click();
  await page.getByText('application/problem+json').first().waitFor();
  expect(site.visitors.troubles()).toEqual([]);
});
