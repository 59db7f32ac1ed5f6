import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { migrations } from './migrate.ts';

test('migrations stand in the order of their numbers: a database lists what it has had by name', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});

test('a database that has had them all is opened again', async () => {
  await using temp = new TempStore();
  await temp.reopen();
  await temp.reopen();
});
