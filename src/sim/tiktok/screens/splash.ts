import type { UiNode } from '../../parts.ts';
import { node } from '../../screen.ts';
import type { Stage } from '../stage.ts';

/** The window before anything is drawn: no text, nothing to tap. */
export function drawSplash(stage: Stage): UiNode {
  const { board } = stage;
  const { app } = board;
  return node('FrameLayout', board.bounds, { paint: { fill: '#000000' } }, [
    node('LinearLayout', app, {}, [
      node('FrameLayout', app, { id: 'android:id/content' }, [
        node('FrameLayout', app, {}, [
          node('FrameLayout', app, { id: stage.id('splash-frame') }),
          node('LinearLayout', app, { id: stage.id('status-spacer') }, [node('FrameLayout', app)]),
        ]),
      ]),
    ]),
    node('View', board.statusBar, { id: 'android:id/statusBarBackground' }),
    node('View', board.navigationBar, { id: 'android:id/navigationBarBackground' }),
  ]);
}
