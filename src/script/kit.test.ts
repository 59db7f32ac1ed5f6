import { describe, expect, test } from 'vitest';
import { composer, home, loops, page, profile, screenXml } from '../../test/support/loops-app.ts';
import { ScriptHouse } from '../../test/support/script-house.ts';
import { sleep } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { byText } from '../phone/selector.ts';
import type { KitScript, ScriptContext } from './kit.ts';
import type { MediaFile } from './seams.ts';

const script = (run: KitScript['run'], more: Partial<KitScript> = {}): KitScript => ({
  name: 'follow',
  recalls: {},
  run,
  ...more,
});
const toProfile = (ctx: ScriptContext) => ctx.open('https://loops.example/@mira.loops');
const video: MediaFile = {
  path: '/media/a.mp4',
  name: 'a.mp4',
  kind: 'video',
  mime: 'video/mp4',
  bytes: 9,
  sha256: 'ab',
};
const want = { kind: 'video', count: 1, list: [], source: 'materialLibrary', folder: '', tags: [] } as const;

describe('the trace', () => {
  test('a step holds what happened in it, with times, depth, signals, picture and hierarchy', async () => {
    const house = new ScriptHouse();
    await house.run(
      script((ctx) =>
        ctx.step('open the profile', async () => {
          await toProfile(ctx);
          await ctx.waitFor(profile);
          await ctx.tap(profile.more);
        }),
      ),
    );
    const { steps, files } = house.recorder;
    expect(steps.map(({ kind, name, depth }) => [kind, name, depth])).toEqual([
      ['open', 'https://loops.example/@mira.loops', 1],
      ['see', 'wait for loops.profile', 1],
      ['tap', 'loops.profile.more', 1],
      ['step', 'open the profile', 0],
    ]);
    const [, see, tap, step] = steps;
    expect(see).toMatchObject({
      looked_for: 'loops.profile',
      found: { screen: 'loops.profile', confidence: 1, language: 'en' },
    });
    expect(see?.signals).toContainEqual({ name: 'text "Followers"', score: 1, hit: true });
    expect(tap).toMatchObject({ looked_for: 'desc "More"', bounds: [980, 60, 1060, 140], signals: [{ hit: true }] });
    expect(files.get(step?.picture ?? '')).toBe('profile');
    expect(files.get(step?.hierarchy ?? '')).toContain('@mira.loops');
    expect(Date.parse(step?.ended_at ?? '')).toBeGreaterThan(Date.parse(step?.started_at ?? ''));
    expect(house.recorder.told).toEqual(['open the profile']);
    expect(house.clock.pending).toBe(0);
  });

  test('the picture of a step is taken beside the work: looks go on, a touch waits until the screen is grabbed, lines keep their order', async () => {
    const house = new ScriptHouse();
    const calls: { name: string; at: number }[] = [];
    const hands = new Proxy(house.phone, {
      get(phone, property) {
        const value: unknown = Reflect.get(phone, property, phone);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          calls.push({ name: String(property), at: house.clock.monotonic() });
          if (property === 'takePicture') await sleep(house.clock, 2_000);
          return await value.apply(phone, args);
        };
      },
    });
    house.more = { hands, pacing: { afterTouchMs: 0, afterOpenMs: 0, lookMs: 10, lookMaxMs: 10 } };
    await house.run(
      script(async (ctx) => {
        await ctx.step('open the profile', () => toProfile(ctx));
        await ctx.see(profile);
        await ctx.tap(profile.more);
      }),
    );
    const since = calls.slice(calls.findIndex(({ name }) => name === 'takePicture'));
    expect(since.map(({ name }) => name).slice(0, 4)).toEqual(['takePicture', 'readHierarchy', 'readHierarchy', 'tap']);
    const [asked = 0, looked = 0, , tapped = 0] = since.map(({ at }) => at);
    expect(looked - asked).toBeLessThan(150);
    expect(tapped - asked).toBeGreaterThanOrEqual(150);
    const { steps, files } = house.recorder;
    expect(steps.map(({ kind }) => kind)).toEqual(['open', 'step', 'see', 'tap']);
    expect(files.get(steps[1]?.picture ?? '')).toBeDefined();
    expect(house.clock.pending).toBe(0);
  });

  test('the picture of a failure is of its moment, however short ago another one was taken', async () => {
    const house = new ScriptHouse();
    const error = await house
      .run(
        script(async (ctx) => {
          await ctx.step('open the profile', () => toProfile(ctx));
          await ctx.step('look around', async () => {
            house.phone.screen = 'unknown'; // comes up by itself
            ctx.fail('app.unexpected-screen', 'something came up');
          });
        }),
      )
      .catch((thrown: unknown) => thrown);
    const { picture } = (error as DroverError).details;
    expect(house.recorder.files.get(String(picture))).toBe('unknown');
  });

  test('a failure carries its step, picture and hierarchy, in the trace and in the error', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'unknown';
    const attempt = house.run(script((ctx) => ctx.step('find home', async () => void (await ctx.waitFor(home)))));
    const error = await attempt.catch((thrown: unknown) => thrown as DroverError);
    expect(error).toMatchObject({
      code: 'app.unexpected-screen',
      message: 'waited for loops.home, but the phone shows an unknown screen',
      details: { step: 'find home', wanted: 'loops.home', shown: 'unknown' },
    });
    const { picture, hierarchy } = (error as DroverError).details;
    expect(house.recorder.files.get(String(picture))).toBe('unknown');
    expect(house.recorder.files.get(String(hierarchy))).toContain('A wild new feature');
    expect(house.recorder.steps.map(({ picture: own }) => own)).toEqual([picture, picture]);
    expect(house.phone.touches).toEqual([]);
  });

  test('typed text is in it, secrets are not', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'composer';
    await house.run(
      script(async (ctx) => {
        await ctx.type(composer.caption, 'good morning 🔥');
        await ctx.type(composer.caption, 'hunter2', { secret: true });
      }),
    );
    expect(house.recorder.steps.map(({ found }) => found)).toMatchObject([
      { typed: 'good morning 🔥', read: 'good morning 🔥' },
      { typed: '***' },
    ]);
    expect(JSON.stringify(house.recorder.steps)).not.toContain('hunter2');
  });
});

