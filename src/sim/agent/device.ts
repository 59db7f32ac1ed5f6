import { sleep } from '../../base/clock.ts';
import { activeWindow } from '../hierarchy.ts';
import { characterOf } from '../keycodes.ts';
import { physicalDisplayId } from '../models.ts';
import type { PhoneHost, Rotation, UiWindow } from '../parts.ts';
import { frameOf } from '../screen.ts';
import { typeWith } from './actions.ts';
import { type Call, numberIn, type Route } from './call.ts';
import { AgentError, invalidArgument } from './errors.ts';

export const deviceRoutes: readonly Route[] = [
  [
    'GET',
    '/session/:sessionId/screenshot',
    async ({ session }) => Buffer.from(await session.host.ui.picture('png')).toString('base64'),
  ],
  [
    'POST',
    '/session/:sessionId/back',
    ({ session }) => {
      session.host.ui.key(4);
      return null;
    },
  ],
  ['POST', '/session/:sessionId/appium/device/press_keycode', pressKey],
  ['POST', '/session/:sessionId/appium/device/long_press_keycode', pressKey],
  [
    'POST',
    '/session/:sessionId/appium/device/open_notifications',
    ({ session }) => {
      session.host.ui.openNotifications();
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/device/get_clipboard',
    ({ session, body }) => {
      checkContentType(body.fields().contentType);
      return Buffer.from(readableClipboard(session.host), 'utf8').toString('base64');
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/device/set_clipboard',
    ({ session, body }) => {
      const content = body.text('SetClipboardModel', 'content');
      checkContentType(body.fields().contentType);
      session.host.ui.clipboard = Buffer.from(content, 'base64').toString('utf8');
      return null;
    },
  ],
  ['GET', '/session/:sessionId/appium/device/info', info],
  ['GET', '/session/:sessionId/appium/device/battery_info', () => ({ level: 1, status: 5 })],
  ['GET', '/session/:sessionId/appium/device/pixel_ratio', ({ session }) => session.host.ui.density / 160],
  ['GET', '/session/:sessionId/appium/device/display_density', ({ session }) => session.host.ui.density],
  [
    'GET',
    '/session/:sessionId/appium/device/system_bars',
    ({ session }) => {
      const { ui } = session.host;
      return { statusBar: frameOf(ui.size, ui.density).statusBar.bottom };
    },
  ],
  ['GET', '/session/:sessionId/appium/device/apps', apps],
  ['POST', '/session/:sessionId/network_connection', networkConnection],
  ['GET', '/session/:sessionId/window/:windowHandle/size', ({ session }) => ({ ...session.host.ui.size })],
  ['GET', '/session/:sessionId/orientation', ({ session }) => orientationOf(session.host.ui.rotation)],
  [
    'POST',
    '/session/:sessionId/orientation',
    async (call) => {
      const wanted = call.body.text('OrientationModel', 'orientation').toUpperCase();
      if (wanted !== 'PORTRAIT' && wanted !== 'LANDSCAPE') {
        throw invalidArgument(`Unknown orientation '${wanted}'. Only [PORTRAIT, LANDSCAPE] are supported`);
      }
      if (orientationOf(call.session.host.ui.rotation) !== wanted) await turn(call, wanted === 'PORTRAIT' ? 0 : 1);
      return wanted;
    },
  ],
  ['GET', '/session/:sessionId/rotation', ({ session }) => ({ x: 0, y: 0, z: session.host.ui.rotation * 90 })],
  [
    'POST',
    '/session/:sessionId/rotation',
    async (call) => {
      const z = numberIn(call.body.fields(), 'RotationModel', 'z');
      const rotation = [0, 90, 180, 270].indexOf(z);
      if (rotation < 0) throw invalidArgument(`Unknown rotation ${z}. Only [0, 90, 180, 270] are supported`);
      await turn(call, rotation as Rotation);
      return `ROTATION_${z}`;
    },
  ],
  ['GET', '/session/:sessionId/appium/device/declared_orientation', () => 'UNSPECIFIED'],
  ['POST', '/session/:sessionId/appium/reset_ax_cache', () => null],
  ['POST', '/session/:sessionId/appium/list_windows', listWindows],
  [
    'POST',
    '/session/:sessionId/appium/list_displays',
    ({ session }) => {
      const { ui } = session.host;
      return [
        {
          id: 0,
          name: 'Built-in Screen',
          physicalId: physicalDisplayId,
          virtualId: null,
          metrics: {
            widthPixels: ui.size.width,
            heightPixels: ui.size.height,
            density: ui.density / 160,
            densityDpi: ui.density,
          },
          isDefault: true,
        },
      ];
    },
  ],
];

const turnLimitMs = 2_000;

/** Locks the screen, and waits whether the app in front goes along (CustomUiDevice.setRotationSync). */
async function turn({ session, signal }: Call, rotation: Rotation): Promise<void> {
  const { ui, clock } = session.host;
  ui.turn(rotation);
  if (ui.rotation === rotation) return;
  await sleep(clock, turnLimitMs, signal);
  throw new AgentError(
    'invalid element state',
    `Screen rotation cannot be changed to ROTATION_${rotation * 90} after ${turnLimitMs}ms. Is it locked programmatically?`,
  );
}

const orientationOf = (rotation: number): string => (rotation % 2 === 0 ? 'PORTRAIT' : 'LANDSCAPE');

function pressKey({ session, body }: Call): null {
  const fields = body.fields();
  const code = Math.trunc(numberIn(fields, 'KeyCodeModel', 'keycode'));
  const held = typeof fields.metastate === 'number' ? Math.trunc(fields.metastate) : 0;
  const character = held === 0 ? undefined : characterOf(code);
  if (character === undefined) session.host.ui.key(code);
  else typeWith(session.host.ui, character, held);
  return null;
}

/** Apps that an icon starts; their labels are no part of what this phone knows about a package. */
function apps({ session }: Call): unknown {
  return session.host.packages
    .list()
    .flatMap(({ name, launcherActivity }) =>
      launcherActivity === undefined ? [] : [{ packageName: name, packageActivity: launcherActivity, appName: name }],
    );
}

const networkNames: Readonly<Record<number, string>> = {
  0: 'NONE',
  1: 'AIRPLANE',
  4: 'DATA Only',
  6: 'All Network ON',
};

/** Only Wi-Fi would be implemented, and that an app of today may not switch any more. */
function networkConnection({ body }: Call): never {
  const type = Math.trunc(numberIn(body.fields(), 'NetworkConnectionModel', 'type'));
  if (type === 2) throw new AgentError('invalid element state', 'Unable to ENABLEWIFI');
  const name = networkNames[type];
  if (name === undefined) throw invalidArgument(`Invalid Network Connection type: ${type}`);
  throw new AgentError('unknown error', `Setting Network Connection to '${name}' is not implemented`);
}

/**
 * Since Android 10 the app in front and the input method alone may read it, and the server is neither; it has no permission
 * for the background either (AOSP ClipboardService.clipboardAccessAllowed, manifest of the server's APK). Writing is free.
 */
const readableClipboard = ({ props, ui }: PhoneHost): string =>
  Number(props['ro.build.version.sdk']) >= 29 ? '' : ui.clipboard;

function checkContentType(contentType: unknown): void {
  if (contentType === undefined || contentType === null || String(contentType).toUpperCase() === 'PLAINTEXT') return;
  throw invalidArgument(`Only '[PLAINTEXT]' content types are supported. '${String(contentType)}' is given instead`);
}

function info({ session }: Call): unknown {
  const { props, ui, language } = session.host;
  return {
    androidId: (props['ro.serialno'] ?? '').toLowerCase().padEnd(16, '0').slice(0, 16),
    manufacturer: props['ro.product.manufacturer'] ?? '',
    model: props['ro.product.model'] ?? '',
    brand: props['ro.product.brand'] ?? '',
    apiVersion: props['ro.build.version.sdk'] ?? '',
    platformVersion: props['ro.build.version.release'] ?? '',
    carrierName: '',
    realDisplaySize: `${ui.size.width}x${ui.size.height}`,
    displayDensity: ui.density,
    networks: [
      {
        type: 1,
        typeName: 'WIFI',
        subtype: 0,
        subtypeName: '',
        isConnected: true,
        detailedState: 'CONNECTED',
        state: 'CONNECTED',
        extraInfo: null,
        isAvailable: true,
        isFailover: false,
        isRoaming: false,
        capabilities: {
          transportTypes: 'TRANSPORT_WIFI',
          networkCapabilities: 'NET_CAPABILITY_INTERNET,NET_CAPABILITY_VALIDATED',
          linkUpstreamBandwidthKbps: 12_000,
          linkDownBandwidthKbps: 60_000,
          signalStrength: -50,
          SSID: null,
        },
      },
    ],
    locale: language.replace('-', '_'),
    timeZone: props['persist.sys.timezone'] ?? 'UTC',
    bluetooth: { state: 'OFF' },
  };
}

const windowTypes = { application: 1, 'input-method': 2, system: 3 } as const;

async function listWindows({ session, body }: Call): Promise<unknown> {
  const { ui } = session.host;
  const { skipScreenshots, filters } = body.fields();
  if (filters !== undefined && filters !== null && typeof filters !== 'object') {
    throw new AgentError('invalid argument', 'Expected BEGIN_OBJECT at path $.filters');
  }
  const windows = ui.windows();
  const active = activeWindow(windows);
  const screenshot = skipScreenshots === true ? null : Buffer.from(await ui.picture('png')).toString('base64');
  const entry = (window: UiWindow, layer: number) => {
    const { bounds } = window.root;
    return {
      windowId: 100 + layer,
      displayId: 0,
      physicalDisplayId,
      virtualDisplayId: null,
      rect: { x: bounds.left, y: bounds.top, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top },
      packageName: window.package,
      screenshot,
      type: windowTypes[window.kind ?? 'application'],
      title: window.title ?? null,
      layer,
      isAccessibilityFocused: false,
      isActive: window === active,
      isFocused: window === active,
      isInPictureInPictureMode: false,
    };
  };
  return windows.map(entry).toReversed();
}
