/**
 * What a matcher answers, to jest and vitest alike, and how a failure is told.
 *
 * Pure: facts in, text out.
 */
import type { EventView } from '../../domain/views';
import { DAY, HOUR, Instant, shortInstant } from '../../kernel/instant';

/** The answer that `expect.extend` of jest and vitest asks for. */
export interface MatcherOutcome {
  readonly pass: boolean;
  readonly message: () => string;
}

const LISTED = 10;

/** An outcome whose text says what was asked, what was found, and what happened. */
export function outcome(pass: boolean, asked: string, found: readonly string[]): MatcherOutcome {
  return { pass, message: () => [pass ? `not expected: ${asked}` : `expected: ${asked}`, ...found].join('\n') };
}

/** Jobs that went wrong, a line each, the first ones. */
export function mishapLines(mishaps: readonly EventView[]): string[] {
  if (mishaps.length === 0) {
    return ['no job of it failed or expired in that time'];
  }
  const lines = mishaps.slice(0, LISTED).map((event) => {
    const where = event.backupVaultArn === undefined ? '' : ` in vault ${nameOf(event.backupVaultArn)}`;
    const rule = event.ruleName === undefined ? '' : `, rule ${event.ruleName}`;
    return `  ${shortInstant(event.at)} ${event.kind} ${event.what}${where}${rule}: ${event.why}`;
  });
  const more = mishaps.length - lines.length;
  return ['what went wrong in that time:', ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** Hours with at most two decimals. */
export function hours(ms: number): string {
  return `${Math.round((ms / HOUR) * 100) / 100} h`;
}

/** Days with at most one decimal. */
export function days(ms: number): string {
  return `${Math.round((ms / DAY) * 10) / 10} days`;
}

export function when(at: Instant): string {
  return Number.isFinite(at) ? shortInstant(at) : 'never';
}

export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
