import { insertReview } from '../store/reviews.ts';
import type { Tx } from '../store/store.ts';
import type { TaskDraft } from './expand.ts';

/** One review item for each task that waits for a person before it may run, in the unit that creates it. */
export async function openHolds(tx: Tx, ids: readonly number[], drafts: readonly TaskDraft[]): Promise<void> {
  for (const [index, taskId] of ids.entries()) {
    const draft = drafts[index];
    if (!draft) continue;
    const { scriptName, target, serial, username } = draft;
    const on = target === null || target === '' ? '' : ` ${target}`;
    const who = username === null ? 'the account that is active there' : `@${username}`;
    await insertReview(tx, {
      kind: 'hold',
      taskId,
      body: {
        text: `${scriptName}${on} on phone ${serial} as ${who} waits for approval.`,
        script_name: scriptName,
        target,
        serial,
        username,
      },
    });
  }
}