test('a long wait on one screen keeps one capture of it, not one a second', async () => {
  const house = new ScriptHouse();
  await house.codeOf(script(async (ctx) => void (await ctx.waitFor(profile, { timeoutMs: 60_000 }))));
  expect([...house.recorder.files.keys()].filter((name) => name.startsWith('hierarchy')).length).toBeLessThanOrEqual(2);
});

describe('screens that nobody waited for', () => {
  test('a known dialog is taken away by its safe control, and recorded', async () => {
    const house = new ScriptHouse();
    house.phone.isSurveyed = 2;
    expect(await house.codeOf(script(async (ctx) => void (await ctx.waitFor(home))))).toBe('completed');
    expect(house.phone.touches).toEqual(['tap Not now', 'tap Not now']);
    expect(house.recorder.lines('dialog')).toEqual(['loops.survey', 'loops.survey']);
  });

  test('a dialog that keeps coming back ends the attempt', async () => {
    const house = new ScriptHouse();
    house.phone.isSurveyed = 1_000;
    expect(await house.codeOf(script(async (ctx) => void (await ctx.waitFor(home))))).toBe('app.unexpected-screen');
    expect(house.phone.touches.length).toBeLessThan(10);
  });

  test('an unknown screen is not touched', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'unknown';
    expect(await house.codeOf(script((ctx) => ctx.tap(profile.more)))).toBe('app.unexpected-screen');
    expect(house.phone.touches).toEqual([]);
  });

  test('an app that is still loading is a time-out, not a strange screen', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'loading';
    expect(await house.codeOf(script(async (ctx) => void (await ctx.waitFor(home))))).toBe('phone.timeout');
  });

  test('a log-in page says that nobody is logged in', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'login';
    expect(await house.codeOf(script(async (ctx) => void (await ctx.see(profile))))).toBe('app.logged-out');
  });

  test('what is shown instead has its own code', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'missing';
    const run = async (ctx: ScriptContext) =>
      void (await ctx.waitFor(profile, { otherwise: { missing: 'app.target-missing' } }));
    expect(await house.codeOf(script(run))).toBe('app.target-missing');
  });

  const asking = (message: string, ...ids: string[]) =>
    screenXml({
      at: [0, 500, 1080, 1500],
      package: 'com.android.permissioncontroller',
      children: [
        { text: message, at: [0, 500, 1080, 600], id: 'com.android.permissioncontroller:id/permission_message' },
        ...ids.map((id, n) => ({
          text: id,
          at: [0, 700 + n * 100, 1080, 790 + n * 100] as const,
          clickable: true,
          id: `com.android.permissioncontroller:id/permission_${id}_button`,
        })),
      ],
    });

  test.each([
    ['contacts', ['allow', 'deny'], 'deny'],
    ['all photos', ['allow_selected', 'allow_all', 'deny'], 'allow_all'],
    ['take pictures', ['allow_foreground_only', 'allow_one_time', 'deny_and_dont_ask_again'], 'allow_foreground_only'],
  ])('a permission dialog about %s is answered', async (message, ids, answer) => {
    const house = new ScriptHouse();
    house.phone.xml = asking(message, ...ids);
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') house.phone.xml = undefined;
    };
    house.more = {
      app: { ...loops, permissions: [{ name: 'camera', says: byText('take pictures'), answer: 'allow' }] },
    };
    expect(await house.codeOf(script(async (ctx) => void (await ctx.waitFor(home))))).toBe('completed');
    expect(house.phone.touches).toEqual([`tap ${answer}`]);
  });

  test('a page source that cannot be read is a typed failure', async () => {
    const house = new ScriptHouse();
    house.phone.xml = '<hierarchy><node';
    expect(await house.codeOf(script(async (ctx) => void (await ctx.see())))).toBe('phone.screen-malformed');
  });
});

