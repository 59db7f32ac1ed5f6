import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasCode } from '../../src/base/error.ts';
import { isCovered } from '../../src/phone/cover.ts';
import { type Bounds, type Hierarchy, parseHierarchy } from '../../src/phone/hierarchy.ts';
import { capturesFolder, readLabels } from '../apps/captures.ts';

const isHere = existsSync(capturesFolder);
const files = isHere ? globSync('*/*.{xml,txt}', { cwd: capturesFolder }).sort() : [];
const read = (file: string): string => readFileSync(join(capturesFolder, file), 'utf8');
const boxOf = ({ left, top, right, bottom }: Bounds): string => [left, top, right, bottom].join();

describe.skipIf(!isHere)(`captures of real phones (${isHere ? files.length : `none at ${capturesFolder}`})`, () => {
  test.each(files)('%s is read whole, or told as malformed', (file) => {
    const xml = read(file);
    let hierarchy: Hierarchy;
    try {
      hierarchy = parseHierarchy(xml);
    } catch (error) {
      expect(hasCode(error, 'phone.screen-malformed')).toBe(true);
      expect(file).toMatch(/^malformed/);
      return;
    }
    expect(hierarchy.nodes.length).toBe(xml.match(/\sbounds="/g)?.length);
    expect(hierarchy.width).toBeGreaterThan(0);
    expect(() => parseHierarchy(xml.slice(0, xml.lastIndexOf('</hierarchy>') - 20))).toThrow(
      expect.objectContaining({ code: 'phone.screen-malformed' }),
    );
  });

  test('no control that a person sees counts as covered', () => {
    const wrong: string[] = [];
    for (const [file, { elements }] of Object.entries(readLabels()?.files ?? {})) {
      const hierarchy = parseHierarchy(read(file));
      for (const [name, element] of Object.entries(elements)) {
        if (element === null || Array.isArray(element) || element.unsure) continue;
        const nodes = hierarchy.nodes.filter((node) => boxOf(node.bounds) === element.bounds.join());
        if (nodes.length > 0 && nodes.every((node) => isCovered(hierarchy, node))) wrong.push(`${file}: ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('the profile below the create sheet, the feed below the comments and the reel below a promotion are covered', () => {
    const coveredShare = (file: string) => {
      const hierarchy = parseHierarchy(read(file));
      return hierarchy.nodes.filter((node) => isCovered(hierarchy, node)).length / hierarchy.nodes.length;
    };
    for (const file of [
      'instagram/create-sheet--1.xml',
      'tiktok/comments--1.xml',
      'instagram/reel-viewer-own--4.xml',
    ]) {
      if (files.includes(file)) expect(coveredShare(file), file).toBeGreaterThan(0.3);
    }
  });
});
