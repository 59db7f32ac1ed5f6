import type { TraceAttempt, TraceStep } from '../../src/contract/trace.ts';

/** A step with what it consists of. `id` is its place in the trace file, which lists inner steps before outer ones. */
export interface StepNode {
  id: number;
  step: TraceStep;
  children: readonly StepNode[];
}

/** The steps of an attempt as a tree, in the order in which they began. */
export function treeOf(steps: readonly TraceStep[]): readonly StepNode[] {
  // By depth: what has ended and waits for the outer step that it belongs to, which ends later.
  const waiting: StepNode[][] = [];
  for (const [id, step] of steps.entries()) {
    const depth = Math.max(0, step.depth);
    const children = waiting
      .splice(depth + 1)
      .flat()
      .sort(byStart);
    waiting[depth] ??= [];
    for (let at = 0; at < depth; at++) waiting[at] ??= [];
    waiting[depth].push({ id, step, children });
  }
  // Where the process died, inner steps are left without the outer one: they stand at the top.
  return waiting.flat().sort(byStart);
}

const byStart = (a: StepNode, b: StepNode): number =>
  a.step.started_at.localeCompare(b.step.started_at) || b.step.ended_at.localeCompare(a.step.ended_at) || a.id - b.id;

export const durationMs = ({ started_at, ended_at }: Pick<TraceStep, 'started_at' | 'ended_at'>): number =>
  Math.max(0, Date.parse(ended_at) - Date.parse(started_at));

/** From the outermost step that failed to the innermost; empty when none did. */
export function failurePath(tree: readonly StepNode[]): readonly StepNode[] {
  const failed = tree.findLast(({ step, children }) => step.error !== null || failurePath(children).length > 0);
  return failed ? [failed, ...failurePath(failed.children)] : [];
}

/** A picture, or a drawing of the hierarchy, with what was touched there. */
export interface Shot {
  node: StepNode;
  picture: string | undefined;
  hierarchy: string | undefined;
  bounds: TraceStep['bounds'];
}

/** The pictures that tell the story: one a step, and one for every touch. */
export function shotsOf(attempt: Pick<TraceAttempt, 'steps'>): readonly Shot[] {
  const pictureOf = picturesByHierarchy(attempt.steps);
  return flatten(treeOf(attempt.steps))
    .filter(({ step }) => step.picture !== null || (step.bounds !== null && step.hierarchy !== null))
    .map((node) => shotOf(node, pictureOf))
    .sort((a, b) => momentOf(a).localeCompare(momentOf(b)) || a.node.id - b.node.id);
}

/** A touch shows what was there before it, a step what was there at its end. */
const momentOf = ({ node: { step } }: Shot): string => (step.bounds === null ? step.ended_at : step.started_at);

export const shotOf = ({ step, ...node }: StepNode, pictureOf: ReadonlyMap<string, string>): Shot => ({
  node: { ...node, step },
  picture: step.picture ?? (step.hierarchy === null ? undefined : pictureOf.get(step.hierarchy)),
  hierarchy: step.hierarchy ?? undefined,
  bounds: step.bounds,
});

/** Hierarchies are named by their content: two steps with the same one saw the same screen. */
export function picturesByHierarchy(steps: readonly TraceStep[]): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap(({ hierarchy, picture }): [string, string][] =>
      hierarchy !== null && picture !== null ? [[hierarchy, picture]] : [],
    ),
  );
}

export const flatten = (tree: readonly StepNode[]): readonly StepNode[] =>
  tree.flatMap((node) => [node, ...flatten(node.children)]);

/** Evidence of a failure: the innermost picture on the way to it, else the last one taken. */
export function evidenceOf(attempt: Pick<TraceAttempt, 'steps'>): Shot | undefined {
  const pictureOf = picturesByHierarchy(attempt.steps);
  const path = failurePath(treeOf(attempt.steps)).map((node) => shotOf(node, pictureOf));
  return (
    path.findLast(({ picture }) => picture !== undefined) ??
    path.findLast(({ hierarchy }) => hierarchy !== undefined) ??
    shotsOf(attempt).at(-1)
  );
}

/** Rows of the list: several looks in a row that saw the same screen are one. */
export interface StepRow {
  node: StepNode;
  /** How many looks it stands for. */
  times: number;
  endedAt: string;
}

export function rowsOf(children: readonly StepNode[]): readonly StepRow[] {
  const rows: StepRow[] = [];
  for (const node of children) {
    const last = rows.at(-1);
    if (last && isSameLook(last.node, node)) {
      last.times++;
      last.endedAt = node.step.ended_at;
    } else rows.push({ node, times: 1, endedAt: node.step.ended_at });
  }
  return rows;
}

function isSameLook(a: StepNode, b: StepNode): boolean {
  const isPlain = ({ step, children }: StepNode) => step.kind === 'see' && step.error === null && children.length === 0;
  return isPlain(a) && isPlain(b) && a.step.name === b.step.name && seenScreen(a.step) === seenScreen(b.step);
}

export const seenScreen = ({ found }: TraceStep): string | undefined =>
  isRecord(found) && typeof found.screen === 'string' ? found.screen : undefined;

/** Screens that a look weighed, best first. */
export function candidatesOf({ found }: TraceStep): readonly { screen: string; score: number }[] {
  const list = isRecord(found) ? found.candidates : undefined;
  return Array.isArray(list)
    ? list.filter(
        (one): one is { screen: string; score: number } =>
          isRecord(one) && typeof one.screen === 'string' && typeof one.score === 'number',
      )
    : [];
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
