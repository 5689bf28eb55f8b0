/**
 * Ids of findings, the same from run to run, by which a baseline and other programs know them again.
 *
 * Pure: of rule and path alone, so that neither the value that was found nor the words of a message make another finding of
 * it. Another order of rules in a plan does, as paths count them.
 */
import type { Finding } from '@holdfast/model';
import { createHash } from 'node:crypto';

const DIGITS = 16;
/** Names of files that CDK makes of their content, e.g. those of nested stacks. */
const CONTENT_HASH = /[0-9a-f]{64}/g;

export interface IdentifiedFinding extends Finding {
  readonly id: string;
  /** Whether it was there when the baseline was written. */
  readonly known?: true;
}

/** Findings with their ids; several of one rule at one place are told apart by their order. */
export function identified(findings: readonly Finding[]): IdentifiedFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const place = JSON.stringify([finding.rule, finding.path.replace(/^\.\//, '').replace(CONTENT_HASH, '')]);
    const nth = seen.get(place) ?? 0;
    seen.set(place, nth + 1);
    const id = createHash('sha256').update(`${place} ${nth}`).digest('hex').slice(0, DIGITS);
    return { id, ...finding };
  });
}

/** Whether somebody has to look at a finding: neither waived nor known. */
export function isOpen({ waived, known }: IdentifiedFinding): boolean {
  return waived === undefined && known === undefined;
}
