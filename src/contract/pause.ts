import { type Static, Type } from 'typebox';
import { isoTime, nullable } from './page.ts';
import { platforms } from './script-names.ts';

const target = {
  account: Type.Optional(
    Type.Union([Type.Integer(), Type.String({ minLength: 1 })], {
      description: 'Id of an account, or its username with or without @',
    }),
  ),
  device: Type.Optional(Type.String({ minLength: 1, description: 'Serial of a phone' })),
};

/** Body of `POST /pause`: an account, a phone, or with neither everything. */
export const PauseBody = Type.Object({
  ...target,
  stop: Type.Optional(Type.Boolean({ default: false, description: 'Stop what runs; otherwise running tasks finish' })),
});
export type PauseBody = Static<typeof PauseBody>;

/** Body of `POST /resume`. */
export const ResumeBody = Type.Object(target);
export type ResumeBody = Static<typeof ResumeBody>;

export const PausedWork = Type.Object({
  scope: Type.Enum(['all', 'account', 'device']),
  account: nullable(Type.Object({ id: Type.Integer(), username: Type.String(), platform: Type.Enum([...platforms]) })),
  device: nullable(Type.String({ description: 'Serial' })),
  since: isoTime('When it was paused'),
  by: nullable(Type.String({ description: 'Who paused it' })),
});
export type PausedWork = Static<typeof PausedWork>;

export const PauseList = Type.Object({
  paused: Type.Array(PausedWork, { description: 'All that is paused now, the oldest first; empty: nothing is' }),
  stopped: Type.Array(Type.Integer(), { description: 'Ids of the tasks that this call stopped' }),
});
export type PauseList = Static<typeof PauseList>;