describe('touching', () => {
  test('waits for the control, and taps the middle of what takes the taps on a fresh capture', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'loading';
    const attempt = house.start(script((ctx) => ctx.tap(profile.more)));
    await house.clock.advance(2_000);
    expect(house.phone.touches).toEqual([]);
    house.phone.screen = 'profile';
    await house.finish(attempt);
    expect(house.phone.touches).toEqual(['tap More']);
  });

  test('two signals that name different nodes: nothing is tapped', async () => {
    const house = new ScriptHouse();
    house.phone.xml = screenXml(
      page(...[100, 300].map((top) => ({ desc: 'More', at: [0, top, 200, top + 100] as const, clickable: true })), {
        text: 'Followers',
        at: [0, 600, 200, 700],
      }),
    );
    expect(await house.codeOf(script((ctx) => ctx.tap(profile.more)))).toBe('phone.control-ambiguous');
    expect(house.phone.touches).toEqual([]);
  });

  test('a control of a screen that is not in front is not tapped', async () => {
    const house = new ScriptHouse();
    expect(await house.codeOf(script((ctx) => ctx.tap(profile.more)))).toBe('app.unexpected-screen');
  });

  test('text that the field does not keep is a mismatch', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'composer';
    house.phone.keeps = (text) => text.slice(0, 5);
    expect(await house.codeOf(script((ctx) => ctx.type(composer.caption, 'good morning')))).toBe('phone.text-mismatch');
  });

  test('a field that keeps what was pasted ends the attempt, whatever the script does then', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'composer';
    const paste = script(async (ctx) => {
      const text = await ctx.readByPasting(composer.caption).catch(() => undefined);
      if (text !== 'https://loops.example/p/1') await ctx.key('back');
    });
    expect(await house.codeOf(paste)).toBe('completed');
    house.phone.keeps = () => 'left';
    expect(await house.codeOf(paste)).toBe('phone.text-mismatch');
    expect(house.phone.touches).toEqual(['paste', 'paste']);
  });

  test('after an abort nothing more is sent', async () => {
    const house = new ScriptHouse();
    const attempt = house.start(
      script(async (ctx) => {
        await toProfile(ctx);
        await ctx.waitFor(profile);
        await ctx.waitUntil('something that never comes', async () => undefined, { timeoutMs: 60_000 }).catch(() => {});
        await ctx.tap(profile.more);
      }),
    );
    attempt.catch(() => {});
    await house.clock.advance(5_000);
    house.controller.abort(new DroverError('task.stopped'));
    await expect(house.finish(attempt)).rejects.toMatchObject({ code: 'task.stopped' });
    await house.clock.advance(60_000);
    expect(house.phone.touches).toEqual(['open https://loops.example/@mira.loops']);
    expect(house.clock.pending).toBe(0);
  });

  test('an abort while a call is under way answers at once', async () => {
    const house = new ScriptHouse();
    house.phone.around = (at, call) => (at === 'before' && call === 'read' ? new Promise(() => {}) : undefined);
    const attempt = house.start(script(async (ctx) => void (await ctx.see())));
    attempt.catch(() => {});
    await house.clock.advance(100);
    house.controller.abort(new DroverError('server.stopping'));
    await expect(house.finish(attempt)).rejects.toMatchObject({ code: 'server.stopping' });
  });
});

