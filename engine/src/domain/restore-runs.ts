/**
 * Restore jobs on the agenda.
 *
 * Owns     every restore job of a World.
 * Units    `…At` are Instants.
 * Source   B8.
 * Spec     restore-job.md
 */
import { at } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { Instant, MINUTE, NEVER } from '../kernel/instant';
import { COMPLETED, FAILED, JOB_STATES, RESOURCE_ADDED, RESTORE_JOB, RUNNING } from './event-codes';
import { keyOfPoint } from './job-access';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { NO_REASON, RESTORE_POINT_GONE, RESTORE_TARGET_EXISTS, statusMessage } from './reasons';
import { type Metadata, type Target, targetOf } from './restore-job';
import { arnOfPoint } from './show';
import { durationMs } from './snapshot';
import type { Vault } from './vaults';

const PENDING = 1;
/** Assumed: how long a job waits before it runs. */
const WAIT_MS = MINUTE;

export interface RestoreRequest {
  readonly row: number;
  readonly metadata: Metadata;
  readonly roleArn: string | undefined;
  readonly token: string | undefined;
  readonly copyTags: boolean;
}

export interface RestoreJob {
  readonly id: string;
  readonly request: RestoreRequest;
  readonly pointArn: string;
  readonly pointCreatedAt: Instant;
  readonly series: number;
  readonly vault: Vault;
  readonly resource: Resource;
  readonly resourceType: string;
  readonly sizeBytes: number;
  readonly target: Target;
  readonly createdAt: Instant;
  state: number;
  reason: number;
  startedAt: Instant | undefined;
  completedAt: Instant | undefined;
}

export class RestoreRuns {
  private readonly all: RestoreJob[] = [];
  private readonly kind: number;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('restore job moves', (number) => {
      this.move(this.all[number] as RestoreJob, number);
    });
  }

  /** Oldest first. */
  list(): readonly RestoreJob[] {
    return this.all;
  }

  tryFind(id: string): RestoreJob | undefined {
    return this.all.find((job) => job.id === id);
  }

  /** Sums by state; states without a job are left out. */
  counts(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { state } of this.all) {
      const name = JOB_STATES[state] ?? '';
      sums[name] = (sums[name] ?? 0) + 1;
    }
    return sums;
  }

  /** A request that was found in order becomes a job. */
  begin(request: RestoreRequest): RestoreJob {
    const { ledger } = this;
    const { points } = ledger;
    const series = at(points.series, request.row);
    const vault = ledger.vaultOf(series);
    const resource = ledger.resourceOf(series);
    const pointArn = arnOfPoint(ledger, request.row);
    const again = this.all.find(
      (job) => request.token !== undefined && job.request.token === request.token && job.pointArn === pointArn,
    );
    if (again !== undefined) {
      return again;
    }
    const { env } = vault.made;
    const texts = Object.entries(request.metadata).map(([key, value]) => `${key}=${value}`);
    const names = [env.account, env.region, pointArn, request.token ?? '', ...texts.sort()];
    const same = this.all.filter((job) => job.pointArn === pointArn && job.createdAt === ledger.now).length;
    const key = { kind: 'restore-job', names: [...names, String(same)], at: ledger.now };
    const { arn, resourceType } = resource.declaration;
    const job: RestoreJob = {
      id: uuid(ledger.seed, key),
      request,
      pointArn,
      pointCreatedAt: at(points.createdAts, request.row),
      series,
      vault,
      resource,
      resourceType,
      sizeBytes: at(points.sizes, request.row),
      target: targetOf({ arn, resourceType }, env, request.metadata, ledger.seed, { ...key, kind: 'restored' }),
      createdAt: ledger.now,
      state: PENDING,
      reason: NO_REASON,
      startedAt: undefined,
      completedAt: undefined,
    };
    this.all.push(job);
    this.tell(job, 'CREATED');
    this.come(job, PENDING, NO_REASON);
    ledger.agenda.push(ledger.now + WAIT_MS, this.kind, this.all.length - 1);
    return job;
  }

  private move(job: RestoreJob, number: number): void {
    const { ledger } = this;
    if (job.state === RUNNING) {
      this.finish(job);
      return;
    }
    const refusal = this.refusalOf(job);
    if (refusal !== NO_REASON) {
      job.completedAt = ledger.now;
      this.come(job, FAILED, refusal);
      return;
    }
    job.startedAt = ledger.now;
    this.come(job, RUNNING, NO_REASON);
    ledger.agenda.push(ledger.now + durationMs(job.sizeBytes), this.kind, number);
  }

  private refusalOf(job: RestoreJob): number {
    const { ledger } = this;
    const { roles, keys, points, resources } = ledger;
    const { row, roleArn } = job.request;
    if (!points.isSame(row, job.series, job.pointCreatedAt)) {
      return RESTORE_POINT_GONE;
    }
    const role = roles.settled ? NO_REASON : roles.refusalOf(roleArn);
    const refusal = role === NO_REASON ? keys.refusalOf(keyOfPoint(ledger, row)) : role;
    const taken = !job.target.inPlace && resources.tryFind(job.target.arn) !== undefined;
    return refusal === NO_REASON && taken ? RESTORE_TARGET_EXISTS : refusal;
  }

  private finish(job: RestoreJob): void {
    const { ledger } = this;
    const { resources, settings } = ledger;
    job.completedAt = ledger.now;
    this.come(job, COMPLETED, NO_REASON);
    if (resources.tryFind(job.target.arn) !== undefined) {
      return;
    }
    const { tags, state: _state, declaredAt: _declaredAt, ...source } = job.resource.declaration;
    const { env } = job.vault.made;
    const added = resources.put(
      { ...source, arn: job.target.arn, name: job.target.name, env, tags: job.request.copyTags ? { ...tags } : {} },
      settings.serviceOf(env, source.service),
    );
    ledger.rosterVersion++;
    const service = ledger.names.intern(added.service.id);
    const { arnName, place, sizeBytes } = added;
    ledger.log.append(ledger.now, RESOURCE_ADDED, 0, NO_REASON, arnName, place, service, sizeBytes, NEVER);
  }

  private come(job: RestoreJob, state: number, reason: number): void {
    const { ledger } = this;
    job.state = state;
    job.reason = reason;
    const { arnName } = job.resource;
    const id = ledger.names.intern(job.id);
    ledger.log.append(ledger.now, RESTORE_JOB + state, 0, reason, arnName, job.vault.arnName, id, job.sizeBytes, NEVER);
    this.tell(job, JOB_STATES[state] as 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED');
  }

  private tell(job: RestoreJob, state: 'CREATED' | 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED'): void {
    this.ledger.tell({
      kind: 'restore-job',
      env: job.vault.made.env,
      restoreJobId: job.id,
      state,
      createdAt: job.createdAt,
      completedAt: job.completedAt,
      resourceType: job.resourceType,
      sizeBytes: job.sizeBytes,
      iamRoleArn: job.request.roleArn ?? '',
      statusMessage: statusMessage(job.reason),
      backupVaultArn: job.vault.arn,
      recoveryPointArn: job.pointArn,
      sourceResourceArn: job.resource.arn,
      createdResourceArn: state === 'COMPLETED' ? job.target.arn : undefined,
      restoreTestingPlanArn: undefined,
    });
  }
}
