import { DroverError } from '../base/error.ts';
import { middleOf } from '../phone/hierarchy.ts';
import type { Recognised } from './recognise.ts';
import type { AnyScreen, Control } from './screen.ts';
import type { Session } from './session.ts';
import { permission } from './system-screens.ts';

/** A dialog that comes back this often is not dismissed by what we do. */
const mostInARow = 5;
const mostInAnAttempt = 12;

/**
 * A fresh capture with every known dialog taken away by its safe control, each recorded. Dialogs of `wanted` are left
 * alone, and so is everything unknown or without a safe way out: no tap on a guess. A screen or dialog that `fails`
 * throws its code.
 */
export async function readPastDialogs(session: Session, wanted: readonly AnyScreen[]): Promise<Recognised> {
  for (let count = 0; ; count++) {
    const recognised = await session.recognise();
    const { top } = recognised;
    if (!top || wanted.includes(top)) return recognised;
    if (top.rules.fails) {
      throw new DroverError(top.rules.fails, {
        message: `${session.parts.app.label} shows ${top.screenName}`,
        details: { screen: top.screenName },
      });
    }
    if (top.is !== 'dialog' || !mayTouch(session)) return recognised;
    const way = wayOut(session, recognised, top);
    if (way === undefined) return recognised;
    if (count >= mostInARow || session.countDialog(top.screenName) > mostInAnAttempt) {
      throw new DroverError('app.unexpected-screen', {
        message: `${top.screenName} keeps coming back`,
        details: { screen: top.screenName },
      });
    }
    await dismiss(session, recognised, top, way);
  }
}

const mayTouch = ({ mode }: Session): boolean =>
  mode.is === 'free' || mode.is === 'look' || (mode.is === 'act' && mode.tap.sent === 0);

async function dismiss(
  session: Session,
  recognised: Recognised,
  dialog: AnyScreen,
  way: Control | 'back',
): Promise<void> {
  await session.traced('dialog', dialog.screenName, async (entry) => {
    entry.hierarchy = session.hierarchyRef(recognised.hierarchy);
    if (way === 'back') {
      entry.found = { dialog: dialog.screenName, by: 'back' };
      await session.touch('navigate', dialog.screenName, (hands, ctx) => hands.key(ctx, 'back'));
      return;
    }
    const resolved = recognised.controls.get(way.name);
    if (resolved?.is !== 'one' || !resolved.target) {
      throw new DroverError(resolved?.is === 'ambiguous' ? 'phone.control-ambiguous' : 'phone.control-missing', {
        message: `${way.name} is not there to take ${dialog.screenName} away`,
        details: { control: way.name },
      });
    }
    const { target } = resolved;
    entry.found = { dialog: dialog.screenName, by: way.name };
    entry.bounds = target.bounds;
    entry.signals = resolved.signals;
    await session.touch('navigate', way.name, (hands, ctx) => hands.tap(ctx, middleOf(target.bounds)));
  });
}

/** Undefined: nothing about it is known to be safe. */
function wayOut(session: Session, recognised: Recognised, dialog: AnyScreen): Control | 'back' | undefined {
  if (dialog === permission) return permissionAnswer(session, recognised);
  const { dismiss: way } = dialog.rules;
  if (way === undefined || way === 'back') return way;
  return dialog.controls[way];
}

/**
 * Denied unless the app's own rule for this sentence says otherwise. Photos and videos are allowed (their dialog alone has
 * a button for selected ones): the operator has asked to post one.
 */
function permissionAnswer(session: Session, { hierarchy, controls }: Recognised): Control | undefined {
  const rules = session.parts.app.permissions ?? [];
  const rule = rules.find(({ says }) =>
    says.find(hierarchy).some((node) => permission.rules.packages?.test(node.package)),
  );
  const isThere = ({ name }: Control) => controls.get(name)?.is === 'one';
  const answer = rule?.answer ?? (isThere(permission.allowSelected) ? 'allow' : 'deny');
  return (answer === 'allow' ? [permission.allow, permission.oneTime] : [permission.deny]).find(isThere);
}
