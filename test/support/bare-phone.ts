import { createServer } from 'node:http';
import sharp from 'sharp';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Adbd, createBanner } from '../../src/sim/adbd.ts';
import { Background } from '../../src/sim/background.ts';
import { SimFaults } from '../../src/sim/faults.ts';
import { SimFiles } from '../../src/sim/files.ts';
import { LogBuffer } from '../../src/sim/log-buffer.ts';
import { SimPackages } from '../../src/sim/packages.ts';
import type { OpenService, PhoneAgent, PhoneHost, PhoneUi } from '../../src/sim/parts.ts';
import { StreamRegistry } from '../../src/sim/registry.ts';
import { createServices } from '../../src/sim/services.ts';

export const bareProps: Readonly<Record<string, string>> = {
  'ro.product.name': 'panther',
  'ro.product.model': 'Pixel 7',
  'ro.product.device': 'panther',
  'ro.build.version.sdk': '34',
  'ro.build.version.release': '14',
};

/** The device side of adb with the thinnest possible phone behind it: no apps, a black screen, an agent that says it is up. */
export interface BarePhone {
  host: PhoneHost;
  log: LogBuffer;
  faults: SimFaults;
  files: SimFiles;
  packages: SimPackages;
  registry: StreamRegistry;
  openService: OpenService;
  adbd: Adbd;
  agent: PhoneAgent;
  /** Calls that reached the screen, as words. */
  touched: string[];
  reboots: () => number;
}

export function createBarePhone({ clock = systemClock, port = 0 }: { clock?: Clock; port?: number } = {}): BarePhone {
  const faults = new SimFaults(clock);
  const files = new SimFiles({ clock, faults });
  const packages = new SimPackages({ clock, faults });
  const registry = new StreamRegistry();
  const touched: string[] = [];
  let reboots = 0;
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      touched.push([name, ...args.map((arg) => JSON.stringify(arg))].join(' '));
    };
  const ui = {
    size: { width: 108, height: 240 },
    density: 420,
    rotation: 0,
    isScreenOn: true,
    isKeyboardShown: false,
    windows: () => [
      {
        package: 'com.example.app',
        root: {
          class: 'android.widget.TextView',
          bounds: { left: 0, top: 0, right: 108, bottom: 240 },
          text: 'Tom & "Jerry"',
        },
      },
    ],
    tap: note('tap'),
    longPress: note('longPress'),
    swipe: note('swipe'),
    key: note('key'),
    type: (text: string) => {
      note('type')(text);
      return true;
    },
    start: (intent: { component?: string; package?: string }) => {
      note('start')(intent);
      return intent.package === 'com.example.missing'
        ? { error: 'Activity not started, unable to resolve Intent { }' }
        : { component: intent.component ?? 'com.example.app/com.example.app.Main' };
    },
    forceStop: note('forceStop'),
    foreground: () => ({ package: 'com.example.app', activity: 'com.example.app.Main' }),
    background: new Background(() => []),
    processes: () => [{ pid: 4_321, name: 'com.example.app' }],
    isIdle: () => true,
    changed: () => {},
    openNotifications: note('openNotifications'),
    closeNotifications: note('closeNotifications'),
    picture: async () =>
      sharp({ create: { width: 108, height: 240, channels: 3, background: '#102030' } })
        .png()
        .toBuffer(),
  } satisfies Partial<PhoneUi> as unknown as PhoneUi;
  const host: PhoneHost = {
    serial: `127.0.0.1:${port}`,
    clock,
    random: seededRandom('bare phone'),
    log: silentLog,
    props: bareProps,
    language: 'en-US',
    files,
    packages,
    ui,
    faults,
    unknown: [],
  };
  const agent = createBareAgent(registry);
  const log = new LogBuffer(clock);
  const openService = createServices({
    host,
    log,
    agent,
    registry,
    reboot: () => {
      reboots++;
      adbd.vanishFor(300);
    },
  });
  const adbd: Adbd = new Adbd({ port, host, openService, banner: createBanner(bareProps), registry });
  return { host, log, faults, files, packages, registry, openService, adbd, agent, touched, reboots: () => reboots };
}

function createBareAgent(registry: StreamRegistry): PhoneAgent {
  let stop: ((reason: string) => void) | undefined;
  return {
    get isRunning() {
      return stop !== undefined;
    },
    start({ onLine, onEnd }) {
      const server = createServer((_, response) => {
        response.end(
          JSON.stringify({ sessionId: null, value: { ready: true, message: 'UiAutomator2 Server is ready' } }),
        );
      });
      const close = registry.listen('tcp:6790', (stream) => server.emit('connection', stream));
      stop = (reason) => {
        stop = undefined;
        close();
        server.closeAllConnections();
        if (reason === 'crashed') onLine('INSTRUMENTATION_RESULT: shortMsg=Process crashed.');
        onEnd();
      };
      onLine('INSTRUMENTATION_STATUS_CODE: 1');
    },
    stop: (reason) => stop?.(reason),
  };
}
