import type { SimApp, UiWindow } from '../parts.ts';
import { type Frame, fromBottom, grid, inset, label, node, rect, screen } from '../screen.ts';
import { systemText } from './texts.ts';

export interface LauncherEntry {
  package: string;
  label: string;
}

export const launcherPackage = 'com.google.android.apps.nexuslauncher';
const activity = `${launcherPackage}.NexusLauncherActivity`;

/** The home screen: one icon per app, a TextView with the app's label as text and content-desc. */
export class Launcher implements SimApp {
  readonly package = launcherPackage;
  readonly label = 'Pixel Launcher';
  /** Home screens of phones do not turn unless they are told to (AOSP Launcher3, RotationHelper: NOSENSOR). */
  readonly isPortraitOnly = true;
  readonly #options: {
    frame: () => Frame;
    language: string;
    entries: () => readonly LauncherEntry[];
    open: (packageName: string) => void;
  };

  constructor(options: {
    frame: () => Frame;
    language: string;
    entries: () => readonly LauncherEntry[];
    open: (packageName: string) => void;
  }) {
    this.#options = options;
  }

  start(): { activity: string } {
    return { activity };
  }

  stop(): void {}

  back(): boolean {
    return true; // there is nothing behind the home screen
  }

  isIdle(): boolean {
    return true;
  }

  windows(): UiWindow[] {
    const { entries, language, open } = this.#options;
    const frame = this.#options.frame();
    const { content, dp } = frame;
    const apps = entries();
    const cells = grid(inset({ ...content, top: content.top + dp(96) }, dp(16), 0), {
      count: apps.length,
      perRow: 4,
      cellHeight: dp(104),
    });
    const icons = apps.map((app, index) => {
      const cell = cells[index] ?? content;
      const side = dp(56);
      const icon = rect(Math.round((cell.left + cell.right - side) / 2), cell.top + dp(8), side, side);
      return node(
        'TextView',
        cell,
        {
          text: app.label,
          desc: app.label,
          clickable: true,
          longClickable: true,
          focusable: true,
          key: app.package,
          onTap: () => open(app.package),
          paint: { ink: '#00000000' },
        },
        [
          // drawn only: real launcher icons have no children in the tree, so these carry no size there
          node('View', icon, { paint: { fill: colourOf(app.package), radiusPx: dp(28) }, drawnOnly: true }),
          node(
            'View',
            { ...cell, top: icon.bottom + dp(4) },
            {
              text: app.label,
              paint: { ink: '#ffffff', textPx: dp(12), align: 'center' },
              drawnOnly: true,
            },
          ),
        ],
      );
    });
    const search = inset(fromBottom(content, dp(64)), dp(24), dp(8));
    return [
      {
        package: launcherPackage,
        key: 'home',
        title: activity,
        root: screen(
          frame,
          [
            node(
              'ScrollView',
              content,
              { id: `${launcherPackage}:id/workspace`, scrollable: true, focusable: true },
              icons,
            ),
            node(
              'FrameLayout',
              search,
              {
                id: `${launcherPackage}:id/search_container_hotseat`,
                desc: systemText(language, 'search'),
                clickable: true,
                paint: { fill: '#ffffffdd', radiusPx: dp(24) },
              },
              [
                label(inset(search, dp(20), dp(8)), systemText(language, 'search'), {
                  paint: { ink: '#5f6368', align: 'left' },
                }),
              ],
            ),
          ],
          { paint: { pictureSeed: 'wallpaper' } },
        ),
      },
    ];
  }
}

/** The same colour for the same app, of the strong ones. */
export function colourOf(name: string): string {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return ['#1a73e8', '#d93025', '#188038', '#f29900', '#9334e6', '#12827c', '#202124'][hash % 7] ?? '#202124';
}
