/** A task's state as the database and the events know it. */
export const taskStates = ['held', 'pending', 'running', 'completed', 'failed', 'unconfirmed'] as const;
export type TaskStateName = (typeof taskStates)[number];

/** The four documented statuses: 0 pending, 1 running, 2 completed, 3 failed. */
export const wireStatus: Readonly<Record<TaskStateName, 0 | 1 | 2 | 3>> = {
  held: 0,
  pending: 0,
  running: 1,
  completed: 2,
  failed: 3,
  unconfirmed: 3,
};

export const statusTexts = ['pending', 'running', 'completed', 'failed'] as const;

/** What is an effect: a public action that is done once. */
export const effectKinds = ['post', 'follow', 'unfollow', 'comment', 'like', 'favourite'] as const;
export type EffectKind = (typeof effectKinds)[number];

export const effectStates = ['intended', 'done', 'not-done', 'unconfirmed', 'refused'] as const;
export type EffectState = (typeof effectStates)[number];

/** Device states; adb's own word stands beside it as `adb_state`. */
export const deviceStates = ['absent', 'offline', 'unauthorized', 'preparing', 'ready', 'ailing', 'disabled'] as const;
export type DeviceStateName = (typeof deviceStates)[number];
