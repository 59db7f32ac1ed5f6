import { describe, expect, test } from 'vitest';
import { button, composer, loops, page, profile, screenXml } from '../../test/support/loops-app.ts';
import { ruleSaying, ScriptHouse } from '../../test/support/script-house.ts';
import { DroverError } from '../base/error.ts';
import { byText } from '../phone/selector.ts';
import type { EffectSpec } from './effect.ts';
import type { KitScript, ScriptContext } from './kit.ts';
import type { Look } from './patience.ts';
import { control, defineScreen } from './screen.ts';

const target = '@mira.loops';

async function relation(ctx: ScriptContext): Promise<Look> {
  const seen = await ctx.see(profile);
  if (seen.textOf('username') !== target) return 'unknown';
  return seen.has('followed') ? 'done' : seen.has('follow') ? 'not-done' : 'unknown';
}

async function openAndLook(ctx: ScriptContext): Promise<Look> {
  await ctx.open('https://loops.example/@mira.loops');
  await ctx.waitFor(profile);
  return await relation(ctx);
}

interface Written {
  spec?: Partial<EffectSpec>;
  look?: (ctx: ScriptContext) => Promise<Look>;
  act?: (ctx: ScriptContext) => Promise<void>;
  recall?: ((ctx: ScriptContext) => Promise<Look>) | undefined;
  after?: (ctx: ScriptContext) => Promise<void>;
}

const ends: string[] = [];
const blind = async (): Promise<Look> => 'unknown';

const followScript = ({ spec, look = relation, act, recall = openAndLook, after }: Written = {}): KitScript => ({
  name: 'follow',
  recalls: recall ? { follow: recall } : {},
  async run(ctx) {
    await ctx.step('open the profile', async () => {
      await ctx.open('https://loops.example/@mira.loops');
      await ctx.waitFor(profile);
    });
    ends.length = 0;
    ends.push(
      await ctx.effect(
        { kind: 'follow', target, ...spec },
        { look: () => look(ctx), act: () => (act ? act(ctx) : ctx.tap(profile.follow)) },
      ),
    );
    await after?.(ctx);
  },
});

const follow = 'tap Follow';
const publicTouches = (house: ScriptHouse) => house.phone.touches.filter((touch) => touch === follow);

describe('before the act', () => {
  test('what is so already costs nothing', async () => {
    const house = new ScriptHouse();
    house.phone.isFollowed = true;
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    expect(ends).toEqual(['already']);
    expect(house.journal.rows).toEqual([]);
    expect(publicTouches(house)).toEqual([]);
  });

  test('what an earlier attempt did is skipped without a look', async () => {
    const house = new ScriptHouse();
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    house.phone.isFollowed = false; // somebody undid it by hand; the task still did its part
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    expect(house.journal.states).toEqual(['follow done']);
    expect(house.phone.actions).toEqual(['follow @mira.loops']);
  });

  test('another profile than the one asked for is not followed', async () => {
    const house = new ScriptHouse();
    house.phone.user = 'mira_loops';
    expect(await house.codeOf(followScript())).toBe('app.unexpected-screen');
    expect(house.journal.rows).toEqual([]);
    expect(publicTouches(house)).toEqual([]);
  });

  test('a rule that forbids it for good fails the task and names the rule', async () => {
    const house = new ScriptHouse();
    house.journal.answers.push({ is: 'refused', rule: ruleSaying('follow: 3 accounts on one target in 7 days') });
    await expect(house.run(followScript())).rejects.toMatchObject({
      code: 'conduct.refused',
      message: expect.stringContaining('"follow: 3 accounts on one target in 7 days"'),
      details: { rule: 'scheduled.because', kind: 'follow', target: '@mira.loops' },
    });
    expect(publicTouches(house)).toEqual([]);
  });

  test('a rule with a time defers the task', async () => {
    const house = new ScriptHouse();
    house.journal.answers.push({ is: 'refused', rule: ruleSaying('follow: 30 a day'), until: 1_234 });
    expect(await house.run(followScript())).toEqual({
      is: 'deferred',
      until: 1_234,
      rule: ruleSaying('follow: 30 a day'),
    });
    expect(publicTouches(house)).toEqual([]);
  });

  test('a refused minor effect is skipped and the script goes on', async () => {
    const house = new ScriptHouse();
    house.journal.answers.push({ is: 'refused', rule: ruleSaying('like: 60 a day'), until: 1_234 });
    expect(await house.run(followScript({ spec: { minor: true } }))).toEqual({ is: 'completed' });
    expect(ends).toEqual(['refused']);
  });

  test('a gap that is longer than there is time for is not waited: the effect is left out', async () => {
    const left = new ScriptHouse();
    left.journal.answers.push({ is: 'wait', ms: 21_000, rule: ruleSaying('gap') });
    const start = left.clock.monotonic();
    const script = followScript({ spec: { optional: true, longestGapMs: 20_999 } });
    expect(await left.run(script)).toEqual({ is: 'completed' });
    expect(ends).toEqual(['refused']);
    expect(left.clock.monotonic() - start).toBeLessThan(20_000);
    expect([left.phone.actions, left.journal.rows]).toEqual([[], []]);
    const waited = new ScriptHouse();
    waited.journal.answers.push({ is: 'wait', ms: 21_000, rule: ruleSaying('gap') });
    await waited.run(followScript({ spec: { optional: true, longestGapMs: 21_000 } }));
    expect(ends).toEqual(['done']);
  });

  test('a short gap is waited in place, then looked at and asked again', async () => {
    const house = new ScriptHouse();
    house.journal.answers.push({ is: 'wait', ms: 21_000, rule: ruleSaying('gap') });
    const start = house.clock.monotonic();
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    expect(house.clock.monotonic() - start).toBeGreaterThanOrEqual(21_000);
    expect(house.phone.actions).toEqual(['follow @mira.loops']);
  });
});

