import { DroverError } from '../base/error.ts';
import type { ErrorCode } from '../contract/error-codes.ts';
import { readPastDialogs } from './dialogs.ts';
import { LookPauses } from './pacing.ts';
import { controlsOn, isSystem, type Recognised } from './recognise.ts';
import type { AnyScreen } from './screen.ts';
import { Seen } from './seen.ts';
import type { Session } from './session.ts';
import { isBarsOnly } from './system-screens.ts';
import type { Entry } from './trace.ts';

export interface WaitForOptions<Key extends string = string> {
  timeoutMs?: number;
  /** Controls that, should they show up instead, end the wait with a code: `{ missing: 'app.target-missing' }`. */
  otherwise?: { readonly [Name in Key]?: ErrorCode };
  /** More that must hold on the capture. */
  until?: (seen: Seen<Key>) => boolean;
}

const waitForMs = 15_000;

/** One capture, asked about `screen`. Throws only what the phone throws, and the code of a screen that `fails`. */
export async function see<Key extends string>(
  session: Session,
  screen: AnyScreen<Key> | undefined,
): Promise<Seen<Key>> {
  return await session.traced('see', screen?.screenName ?? 'any screen', async (entry) => {
    if (screen) entry.lookedFor = screen.screenName;
    const recognised = await readPastDialogs(session, screen ? [screen] : []);
    note(session, entry, recognised);
    return new Seen<Key>(recognised, screen);
  });
}

/**
 * Captures until one of `screens` is in front. Throws `app.unexpected-screen` when another or an unknown one stays there,
 * `phone.timeout` when the app is still loading, and the codes of `otherwise`.
 */
export async function waitFor<Key extends string>(
  session: Session,
  screens: readonly AnyScreen<Key>[],
  { timeoutMs = waitForMs, otherwise = {}, until: condition = () => true }: WaitForOptions<Key> = {},
): Promise<Seen<Key>> {
  const names = screens.map(({ screenName }) => screenName).join(' or ');
  return await session.traced('see', `wait for ${names}`, async (entry) => {
    entry.lookedFor = names;
    const until = session.now + timeoutMs;
    const pauses = new LookPauses(session.pacing);
    for (;;) {
      const recognised = await readPastDialogs(session, screens);
      note(session, entry, recognised);
      for (const screen of screens) {
        assertNotOtherwise(session, screen, recognised, otherwise);
        const seen = new Seen<Key>(recognised, screen);
        if (seen.is && condition(seen)) return seen;
      }
      if (session.now >= until) throw notShown(session, names, recognised, timeoutMs);
      await pauses.take(session.ctx, until);
    }
  });
}

function assertNotOtherwise<Key extends string>(
  session: Session,
  screen: AnyScreen<Key>,
  { layout, top }: Recognised,
  otherwise: { readonly [Name in Key]?: ErrorCode },
): void {
  const codes = Object.entries<ErrorCode | undefined>(otherwise);
  if (codes.length === 0 || (top && top !== screen)) return;
  const controls = controlsOn(layout, screen, session.facts.packageName);
  for (const [key, code] of codes) {
    const control = (screen as AnyScreen).controls[key];
    if (!control || !code) continue;
    const resolved = controls.get(control.name);
    if (resolved?.is !== 'one' && resolved?.is !== 'many') continue;
    throw new DroverError(code, { message: `${control.name} is shown`, details: { control: control.name } });
  }
}

/** What a trace shows of a capture: the answer, and the signals of the best candidate. */
export function note(session: Session, entry: Entry, recognised: Recognised): void {
  const { top, confidence, language, blocking, app, candidates } = recognised;
  entry.found = {
    screen: top?.screenName ?? 'unknown',
    confidence: round(confidence),
    app: app ?? null,
    ...(language && { language }),
    ...(blocking && { blocking }),
    candidates: candidates.slice(0, 3).map(({ screen, share }) => ({ screen: screen.screenName, score: round(share) })),
  };
  const best = candidates.find(({ screen }) => screen === top) ?? candidates[0];
  if (best) entry.signals = best.signals;
  // while something is waited for, a capture a second of the same screen would fill the trace with nothing new
  if (session.isNews(top?.screenName ?? 'unknown')) entry.hierarchy = session.hierarchyRef(recognised.hierarchy);
}

export function notShown(session: Session, wanted: string, recognised: Recognised, timeoutMs: number): DroverError {
  const { top, hierarchy, candidates, app } = recognised;
  const details = {
    wanted,
    shown: top?.screenName ?? 'unknown',
    app: app ?? null,
    candidates: candidates.slice(0, 3).map(({ screen, share }) => ({ screen: screen.screenName, score: round(share) })),
  };
  if (top?.rules.loading || top?.screenName === wanted || isBarsOnly(hierarchy)) {
    return new DroverError('phone.timeout', { message: `waited ${timeoutMs} ms for ${wanted}`, details });
  }
  const shown = isSystem(top)
    ? `${top?.screenName} (${app ?? 'no app'})`
    : top
      ? top.screenName
      : app === session.facts.packageName
        ? 'an unknown screen'
        : (app ?? 'nothing');
  return new DroverError('app.unexpected-screen', {
    message: `waited for ${wanted}, but the phone shows ${shown}`,
    details,
  });
}

const round = (score: number): number => Math.round(score * 100) / 100;
