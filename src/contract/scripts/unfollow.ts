import type { ScriptDefinition } from '../script-input.ts';
import { type RelationConfig, type RelationInput, relation } from './relation.ts';

export const unfollow: ScriptDefinition<RelationConfig, RelationInput> = relation;
