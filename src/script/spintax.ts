import { DroverError } from '../base/error.ts';
import type { Random } from '../base/random.ts';

type Part = string | readonly Part[][];

/**
 * Chooses one alternative of every `{a|b|c}`, nested ones too; an alternative may be empty. A backslash takes the meaning
 * from `{`, `}`, `|` and itself; before anything else it is an ordinary character, as are braces that do not pair and a
 * pipe outside braces. Braces without a pipe stay as they are (`{name}` is text). Same random, same text.
 */
export function spin(template: string, random: Random): string {
  return render(parse(template), random);
}

/** How many different choices a template has; what `drover` shows before anything is posted. Capped at `most`. */
export function countChoices(template: string, most = 1_000_000): number {
  const count = (parts: readonly Part[]): number =>
    parts.reduce<number>((product, part) => {
      if (typeof part === 'string') return product;
      return Math.min(most, product * part.reduce((sum, alternative) => Math.min(most, sum + count(alternative)), 0));
    }, 1);
  return count(parse(template));
}

function render(parts: readonly Part[], random: Random): string {
  return parts.map((part) => (typeof part === 'string' ? part : render(chooseFrom(part, random), random))).join('');
}

/** Braces without a pipe are one alternative; they take nothing from the sequence of chances. */
const chooseFrom = (alternatives: readonly Part[][], random: Random): readonly Part[] =>
  alternatives.length === 1 ? (alternatives[0] ?? []) : random.pick(alternatives);

/** Far beyond what anybody writes; it keeps a hostile text from exhausting the stack. */
const deepest = 64;

const tooDeep = (): DroverError =>
  new DroverError('input.invalid', { message: `the text nests braces deeper than ${deepest} levels` });

/** An open brace with what has been read since. */
interface Open {
  alternatives: Part[][];
  current: Part[];
}

function parse(template: string): Part[] {
  const stack: Open[] = [{ alternatives: [], current: [] }];
  const innermost = (): Open => stack[stack.length - 1] as Open; // the bottom is never popped
  for (let at = 0; at < template.length; at++) {
    const char = template[at] as string;
    const following = template[at + 1];
    if (char === '\\' && following !== undefined && '{}|\\'.includes(following)) {
      innermost().current.push(following);
      at++;
    } else if (char === '{') {
      if (stack.length > deepest) throw tooDeep();
      stack.push({ alternatives: [], current: [] });
    } else if (char === '|' && stack.length > 1) {
      const open = innermost();
      open.alternatives.push(open.current);
      open.current = [];
    } else if (char === '}' && stack.length > 1) {
      const open = stack.pop() as Open;
      if (open.alternatives.length === 0) innermost().current.push('{', [open.current], '}');
      else innermost().current.push([...open.alternatives, open.current]);
    } else {
      innermost().current.push(char);
    }
  }
  // braces left open were text after all, and so were their pipes
  const [{ current: parts }, ...unclosed] = stack as [Open, ...Open[]];
  for (const open of unclosed) {
    parts.push('{');
    for (const alternative of open.alternatives) for (const part of [...alternative, '|']) parts.push(part);
    for (const part of open.current) parts.push(part);
  }
  return parts;
}
