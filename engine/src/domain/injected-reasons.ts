/**
 * Why, where a fault was injected.
 *
 * Pure: constants and texts.
 * Spec     faults.md, reasons.md
 */
import { ours, Reason, ReasonFacts, theirs, UNASSUMABLE, UNUSABLE } from './reason';

export const HELD_BY_REGION = 110;
export const HELD_BY_SYSTEM_ERROR = 111;
export const HELD_TOO_LONG = 112;
export const FAILED_BY_FAULT = 113;
export const HANGS_BY_FAULT = 114;
export const ROLE_BARRED_BY_FAULT = 115;
export const KEY_UNUSABLE_BY_FAULT = 116;
export const KEY_GONE_BY_FAULT = 117;
export const KEY_ACCOUNT_BY_FAULT = 118;

export const INJECTED: Readonly<Record<number, Reason>> = {
  [HELD_BY_REGION]: ours((f) => `${injected(f)}; tried again every 10 minutes`),
  [HELD_BY_SYSTEM_ERROR]: ours((f) => `${injected(f)}; tried again every 10 minutes`),
  // Assumed: the text.
  [HELD_TOO_LONG]: theirs(
    'Backup job expired before it could start.',
    (f) => `${injected(f)}, until the start window closed`,
  ),
  // The message is the fault's own.
  [FAILED_BY_FAULT]: ours(injected),
  [HANGS_BY_FAULT]: theirs('Backup job expired before completion.', (f) => `${injected(f)}: the job gets no further`),
  [ROLE_BARRED_BY_FAULT]: theirs(UNASSUMABLE, () => 'injected: AWS Backup cannot assume the role'),
  [KEY_UNUSABLE_BY_FAULT]: theirs(UNUSABLE, () => 'injected: the key is disabled, or waits for its deletion'),
  [KEY_GONE_BY_FAULT]: theirs('Given key ID does not exist', () => 'injected: the key was deleted'),
  [KEY_ACCOUNT_BY_FAULT]: theirs(UNUSABLE, () => 'injected: the account of the key has no access'),
};

/** Whether a fault is the reason. */
export function isInjected(reason: number): boolean {
  return reason >= HELD_BY_REGION && reason <= KEY_ACCOUNT_BY_FAULT;
}

function injected(facts: ReasonFacts): string {
  return `injected: ${facts.fault ?? 'a fault'}`;
}
