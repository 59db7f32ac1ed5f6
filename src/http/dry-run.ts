import type { CreateRequest, DryRunReply, PlannedTaskReply } from '../contract/create-task.ts';
import { plannedAction } from '../contract/planned-action.ts';
import { type Sentence, say } from '../contract/sentence.ts';
import type { ForecastAction, Foresight } from '../rules/forecast.ts';
import type { TaskPlan } from '../task/create.ts';
import type { TaskDraft } from '../task/expand.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';
import { type Obstacle, pausedBy, phoneObstacle, readSurroundings, type Surroundings } from './waiting.ts';

/** What a create call would make, and what would be in the way of each task. Throws what the call itself would throw. */
export async function dryRun(parts: HttpParts, request: CreateRequest): Promise<DryRunReply> {
  const plan = await parts.planTasks(request);
  const { drafts, dueAt } = plan;
  const [foresights, around] = await Promise.all([
    parts.forecast(drafts.map((draft) => actionOf(draft, dueAt))),
    readSurroundings(parts, drafts),
  ]);
  const tasks = drafts.map((draft, index) => {
    const foresight = foresights[index] ?? { is: 'go' };
    return taskReply(draft, plan, outlookOf(draft, { foresight, plan, around }), parts.settings().timeZone);
  });
  return { tasks, created_count: 0 };
}

function actionOf(draft: TaskDraft, at: number): ForecastAction | undefined {
  const { accountId, serial, platform } = draft;
  const action = plannedAction(draft);
  return action && { ...action, accountId, serial, platform, at };
}

type Outlook = Pick<PlannedTaskReply, 'verdict'> & { rule: Sentence | null; until?: number | null };

/** What can never be is said first, then what a person has to do, then what passes by itself. */
function outlookOf(
  draft: TaskDraft,
  { foresight, plan, around }: { foresight: Foresight; plan: TaskPlan; around: Surroundings },
): Outlook {
  if (foresight.is === 'refuse') return { verdict: 'refuse', rule: foresight.rule };
  if (plan.isHeld) return { verdict: 'wait', rule: say('review.will-hold', {}) };
  const pause = pausedBy(draft, around);
  if (pause) return waitFor(pause);
  if (foresight.is === 'wait') {
    return { verdict: 'wait', rule: foresight.rule, ...(foresight.until !== undefined && { until: foresight.until }) };
  }
  // Of a later time nobody knows yet whether the phone is there.
  const obstacle = plan.dueAt <= around.now ? phoneObstacle(draft.serial, around) : undefined;
  return obstacle ? waitFor(obstacle) : { verdict: 'go', rule: null };
}

const waitFor = ({ sentence, until }: Obstacle): Outlook => ({ verdict: 'wait', rule: sentence, until });

function taskReply(draft: TaskDraft, { dueAt, zone }: TaskPlan, outlook: Outlook, ownZone: string): PlannedTaskReply {
  const { serial, username, platform, scriptName, target } = draft;
  const { verdict, rule, until = null } = outlook;
  return {
    serial,
    username: username === null ? null : `@${username}`,
    platform,
    script_name: scriptName,
    target,
    due_at: isoTime(dueAt, zone),
    verdict,
    rule: rule?.text ?? null,
    rule_code: rule?.code ?? null,
    rule_params: rule?.params ?? null,
    until: until === null ? null : isoTime(until, ownZone),
  };
}