describe('after the act', () => {
  test('seen done is settled with the pictures before and after', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 1_500;
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    expect(ends).toEqual(['done']);
    expect(publicTouches(house)).toEqual([follow]);
    const [row] = house.journal.rows;
    expect(row).toMatchObject({
      state: 'done',
      key: 'follow:@mira.loops',
      attemptId: 1,
      proof: { seen: { look: 'done' } },
    });
    const { files } = house.recorder;
    expect(files.get(row?.proof?.before?.hierarchy ?? '')).toContain('"Follow"');
    expect(files.get(row?.proof?.before?.picture ?? '')).toBe('profile');
    expect(files.get(row?.proof?.hierarchy ?? '')).toContain('"Following"');
    expect(files.get(row?.proof?.picture ?? '')).toBe('profile');
  });

  test('a tap that got lost is not done, and not tried again in the same attempt', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 'lost';
    const start = house.clock.monotonic();
    expect(await house.codeOf(followScript())).toBe('task.effect-not-done');
    expect(house.journal.states).toEqual(['follow not-done']);
    expect(publicTouches(house)).toEqual([follow]);
    expect(house.clock.monotonic() - start).toBeGreaterThanOrEqual(8_000);
  });

  test('a minor one that is not done is recorded and the script goes on', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 'lost';
    expect(await house.codeOf(followScript({ spec: { minor: true } }))).toBe('completed');
    expect(ends).toEqual(['not-done']);
  });

  test('what cannot be told parks the task with both pictures', async () => {
    const house = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      await ctx.tap(profile.follow);
      house.phone.screen = 'unknown';
    };
    expect(await house.run(followScript({ act, recall: blind }))).toEqual({ is: 'doubt', effectId: 1 });
    const [row] = house.journal.rows;
    expect(row).toMatchObject({ state: 'unconfirmed', proof: { seen: { look: 'unknown' } } });
    expect(house.recorder.files.get(row?.proof?.before?.picture ?? '')).toBe('profile');
    expect(house.recorder.files.get(row?.proof?.picture ?? '')).toBe('unknown');
  });

  test.each([
    ['done', 0, 'completed', 'done'],
    ['not done', 'lost', 'task.effect-not-done', 'not-done'],
  ] as const)(
    'lost from sight after the act, it is looked for from the start of the way: %s',
    async (_, lands, end, state) => {
      const house = new ScriptHouse();
      house.phone.landsAfterMs = lands;
      const act = async (ctx: ScriptContext) => {
        await ctx.tap(profile.follow);
        house.phone.screen = 'unknown';
      };
      expect(await house.codeOf(followScript({ act }))).toBe(end);
      expect(house.journal.states).toEqual([`follow ${state}`]);
      expect(house.recorder.files.get(house.journal.rows[0]?.proof?.picture ?? '')).toBe('profile');
      expect(publicTouches(house)).toEqual([follow]);
    },
  );

  test('an optional one that is refused or not done is recorded and the script goes on; in doubt it waits for a person', async () => {
    const spec = { optional: true };
    const refused = new ScriptHouse();
    refused.journal.answers.push({ is: 'refused', rule: ruleSaying('follow: 30 a day'), until: 1_234 });
    expect(await refused.codeOf(followScript({ spec }))).toBe('completed');
    expect(ends).toEqual(['refused']);
    const lost = new ScriptHouse();
    lost.phone.landsAfterMs = 'lost';
    expect(await lost.codeOf(followScript({ spec }))).toBe('completed');
    expect(ends).toEqual(['not-done']);
    const unclear = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      await ctx.tap(profile.follow);
      unclear.phone.screen = 'unknown';
    };
    expect(await unclear.codeOf(followScript({ act, spec, recall: blind }))).toBe('doubt');
  });

  test.each([{ minor: true }, { optional: true }])(
    'a platform that slows the account down ends the attempt (%o)',
    async (spec) => {
      const house = new ScriptHouse();
      house.phone.landsAfterMs = 'lost';
      let looks = 0;
      const look = async (): Promise<Look> => {
        if (looks++ === 1) throw new DroverError('app.limited');
        return 'not-done';
      };
      expect(await house.codeOf(followScript({ spec, look }))).toBe('app.limited');
      expect(house.journal.states).toEqual(['follow not-done']);
    },
  );

  test('a minor one that cannot be told is recorded and the script goes on', async () => {
    const house = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      await ctx.tap(profile.follow);
      house.phone.screen = 'unknown';
    };
    expect(await house.codeOf(followScript({ act, spec: { minor: true } }))).toBe('completed');
    expect(house.journal.states).toEqual(['follow unconfirmed']);
    expect(ends).toEqual(['unconfirmed']);
  });

  const failing = (house: ScriptHouse, when: 'before' | 'after') => {
    house.phone.around = (at, call) => {
      if (call === 'tap' && at === when) throw new DroverError('phone.timeout');
    };
  };

  test('a tap that timed out but is seen done is done', async () => {
    const house = new ScriptHouse();
    failing(house, 'after');
    expect(await house.codeOf(followScript())).toBe('completed');
    expect(house.journal.states).toEqual(['follow done']);
  });

  test('a tap that timed out and is not seen may still arrive: unconfirmed', async () => {
    const house = new ScriptHouse();
    failing(house, 'before');
    expect(await house.codeOf(followScript())).toBe('doubt');
    expect(house.journal.rows[0]).toMatchObject({
      state: 'unconfirmed',
      proof: { seen: { look: 'not-done', error: { code: 'phone.timeout' } } },
    });
  });

  test('an act that failed before its tap, seen not done, fails with its own cause and is free to be retried', async () => {
    const house = new ScriptHouse();
    const act = (ctx: ScriptContext) => ctx.fail('phone.control-missing', 'the menu did not open');
    expect(await house.codeOf(followScript({ act: async (ctx) => act(ctx) }))).toBe('phone.control-missing');
    expect(house.journal.states).toEqual(['follow not-done']);
  });

  test('an act that fails behind a tap that arrived is judged by what is seen', async () => {
    const fails = async (ctx: ScriptContext) => {
      await ctx.tap(profile.follow);
      ctx.fail('app.limited', 'a notice came up');
    };
    const done = new ScriptHouse();
    expect(await done.codeOf(followScript({ act: fails }))).toBe('completed');
    const lost = new ScriptHouse();
    lost.phone.landsAfterMs = 'lost';
    expect(await lost.codeOf(followScript({ act: fails }))).toBe('app.limited');
    expect(lost.journal.states).toEqual(['follow not-done']);
  });

  test('an act that failed before its tap and cannot be told is unconfirmed', async () => {
    const house = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      await ctx.key('back');
      ctx.fail('phone.control-missing', 'the menu did not open');
    };
    expect(await house.codeOf(followScript({ act, recall: blind }))).toBe('doubt');
  });

  test('an act that touched nothing did nothing, though nobody can see it', async () => {
    const house = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      house.phone.screen = 'unknown';
      ctx.fail('app.unexpected-screen', 'something stands over the profile');
    };
    expect(await house.codeOf(followScript({ act, recall: blind }))).toBe('app.unexpected-screen');
    expect(house.journal.states).toEqual(['follow not-done']);
  });

  test('a look that fails sees nothing, and is tried again', async () => {
    const house = new ScriptHouse();
    let fails = 2;
    house.phone.around = (at, call) => {
      const isAfter = house.phone.touches.includes(follow);
      if (isAfter && at === 'before' && call === 'read' && fails-- > 0) throw new DroverError('phone.timeout');
    };
    expect(await house.codeOf(followScript())).toBe('completed');
    expect(fails).toBeLessThan(0);
  });

  test.each([
    ['and goes away', 1, 'app.limited', 'not-done'],
    ['and stays', 1_000, 'doubt', 'unconfirmed'],
  ] as const)('a notice that says why is shown %s: %s → %s', async (_, times, code, state) => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 'lost';
    let notices: number = times;
    const look = async (ctx: ScriptContext) => {
      const sight = await relation(ctx);
      if (house.phone.touches.includes(follow) && notices-- > 0) ctx.fail('app.limited', 'slow down');
      return sight;
    };
    expect(await house.codeOf(followScript({ look, recall: blind }))).toBe(code);
    expect(house.journal.rows[0]).toMatchObject({ state, proof: { seen: { error: { code: 'app.limited' } } } });
  });

  test('visible progress puts the deadline off, silence ends it', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 60_000;
    let percent = 0;
    const deadline = { withoutProgressMs: 5_000, totalMs: 120_000, progress: async () => Math.min(90, ++percent) };
    expect(await house.codeOf(followScript({ spec: { deadline } }))).toBe('completed');
    const slow = new ScriptHouse();
    slow.phone.landsAfterMs = 60_000;
    const silent = { withoutProgressMs: 5_000, totalMs: 120_000, progress: async () => 3 };
    expect(await slow.codeOf(followScript({ spec: { deadline: silent } }))).toBe('task.effect-not-done');
    expect(house.recorder.told.join(' ')).toMatch(/follow @mira.loops [3-9]\d%/);
  });

  test('a script that swallows the failure of its effect is not completed', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 'lost';
    const script: KitScript = {
      ...followScript(),
      run: (ctx) =>
        followScript()
          .run(ctx, undefined as never)
          .catch(() => {}),
    };
    expect(await house.codeOf(script)).toBe('task.effect-not-done');
  });
});

