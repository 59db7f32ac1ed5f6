/** What the platform or the app asks on the way. */
import { expect, test } from 'vitest';
import { deedsOf } from './deeds.ts';
import { PostHouse } from './post-house.ts';

const openHouse = () => PostHouse.open({ platform: 'instagram' });

test.each([
  ['account-disabled', 'app.suspended'],
  ['checkpoint', 'app.checkpoint'],
] as const)('%s ends every script as %s, and nothing is touched', async (kind, code) => {
  await using house = await openHouse();
  house.simPhone.faults.add({ kind });
  expect(await house.endOf('follow', { target_user: 'harbor.kiln' }), house.story).toBe(code);
  house.nextTask();
  expect(await house.codeOf(), house.story).toBe(code);
  expect([deedsOf(house), house.journal.rows]).toEqual([[], []]);
  expect(house.recorder.steps.filter((step) => step.kind === 'tap')).toEqual([]);
});

test('a checkpoint that comes up in the middle ends it there', async () => {
  await using house = await openHouse();
  house.simPhone.faults.add({ kind: 'checkpoint', at: 'Next' });
  expect(await house.codeOf(), house.story).toBe('app.checkpoint');
  expect([deedsOf(house), house.journal.rows]).toEqual([[], []]);
});

test('an earlier draft is left alone: what is posted is ours, once', async () => {
  await using house = await openHouse();
  house.simPhone.faults.add({ kind: 'draft-prompt' });
  expect(await house.codeOf(), house.story).toBe('completed');
  expect(house.story).toContain('dialog instagram.dialog-resume-draft');
  expect(house.captions).toEqual(['a film']);
});

test('a warning that few will see the reel: it is shared all the same, once', async () => {
  await using house = await openHouse();
  house.simPhone.faults.add({ kind: 'limited-reach' });
  expect(await house.codeOf(), house.story).toBe('completed');
  expect(house.story).toContain('instagram.dialog-limited-reach');
  expect(house.captions).toEqual(['a film']);
  expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
});
