import { expect, test } from 'vitest';
import { faultOf } from './check-rooms.ts';

test.each([
  ['src/store/tasks.ts', 'src/base/clock.ts', undefined],
  ['src/base/clock.ts', 'src/store/tasks.ts', /room "base" may import contract/],
  ['src/sim/ui.ts', 'src/contract/event.ts', /room "sim" may import base/],
  ['src/apps/tiktok/app.ts', 'src/phone/selector.ts', undefined],
  ['src/apps/tiktok/app.ts', 'src/phone/agent.ts', /room "apps" may import script, phone\/selector/],
  ['src/apps/tiktok/app.ts', 'src/apps/instagram/app.ts', /imports another app/],
  ['src/apps/index.ts', 'src/apps/tiktok/app.ts', undefined],
  ['src/main.ts', 'src/sim/phone.ts', undefined],
  ['src/cli/serve.ts', 'src/main.ts', undefined],
  ['src/task/runner.ts', 'src/main.ts', /in no room/],
  ['src/task/runner.test.ts', 'test/support/task-house.ts', undefined],
  ['src/task/runner.ts', 'test/support/task-house.ts', /in no room/],
  ['console/tasks/page.tsx', 'src/contract/task.ts', undefined],
  ['console/tasks/page.tsx', 'src/store/tasks.ts', /room "console" may import contract/],
])('%s importing %s', (from, to, fault) => {
  if (fault) expect(faultOf(from, to)).toMatch(fault);
  else expect(faultOf(from, to)).toBeUndefined();
});
