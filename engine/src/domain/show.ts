/**
 * Rows of the columns as views with names and sentences.
 *
 * Pure: reads a ledger, changes nothing.
 * Units    `…At` are Instants; sizes are bytes.
 */
import type { Lifecycle } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import type { KeptEvent } from '../kernel/event-log';
import { Instant, NEVER, shortInstant } from '../kernel/instant';
import { startByOf } from './backup-job';
import { ACCESS_DENIED, COMPLETED, JOB_STATES, kindOfEvent, PARTIAL, whatOfEvent } from './event-codes';
import { eventKey } from './faults';
import { BACKUP } from './jobs';
import type { Ledger } from './ledger';
import { inheritsEnd } from './lifecycle';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import { recoveryPointArn } from './recovery-point-arn';
import { COLD, COMPOSITE, CONTINUOUS, EXPIRED_POINT, HELD, STOPPED, TEMPORARY } from './recovery-points';
import { isDenial } from './denials';
import { FAILED_BY_FAULT, isInjected } from './injected-reasons';
import type { ReasonFacts } from './reason';
import { sentence, SNAPSHOT_AS_PITR_ELSEWHERE, statusMessage } from './reasons';
import { restoreMs } from './snapshot';
import { boundsOf, isChangeable } from './vault-lock';
import type { Vault } from './vaults';
import type { EventView, JobView, RecoveryPointView } from './views';

export function pointView(ledger: Ledger, row: number): RecoveryPointView {
  const { points } = ledger;
  const series = intAt(points.series, row);
  const vault = ledger.vaultOf(series);
  const resource = ledger.resourceOf(series);
  const origin = ledger.origins.find(intAt(points.origins, row));
  const plan = origin.rule?.plan;
  const [sizeBytes, cold] = [floatAt(points.sizes, row), points.has(row, COLD)];
  return {
    recoveryPointArn: arnOfPoint(ledger, row),
    backupVaultName: vault.name,
    backupVaultArn: vault.arn,
    resourceArn: resource.arn,
    resourceType: resource.service.resourceType,
    createdAt: floatAt(points.createdAts, row),
    completedAt: floatAt(points.completedAts, row),
    status: statusOf(ledger, row),
    storageClass: cold ? 'COLD' : 'WARM',
    continuous: points.has(row, CONTINUOUS),
    sizeBytes,
    restoreMs: ledger.composites.isParent(row) ? undefined : restoreMs(sizeBytes, resource.service.id, cold),
    planName: plan?.declaration.backupPlanName,
    planArn: plan?.arn,
    ruleName: origin.rule?.declaration.ruleName,
    ...whysOf(ledger, row),
    coldAt: orNone(floatAt(points.coldAts, row)),
    deleteAt: orNone(floatAt(points.deleteAts, row)),
    copyOf: copyOf(ledger, row, resource, origin),
    ...(points.has(row, HELD) && { held: true as const }),
    ...(points.has(row, TEMPORARY) && { temporary: true as const }),
  };
}

/** Why a point is there, and what ends it. */
export function whysOf(ledger: Ledger, row: number): Pick<RecoveryPointView, 'why' | 'whyUntil'> {
  const { points } = ledger;
  const series = intAt(points.series, row);
  const [vault, resource] = [ledger.vaultOf(series), ledger.resourceOf(series)];
  const origin = ledger.origins.find(intAt(points.origins, row));
  const source = intAt(points.sources, row);
  const sourceVault = source < 0 ? undefined : ledger.vaultOf(source);
  return {
    why: sentence(byteAt(points.reasons, row), factsOf(resource, origin, vault, sourceVault)),
    whyUntil: whyUntil(ledger, row, origin, vault),
  };
}

/** Source B5.1. */
export function statusOf({ points, composites }: Ledger, row: number): RecoveryPointView['status'] {
  if (points.has(row, EXPIRED_POINT)) {
    return 'EXPIRED';
  }
  const family = points.has(row, COMPOSITE) ? composites.familyOfPoint(row) : undefined;
  const partial = family?.parent === row && family.partial;
  return partial ? 'PARTIAL' : points.has(row, STOPPED) ? 'STOPPED' : 'COMPLETED';
}