describe('one public tap, and only in its act', () => {
  const bugs: Array<[string, Written]> = [
    ['none at all', { act: async () => {} }],
    [
      'two of them',
      {
        act: async (ctx) => {
          await ctx.tap(profile.follow);
          await ctx.tap(profile.follow);
        },
      },
    ],
    [
      'a harmless one behind it',
      {
        act: async (ctx) => {
          await ctx.tap(profile.follow);
          await ctx.tap(profile.more);
        },
      },
    ],
    [
      'a look that taps it',
      {
        look: async (ctx) => {
          await ctx.tap(profile.follow);
          return 'done';
        },
      },
    ],
    ['an effect of another kind', { spec: { kind: 'unfollow' } }],
    [
      'an effect inside the act',
      {
        act: (ctx) =>
          ctx
            .effect({ kind: 'like', target: 'x' }, { look: async () => 'not-done', act: async () => {} })
            .then(() => {}),
      },
    ],
    ['a tap behind the effect', { after: (ctx) => ctx.tap(profile.follow) }],
    ['a long press', { act: (ctx) => ctx.longPress(profile.follow) }],
  ];
  test.each(bugs)('%s is a bug of the script', async (name, written) => {
    const house = new ScriptHouse();
    expect(await house.codeOf(followScript(written))).toBe('server.bug');
    expect(publicTouches(house).length).toBe(/two|harmless|behind/.test(name) ? 1 : 0);
    expect(house.phone.touches).not.toContain('tap More');
  });

  test('a public control outside any effect is refused before anything is sent', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'profile';
    const script: KitScript = { name: 'follow', recalls: {}, run: (ctx) => ctx.tap(profile.follow) };
    expect(await house.codeOf(script)).toBe('server.bug');
    expect(house.phone.touches).toEqual([]);
  });

  test('a harmless touch before the tap is fine', async () => {
    const house = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      await ctx.tap(profile.more);
      await ctx.tap(profile.follow);
    };
    expect(await house.codeOf(followScript({ act }))).toBe('completed');
  });

  test('where the app asks once more, its confirmation may follow that tap, and nothing else', async () => {
    const confirm = defineScreen('loops.confirm', {
      needs: [byText('Follow for real?')],
      over: ['loops.profile'],
      yes: control([byText('Yes')], { effect: 'follow', confirms: profile.follow.name }),
    });
    const house = new ScriptHouse();
    house.more = { app: { ...loops, screens: [...loops.screens, confirm] } };
    const ask = screenXml(page({ text: 'Follow for real?', at: [0, 0, 900, 90] }, button('Yes', [0, 100, 500, 200])));
    house.phone.around = (at, call) => {
      if (at === 'before' && call === 'tap') house.phone.xml = house.phone.xml === undefined ? ask : undefined;
    };
    house.phone.landsAfterMs = 0;
    const act = async (ctx: ScriptContext) => {
      await ctx.tap(profile.follow);
      await ctx.tap(confirm.yes);
    };
    expect(await house.codeOf(followScript({ act }))).toBe('completed');
    expect(house.phone.touches.slice(1)).toEqual([follow, 'tap Yes']);
    const early = new ScriptHouse();
    early.more = house.more;
    expect(await early.codeOf(followScript({ act: (ctx) => ctx.tap(confirm.yes, { timeoutMs: 1 }) }))).toBe(
      'app.unexpected-screen',
    );
  });

  test('a look may navigate, but not type', async () => {
    const house = new ScriptHouse();
    const look = async (ctx: ScriptContext): Promise<Look> => {
      await ctx.open('https://loops.example/compose');
      await ctx.type(composer.caption, 'x');
      return 'done';
    };
    expect(await house.codeOf(followScript({ look }))).toBe('server.bug');
    expect(house.phone.touches.filter((touch) => touch.startsWith('type'))).toEqual([]);
  });

  test.each([
    ['a look', (paste: (ctx: ScriptContext) => Promise<Look>) => ({ look: paste })],
    [
      'an act',
      (paste: (ctx: ScriptContext) => Promise<Look>) => ({
        act: async (ctx: ScriptContext) => void (await paste(ctx)),
      }),
    ],
  ])('%s pastes nothing', async (_, handlers) => {
    const house = new ScriptHouse();
    const paste = async (ctx: ScriptContext): Promise<Look> => {
      await ctx.clearClipboard();
      return 'done';
    };
    expect(await house.codeOf(followScript(handlers(paste)))).toBe('server.bug');
    expect(house.phone.touches).not.toContain('clearClipboard');
    expect(publicTouches(house)).toEqual([]);
  });

  test('what `given` asks for must hold on the capture that is tapped', async () => {
    const house = new ScriptHouse();
    const act = async (ctx: ScriptContext) => {
      house.phone.user = 'somebody.else';
      await ctx.tap(profile.follow, { given: (seen) => seen.textOf('username') === target });
    };
    expect(await house.codeOf(followScript({ act }))).toBe('app.unexpected-screen');
    expect(publicTouches(house)).toEqual([]);
  });

  test('a permission that has lapsed is not used', async () => {
    const house = new ScriptHouse();
    house.journal.actWithinMs = 2_000;
    house.phone.around = async (at, call) => {
      const isIntended = house.journal.states[0] === 'follow intended';
      if (isIntended && at === 'before' && call === 'read') await house.clock.advance(3_000);
    };
    expect(await house.codeOf(followScript())).toBe('phone.timeout');
    expect(publicTouches(house)).toEqual([]);
    expect(house.journal.states).toEqual(['follow not-done']);
  });
});

