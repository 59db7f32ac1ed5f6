import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composer, home, profile } from '../../test/support/loops-app.ts';
import { ScriptHouse } from '../../test/support/script-house.ts';
import { DroverError } from '../base/error.ts';
import type { KitScript, ScriptContext } from './kit.ts';
import type { Look } from './patience.ts';

/** Two shapes of effect: told by a button (follow), and told only by a change against what was there (post). */
const follow: KitScript = {
  name: 'follow',
  recalls: {
    async follow(ctx) {
      await ctx.open('https://loops.example/@mira.loops');
      await ctx.waitFor(profile);
      return await relation(ctx);
    },
  },
  async run(ctx) {
    await ctx.step('open', async () => {
      await ctx.open('https://loops.example/@mira.loops');
      await ctx.waitFor(profile);
    });
    await ctx.effect(
      { kind: 'follow', target: '@mira.loops' },
      { look: () => relation(ctx), act: () => ctx.tap(profile.follow) },
    );
  },
};

async function relation(ctx: ScriptContext): Promise<Look> {
  const seen = await ctx.see(profile);
  return seen.has('followed') ? 'done' : seen.has('follow') ? 'not-done' : 'unknown';
}

const effect = { kind: 'post', target: '@me' } as const;

const post = (house: ScriptHouse): KitScript => {
  const count = async (ctx: ScriptContext): Promise<number> => {
    await ctx.see(home);
    house.phone.settle();
    return house.phone.posts;
  };
  return {
    name: 'follow', // its input is of no interest here
    recalls: {
      async post(ctx, open) {
        const seen = await ctx.see(composer);
        if (seen.is && seen.textOf('caption') === 'hello') return 'not-done';
        return (await count(ctx)) > Number(open.baseline) ? 'done' : 'unknown';
      },
    },
    async run(ctx) {
      if (!(await ctx.isDone(effect))) {
        await ctx.step('compose', async () => {
          await ctx.open('https://loops.example/compose');
          await ctx.waitFor(composer);
          await ctx.type(composer.caption, 'hello');
        });
      }
      let was = 0;
      await ctx.effect(
        {
          ...effect,
          lookFirst: false,
          baseline: async () => {
            was = await count(ctx);
            return was;
          },
        },
        {
          look: async () => ((await count(ctx)) > was ? 'done' : 'unknown'),
          act: () => ctx.tap(composer.post),
        },
      );
    },
  };
};

const faults = [
  'kill',
  'error',
  'device.lost',
  'server.stopping',
  'task.lease-lost',
  'task.stopped',
  'task.timed-out',
] as const;

interface Trouble {
  /** The how manyth exchange with phone or journal it strikes, of all or of those called `call`. */
  at: number;
  call: string | null;
  when: 'before' | 'after';
  fault: (typeof faults)[number];
  landsAfterMs: number | 'lost';
}

type Gate = (when: 'before' | 'after', call: string) => Promise<void>;

/** `target` whose every method passes the gate on its way in and out. */
const gated = <T extends object>(target: T, gate: Gate): T =>
  new Proxy(target, {
    get(_, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        await gate('before', String(property));
        const result: unknown = await value.apply(target, args);
        await gate('after', String(property));
        return result;
      };
    },
  });

/** One attempt that meets its trouble. A killed one never says anything again, and nothing of it reaches phone or journal. */
async function attempt(house: ScriptHouse, script: KitScript, trouble: Trouble | undefined): Promise<string> {
  let exchanges = 0;
  let isDead = false;
  let die = (_: string) => {};
  const death = new Promise<string>((resolve) => {
    die = resolve;
  });
  const never = () => new Promise<void>(() => {});
  const gate: Gate = async (when, call) => {
    if (isDead) return await never();
    if (!trouble || (trouble.call !== null && trouble.call !== call)) return;
    if (when === 'before') exchanges += 1;
    if (exchanges !== trouble.at || when !== trouble.when) return;
    if (trouble.fault === 'kill') {
      isDead = true;
      die('killed');
      return await never();
    }
    const isJournal = ['open', 'earlier', 'intend', 'settle'].includes(call);
    if (trouble.fault === 'error') throw new DroverError(isJournal ? 'server.disk-full' : 'phone.timeout');
    house.controller.abort(new DroverError(trouble.fault));
  };
  house.phone.landsAfterMs = trouble?.landsAfterMs ?? 0;
  house.more = { hands: gated(house.phone, gate), journal: gated(house.journal, gate) };
  const ended = house.start(script).then(
    ({ is }) => is as string,
    (error: unknown) => (error instanceof DroverError ? error.code : String(error)),
  );
  return await house.finish(Promise.race([ended, death]));
}

const where = fc.oneof(
  fc.record({ at: fc.integer({ min: 1, max: 45 }), call: fc.constant(null) }),
  // the moments that matter are few among many exchanges
  fc.record({ at: fc.integer({ min: 1, max: 2 }), call: fc.constantFrom('tap', 'intend', 'settle', 'open') }),
);
const what = fc.record({
  when: fc.constantFrom('before', 'after'),
  fault: fc.constantFrom(...faults),
  landsAfterMs: fc.constantFrom(0, 300, 2_500, 6_500, 'lost' as const),
});
const troubles = fc.array(
  fc.tuple(where, what).map(([place, trouble]): Trouble => ({ ...place, ...trouble })),
  { maxLength: 4 },
);

const cases: ReadonlyArray<[string, (house: ScriptHouse) => KitScript]> = [
  ['follow', () => follow],
  ['post', post],
];

test.each(cases)(
  'whatever strikes a %s at whatever moment, it is public at most once and never lost silently',
  async (_, scriptOf) => {
    await fc.assert(
      fc.asyncProperty(troubles, fc.boolean(), async (list, isMoved) => {
        const house = new ScriptHouse();
        const script = scriptOf(house);
        let end = '';
        for (const trouble of [...list, undefined]) {
          end = await attempt(house, script, trouble);
          if (end === 'completed' || end === 'doubt') break;
          if (isMoved && house.phone.screen !== 'composer') house.phone.screen = 'home';
        }
        await house.clock.advance(60_000);
        house.phone.settle();
        expect(house.phone.actions.length, 'public acts').toBeLessThanOrEqual(1);
        expect(['completed', 'doubt'], `the end of ${house.journal.states.join(', ')}`).toContain(end);
        if (end === 'completed') {
          expect(house.phone.actions.length).toBe(1);
          expect(house.journal.rows.filter(({ state }) => state === 'done').length).toBe(1);
        } else {
          expect(house.journal.rows.filter(({ state }) => state === 'unconfirmed').length).toBe(1);
        }
      }),
      {
        numRuns: 150,
        // the process dies between the doubt and the task that waits for it
        examples: [[[{ at: 1, call: 'settle', when: 'after', fault: 'kill', landsAfterMs: 'lost' }], false]],
      },
    );
  },
);