export function arnOfPoint(ledger: Ledger, row: number): string {
  const { points } = ledger;
  const series = intAt(points.series, row);
  return recoveryPointArn(ledger.seed, {
    resource: ledger.resourceOf(series),
    vault: ledger.vaultOf(series),
    // A continuous point keeps the name under which it was first made.
    origin: ledger.origins.find(intAt(points.origins, row)),
    createdAt: floatAt(points.createdAts, row),
    continuous: points.has(row, CONTINUOUS),
  });
}

export function jobView(ledger: Ledger, row: number): JobView {
  const { jobs } = ledger;
  const backup = byteAt(jobs.kinds, row) === BACKUP;
  const resource = ledger.resources.find(intAt(jobs.resources, row));
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const series = intAt(jobs.series, row);
  const vault = series < 0 ? undefined : ledger.vaultOf(series);
  const source = intAt(jobs.sources, row);
  const sourceVault = source < 0 ? undefined : ledger.vaultOf(source);
  const reason = byteAt(jobs.reasons, row);
  const target = targetOf(origin, vault);
  const denial = isDenial(reason) ? { detail: ledger.names.text(intAt(jobs.details, row)) } : {};
  return {
    kind: backup ? 'backup' : 'copy',
    jobId: jobId(ledger, row),
    state: JOB_STATES[byteAt(jobs.states, row)] ?? 'CREATED',
    resourceArn: resource.arn,
    resourceType: resource.service.resourceType,
    backupVaultArn: target.arn,
    backupVaultName: target.name,
    sourceBackupVaultArn: sourceVault?.arn,
    planName: origin.rule?.plan.declaration.backupPlanName,
    ruleName: origin.rule?.declaration.ruleName,
    createdAt: floatAt(jobs.createdAts, row),
    startBy: backup ? startByOf(floatAt(jobs.createdAts, row), origin) : undefined,
    startedAt: orNone(floatAt(jobs.startedAts, row)),
    completedAt: jobs.isOver(row) ? floatAt(jobs.endAts, row) : undefined,
    sizeBytes: floatAt(jobs.sizes, row),
    transferredBytes: floatAt(jobs.moved, row),
    recoveryPointArn: backup ? madePoint(ledger, row) : copiedPoint(ledger, row, resource, origin, vault),
    statusMessage: jobMessage(ledger, row, reason),
    why: sentence(reason, {
      ...factsOf(resource, origin, vault, sourceVault),
      vault: target.name,
      fault: ledger.faults.tryFindStrike(jobs.numberOf(row))?.fault.words,
      ...denial,
    }),
  } as JobView;
}

/**
 * AWS's status message of a job: a fault brings its own, and of the plan that has the continuous backup it gives the ARN
 * (Source B5.3/2).
 */
export function jobMessage(ledger: Ledger, row: number, reason: number): string {
  const { jobs, faults, points, origins } = ledger;
  if (reason === FAILED_BY_FAULT) {
    return faults.tryFindStrike(jobs.numberOf(row))?.fault.message ?? '';
  }
  const { continuousPoint } = ledger.resources.find(intAt(jobs.resources, row));
  const holder = continuousPoint < 0 ? undefined : origins.find(intAt(points.origins, continuousPoint)).rule?.plan.arn;
  const message = statusMessage(reason);
  return reason === SNAPSHOT_AS_PITR_ELSEWHERE && holder !== undefined ? `${message}: [${holder}]` : message;
}

/** Job ids are UUIDs in upper case (Source B1.2). */
export function jobId(ledger: Ledger, row: number): string {
  const { jobs } = ledger;
  const backup = byteAt(jobs.kinds, row) === BACKUP;
  const resource = ledger.resources.find(intAt(jobs.resources, row));
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const { env } = resource.declaration;
  const key = {
    kind: backup ? 'backup-job' : 'copy-job',
    names: [env.account, env.region, resource.arn, origin.given.text],
    at: floatAt(jobs.createdAts, row),
  };
  return uuid(ledger.seed, key).toUpperCase();
}

export function eventView(ledger: Ledger, row: number): EventView {
  return viewOfEvent(ledger, ledger.log.event(row));
}

