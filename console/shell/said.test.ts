import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import { ApiError } from './api-error.ts';
import { causeText, errorText, nextText, sentenceText, type Words } from './said.ts';
import { words as de } from './words/de.ts';
import { en } from './words/en.ts';

async function speaking(lng: 'en' | 'de'): Promise<Words> {
  const words = createInstance();
  await words.init({
    lng,
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  });
  return words as Words;
}

const daily = { account: 'lena', count: 5, limit: 5, kind: 'follow' };

test.each([
  ['en', 'conduct.daily-limit', daily, '@lena made 5 of 5 follows within 24 hours'],
  ['de', 'conduct.daily-limit', daily, '@lena hat innerhalb von 24 Stunden 5 von 5 Follows gemacht'],
  ['de', 'conduct.unowned', { phone: 'A1' }, 'bestätige, dass das Konto auf Telefon A1 dir gehört'],
  ['de', 'phone.away', { phone: 'A1', state: 'offline' }, 'A1: Offline'],
  [
    'de',
    'scheduled.after-failure',
    { failure: 'device.lost', message: 'A1: gone' },
    'Das Telefon ging verloren: A1: gone',
  ],
  [
    'de',
    'paused.all',
    { at: '2026-01-02T08:00:00+01:00', person: 'tom' },
    /^alles wurde von tom um 2\.1\.2026|^alles wurde von tom um 02\.01\.2026/,
  ],
  ['de', 'newer.than-this-page', {}, 'as the server said it'],
] as const)('in %s, %s', async (language, code, params, said) => {
  const text = sentenceText(await speaking(language), { code, params, text: 'as the server said it' });
  expect(text).toMatch(typeof said === 'string' ? new RegExp(`^${said.replace(/[.]/g, '.')}$`) : said);
});

const failure = { code: 'app.target-missing', message: 'TikTok shows no user @nobody', params: {} };
const refused = {
  code: 'conduct.refused',
  message: 'the rule "…" forbids follow @x',
  params: { rule: 'conduct.text-on-target', target: '@x' },
};

test('English readers read the server’s own words, others what the code means', async () => {
  expect(causeText(await speaking('en'), failure)).toBe('TikTok shows no user @nobody');
  const german = await speaking('de');
  expect(causeText(german, failure)).toBe(de.server.causes['app.target-missing']);
  expect(causeText(german, refused)).toBe('dieser Text steht schon bei @x');
  expect(causeText(german, { ...failure, code: 'newer.code' })).toBe('TikTok shows no user @nobody');
  expect(nextText(german.t, { next_code: 'app.missing', next_action: '' })).toBe(
    'Die App auf dem Telefon installieren.',
  );
  expect(nextText(german.t, { next_code: 'newer.code', next_action: 'Do this.' })).toBe('Do this.');
});

test('what a call is refused for is said by the name of the failure, or by its number where one has it alone', async () => {
  const german = await speaking('de');
  const named = new ApiError('task 7 was retried 3 times', { code: 40001, status: 400, codeName: 'task.retry-limit' });
  expect(errorText(german, named).said).toBe('Öfter darf sie nicht wiederholt werden: task 7 was retried 3 times');
  expect(errorText(german, new ApiError('no', { code: 40303, status: 403 })).next).toContain('Token mit dem Recht');
  expect(errorText(german, new ApiError('no', { code: 40001, status: 400 }))).toEqual({ said: 'no', next: undefined });
  expect(errorText(german, new ApiError('', { code: 0, status: 0 })).said).toBe('Der Server antwortet nicht.');
});
