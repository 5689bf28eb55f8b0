/**
 * What can be made to go wrong: the one vocabulary of faults, for `world.faults` and for matchers alike.
 *
 * Pure: types, and what each fault is called and says.
 * Units    `from` and `to` are ISO 8601 texts, as users write them; `probability` is a share of 1.
 * Spec     faults.md
 */
import { sortedBy } from '../kernel/order';

/** When a fault is there, and how likely. */
export interface FaultTime {
  /** From when on, as ISO 8601; from now on when not given. What is due at that very instant ends before it. */
  readonly from?: string;
  /** Until when, exclusive, as ISO 8601; until it is cleared when not given. */
  readonly to?: string;
  /**
   * Above 0 and at most 1, which it is when not given. Faults of Regions, accounts, roles, keys and deleted resources are
   * drawn once, when they would begin; all others for each job or call. The seed of the World decides.
   */
  readonly probability?: number;
}

/** Which jobs a fault strikes: all that fit everything given here; all there are when nothing is. */
export interface JobScope {
  /** `backup`, `copy` or `restore`. */
  readonly jobs?: JobKind;
  /** Account of the vault that a job writes to, or, for a restore, reads from. */
  readonly account?: string;
  /** Region of that vault. */
  readonly region?: string;
  /** Name or ARN of that vault. */
  readonly vault?: string;
  /** Name or ARN of the resource that the data is of. */
  readonly resource?: string;
  /** Service of that resource: id such as `dynamodb-advanced`, or type such as `DynamoDB`. */
  readonly service?: string;
  /** Name of the rule; jobs of calls have none, restores among them. What is in a point is of the rule that made it. */
  readonly rule?: string;
}

