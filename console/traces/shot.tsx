import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePicture, useScreen } from './files.tsx';
import type { Bounds, Screen, ScreenNode } from './hierarchy.ts';
import classes from './shot.module.css';
import type { Shot } from './trace-model.ts';

interface ShotViewProps {
  shot: Pick<Shot, 'picture' | 'hierarchy' | 'bounds'>;
  label: string;
  /** A node to point out, beside what was touched. */
  marked?: ScreenNode | undefined;
  onPoint?: ((point: { x: number; y: number }) => void) | undefined;
}

/** A screen as it was, with the touch drawn on it. Where no picture was taken, it is drawn from the hierarchy. */
export function ShotView({ shot, label, marked, onPoint }: ShotViewProps) {
  const { t } = useTranslation();
  const picture = usePicture(shot.picture);
  const screen = useScreen(shot.picture === undefined ? shot.hierarchy : undefined);
  const width = picture?.width ?? screen?.width;
  const height = picture?.height ?? screen?.height;
  if (width === undefined || height === undefined)
    return <div className={classes.waiting} aria-busy="true" role="img" aria-label={label} />;
  return (
    <svg
      className={classes.shot}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={picture ? label : t('trace.drawn', { label })}
      data-pointing={onPoint !== undefined || undefined}
      onPointerMove={onPoint && ((event) => onPoint(pointOf(event)))}
    >
      {picture ? (
        <image href={picture.url} width={width} height={height} preserveAspectRatio="none" />
      ) : (
        screen && <Drawing screen={screen} />
      )}
      {marked && <Frame bounds={marked.bounds} kind="marked" width={width} />}
      {shot.bounds && <Touch bounds={shot.bounds} width={width} />}
    </svg>
  );
}

function pointOf(event: PointerEvent<SVGSVGElement>): { x: number; y: number } {
  const svg = event.currentTarget;
  const matrix = svg.getScreenCTM();
  if (!matrix) return { x: 0, y: 0 };
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
}

function Touch({ bounds, width }: { bounds: Bounds; width: number }) {
  const [left, top, right, bottom] = bounds;
  const unit = width / 100;
  return (
    <g>
      <Frame bounds={bounds} kind="touched" width={width} />
      <circle className={classes.halo} cx={(left + right) / 2} cy={(top + bottom) / 2} r={unit * 6} />
      <circle className={classes.point} cx={(left + right) / 2} cy={(top + bottom) / 2} r={unit * 2} />
    </g>
  );
}

function Frame({ bounds, kind, width }: { bounds: Bounds; kind: 'touched' | 'marked'; width: number }) {
  const [left, top, right, bottom] = bounds;
  return (
    <rect
      className={classes[kind]}
      x={left}
      y={top}
      width={Math.max(0, right - left)}
      height={Math.max(0, bottom - top)}
      strokeWidth={width / 150}
      rx={width / 120}
    />
  );
}

const mostDrawn = 400;

function Drawing({ screen }: { screen: Screen }) {
  const { width, height } = screen;
  const size = width / 34;
  const drawn = screen.nodes.filter(({ text, description, isClickable }) => text || description || isClickable);
  return (
    <g className={classes.drawing}>
      <rect className={classes.paper} width={width} height={height} />
      {drawn
        .slice(0, mostDrawn)
        .map(({ index, bounds: [left, top, right, bottom], text, description, isClickable }) => {
          const room = Math.max(0, Math.floor((right - left) / (size * 0.52)));
          const words = (text || description).replaceAll(/\s+/g, ' ');
          return (
            <g key={index}>
              <rect
                className={isClickable ? classes.control : classes.area}
                x={left}
                y={top}
                width={Math.max(0, right - left)}
                height={Math.max(0, bottom - top)}
                strokeWidth={width / 400}
              />
              {room > 2 && words !== '' && bottom - top > size * 0.9 && (
                <text
                  x={left + size * 0.3}
                  y={Math.min((top + bottom) / 2, top + size * 2) + size * 0.35}
                  fontSize={size}
                >
                  {words.length > room ? `${words.slice(0, room - 1)}…` : words}
                </text>
              )}
            </g>
          );
        })}
    </g>
  );
}
