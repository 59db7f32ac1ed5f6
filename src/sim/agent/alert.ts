import type { View } from '../hierarchy.ts';
import type { Call, Route } from './call.ts';
import { middle } from './elements.ts';
import { AgentError } from './errors.ts';
import { withDescendants } from './ui-selector.ts';

const titles = { regular: /.+:id\/(alertTitle|custom)$/, permission: /.+:id\/permission_message$/ };
const buttons = { regular: /^android:id\/button\d+$/, permission: /.+:id\/permission_\w+_button$/ };

/** Android's own alerts and permission dialogs, known by their ids (AlertHelpers of the server). */
export const alertRoutes: readonly Route[] = [
  ['GET', '/session/:sessionId/alert/text', async (call) => textOf(await openAlert(call))],
  ['POST', '/session/:sessionId/alert/accept', async (call) => answer(call, await openAlert(call), 'accept')],
  ['POST', '/session/:sessionId/alert/dismiss', async (call) => answer(call, await openAlert(call), 'dismiss')],
];

interface Alert {
  kind: 'regular' | 'permission';
  views: readonly View[];
}

async function openAlert({ session, signal }: Call): Promise<Alert> {
  await session.waitForIdle(signal);
  const views = withDescendants(session.allRoots());
  for (const kind of ['regular', 'permission'] as const) {
    if (views.some((view) => titles[kind].test(view.node.id ?? ''))) return { kind, views };
  }
  throw new AgentError('no such alert', 'No alert is present on the screen');
}

/** All texts of the alert that are not its buttons, a line each. */
function textOf({ kind, views }: Alert): string {
  const content = views.find((view) => view.node.id === 'android:id/content');
  if (!content) throw new AgentError('no such alert', 'No alert is present on the screen');
  return withDescendants(content.children)
    .filter((view) => /.+:id\/.+/.test(view.node.id ?? '') && !buttons[kind].test(view.node.id ?? ''))
    .map((view) => view.text)
    .filter((text) => text.trim() !== '')
    .join('\n');
}

function answer({ session, body }: Call, { kind, views }: Alert, action: 'accept' | 'dismiss'): null {
  const { buttonLabel } = body.fields();
  const candidates = views.filter((view) => buttons[kind].test(view.node.id ?? ''));
  const button =
    typeof buttonLabel === 'string'
      ? candidates.find((view) => view.text === buttonLabel)
      : kind === 'permission'
        ? permissionButton(candidates, action)
        : regularButton(candidates, action);
  if (!button) {
    throw new AgentError('invalid element state', 'The expected button cannot be detected on the alert');
  }
  const { x, y } = middle(button.bounds);
  session.host.ui.tap(x, y);
  return null;
}

function permissionButton(candidates: readonly View[], action: 'accept' | 'dismiss'): View | undefined {
  const wanted = action === 'accept' ? /[^a-z]allow[^a-z]/i : /[^a-z]deny[^a-z]/i;
  return (
    candidates.find((view) => wanted.test(view.node.id ?? '')) ??
    (action === 'accept' ? candidates[1] : undefined) ??
    candidates[0]
  );
}

/** button1 accepts, button2 (where there is one) dismisses. */
function regularButton(candidates: readonly View[], action: 'accept' | 'dismiss'): View | undefined {
  const sorted = [...candidates].sort((a, b) => (a.node.id ?? '').localeCompare(b.node.id ?? ''));
  return action === 'dismiss' && sorted.length > 1 ? sorted[1] : sorted[0];
}
