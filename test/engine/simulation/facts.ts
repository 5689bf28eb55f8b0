// What the invariants know of AWS, written down again rather than taken from the engine that they judge.
import type { Fault } from '../../../engine/src/domain/fault';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** B5.2/2: deletion comes within 8 hours after DeleteAt. */
export const DELETION_SPREAD = 8 * HOUR;
/** B5.2/3: what a hold kept goes within 24 hours after its release. */
export const RELEASE_SPREAD = DAY;
/** legal-holds.md: how long a hold is CREATING before it keeps anything. */
export const HOLD_CREATING = MINUTE;
/** B2.1: windows of a rule that names none. */
export const START_WINDOW_MINUTES = 480;
export const COMPLETION_WINDOW_MINUTES = 10_080;
/** design.md section 2: a job of 1 GiB ends within 10 minutes. */
export const LONGEST_PER_GIB = 10 * MINUTE;
export const GIB = 1_073_741_824;
/** B4.1/1: FSx alone runs past its completion window. */
export const RUNS_PAST_ITS_WINDOW = /^FSx/;
/** B12: their snapshots are deleted with the role that made them; all else with the service-linked role. */
export const DELETED_BY_ROLE = ['EBS', 'EC2'];
/** B5.3/1: what has point-in-time recovery. */
export const CONTINUOUS_TYPES = ['Aurora', 'RDS', 'S3', 'SAP HANA on Amazon EC2'];
/** B4.3/8: jobs that StopBackupJob does not take. */
export const UNSTOPPABLE = /^(Aurora$|DocumentDB|FSx|Neptune|RDS|SAP HANA)/;

type Out = Extract<Fault, { readonly kind: 'region-out' | 'account-suspended' }>;

/** Whether a fault takes a Region or an account away. */
export function isOut(fault: Fault): fault is Out {
  return fault.kind === 'region-out' || fault.kind === 'account-suspended';
}

/** Whether a fault of a place is one of that which an ARN names. */
export function isAt(
  { region, account }: { readonly region?: string; readonly account?: string },
  arn: string,
): boolean {
  const [, , , itsRegion, itsAccount] = arn.split(':');
  return (region ?? itsRegion) === itsRegion && (account ?? itsAccount) === itsAccount;
}
