import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bounds, nodeAt, type Screen, type ScreenNode, shortClass } from './hierarchy.ts';
import classes from './inspector.module.css';
import { ShotView } from './shot.tsx';
import type { Shot } from './trace-model.ts';

interface InspectorProps {
  screen: Screen;
  shot: Pick<Shot, 'picture' | 'hierarchy' | 'bounds'>;
  /** A place that something else on the page points to: the node there is marked. */
  pointed?: Bounds | undefined;
}

/** The hierarchy of a screen: point at the picture or go through the list, and see what the phone said about it. */
export function Inspector({ screen, shot, pointed }: InspectorProps) {
  const { t } = useTranslation();
  const [marked, setMarked] = useState<ScreenNode>();
  const place = pointed?.join();
  useEffect(() => {
    if (place !== undefined) setMarked(screen.nodes.findLast(({ bounds }) => bounds.join() === place));
  }, [place, screen]);
  return (
    <div className={classes.inspector}>
      <div className={classes.shot}>
        <ShotView
          shot={shot}
          label={t('trace.screen')}
          marked={marked}
          onPoint={({ x, y }) => setMarked(nodeAt(screen, x, y))}
        />
      </div>
      <div className={classes.side}>
        <NodeFacts node={marked} />
        <ul className={classes.nodes} aria-label={t('trace.nodes')}>
          {screen.nodes.map((node) => (
            <li key={node.index} style={{ paddingInlineStart: `${Math.min(node.depth, 24) * 8}px` }}>
              <button
                type="button"
                aria-pressed={marked?.index === node.index}
                onClick={() => setMarked(node)}
                onFocus={() => setMarked(node)}
              >
                {shortClass(node.className)}{' '}
                <bdi>{node.text ? `“${node.text.slice(0, 80)}”` : node.description.slice(0, 80)}</bdi>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function NodeFacts({ node }: { node: ScreenNode | undefined }) {
  const { t } = useTranslation();
  if (!node) return <p className={classes.hint}>{t('trace.point')}</p>;
  return (
    <dl className={classes.facts}>
      {node.attributes
        .filter(([, value]) => value !== '' && value !== 'false')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
