import { describe, test } from 'vitest';
import { languages, sizes } from '../test-app-phone.ts';
import { expectSight, wordsOnlyIn } from '../test-scenes.ts';
import { TestPhone, versions } from './test-phone.ts';
import { scenes } from './test-scenes.ts';
import { en } from './texts/en.ts';
import { fr } from './texts/fr.ts';

const cases = versions.flatMap((version) =>
  languages.flatMap((language) =>
    sizes.map((size) => ({ version, language, size, title: `${version} ${language} ${size.width}` })),
  ),
);

const none: ReadonlySet<string> = new Set();
/** English words the French app must not show. */
const englishOnly = wordsOnlyIn(en, fr);

describe.each(cases)('$title', ({ version, language, size }) => {
  test.each(scenes)('$name', async ({ reach, says, taps }) => {
    const phone = new TestPhone({ version, language, size });
    await phone.open();
    await reach(phone);
    const { session } = phone;
    const sight = { says: says(session.t, session), taps: taps(session.t, session) };
    expectSight(phone, sight, language === 'fr-FR' ? englishOnly : none);
  });
});
