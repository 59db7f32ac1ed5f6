import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Approval, Decision, ListReviewQuery, ReviewItem, ReviewList } from '../review.ts';

const tag = 'Review';
const params = Type.Object({ id: Type.Integer({ minimum: 1, description: 'Id of a review item' }) });

export const listReview = defineOperation({
  id: 'listReview',
  method: 'GET',
  path: '/review',
  tag,
  scope: 'read',
  summary: 'List what waits for a person',
  description: 'Open items come first, the oldest of them foremost.',
  query: ListReviewQuery,
  data: ReviewList,
});

export const getReview = defineOperation({
  id: 'getReview',
  method: 'GET',
  path: '/review/{id}',
  tag,
  scope: 'read',
  summary: 'Look one review item up',
  params,
  data: ReviewItem,
  errors: ['input.not-found'],
});

export const approveReview = defineOperation({
  id: 'approveReview',
  method: 'POST',
  path: '/review/{id}/approve',
  tag,
  scope: 'tasks',
  summary: 'Approve a held task or a draft',
  description:
    'A held task becomes pending. A draft becomes a `comment` task with its text, or with the `text` given here; the conduct rules hold for it as for any other.',
  params,
  body: Approval,
  isBodyOptional: true,
  data: Decision,
  errors: ['input.not-found', 'task.wrong-state', 'conduct.refused'],
  examples: [{ name: 'in other words', params: { id: 7 }, body: { text: 'What a lovely bridge!' } }],
});

export const rejectReview = defineOperation({
  id: 'rejectReview',
  method: 'POST',
  path: '/review/{id}/reject',
  tag,
  scope: 'tasks',
  summary: 'Reject a held task or a draft',
  description: 'A held task fails as `conduct.rejected`; of a draft nothing is published.',
  params,
  data: Decision,
  errors: ['input.not-found', 'task.wrong-state'],
});

export const confirmReview = defineOperation({
  id: 'confirmReview',
  method: 'POST',
  path: '/review/{id}/done',
  tag,
  scope: 'tasks',
  summary: 'Say that a doubtful public action did happen',
  description: 'Its task is completed.',
  params,
  data: Decision,
  errors: ['input.not-found', 'task.wrong-state'],
});

export const denyReview = defineOperation({
  id: 'denyReview',
  method: 'POST',
  path: '/review/{id}/not-done',
  tag,
  scope: 'tasks',
  summary: 'Say that a doubtful public action did not happen',
  description: 'It no longer counts against the limits; its task fails and can be retried.',
  params,
  data: Decision,
  errors: ['input.not-found', 'task.wrong-state'],
});
