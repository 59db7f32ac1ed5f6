/** Codes that the script kit ends an attempt with, on a phone that shows a small app. */
import type { KitScript } from '../../src/script/kit.ts';
import { button, composer, home, page, profile, screenXml } from '../support/loops-app.ts';
import { ScriptHouse } from '../support/script-house.ts';
import { type Ended, failureOf, type Provocations } from './ended.ts';

const attemptOf = (run: (ctx: Parameters<KitScript['run']>[0]) => Promise<unknown>): KitScript => ({
  name: 'follow',
  recalls: {},
  run: async (ctx) => void (await run(ctx)),
});

export const followOnce = attemptOf(async (ctx) => {
  await ctx.open('https://loops.example/@mira.loops');
  await ctx.waitFor(profile);
  const look = async () => ((await ctx.see(profile)).has('followed') ? 'done' : 'not-done');
  await ctx.effect({ kind: 'follow', target: '@mira.loops' }, { look, act: () => ctx.tap(profile.follow) });
});

function run(script: KitScript, set: (house: ScriptHouse) => void = () => {}): Promise<Ended> {
  const house = new ScriptHouse();
  set(house);
  return failureOf(house.run(script));
}

const twoMores = screenXml(
  page(...[100, 300].map((top) => ({ desc: 'More', at: [0, top, 200, top + 100] as const, clickable: true })), {
    text: 'Followers',
    at: [0, 600, 200, 700],
  }),
);
const withoutMore = screenXml(
  page(
    { text: '@mira.loops', at: [100, 300, 900, 380] },
    { text: 'Followers', at: [100, 440, 300, 480] },
    button('Following', [100, 600, 600, 700]),
  ),
);

export const ofScripts = {
  'phone.control-missing': () =>
    run(
      attemptOf((ctx) => ctx.tap(profile.more)),
      ({ phone }) => {
        phone.xml = withoutMore;
      },
    ),
  'phone.control-ambiguous': () =>
    run(
      attemptOf((ctx) => ctx.tap(profile.more)),
      ({ phone }) => {
        phone.xml = twoMores;
      },
    ),
  'phone.timeout': () =>
    run(
      attemptOf((ctx) => ctx.waitFor(home)),
      ({ phone }) => {
        phone.screen = 'loading';
      },
    ),
  'phone.text-mismatch': () =>
    run(
      attemptOf((ctx) => ctx.type(composer.caption, 'good morning')),
      ({ phone }) => {
        phone.screen = 'composer';
        phone.keeps = (text) => text.slice(0, 5);
      },
    ),
  'phone.screen-malformed': () =>
    run(
      attemptOf((ctx) => ctx.see()),
      ({ phone }) => {
        phone.xml = '<hierarchy><node';
      },
    ),
  'app.unexpected-screen': () =>
    run(
      attemptOf((ctx) => ctx.tap(profile.more)),
      ({ phone }) => {
        phone.screen = 'unknown';
      },
    ),
  'app.missing': () =>
    run(followOnce, ({ phone }) => {
      phone.installed = false;
    }),
  'task.effect-not-done': () =>
    run(followOnce, ({ phone }) => {
      phone.landsAfterMs = 'lost';
    }),
} satisfies Provocations<void>;