/** An event of the log, kept there or elsewhere. */
export function viewOfEvent(ledger: Ledger, event: KeptEvent): EventView {
  const fault = isInjected(event.reason)
    ? ledger.faults.wordsOfEvent(eventKey(event.at, event.code, event.subject, event.place, event.cause))
    : undefined;
  const subject = ledger.names.text(event.subject);
  const place = ledger.names.text(event.place);
  const cause = ledger.names.text(event.cause);
  const rule = /#([^>@]*)/.exec(cause)?.[1];
  return {
    at: event.at,
    kind: kindOfEvent(event.code),
    what: whatOfEvent(event.code),
    resourceArn: ledger.resources.tryFind(subject)?.arn,
    backupVaultArn: place.includes(':backup-vault:') ? place : undefined,
    ruleName: rule,
    why:
      event.code === ACCESS_DENIED
        ? cause
        : sentence(event.reason, { rule, plan: cause.split('#')[0], vault: place.split(':').at(-1), fault }),
  };
}

function factsOf(resource: Resource, origin: Origin, vault?: Vault, source?: Vault): ReasonFacts {
  return {
    rule: origin.rule?.declaration.ruleName,
    plan: origin.rule?.plan.declaration.backupPlanName,
    vault: vault?.name,
    source: source?.name,
    service: resource.service.name,
    within: origin.given.within?.arn,
    detail: vault?.lock === undefined ? undefined : boundsOf(vault.lock),
  };
}

function targetOf(origin: Origin, vault: Vault | undefined): { readonly arn: string; readonly name: string } {
  if (vault !== undefined) {
    return { arn: vault.arn, name: vault.name };
  }
  const arn = origin.given.destinationArn ?? '';
  const name = origin.rule?.declaration.targetBackupVaultName ?? '';
  return arn === '' ? { arn: '', name } : { arn, name: arn.split(':').at(-1) ?? arn };
}

function whyUntil(ledger: Ledger, row: number, origin: Origin, vault: Vault): string {
  const { points } = ledger;
  const locked = heldBy(vault, ledger.now);
  if (points.has(row, EXPIRED_POINT) && isKept(ledger, row)) {
    return 'EXPIRED: its time was over before the next run of its rule, which renews it';
  }
  if (points.has(row, EXPIRED_POINT)) {
    return 'EXPIRED: it was to go and AWS Backup was not permitted to delete it; it stays until somebody does';
  }
  if (points.has(row, HELD)) {
    return 'a legal hold keeps it; within a day after the last hold is released it goes, if its lifecycle is over by then';
  }
  if (ledger.composites.isParent(row)) {
    return `goes with the last of its members${locked}`;
  }
  if (floatAt(points.deleteAts, row) === NEVER) {
    return `kept for ever${locked}`;
  }
  if (points.has(row, TEMPORARY)) {
    return 'deleted when its copies are complete, or when its lifecycle is over if they fail';
  }
  if (isKept(ledger, row)) {
    const days = lifecycleOf(ledger, row)?.deleteAfterDays;
    return `${days} days from the last run of its rule, then within 8 hours${locked}`;
  }
  const { source, lifecycle } = origin.given;
  if (source !== undefined && inheritsEnd(lifecycle)) {
    return `a copy without days of its own ends when its source does${locked}`;
  }
  const from = source === undefined ? 'its creation' : "its source's creation";
  return `${origin.terms.deleteAfterDays} days from ${from}, then within 8 hours${locked}`;
}

/** Whether a point is the continuous one that its resource has now. */
function isKept({ points, resources, series }: Ledger, row: number): boolean {
  return resources.find(intAt(series.resources, intAt(points.series, row))).continuousPoint === row;
}

/** The lifecycle of a point; of a continuous one that of the rule which renews it. */
export function lifecycleOf(ledger: Ledger, row: number): Lifecycle | undefined {
  const { changedLifecycles: changed } = ledger;
  const given = changed.size === 0 ? undefined : changed.get(arnOfPoint(ledger, row));
  if (given !== undefined) {
    return given;
  }
  const { continuousKeeper } = ledger.resourceOf(intAt(ledger.points.series, row));
  const origin = ledger.origins.find(intAt(ledger.points.origins, row));
  return (isKept(ledger, row) ? (continuousKeeper ?? origin) : origin).given.lifecycle;
}