describe('interrupted', () => {
  const interrupts = ['device.lost', 'server.stopping', 'task.lease-lost', 'phone.agent-down'] as const;

  test.each(interrupts)('%s between intent and tap: no tap, and the intent stays open', async (code) => {
    const house = new ScriptHouse();
    house.journal.around = (at, call) => {
      if (at === 'after' && call === 'intend') house.controller.abort(new DroverError(code));
    };
    expect(await house.codeOf(followScript())).toBe(code);
    expect(publicTouches(house)).toEqual([]);
    expect(house.journal.states).toEqual(['follow intended']);
    const sent = house.phone.touches.length;
    await house.clock.advance(60_000);
    expect(house.phone.touches.length).toBe(sent);
  });

  test('aborted while the public control is looked for: no tap, though the phone would do it', async () => {
    const house = new ScriptHouse();
    house.phone.isDeaf = true;
    house.phone.around = (at, call) => {
      const isIntended = house.journal.states[0] === 'follow intended';
      if (isIntended && at === 'after' && call === 'read') house.controller.abort(new DroverError('device.lost'));
    };
    expect(await house.codeOf(followScript())).toBe('device.lost');
    await house.clock.advance(60_000);
    expect(publicTouches(house)).toEqual([]);
    expect(house.journal.states).toEqual(['follow intended']);
  });

  test('aborted by the act itself: no tap, though the phone would do it', async () => {
    const house = new ScriptHouse();
    house.phone.isDeaf = true;
    const act = async (ctx: ScriptContext) => {
      const tapped = ctx.tap(profile.follow, {
        given: () => {
          house.controller.abort(new DroverError('device.lost'));
          return true;
        },
      });
      await tapped;
    };
    expect(await house.codeOf(followScript({ act }))).toBe('device.lost');
    expect(publicTouches(house)).toEqual([]);
  });

  test.each(interrupts)('%s thrown by the tap leaves the intent open', async (code) => {
    const house = new ScriptHouse();
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') throw new DroverError(code);
    };
    expect(await house.codeOf(followScript())).toBe(code);
    expect(house.journal.states).toEqual(['follow intended']);
  });

  test('the phone is lost while the app is watched', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 'lost';
    const attempt = house.start(followScript());
    attempt.catch(() => {});
    await house.clock.advance(3_000);
    house.phone.lose();
    await expect(house.finish(attempt)).rejects.toMatchObject({ code: 'device.lost' });
    expect(house.journal.states).toEqual(['follow intended']);
  });

  test('before the intent an abort leaves nothing behind', async () => {
    const house = new ScriptHouse();
    house.journal.around = (at, call) => {
      if (at === 'before' && call === 'open') house.controller.abort(new DroverError('server.stopping'));
    };
    expect(await house.codeOf(followScript())).toBe('server.stopping');
    expect(house.phone.touches).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });
});

