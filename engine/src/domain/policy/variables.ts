/**
 * Policy variables: `${aws:PrincipalAccount}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`.
 *
 * Pure.
 * Source   IAM user guide, "IAM policy elements: Variables and tags", cited from memory: only with Version 2012-10-17, only
 *          single-valued keys, a default in single quotes, `${*}`, `${?}` and `${$}` for the characters themselves.
 * Spec     evaluation.md beside this file.
 */
import type { RequestContext } from './context';
import { literalsOf, Token, tokensOf } from './wildcard';

const VARIABLE = /\$\{([^}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,]*[^,\s])\s*(?:,\s*'([^']*)'\s*)?$/;

/** A stretch of a text: as written, or what a variable stands for, whose `*` is a star. */
interface Stretch {
  readonly text: string;
  readonly replaced: boolean;
}

/** How a text is read: with its variables replaced or, before Version 2012-10-17, as it stands. */
export interface Reading {
  readonly context: RequestContext;
  readonly variables: boolean;
}

/** The text as a pattern; undefined when a variable has neither value nor default, so that it matches nothing. */
export function patternIn(text: string, reading: Reading): Token[] | undefined {
  return stretchesOf(text, reading)?.flatMap((one) => (one.replaced ? literalsOf(one.text) : tokensOf(one.text)));
}

/** The text itself; undefined when a variable has neither value nor default. */
export function textIn(text: string, reading: Reading): string | undefined {
  return stretchesOf(text, reading)
    ?.map((one) => one.text)
    .join('');
}

function stretchesOf(text: string, { context, variables }: Reading): Stretch[] | undefined {
  if (!variables || !text.includes('${')) {
    return [{ text, replaced: false }];
  }
  const stretches: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    stretches.push({ text: text.slice(from, match.index), replaced: false });
    const value = valueOf(match[1] ?? '', context);
    if (value === undefined) {
      return undefined;
    }
    stretches.push({ text: value, replaced: true });
    from = match.index + match[0].length;
  }
  return [...stretches, { text: text.slice(from), replaced: false }];
}

function valueOf(inside: string, context: RequestContext): string | undefined {
  if (inside === '*' || inside === '?' || inside === '$') {
    return inside;
  }
  const match = WITH_DEFAULT.exec(inside);
  const values = match === null ? undefined : context.values(match[1] as string);
  return values?.length === 1 ? values[0] : match?.[2];
}