/** What a lock adds. Source B7.4/1 and B7.4/2: who may remove a lock may delete thereafter. */
function heldBy({ lock, name }: Vault, now: Instant): string {
  if (lock === undefined) {
    return '';
  }
  if (!isChangeable(lock, now)) {
    return `; vault ${name} is locked in compliance mode, so that nobody deletes it before`;
  }
  const removable = 'whoever may remove the lock may delete it before';
  return lock.lockDate === NEVER
    ? `; vault ${name} is locked in governance mode: ${removable}`
    : `; vault ${name} is locked: until ${shortInstant(lock.lockDate)} ${removable}, thereafter nobody`;
}

function copyOf(ledger: Ledger, row: number, resource: Resource, origin: Origin): RecoveryPointView['copyOf'] {
  const { points } = ledger;
  const series = intAt(points.sources, row);
  if (series < 0) {
    return undefined;
  }
  const recoveryPointArn = sourceArn(ledger, resource, origin, series, floatAt(points.createdAts, row));
  const backupVaultArn = ledger.vaultOf(series).arn;
  return recoveryPointArn === undefined ? undefined : { backupVaultArn, recoveryPointArn };
}

/** ARN of the point that a copy job copies, whether it is still there or not. */
export function sourceOfCopyJob(ledger: Ledger, row: number): string | undefined {
  const { jobs } = ledger;
  const series = intAt(jobs.sources, row);
  if (series < 0) {
    return undefined;
  }
  const resource = ledger.resources.find(intAt(jobs.resources, row));
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  return sourceArn(ledger, resource, origin, series, floatAt(jobs.pointCreatedAts, row));
}

function sourceArn(
  ledger: Ledger,
  resource: Resource,
  origin: Origin,
  series: number,
  createdAt: Instant,
): string | undefined {
  const { source } = origin.given;
  if (source === undefined) {
    return undefined;
  }
  const vault = ledger.vaultOf(series);
  // Source B7.6/3: beside a continuous point a snapshot goes into the air-gapped vault.
  const life =
    isForContinuous(source) && origin.given.kind !== 'air-gap-copy'
      ? resource.continuousLives.findLast((one) => one.createdAt <= createdAt && createdAt < one.endedAt)
      : undefined;
  // A rule whose continuous backup is in another vault made a snapshot.
  return life?.series === series
    ? recoveryPointArn(ledger.seed, { resource, vault, ...life, continuous: true })
    : recoveryPointArn(ledger.seed, { resource, vault, origin: source, createdAt, continuous: false });
}

/** Source B4.5/3: members of a stack are never backed up continuously. */
function isForContinuous({ rule, given }: Origin): boolean {
  return rule?.declaration.enableContinuousBackup === true && given.within === undefined;
}

/** The point of a backup job, as long as its row still holds it. */
function madePoint(ledger: Ledger, row: number): string | undefined {
  const { jobs, points } = ledger;
  const point = intAt(jobs.points, row);
  if (!madeOne(ledger, row) || point < 0) {
    return undefined;
  }
  const same = points.isSame(point, intAt(jobs.series, row), floatAt(jobs.pointCreatedAts, row));
  return same || (points.has(point, CONTINUOUS) && intAt(points.series, point) === intAt(jobs.series, row))
    ? arnOfPoint(ledger, point)
    : undefined;
}

function madeOne({ jobs }: Ledger, row: number): boolean {
  const state = byteAt(jobs.states, row);
  return state === COMPLETED || state === PARTIAL;
}

function copiedPoint(
  ledger: Ledger,
  row: number,
  resource: Resource,
  origin: Origin,
  vault: Vault | undefined,
): string | undefined {
  const { jobs } = ledger;
  if (!madeOne(ledger, row) || vault === undefined) {
    return undefined;
  }
  const name = { resource, vault, origin, createdAt: floatAt(jobs.pointCreatedAts, row), continuous: false };
  return recoveryPointArn(ledger.seed, name);
}

function orNone(instant: Instant): Instant | undefined {
  return instant === NEVER ? undefined : instant;
}
