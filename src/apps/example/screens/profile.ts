import { byDesc, byText, clickableAround } from '../../../phone/selector.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { Look } from '../../../script/patience.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { t } from '../texts.ts';
import { bar } from './feed.ts';

/** Somebody's profile. Signals are scored together; where two name different nodes, nothing is tapped. */
export const profile = defineScreen('example.profile', {
  canonical: 'profile_other',
  parts: [bar],
  shown: [weighted(2, byText(t('followers'))), byText(/^@[\w.]+$/), byDesc(t('more'))],
  username: control([byText(/^@[\w.]+$/)], { readOnly: true }),
  follow: control([clickableAround(byText(t('follow')))], { effect: 'follow' }), // public: only inside ctx.effect
  followed: control([byText(t('following'))]),
});

export const missing = defineScreen('example.missing', { shown: [byText(t('no-such-user'))] });

/** By the link of the profile. Throws `app.target-missing`. */
export async function openUser(ctx: ScriptContext, user: string): Promise<void> {
  await ctx.open(`https://loops.example/@${encodeURIComponent(user)}`);
  const seen = await ctx.waitFor<string>([profile, missing]);
  if (seen.of(missing).is) ctx.fail('app.target-missing', `Loops shows no user @${user}`);
}

/** What the buttons say about us. It reads and never touches; what it cannot tell is `unknown`, never `not-done`. */
export async function relation(ctx: ScriptContext, user: string): Promise<Look> {
  const seen = await ctx.see(profile);
  if (seen.textOf('username') !== `@${user}`) return 'unknown';
  if (seen.has('followed')) return 'done';
  return seen.has('follow') ? 'not-done' : 'unknown';
}