describe('stopped by a person', () => {
  const stop = (house: ScriptHouse, code: 'task.stopped' | 'task.timed-out' = 'task.stopped') =>
    house.controller.abort(new DroverError(code));

  test('between intent and tap: no tap; what is seen settles it', async () => {
    const house = new ScriptHouse();
    house.journal.around = (at, call) => {
      if (at === 'after' && call === 'intend') stop(house);
    };
    expect(await house.codeOf(followScript())).toBe('task.stopped');
    expect(publicTouches(house)).toEqual([]);
    expect(house.journal.states).toEqual(['follow not-done']);
  });

  test.each(['task.stopped', 'task.timed-out'] as const)(
    '%s after the tap, seen done: settled done within 3 s, no touch after it',
    async (code) => {
      const house = new ScriptHouse();
      house.phone.landsAfterMs = 1_000;
      let sentAtStop = 0;
      house.phone.around = (at, call) => {
        if (at !== 'after' || call !== 'tap') return;
        sentAtStop = house.phone.touches.length;
        stop(house, code);
      };
      const start = house.clock.monotonic();
      expect(await house.codeOf(followScript())).toBe(code);
      expect(house.journal.states).toEqual(['follow done']);
      expect(house.phone.touches.length).toBe(sentAtStop);
      expect(house.clock.monotonic() - start).toBeLessThan(6_000);
    },
  );

  test('after the tap, not seen: a late tap could still show, so a person decides', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 'lost';
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') stop(house);
    };
    expect(await house.codeOf(followScript())).toBe('doubt');
    expect(house.journal.states).toEqual(['follow unconfirmed']);
  });

  test('a last look that would have to touch sees nothing', async () => {
    const house = new ScriptHouse();
    const look = async (ctx: ScriptContext): Promise<Look> => {
      if (house.phone.touches.includes(follow)) await ctx.tap(profile.more);
      return await relation(ctx);
    };
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') stop(house);
    };
    expect(await house.codeOf(followScript({ look }))).toBe('doubt');
    expect(house.phone.touches.at(-1)).toBe(follow);
  });

  test('nobody answers any more: settled as unconfirmed all the same', async () => {
    const house = new ScriptHouse();
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') {
        stop(house);
        house.phone.lose();
      }
    };
    expect(await house.codeOf(followScript())).toBe('doubt');
    expect(house.journal.states).toEqual(['follow unconfirmed']);
  });
});

