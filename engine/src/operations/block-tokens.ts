/**
 * Tokens of blocks and of pages, as the direct APIs of EBS hand them out.
 *
 * Pure: an instant and what is named in, a token out, and back. Nothing is kept: a token says until when it holds, and a digest
 * with the World's seed tells ours from others.
 * Source   EBS user guide, "Frequently asked questions for EBS direct APIs": tokens of blocks hold for seven days, those of pages
 *          for 60 minutes. Assumed: a further list does not end the tokens of the list before.
 */
import { hex128 } from '../kernel/ids';
import { DAY, type Instant, MINUTE } from '../kernel/instant';

export const BLOCK_TOKEN_MS = 7 * DAY;
export const PAGE_TOKEN_MS = 60 * MINUTE;

/** What a token is about: names first, and a number, e.g. the block, or where the next page begins. */
export interface Named {
  readonly kind: 'block' | 'page';
  readonly names: readonly string[];
  readonly number: number;
}

export function tokenOf(seed: number, named: Named, expiresAt: Instant): string {
  const text = `${expiresAt.toString(36)}.${named.number.toString(36)}.${digestOf(seed, named, expiresAt)}`;
  return Buffer.from(text, 'latin1').toString('base64');
}

/** The number of a token about these names; undefined for one that is another's, or is over. */
export function readToken(seed: number, token: string, named: Omit<Named, 'number'>, now: Instant): number | undefined {
  const [expiry = '', digits = '', digest] = Buffer.from(token, 'base64').toString('latin1').split('.');
  const [expiresAt, number] = [parseInt(expiry, 36), parseInt(digits, 36)];
  const isOurs = Number.isSafeInteger(expiresAt) && digest === digestOf(seed, { ...named, number }, expiresAt);
  return isOurs && now < expiresAt ? number : undefined;
}

function digestOf(seed: number, { kind, names, number }: Named, expiresAt: Instant): string {
  return hex128(seed, { kind: `ebs-${kind}-token`, names: [...names, String(number)], at: expiresAt });
}
