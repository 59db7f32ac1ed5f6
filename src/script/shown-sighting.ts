import type { DeviceSighting, ScreenElement } from '../contract/sighting.ts';
import { parseHierarchy } from '../phone/hierarchy.ts';
import { type Element, type Known, type Row, type Sighting, sight } from './sighting.ts';

/** More than these few a person does not compare. */
const mostCandidates = 6;

/** What one captured tree shows, as the API tells it. Throws `phone.screen-malformed` when it is no tree. */
export function showSighting(xml: string, apps: readonly Known[]): Omit<DeviceSighting, 'serial'> {
  const sighting = sight(parseHierarchy(xml), apps);
  const { app, packageName, screen, blocking, recognised, state } = sighting;
  return {
    app: app ?? null,
    package: packageName ?? null,
    screen: screen ?? null,
    language: recognised.language ?? null,
    blocking: blocking ?? null,
    confidence: rounded(recognised.confidence),
    state: { ...state },
    candidates: recognised.candidates.slice(0, mostCandidates).map((candidate) => ({
      screen: candidate.screen.screenName,
      score: rounded(candidate.share),
      fits: candidate.fits,
      signals: [...candidate.signals],
    })),
    elements: elementsOf(sighting),
    hierarchy: xml,
  };
}

function elementsOf({ elements, recognised }: Sighting): ScreenElement[] {
  return [...elements].flatMap(([name, found]) => {
    const isList = Array.isArray(found);
    return [found].flat().map(({ bounds, tap, text, confidence, control }: Element | Row, index) => ({
      name: isList ? `${name}[${index}]` : name,
      bounds: [bounds.left, bounds.top, bounds.right, bounds.bottom] as [number, number, number, number],
      tap: tap ? ([tap.x, tap.y] as [number, number]) : null,
      text,
      confidence: rounded(confidence),
      signals: [...(recognised.controls.get(control.name)?.signals ?? [])],
    }));
  });
}

const rounded = (score: number): number => Math.round(score * 1000) / 1000;