describe('an intent that an earlier attempt left open', () => {
  /** Ends the first attempt right after its tap was sent (or before it), with the intent open. */
  async function interrupted(house: ScriptHouse, when: 'before' | 'after'): Promise<void> {
    house.phone.around = (at, call) => {
      if (at === when && call === 'tap') throw new DroverError('device.lost');
    };
    expect(await house.codeOf(followScript())).toBe('device.lost');
    expect(house.journal.states).toEqual(['follow intended']);
    house.phone.around = () => {};
    house.phone.touches.length = 0;
    house.phone.screen = 'home';
  }

  test('seen done: settled, and the script goes on behind it without a touch of the control', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'after');
    let isBehind = false;
    const after = async (ctx: ScriptContext) => {
      isBehind = await ctx.isDone({ kind: 'follow', target });
    };
    expect(await house.run(followScript({ after }))).toEqual({ is: 'completed' });
    expect(isBehind).toBe(true);
    expect(house.journal.states).toEqual(['follow done']);
    expect(house.phone.actions).toEqual(['follow @mira.loops']);
    expect(publicTouches(house)).toEqual([]);
    expect(house.recorder.lines('effect')).toEqual(['recall follow @mira.loops', 'follow @mira.loops']);
  });

  test('seen not done, still so after the quiet time: closed, and the script acts', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'before');
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    expect(house.journal.states).toEqual(['follow not-done', 'follow done']);
    expect(house.phone.actions).toEqual(['follow @mira.loops']);
  });

  test('a tap that shows late is not repeated', async () => {
    const house = new ScriptHouse();
    house.phone.landsAfterMs = 6_000;
    await interrupted(house, 'after');
    expect(await house.run(followScript())).toEqual({ is: 'completed' });
    expect(house.journal.states).toEqual(['follow done']);
    expect(house.phone.actions).toEqual(['follow @mira.loops']);
  });

  test('unknown: unconfirmed, and nothing of the script has run', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'after');
    const recall = async (ctx: ScriptContext): Promise<Look> => {
      await ctx.tap(profile.more, { timeoutMs: 1 }); // home is shown: it cannot be found
      return 'done';
    };
    expect(await house.run(followScript({ recall }))).toEqual({ is: 'doubt', effectId: 1 });
    expect(house.journal.states).toEqual(['follow unconfirmed']);
    expect(house.recorder.lines('step')).toEqual([]);
    const before = house.journal.rows[0]?.proof?.before;
    expect(before?.picture).toBeDefined(); // taken by the first attempt, before its tap
  });

  test('a script that cannot recall it is not run', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'after');
    const script = { ...followScript(), recalls: {} };
    expect(await house.run(script)).toEqual({ is: 'doubt', effectId: 1 });
    expect(publicTouches(house)).toEqual([]);
  });

  test('a recall may not touch what is public', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'before');
    const recall = async (ctx: ScriptContext): Promise<Look> => {
      await ctx.open('https://loops.example/@mira.loops');
      await ctx.tap(profile.follow);
      return 'done';
    };
    expect(await house.run(followScript({ recall }))).toMatchObject({ is: 'doubt' });
    expect(house.phone.actions).toEqual([]);
  });

  test('a minor one is closed as unconfirmed, and the script runs', async () => {
    const house = new ScriptHouse();
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') throw new DroverError('device.lost');
    };
    const spec = { minor: true, key: 'like:1' };
    expect(await house.codeOf(followScript({ spec }))).toBe('device.lost');
    house.phone.around = () => {};
    expect(await house.codeOf(followScript({ spec: { minor: true, key: 'like:2' } }))).toBe('completed');
    expect(house.journal.states).toEqual(['follow unconfirmed']);
    expect(ends).toEqual(['already']);
  });

  test('interrupted again while it is looked for: still open', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'after');
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'open') house.controller.abort(new DroverError('server.stopping'));
    };
    expect(await house.codeOf(followScript())).toBe('server.stopping');
    expect(house.journal.states).toEqual(['follow intended']);
  });

  test('stopped while it is looked for: a person decides', async () => {
    const house = new ScriptHouse();
    await interrupted(house, 'after');
    house.phone.around = (at, call) => {
      if (at === 'before' && call === 'open') house.controller.abort(new DroverError('task.stopped'));
    };
    expect(await house.codeOf(followScript())).toBe('doubt');
    expect(house.journal.states).toEqual(['follow unconfirmed']);
  });
});
