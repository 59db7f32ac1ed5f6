import { describe, expect, test } from 'vitest';
import { languages, sizes } from '../test-app-phone.ts';
import { expectSound, leadsSomewhere, plainWords } from '../test-scenes.ts';
import { TestPhone, versions } from './test-phone.ts';
import { scenes } from './test-scenes.ts';
import { en } from './texts/en.ts';
import { fr } from './texts/fr.ts';

const cases = versions.flatMap((version) =>
  languages.flatMap((language) =>
    sizes.map((size) => ({ version, language, size, title: `${version} ${language} ${size.width}` })),
  ),
);

/** English words the French app must not show; words that both share do not count. */
const englishOnly = new Set(plainWords(en).filter((word) => word !== '' && !plainWords(fr).includes(word)));

describe.each(cases)('$title', ({ version, language, size }) => {
  test.each(scenes)('$name', async ({ reach, says, taps }) => {
    const phone = new TestPhone({ version, language, size });
    await phone.open();
    await reach(phone);
    const { t } = phone.session;
    const said = phone.words();
    for (const words of [...says(t, phone.session), ...taps(t, phone.session)]) {
      const isSaid = said.some((text) => (typeof words === 'string' ? text === words : words.test(text)));
      expect(isSaid, `${String(words)} is not among: ${said.join(' | ')}`).toBe(true);
    }
    for (const words of taps(t, phone.session)) expect(leadsSomewhere(phone, words), String(words)).toBe(true);
    if (language === 'fr-FR') expect(said.filter((word) => englishOnly.has(word))).toEqual([]);
    expectSound(phone);
  });
});
