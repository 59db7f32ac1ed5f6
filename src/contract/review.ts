import { type Static, Type } from 'typebox';
import { isoTime, nullable, pageFields, pageQuery } from './page.ts';
import { effectKinds } from './task-states.ts';

export const reviewKinds = ['hold', 'draft', 'doubt'] as const;

/** How each kind is decided. */
export const reviewVerbs = {
  hold: ['approve', 'reject'],
  draft: ['approve', 'reject'],
  doubt: ['done', 'not-done'],
} as const satisfies Readonly<Record<(typeof reviewKinds)[number], readonly string[]>>;
export type ReviewVerb = (typeof reviewVerbs)[keyof typeof reviewVerbs][number];

/** Something to decide by: a moment in the trace, or what was read there. */
export const Evidence = Type.Object({
  when: Type.Enum(['before', 'after'], { description: 'Before or after the public action was tried' }),
  picture: nullable(Type.String({ description: 'Path of an image' })),
  hierarchy: nullable(Type.String({ description: 'Path of the tree of nodes' })),
  seen: nullable(Type.String({ description: 'What was read there' })),
});
export type Evidence = Static<typeof Evidence>;

/** What a model was asked for, and what came back. */
export const Draft = Type.Object({
  kind: Type.Enum([...effectKinds]),
  target: Type.String(),
  prompt: Type.String(),
  device: nullable(Type.String({ description: 'Serial of the phone that proposed it' })),
  username: nullable(Type.String()),
  state: Type.Enum(['asking', 'ready', 'failed']),
  content: nullable(
    Type.String({ description: 'The text as the model wrote it; it is public only once a person approves' }),
  ),
  problem: nullable(Type.String({ description: 'Why there is no text' })),
});
export type Draft = Static<typeof Draft>;

/** Something that waits for a person. */
export const ReviewItem = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum([...reviewKinds], {
    description:
      'hold: a task that needs approval before it runs; draft: a text by a model; doubt: nobody can tell whether a public action happened',
  }),
  task_id: nullable(Type.Integer()),
  text: Type.String({ description: 'The question, as a sentence' }),
  verbs: Type.Array(Type.Enum(['approve', 'reject', 'done', 'not-done']), {
    description: 'How it can be decided; empty: it was',
  }),
  evidence: Type.Array(Evidence),
  draft: nullable(Draft),
  made_at: isoTime('When it came up'),
  decided_at: nullable(isoTime('When it was decided')),
  decision: nullable(Type.String()),
  decided_by: nullable(Type.String()),
});
export type ReviewItem = Static<typeof ReviewItem>;

export const ReviewList = Type.Object({ items: Type.Array(ReviewItem), ...pageFields });
export type ReviewList = Static<typeof ReviewList>;

export const ListReviewQuery = Type.Object({
  kind: Type.Optional(Type.Enum([...reviewKinds])),
  state: Type.Enum(['open', 'decided', 'all'], { default: 'open' }),
  task_id: Type.Optional(Type.Integer({ minimum: 1 })),
  ...pageQuery,
});

/** Body of an approval. */
export const Approval = Type.Object({
  text: Type.Optional(
    Type.String({ maxLength: 2_200, description: "Of a draft: publish this instead of the model's words" }),
  ),
});

/** What became of it. */
export const Decision = Type.Object({
  item: ReviewItem,
  task_id: nullable(Type.Integer({ description: 'The task that an approved draft became' })),
});
export type Decision = Static<typeof Decision>;
