import { defineOperation } from '../operation.ts';
import { PauseBody, PauseList, ResumeBody } from '../pause.ts';

const tag = 'Tasks';

export const pauseWork = defineOperation({
  id: 'pauseWork',
  method: 'POST',
  path: '/pause',
  tag,
  scope: 'tasks',
  summary: 'Pause everything, an account, or a phone',
  description:
    'No task of it begins until it is resumed, also after a restart. Running tasks finish, unless `stop` says otherwise; a stopped task ends as failed and can be retried.',
  body: PauseBody,
  isBodyOptional: true,
  data: PauseList,
  errors: ['input.not-found'],
  examples: [
    { name: 'everything', body: {} },
    { name: 'an account, at once', body: { account: '@lena', stop: true } },
    { name: 'a phone', body: { device: 'R58M123ABCD' } },
  ],
});

export const resumeWork = defineOperation({
  id: 'resumeWork',
  method: 'POST',
  path: '/resume',
  tag,
  scope: 'tasks',
  summary: 'Resume what was paused',
  description:
    'With an empty body the pause of everything ends; accounts and phones that were paused by themselves stay paused, as the answer shows.',
  body: ResumeBody,
  isBodyOptional: true,
  data: PauseList,
  errors: ['input.not-found'],
  examples: [{ name: 'everything', body: {}, data: { paused: [], stopped: [] } }],
});

export const listPauses = defineOperation({
  id: 'listPauses',
  method: 'GET',
  path: '/pause',
  tag,
  scope: 'read',
  summary: 'Show what is paused',
  data: PauseList,
});
