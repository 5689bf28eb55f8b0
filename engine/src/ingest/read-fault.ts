/**
 * A fault as plain data, held against what faults there are.
 *
 * Pure.
 */
import { DocumentField, DocumentShape, ServiceSupport } from '@holdfast/model';
import { CALLER_EXCEPTIONS, COMMON_EXCEPTIONS, EXCEPTIONS, Fault, JOB_KINDS } from '../domain/fault';
import { Instant, NEVER, shortInstant, tryParseInstant } from '../kernel/instant';
import { IngestRefusal } from './artifact';
import { BACKUP_ERRORS } from './generated/backup-errors';
import { isObject, refuseShape } from './shape';

/** A fault with the instants that it stands for. */
export interface TimedFault {
  readonly fault: Fault;
  readonly from: Instant;
  /** NEVER when it has no end. */
  readonly to: Instant;
}

const TEXT: DocumentField = { shape: DocumentShape.text() };
const NEEDED: DocumentField = { shape: DocumentShape.text(), required: true };
const TIME = { kind: NEEDED, from: TEXT, to: TEXT, probability: { shape: DocumentShape.number() } };
const POINTS = { account: TEXT, region: TEXT, vault: TEXT, resource: TEXT, service: TEXT, rule: TEXT };
const KEY = { ...TIME, key: NEEDED };

const FIELDS: Readonly<Record<Fault['kind'], Record<string, DocumentField>>> = {
  'region-out': { ...TIME, region: NEEDED, account: TEXT },
  'account-suspended': { ...TIME, account: NEEDED },
  'calls-refused': {
    ...TIME,
    service: TEXT,
    operation: TEXT,
    principal: TEXT,
    account: TEXT,
    region: TEXT,
    exception: TEXT,
    message: TEXT,
  },
  'role-unassumable': { ...TIME, role: NEEDED },
  'key-disabled': KEY,
  'key-pending-deletion': KEY,
  'key-deleted': KEY,
  'job-fails': { ...TIME, ...POINTS, jobs: TEXT, message: TEXT, retryable: { shape: DocumentShape.truth() } },
  'job-hangs': { ...TIME, ...POINTS, jobs: TEXT },
  'resource-unavailable': { ...TIME, ...POINTS, message: TEXT },
  'resource-deleted': { ...TIME, resource: NEEDED },
  'copy-refused': { ...TIME, ...POINTS, message: TEXT },
  'point-corrupted': { ...TIME, ...POINTS, recoveryPoint: TEXT, message: TEXT },
};

const KINDS = Object.keys(FIELDS) as Fault['kind'][];

/** What a field of any fault may say. */
interface Bound {
  readonly pattern: RegExp;
  readonly allowed: string;
}

const BOUNDS: Readonly<Record<string, Bound>> = {
  account: { pattern: /^\d{12}$/, allowed: 'an account of 12 digits' },
  region: { pattern: /^[a-z]{2,}(-[a-z]+)+-\d$/, allowed: 'a Region such as eu-west-1' },
  role: { pattern: /^arn:[^:]+:iam::\d{12}:role\/.+$/, allowed: 'the ARN of a role' },
  key: { pattern: /^arn:[^:]+:kms:[^:]+:\d{12}:(key|alias)\/.+$/, allowed: 'the ARN of a key' },
  principal: { pattern: /^arn:/, allowed: 'the ARN of a principal' },
  recoveryPoint: { pattern: /^arn:/, allowed: 'the ARN of a recovery point' },
  jobs: { pattern: new RegExp(`^(${JOB_KINDS.join('|')})$`), allowed: `one of ${JOB_KINDS.join(', ')}` },
  exception: { pattern: new RegExp(`^(${EXCEPTIONS.join('|')})$`), allowed: `one of ${EXCEPTIONS.join(', ')}` },
};

/**
 * Reads a fault.
 *
 * @param file what is read, for the refusal, e.g. `World.faults.add`
 * @param now where the clock stands, and when a fault without `from` begins
 * @throws IngestRefusal naming field, value and what is allowed
 */
