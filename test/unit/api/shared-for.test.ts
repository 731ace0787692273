import { sharedFor } from '../../../api/shared-for';

const owner = {};

test('many who ask at once are answered by one question', async () => {
  const shared = sharedFor<number>(60_000);
  let asked = 0;
  const answers = await Promise.all(
    Array.from({ length: 500 }, () => shared(owner, 'code', () => Promise.resolve(++asked))),
  );
  expect(new Set(answers)).toEqual(new Set([1]));
});

test('an answer that is too old is made anew', async () => {
  const shared = sharedFor<number>(0);
  let asked = 0;
  const ask = () => shared(owner, 'code', () => Promise.resolve(++asked));
  expect([await ask(), await ask()]).toEqual([1, 2]);
});

test('questions and owners are kept apart', async () => {
  const shared = sharedFor<string>(60_000);
  expect(await shared(owner, 'a', () => Promise.resolve('1'))).toBe('1');
  expect(await shared(owner, 'b', () => Promise.resolve('2'))).toBe('2');
  expect(await shared({}, 'a', () => Promise.resolve('3'))).toBe('3');
});

test('a failure is told to those who wait and not kept', async () => {
  const shared = sharedFor<string>(60_000);
  await expect(shared(owner, 'code', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(shared(owner, 'code', () => Promise.resolve('back'))).resolves.toBe('back');
});
