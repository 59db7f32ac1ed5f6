import { postAddress } from './post-address.ts';
import type { ScriptConfig } from './script-inputs.ts';
import type { Platform, ScriptName } from './script-names.ts';
import { bareName } from './scripts/relation.ts';
import type { EffectKind } from './task-states.ts';

/** The public action that a task is about, as far as the request itself says. */
export interface PlannedAction {
  kind: Extract<EffectKind, 'post' | 'follow' | 'unfollow' | 'comment'>;
  /** As the ledger names it: `@name`, the address of a post (a short link as it is); `@me` for the own profile. */
  target: string;
  /** Absent where it is picked later, or not told. */
  text?: string;
}

export interface PlannedTask {
  scriptName: ScriptName;
  platform: Platform;
  target: string | null;
  config: ScriptConfig;
  /** Zero-based place in its create call. */
  position: number;
}

/** Undefined for a script whose actions are all by the way: a limit makes it leave them out, and it goes on. */
export function plannedAction({ scriptName, target, config, position }: PlannedTask): PlannedAction | undefined {
  switch (scriptName) {
    case 'follow':
    case 'unfollow':
      return { kind: scriptName, target: `@${bareName(target ?? '')}` };
    case 'comment':
      return {
        kind: 'comment',
        target: postAddress(target ?? '') ?? target ?? '',
        ...textOf(commentOf(config, position)),
      };
    case 'post':
      return { kind: 'post', target: '@me', ...textOf(captionOf(config, position)) };
    case 'account_warmup':
      return undefined;
  }
}

const textOf = (text: string | undefined): { text?: string } =>
  text === undefined || text.trim() === '' ? {} : { text };

function commentOf({ comment_content, comment_order }: ScriptConfig, position: number): string | undefined {
  const lines = linesOf(comment_content);
  return lines.length === 1 || comment_order === 'sequential' ? lines[position % lines.length] : undefined;
}

/** A caption beside a file or in the library would win over the one of the request. */
function captionOf({ captions, caption_format, material_list }: ScriptConfig, position: number): string | undefined {
  if (!Array.isArray(material_list) || material_list.length === 0 || typeof captions !== 'string') return undefined;
  if (caption_format === 'multiline') {
    const lines = linesOf(captions);
    return lines[position % lines.length];
  }
  return captions.includes('{') ? undefined : captions;
}

const linesOf = (text: unknown): string[] =>
  typeof text === 'string'
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : [];
