import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { confirmAccount, noteLoggedIn, pauseAccount } from '../store/accounts.ts';
import { claimNext } from '../store/claim.ts';
import { upsertDevice } from '../store/devices.ts';
import { dayMs } from './caps.ts';
import { Forecast, type ForecastAction, type Foresight } from './forecast.ts';
import { Gate, type GateAnswer } from './gate.ts';
import { LiveSettings } from './settings.ts';

const people = ['lena', 'bo', 'mira', 'tom'] as const;

interface Move {
  who: number;
  kind: 'follow' | 'unfollow' | 'comment' | 'post';
  target: string;
  text: string | undefined;
  passMs: number;
  isSettledDone: boolean;
}

const moves: fc.Arbitrary<Move> = fc.record({
  who: fc.nat(people.length - 1),
  kind: fc.constantFrom('follow' as const, 'follow' as const, 'unfollow' as const, 'comment' as const, 'post' as const),
  target: fc.constantFrom('@stranger', '@other', '@lena', '@mira'),
  text: fc.constantFrom(undefined, undefined, 'so good', 'So good 🙂', 'lovely'),
  passMs: fc.constantFrom(0, 5_000, 30_000, 3_600_000, dayMs / 2, 2 * dayMs),
  isSettledDone: fc.boolean(),
});

/** Virtual ones count as confirmed; the account on the last phone nobody has confirmed. */
async function furnish(temp: TempStore) {
  return Promise.all(
    people.map(async (username, index) => {
      const serial = `P${index}`;
      const account = await temp.store.write(async (tx) => {
        await upsertDevice(tx, serial, { virtual: index === 0, state: 'ready' });
        const noted = await noteLoggedIn(tx, { platform: 'tiktok', username, serial });
        if (index === 1 || index === 2) await confirmAccount(tx, noted.id, 'anna');
        return noted;
      });
      await temp.submit([{ serial }]);
      const claim = await temp.store.write((tx) =>
        claimNext(tx, { serial, hostId: 'h', bootId: 'b', leaseMs: 1_000 * dayMs, seed: 's' }),
      );
      if (!claim) throw new Error('nothing to claim');
      return { serial, account, claim };
    }),
  );
}

/** What both say, in the same words. */
function inWords(answer: GateAnswer | Foresight, now: number): unknown {
  switch (answer.is) {
    case 'go':
      return 'go';
    case 'refuse':
      return ['refuse', answer.rule.text];
    case 'wait':
      return ['wait', answer.rule.text, 'ms' in answer ? now + answer.ms : (answer.until ?? 'a person')];
    case 'refused':
      return answer.until === undefined ? ['refuse', answer.rule.text] : ['wait', answer.rule.text, answer.until];
  }
}

test('of one action it says what the gate then says, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { minLength: 5, maxLength: 60 }), fc.boolean(), async (history, isPaused) => {
      const clock = new ManualClock(1_700_000_000_000);
      await using temp = new TempStore(clock);
      const settings = new LiveSettings({ store: temp.store, log: silentLog });
      await settings.change(
        { 'conduct.follow_per_day': 4, 'conduct.comment_per_day': 2, 'conduct.accounts_per_target': 1 },
        'anna',
      );
      const gate = new Gate({ store: temp.store, settings, log: silentLog });
      const hands = await furnish(temp);
      const second = hands[1];
      if (isPaused && second) {
        await temp.store.write((tx) => pauseAccount(tx, second.account.id, clock.now() + dayMs));
      }
      for (const [index, { who, kind, target, text, passMs, isSettledDone }] of history.entries()) {
        await clock.advance(passMs);
        const hand = hands[who];
        if (!hand) throw new Error('nobody');
        const { serial, account, claim } = hand;
        const what = { kind, target: kind === 'post' ? '@me' : target, ...(text !== undefined && { text }) };
        const action: ForecastAction = { ...what, accountId: account.id, serial, platform: 'tiktok', at: clock.now() };
        const db = temp.store.read;
        const [foresight] = await Forecast.of(db, await settings.inside(db), [action]);
        const answer = await gate.intend({
          ...what,
          taskId: claim.task.id,
          attemptId: claim.attempt.id,
          token: claim.token,
          key: `${index}`,
          actor: `account:${account.id}`,
          minor: false,
        });
        const said = inWords(foresight ?? { is: 'go' }, clock.now());
        const isByPerson = Array.isArray(said) && said[2] === 'a person';
        const heard = inWords(answer, clock.now());
        expect(said).toEqual(isByPerson && Array.isArray(heard) ? [heard[0], heard[1], 'a person'] : heard);
        if (isByPerson) expect(said).toEqual(['wait', expect.stringMatching(/confirm that @tom is yours/), 'a person']);
        if (answer.is === 'go') await gate.settle(answer.id, isSettledDone ? 'done' : 'not-done', {});
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);