export const JOB_KINDS = ['backup', 'copy', 'restore'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** A Region is out: calls to it fail, and nothing begins or ends in it until it is back. */
export interface RegionOut extends FaultTime {
  readonly kind: 'region-out';
  /** E.g. `eu-west-1`. */
  readonly region: string;
  /** The one account that it is out for; every account when not given. */
  readonly account?: string;
}

/** An account has no access: its calls are denied, jobs of it and into it fail. */
export interface AccountSuspended extends FaultTime {
  readonly kind: 'account-suspended';
  /** 12 digits. */
  readonly account: string;
}

/** What the services of AWS answer to any call. */
export const COMMON_EXCEPTIONS = [
  'ThrottlingException',
  'ServiceUnavailableException',
  'AccessDeniedException',
] as const;

/** What AWS answers to some calls, for reasons of its own. */
export const OWN_EXCEPTIONS = [
  'LimitExceededException',
  'ConflictException',
  'DependencyFailureException',
  'InvalidResourceStateException',
] as const;

/** What a caller is answered for what was asked; the API model names operations for which AWS does not say when. */
export const CALLER_EXCEPTIONS = [
  'AlreadyExistsException',
  'InvalidParameterValueException',
  'InvalidRequestException',
  'MissingParameterValueException',
  'ResourceNotFoundException',
] as const;

export const EXCEPTIONS = [...COMMON_EXCEPTIONS, ...OWN_EXCEPTIONS, ...CALLER_EXCEPTIONS] as const;

/** Calls are refused before they begin; unless told otherwise, as throttled. */
export interface CallsRefused extends FaultTime {
  readonly kind: 'calls-refused';
  /** What requests are signed with, e.g. `backup` or `kms`; every service when not given. */
  readonly service?: string;
  /** E.g. `StartBackupJob`; every operation when not given. */
  readonly operation?: string;
  /** ARN of the one principal; every caller when not given. */
  readonly principal?: string;
  readonly account?: string;
  readonly region?: string;
  /**
   * `ThrottlingException`, which each service has a name of its own for, when not given. Of an operation of AWS Backup one
   * that its API model has for it; what a caller may have earned (`ResourceNotFoundException` …) of those alone.
   */
  readonly exception?: (typeof EXCEPTIONS)[number];
  /** What AWS says; `Rate exceeded` or a text that fits the exception when not given. */
  readonly message?: string;
}

/** AWS Backup cannot assume a role, whether the World knows it or not. */
export interface RoleUnassumable extends FaultTime {
  readonly kind: 'role-unassumable';
  /** ARN. */
  readonly role: string;
}

/** A key of KMS cannot be used, whether the World knows it or not. A deleted one does not come back: it has no `to`. */
export interface KeyUnusable extends FaultTime {
  readonly kind: 'key-disabled' | 'key-pending-deletion' | 'key-deleted';
  /** ARN of the key. */
  readonly key: string;
}

/** Jobs that begin run to their end and fail there; or, where it is retryable, do not begin and are tried again. */
export interface JobFails extends FaultTime, JobScope {
  readonly kind: 'job-fails';
  /** What the job says; `An internal error occurred.` when not given. */
  readonly message?: string;
  /** Whether AWS Backup tries again (backups until the start window is over, copies for two hours); false when not given. */
  readonly retryable?: boolean;
}

/** Jobs that begin get no further while the fault is there: backups expire with their completion window. */
export interface JobHangs extends FaultTime, JobScope {
  readonly kind: 'job-hangs';
}

/** Backups of a resource fail, as it is in no state for them. */
export interface ResourceUnavailable extends FaultTime, Omit<JobScope, 'jobs'> {
  readonly kind: 'resource-unavailable';
  /** What the job says; AWS's text for a resource that is not available when not given. */
  readonly message?: string;
}

/** A resource is gone, as `world.remove` has it; with `to` it is made again then. Its recovery points stay. */
export interface ResourceDeleted extends FaultTime {
  readonly kind: 'resource-deleted';
  /** Name or ARN. */
  readonly resource: string;
}

/** Copies are refused; unless told otherwise, as when the access policy of the destination does not let them in. */
export interface CopyRefused extends FaultTime, Omit<JobScope, 'jobs'> {
  readonly kind: 'copy-refused';
  /** What the job says; AWS's text for a vault that lets nobody in when not given. */
  readonly message?: string;
}

/** What is in recovery points cannot be read: restores from them run and fail. */
export interface PointCorrupted extends FaultTime, Omit<JobScope, 'jobs'> {
  readonly kind: 'point-corrupted';
  /** ARN of the one recovery point; all that fit the rest when not given. */
  readonly recoveryPoint?: string;
  /** What the job says; `The recovery point is corrupted.` when not given. */
  readonly message?: string;
}

/** Something that goes wrong, at a time, from then to then, or with a probability. */
export type Fault =
  | RegionOut
  | AccountSuspended
  | CallsRefused
  | RoleUnassumable
  | KeyUnusable
  | JobFails
  | JobHangs
  | ResourceUnavailable
  | ResourceDeleted
  | CopyRefused
  | PointCorrupted;

/** Faults that are drawn once, when they would begin. */
export function isStanding(fault: Fault): boolean {
  switch (fault.kind) {
    case 'region-out':
    case 'account-suspended':
    case 'role-unassumable':
    case 'key-disabled':
    case 'key-pending-deletion':
    case 'key-deleted':
    case 'resource-deleted':
      return true;
    default:
      return false;
  }
}

/** What a fault is called in the log and in draws: everything but its time. */
export function textOf(fault: Fault): string {
  const { kind, from: _from, to: _to, probability: _probability, ...rest } = fault;
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  const words = sortedBy(said, ([key]) => key).map(([key, value]) => `${key}=${value}`);
  return [kind, ...words].join(' ');
}

/** AWS's status message of a job that the fault ends. Assumed: the texts that are not in the reference (B4.6). */
export function messageOf(fault: Fault): string {
  const given = 'message' in fault ? fault.message : undefined;
  if (given !== undefined) {
    return given;
  }
  switch (fault.kind) {
    case 'account-suspended':
      return 'You are not authorized to perform this operation.';
    case 'resource-unavailable':
      return 'Backup job failed because the resource is not in the available state.';
    case 'copy-refused':
      return 'Access Denied trying to call AWS Backup service';
    case 'point-corrupted':
      return 'The recovery point is corrupted.';
    default:
      return 'An internal error occurred.';
  }
}

/** The fault in words, for reports. */
export function wordsOf(fault: Fault): string {
  switch (fault.kind) {
    case 'region-out':
      return `Region ${fault.region} is out`;
    case 'account-suspended':
      return `account ${fault.account} has no access`;
    case 'job-fails':
      return fault.retryable === true ? 'AWS Backup has a system error' : `the job fails with '${messageOf(fault)}'`;
    case 'job-hangs':
      return 'the job hangs';
    case 'resource-unavailable':
      return 'the resource is not available';
    case 'copy-refused':
      return `the copy is refused with '${messageOf(fault)}'`;
    case 'point-corrupted':
      return 'the recovery point is corrupted';
    default:
      return textOf(fault);
  }
}
