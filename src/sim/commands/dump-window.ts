import type { Call } from '../command.ts';
import type { Rect, UiWindow } from '../parts.ts';
import { shortComponent } from './intent-args.ts';

/** Component in front, short, as the activity manager prints it. */
export const frontComponent = (call: Call): string => {
  const { package: name, activity } = call.phone.host.ui.foreground();
  return shortComponent(activity.includes('/') ? activity : `${name}/${activity}`);
};

/**
 * `dumpsys window [windows|displays]`. Without a section all of them are printed; since Android 10 the focus stands with
 * the display and no longer among the windows (AOSP WindowManagerService, DisplayContent).
 */
export function dumpWindow(call: Call, [section]: readonly string[]): string {
  if (section === 'windows' || section === 'w') return windows(call);
  if (section === 'displays' || section === 'd') return displays(call);
  return policy(call) + displays(call) + windows(call);
}

function displays(call: Call): string {
  const { ui } = call.phone.host;
  const { width, height } = ui.size;
  const front = frontComponent(call);
  return (
    'WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)\n  Display: mDisplayId=0\n' +
    `    init=${width}x${height} ${ui.density}dpi cur=${width}x${height} app=${width}x${height}\n` +
    `  mCurrentFocus=Window{8d1f2c3 u0 ${fullComponent(front)}}\n  mFocusedApp=ActivityRecord{5a6b7c8 u0 ${front} t142}\n` +
    `  mInputMethodWindow=${ui.isKeyboardShown ? 'Window{77aa11b u0 InputMethod}' : 'null'}\n` +
    `  mRotation=ROTATION_${ui.rotation * 90}\n\n`
  );
}

function policy({ phone }: Call): string {
  const isOn = phone.host.ui.isScreenOn;
  return (
    'WINDOW MANAGER POLICY STATE (dumpsys window policy)\n' +
    `  KeyguardServiceDelegate\n    showing=${!isOn}\n  mShowingLockscreen=${!isOn} mDreamingLockscreen=${!isOn} mAwake=${isOn}\n` +
    `  screenState=${isOn ? 'SCREEN_STATE_ON' : 'SCREEN_STATE_OFF'}\n\n`
  );
}

/** The topmost first. */
function windows(call: Call): string {
  const { ui } = call.phone.host;
  const front = frontComponent(call);
  const [name = ''] = front.split('/');
  const shown = ui
    .windows()
    .toReversed()
    .map((window, at) => windowState(window, at, window.package === name ? fullComponent(front) : undefined));
  return `WINDOW MANAGER WINDOWS (dumpsys window windows)\n${shown.join('')}\n`;
}

const types: Readonly<Record<string, string>> = {
  StatusBar: 'STATUS_BAR',
  NavigationBar0: 'NAVIGATION_BAR',
  NotificationShade: 'NOTIFICATION_SHADE',
  InputMethod: 'INPUT_METHOD',
};

function windowState(window: UiWindow, at: number, component: string | undefined): string {
  const title = component ?? window.title ?? window.package;
  const { bounds } = window.root;
  const size = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  const frame = print(bounds);
  return (
    `  Window #${at} Window{3c5e8f${at} u0 ${title}}:\n` +
    `    mDisplayId=0 rootTaskId=1 mOwnerUid=10189 showForAllUsers=${window.kind !== undefined} package=${window.package} appop=NONE\n` +
    `    mAttrs={(0,0)(fillxfill) sim={adjust=pan} ty=${types[title] ?? 'BASE_APPLICATION'} fmt=TRANSLUCENT}\n` +
    `    Requested w=${size.width} h=${size.height} mLayoutSeq=67\n` +
    '    mViewVisibility=0x0 mHaveFrame=true mObscured=false\n' +
    `    Frames: parent=${frame} display=${frame} frame=${frame} last=${frame}\n` +
    '    isOnScreen=true\n    isVisible=true\n'
  );
}

const print = ({ left, top, right, bottom }: Rect): string => `[${left},${top}][${right},${bottom}]`;

/** `a.b/.Main` as `a.b/a.b.Main`. */
function fullComponent(component: string): string {
  const [name = '', activity = ''] = component.split('/');
  return `${name}/${activity.startsWith('.') ? name + activity : activity}`;
}
