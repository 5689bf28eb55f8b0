/**
 * What a reason is: AWS's message, and a sentence about facts.
 *
 * Pure: shapes, and the texts that several reasons share.
 * Source   B4.3/6, B4.3/7 for the texts.
 * Spec     reasons.md
 */

/** Facts that a sentence may name. */
export interface ReasonFacts {
  readonly rule?: string | undefined;
  readonly plan?: string | undefined;
  readonly vault?: string | undefined;
  readonly source?: string | undefined;
  readonly service?: string | undefined;
  /** The stack or cluster of a composite backup. */
  readonly within?: string | undefined;
  /** Whatever the sentence needs beyond names, e.g. `7 to 30 days`. */
  readonly detail?: string | undefined;
  /** The fault that was injected, in words. */
  readonly fault?: string | undefined;
}

export interface Reason {
  /** AWS's status message; empty where a job shows none. */
  readonly message: string;
  readonly sentence: (facts: ReasonFacts) => string;
}

export const UNASSUMABLE = 'IAM Role cannot be assumed by AWS Backup';
export const UNUSABLE = 'KMS key is either disabled or pending deletion or access to KMS key is denied';

/** A decision that AWS has no message for. */
export function ours(sentenceOf: (facts: ReasonFacts) => string): Reason {
  return { message: '', sentence: sentenceOf };
}

/** A decision that AWS has a message for. */
export function theirs(message: string, sentenceOf: (facts: ReasonFacts) => string): Reason {
  return { message, sentence: sentenceOf };
}

/** What asked for a backup: a rule, or a call. */
export function maker({ rule, plan }: ReasonFacts): string {
  return rule === undefined ? 'StartBackupJob' : `rule ${rule} of plan ${plan}`;
}