export function readFault(value: unknown, file: string, place: string, now: Instant): TimedFault {
  const kind = isObject(value) ? value['kind'] : undefined;
  if (!isObject(value) || !KINDS.includes(kind as Fault['kind'])) {
    throw new IngestRefusal(file, at(place, 'kind'), `must be one of ${KINDS.join(', ')}, got ${JSON.stringify(kind)}`);
  }
  const fault = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as unknown as Fault;
  refuseShape(fault, DocumentShape.fields(FIELDS[fault.kind]), file, place);
  for (const [field, text] of Object.entries(fault)) {
    const bound = BOUNDS[field];
    if (bound !== undefined && !bound.pattern.test(String(text))) {
      throw new IngestRefusal(file, at(place, field), `must be ${bound.allowed}, got '${text}'`);
    }
  }
  refuseService(fault, file, place);
  refuseException(fault, file, place);
  const { probability = 1 } = fault;
  if (!(probability > 0 && probability <= 1)) {
    throw new IngestRefusal(file, at(place, 'probability'), `must be above 0 and at most 1, got ${probability}`);
  }
  return { fault, ...timeOf(fault, file, place, now) };
}

function timeOf(fault: Fault, file: string, place: string, now: Instant): { from: Instant; to: Instant } {
  const from = fault.from === undefined ? now : instantOf(fault.from, file, at(place, 'from'));
  const to = fault.to === undefined ? NEVER : instantOf(fault.to, file, at(place, 'to'));
  if (from < now) {
    throw new IngestRefusal(file, at(place, 'from'), `must not be before ${shortInstant(now)}, got ${fault.from}`);
  }
  if (fault.kind === 'key-deleted' && to !== NEVER) {
    throw new IngestRefusal(file, at(place, 'to'), `must be left out, as a deleted key stays so, got ${fault.to}`);
  }
  if (to <= from) {
    throw new IngestRefusal(file, at(place, 'to'), `must be after ${shortInstant(from)}, got ${fault.to}`);
  }
  return { from, to };
}

function instantOf(text: string, file: string, place: string): Instant {
  const instant = tryParseInstant(text);
  if (instant === undefined) {
    throw new IngestRefusal(file, place, `must be ISO 8601 such as 2027-01-01T00:00:00Z, got '${text}'`);
  }
  return instant;
}

/** Services of calls are any that there are clients of; those of jobs are services that AWS Backup protects. */
function refuseService(fault: Fault, file: string, place: string): void {
  if (fault.kind === 'calls-refused' || !('service' in fault) || fault.service === undefined) {
    return;
  }
  const named = fault.service.toLowerCase();
  const known = ServiceSupport.all().flatMap(({ id, resourceType }) => [id, resourceType]);
  if (!known.some((one) => one.toLowerCase() === named)) {
    const near = DocumentShape.nearest(fault.service, known);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new IngestRefusal(
      file,
      at(place, 'service'),
      `must be a service or resource type of AWS Backup such as efs or DynamoDB, got '${fault.service}'${hint}`,
    );
  }
}

/**
 * Of the operations of AWS Backup it is known which errors they have; what a caller may have earned is for those alone, as
 * elsewhere a call that earns it is how to come by it.
 */
function refuseException(fault: Fault, file: string, place: string): void {
  if (fault.kind !== 'calls-refused' || fault.exception === undefined || isOneOf(COMMON_EXCEPTIONS, fault.exception)) {
    return;
  }
  const { service, operation, exception } = fault;
  const ofBackup = service?.toLowerCase() === 'backup';
  if (ofBackup && operation !== undefined) {
    const modelled = EXCEPTIONS.filter((one) => BACKUP_ERRORS[one]?.split(' ').includes(operation) === true);
    if (!modelled.includes(exception)) {
      const allowed = [...new Set([...modelled, ...COMMON_EXCEPTIONS])].join(', ');
      throw new IngestRefusal(
        file,
        at(place, 'exception'),
        `must be one that AWS Backup has for ${operation} (${allowed}), got '${exception}'`,
      );
    }
  } else if (isOneOf(CALLER_EXCEPTIONS, exception)) {
    const [missing, allowed] = ofBackup ? ['operation', 'an operation'] : ['service', 'backup'];
    const got = ofBackup ? operation : service;
    throw new IngestRefusal(
      file,
      at(place, missing),
      `must be ${allowed} where the exception is ${exception}, got ${JSON.stringify(got) ?? 'none'}`,
    );
  }
}

function isOneOf(exceptions: readonly string[], exception: string): boolean {
  return exceptions.includes(exception);
}

function at(place: string, field: string): string {
  return place === '' ? field : `${place}.${field}`;
}
