import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { silentLog } from '../base/log.ts';
import { defaultSettings, settingKeys, settingSchemas } from '../contract/settings.ts';
import { effectKinds } from '../contract/task-states.ts';
import { tailEvents } from '../store/events.ts';
import { writeSetting } from '../store/settings.ts';
import { LiveSettings } from './settings.ts';

const liveOver = ({ store }: TempStore) => new LiveSettings({ store, log: silentLog });

test('the defaults and ceilings are those of the conduct rules', () => {
  const limits = effectKinds.map((kind) => {
    const schema = settingSchemas[`conduct.${kind}_per_day`];
    return [kind, defaultSettings[`conduct.${kind}_per_day`], 'maximum' in schema ? schema.maximum : undefined];
  });
  expect(limits).toEqual([
    ['post', 10, 25],
    ['follow', 30, 100],
    ['unfollow', 30, 100],
    ['comment', 20, 50],
    ['like', 60, 150],
    ['favourite', 60, 150],
  ]);
  expect(defaultSettings).toMatchObject({ 'conduct.min_gap_s': 30, 'conduct.accounts_per_target': 3 });
});

test('a change is checked, kept over a restart, told as an event with the person, and can be taken back', async () => {
  await using temp = new TempStore();
  const settings = liveOver(temp);
  let told = 0;
  settings.onChange(() => {
    told += 1;
  });
  await settings.change({ max_retry_count: 5, 'conduct.post_per_day': 25 }, 'anna');
  expect(settings.get('max_retry_count')).toBe(5);
  expect(told).toBe(1);
  expect(
    settings
      .list()
      .filter((row) => row.origin === 'changed')
      .map((row) => row.key),
  ).toEqual(['max_retry_count', 'conduct.post_per_day']);
  const [event] = await tailEvents(temp.store.read, 0, 1);
  expect(event).toMatchObject({ type: 'settingChanged', person: 'anna', body: { key: 'max_retry_count', value: 5 } });
  await temp.reopen();
  const after = liveOver(temp);
  await after.refresh();
  expect(after.get('conduct.post_per_day')).toBe(25);
  await after.change({ max_retry_count: null });
  expect(after.get('max_retry_count')).toBe(3);
  expect(await after.inside(temp.store.read)).toEqual({ ...defaultSettings, 'conduct.post_per_day': 25 });
});

test.each([
  [{ 'conduct.post_per_day': 26 }, /conduct\.post_per_day must be a whole number from 0 to 25/],
  [{ 'conduct.min_gap_s': 0 }, /from 30 to/],
  [{ 'conduct.accounts_per_target': 6 }, /from 1 to 5/],
  [{ 'conduct.follow_per_day': '30' }, /whole number/],
  [{ 'conduct.like_per_day': 1e9 }, /from 0 to 150/],
  [{ 'conduct.quiet_from': '25:00' }, /HH:MM/],
  [{ time_zone: 'Mars/Olympus' }, /IANA time zone/],
  [{ auto_retry: 'yes' }, /boolean/],
  [{ nonsense: 1 }, /nonsense is no setting/],
  [{ max_retry_count: 4, 'conduct.post_per_day': 99 }, /post_per_day/],
])('%j is refused and nothing of it is kept', async (values, sentence) => {
  await using temp = new TempStore();
  const settings = liveOver(temp);
  const change = settings.change(values);
  await expect(change).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(change).rejects.toThrow(sentence);
  await settings.refresh();
  expect(settings.list().every((row) => row.origin === 'default')).toBe(true);
});

test('a value beyond its ceiling counts as not set, even when it was written past every check', async () => {
  await using temp = new TempStore();
  await temp.store.write(async (tx) => {
    await writeSetting(tx, 'conduct.post_per_day', 1000);
    await writeSetting(tx, 'conduct.min_gap_s', -1);
    await writeSetting(tx, 'of.another.version', 1);
  });
  const settings = liveOver(temp);
  await settings.refresh();
  expect(await settings.inside(temp.store.read)).toEqual(defaultSettings);
  expect(settings.list().map((row) => row.key)).toEqual(settingKeys);
});