describe('media', () => {
  const pushing = script(async (ctx) => {
    await ctx.media(want);
  });

  test('is on the phone during the attempt and gone afterwards, also when it fails or is stopped', async () => {
    for (const end of ['completed', 'app.limited', 'task.stopped']) {
      const house = new ScriptHouse();
      house.media = [video];
      let during = 0;
      const code = await house.codeOf(
        script(async (ctx) => {
          const [file] = await ctx.media(want);
          expect(file).toMatchObject({ name: 'a.mp4', uri: 'content://media/external/video/media/1' });
          during = house.phone.files.size;
          if (end === 'app.limited') ctx.fail(end);
          if (end === 'task.stopped') house.controller.abort(new DroverError(end));
        }),
      );
      expect([during, house.phone.files.size]).toEqual([1, 0]);
      expect(code).toBe(end === 'task.stopped' ? 'completed' : end);
      expect(house.recorder.steps.find(({ kind }) => kind === 'push')).toMatchObject({
        found: { sha256: 'ab', bytes: 9 },
      });
    }
  });

  test('stays while an act that needs it may be under way, and is swept by the next attempt', async () => {
    const house = new ScriptHouse();
    house.media = [video];
    house.phone.screen = 'profile';
    house.phone.around = (at, call) => {
      if (at === 'after' && call === 'tap') throw new DroverError('phone.agent-down');
    };
    const posting = script(
      async (ctx) => {
        await ctx.media(want);
        await ctx.effect(
          { kind: 'follow', target: 'x', lookFirst: false },
          { look: async () => 'done', act: () => ctx.tap(profile.follow) },
        );
      },
      { recalls: { follow: async () => 'done' } },
    );
    expect(await house.codeOf(posting)).toBe('phone.agent-down');
    expect(house.phone.files.size).toBe(1);
    house.phone.around = () => {};
    expect(await house.codeOf(pushing)).toBe('doubt'); // that script cannot recall a follow
    expect(await house.codeOf(pushing)).toBe('completed');
    expect(house.phone.files.size).toBe(0);
  });

  test('that cannot be had fails before anything touches the phone', async () => {
    const house = new ScriptHouse();
    const prepare = async (ctx: ScriptContext) => void (await ctx.choose(want));
    expect(await house.codeOf(script(toProfile, { prepare }))).toBe('media.missing');
    expect(house.phone.touches).toEqual([]);
    expect(await house.codeOf(script(toProfile, { prepare: toProfile }))).toBe('server.bug');
  });
});

describe('the account', () => {
  const app = (active: string | undefined, switches: string[] | undefined) => ({
    ...loops,
    activeAccount: async () => switches?.at(-1) ?? active,
    ...(switches && { switchTo: async (_: ScriptContext, name: string) => void switches.push(name) }),
  });

  test('is switched when another one is active, and left alone when it is the right one', async () => {
    const house = new ScriptHouse();
    house.account = { id: 3, username: '@Mira.Loops' };
    const switches: string[] = [];
    house.more = { app: app('other', switches) };
    expect(await house.codeOf(script(async () => {}))).toBe('completed');
    expect(await house.codeOf(script(async () => {}))).toBe('completed');
    expect(switches).toEqual(['@Mira.Loops']);
  });

  test('that cannot be switched to is the wrong account', async () => {
    const house = new ScriptHouse();
    house.account = { id: 3, username: 'mira' };
    house.more = { app: app('other', undefined) };
    expect(await house.codeOf(script(async () => {}))).toBe('app.wrong-account');
  });

  test('found logged in becomes the one whose effects they are', async () => {
    const house = new ScriptHouse();
    house.phone.screen = 'profile';
    house.more = {
      app: app('mira', undefined),
      whoIs: async (username) => ({ account: { id: 9, username }, actor: 'account:9' }),
    };
    await house.codeOf(
      script(async (ctx) => {
        expect(ctx.account).toEqual({ id: 9, username: 'mira' });
        await ctx.effect(
          { kind: 'follow', target: 'x', lookFirst: false },
          { look: async () => 'done', act: () => ctx.tap(profile.follow) },
        );
      }),
    );
    expect(house.journal.rows[0]?.actor).toBe('account:9');
  });
});

test('an app that is not installed', async () => {
  const house = new ScriptHouse();
  house.phone.installed = false;
  expect(await house.codeOf(script(async () => {}))).toBe('app.missing');
});

test('choices come from the seed, whatever was looked at between them', async () => {
  const chosen: string[] = [];
  const run = (looks: number) =>
    script(async (ctx) => {
      const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
      const first = ctx.pick(lines);
      for (let n = 0; n < looks; n++) await ctx.see();
      chosen.push(`${first} ${ctx.spin('{u|v|w|x} {1|2|3|4}')} ${ctx.int(1, 100)} ${ctx.chance(50)}`);
    });
  for (const looks of [0, 1, 5]) await new ScriptHouse().run(run(looks));
  expect(new Set(chosen).size).toBe(1);
});

test('words of a model become a draft, and nothing comes back', async () => {
  const house = new ScriptHouse();
  let answer: unknown = 'something';
  await house.run(
    script(async (ctx) => {
      answer = await ctx.propose({
        kind: 'comment',
        target: 'https://loops.example/v/1',
        prompt: 'say something kind',
      });
    }),
  );
  expect(answer).toBeUndefined();
  expect(house.drafts).toHaveLength(1);
});
