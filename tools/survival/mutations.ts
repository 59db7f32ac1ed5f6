import { spellings as instagramWords } from '../../src/apps/instagram/texts.ts';
import { spellings as tiktokWords } from '../../src/apps/tiktok/texts.ts';
import { runsRightToLeft } from '../../src/script/mirror.ts';
import type { Capture } from '../../test/apps/captures.ts';
import {
  advertisement,
  bars,
  coveredLayer,
  type Dictionary,
  dropIds,
  foreignWindow,
  type Mutation,
  noChance,
  permissionInFront,
  popUp,
  renameIds,
  reorder,
  resize,
  translate,
  truncate,
  turned,
  unresolvedDescs,
} from './mutate.ts';

const dictionaries: Readonly<Record<string, Dictionary>> = {
  tiktok: tiktokWords.languages,
  instagram: instagramWords.languages,
};

/** Name, as the table shows it → what is done. */
export function mutationsOf(captures: readonly Capture[]): Record<string, Mutation> {
  const languages = [...new Set(Object.values(dictionaries).flatMap((dictionary) => Object.keys(dictionary)))].sort();
  return {
    'as captured': (capture) => resize(1, 1)(capture, noChance),
    'ids renamed': renameIds,
    'no ids at all': dropIds,
    'siblings reordered': reorder,
    'advertisement inserted': advertisement,
    'unknown pop-up in front': popUp,
    'window of another app in front': foreignWindow,
    'permission dialog in front': permissionInFront,
    'covered screen below': coveredLayer(captures),
    'bars of the system': bars,
    'density ×0.67': resize(2 / 3, 2 / 3),
    'density ×1.33': resize(4 / 3, 4 / 3),
    'taller phone': resize(1, 1.12),
    'wider phone': resize(1.15, 1),
    'long labels cut': truncate,
    'descriptions unresolved': unresolvedDescs,
    'ids renamed, descriptions unresolved': (capture, random) => {
      const renamed = renameIds(capture, random);
      if (!renamed) return undefined;
      const nodes = renamed.hierarchy.nodes.map((node) => ({ ...node, desc: node.desc === '' ? '' : '@2131888269' }));
      return { ...renamed, hierarchy: { ...renamed.hierarchy, nodes } };
    },
    ...Object.fromEntries(
      languages.map((language) => {
        const translated = translate(dictionaries, language);
        return runsRightToLeft(language)
          ? [`language: ${language}, mirrored`, turned(translated)]
          : [`language: ${language}`, translated];
      }),
    ),
  };
}
