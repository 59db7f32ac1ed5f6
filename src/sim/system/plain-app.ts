import type { SimApp, UiWindow } from '../parts.ts';
import { centered, type Frame, label, screen } from '../screen.ts';

/** Stands in for an installed package without a twin (Appium's settings app, say): it starts, and shows its name. */
export class PlainApp implements SimApp {
  readonly package: string;
  readonly label: string;
  readonly #frame: () => Frame;

  constructor(packageName: string, frame: () => Frame) {
    this.package = packageName;
    this.label = packageName;
    this.#frame = frame;
  }

  start(intent: { component?: string }): { activity: string } {
    return { activity: intent.component?.split('/')[1] ?? '.MainActivity' };
  }

  stop(): void {}

  back(): boolean {
    return false;
  }

  isIdle(): boolean {
    return true;
  }

  windows(): UiWindow[] {
    const frame = this.#frame();
    return [
      {
        package: this.package,
        title: this.package,
        root: screen(frame, [
          label(centered(frame.content, frame.width - frame.dp(48), frame.dp(40)), this.package, {
            paint: { align: 'center', ink: '#202124' },
          }),
        ]),
      },
    ];
  }
}
