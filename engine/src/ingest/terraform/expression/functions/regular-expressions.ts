/**
 * `regex`, `regexall` and `replace` with a pattern.
 *
 * Pure.
 * Source   Terraform language docs, "regex Function" (RE2's syntax and what is returned for captures).
 * Assumed  Patterns run on JavaScript's engine, which may take exponential time where RE2 does not; a pattern
 *          that repeats a repetition, or has too many repetitions for its text, is not read.
 */
import { ExpressionFault, objectOf, Unknown, Value } from '../values';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\t\\n\\v\\f\\r ',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '0-9A-Za-z_',
};

/** Steps of backtracking that a match may take at worst. */
const MOST_STEPS = 1e8;

/** The first match. @throws ExpressionFault when there is none */
export function matchFirst(pattern: string, given: string): Value {
  const compiled = compile(pattern, given);
  if (compiled instanceof Unknown) return compiled;
  const match = compiled.exec(given);
  if (match === null)
    throw new ExpressionFault(`the pattern ${pattern} matches nothing in ${JSON.stringify(given.slice(0, 80))}`);
  return captured(match);
}

export function matchAll(pattern: string, given: string): Value {
  const compiled = compile(pattern, given);
  return compiled instanceof Unknown ? compiled : [...given.matchAll(compiled)].map(captured);
}

export function replaceAll(pattern: string, given: string, by: string): Value {
  const compiled = compile(pattern, given);
  if (compiled instanceof Unknown) return compiled;
  let size = 0;
  return given.replace(compiled, (...found: unknown[]) => {
    const last = found.at(-1);
    const named = typeof last === 'object' && last !== null ? (last as Record<string, string | undefined>) : {};
    const text = by.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare ?? '';
      const group = /^\d+$/.test(name) ? found[Number(name)] : named[name];
      return typeof group === 'string' ? group : '';
    });
    size += text.length;
    if (size > 10_000_000) throw new ExpressionFault('replace() makes more than 10,000,000 characters');
    return text;
  });
}

/** Named groups give an object, groups a list, none the text. */
function captured(match: RegExpMatchArray): Value {
  if (match.groups !== undefined) return objectOf(Object.entries(match.groups).map(([k, v]) => [k, v ?? null]));
  return match.length > 1 ? match.slice(1).map((group) => group ?? null) : match[0];
}

function compile(pattern: string, given: string): RegExp | Unknown {
  let flags = 'gu';
  const source = pattern
    .replace(/^\(\?([imsU]+)\)/, (_, letters: string) => {
      flags += letters;
      return '';
    })
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replace(/\\([-_"'#%&,:;<=>@`~! ])/g, (whole, letter: string) => (letter === '-' ? whole : letter));
  const reason = unsafe(source, given.length);
  if (flags.includes('U') || reason !== undefined) {
    return new Unknown('', `the pattern ${pattern} is not read: ${reason ?? 'the flag U'}`);
  }
  try {
    return new RegExp(source, [...new Set(flags)].join(''));
  } catch {
    return new Unknown('', `the pattern ${pattern} is not read: JavaScript has no such pattern`);
  }
}

/** Why the pattern is not run; undefined when it may be. */
function unsafe(source: string, length: number): string | undefined {
  // Escapes and character classes do not repeat; what is left shows the structure.
  const bare = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/\(\?(?![:<])|\(\?<[=!]/.test(bare) || /\\[1-9k]/.test(source)) return 'RE2 has no such group';
  const repeats = bare.match(/[*+]|\{\d+(,\d*)?\}/g)?.length ?? 0;
  const groups: boolean[] = [];
  for (let i = 0; i < bare.length; i += 1) {
    const rest = bare.slice(i);
    if (bare[i] === '(') groups.push(false);
    else if (bare[i] === ')') {
      const risky = groups.pop() ?? false;
      if (risky && /^\)([*+]|\{)/.test(rest)) return 'it repeats a group that repeats or chooses';
      if (risky && groups.length > 0) groups[groups.length - 1] = true;
    } else if (/^([*+|?]|\{\d)/.test(rest) && bare[i - 1] !== '(' && groups.length > 0)
      groups[groups.length - 1] = true;
  }
  const steps = (length + 1) ** Math.max(1, repeats);
  return steps > MOST_STEPS ? `${repeats} repetitions over ${length} characters may not end in time` : undefined;
}
