/**
 * Restore jobs on the agenda.
 *
 * Owns     every restore job of a World.
 * Units    `…At` are Instants.
 * Source   B8.
 * Spec     restore-job.md
 */
import type { Environment } from '@holdfast/model';
import { floatAt, intAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { Instant, MINUTE, minutesAfter, NEVER } from '../kernel/instant';
import { CONTENT_NOT_RESTORED, RESTORE_BUCKET_ABSENT } from './content-reasons';
import { COMPLETED, FAILED, JOB_STATES, PENDING, RESTORE_JOB, RUNNING } from './event-codes';
import type { StandingFault } from './faults';
import { restoreAccess } from './job-access';
import { meetFaultInRestore } from './job-faults';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { FAILED_BY_FAULT } from './injected-reasons';
import { MEMBERS_FAILED, NO_REASON, RESTORE_POINT_GONE, RESTORE_TARGET_EXISTS } from './reasons';
import { COLD } from './recovery-points';
import { type Metadata, type Target, targetOf } from './restore-job';
import { bring, targetRefusal } from './restore-result';
import { arnOfPoint } from './show';
import type { RestoreLimits } from './restore-limits';
import { restoreMessage } from './restore-views';
import { failsToWriteObjects } from './restored-objects';
import { restoreMs } from './snapshot';
import type { Vault } from './vaults';
import type { RestoreJobView } from './views';
import { RETRY_MINUTES } from './waiting';

/** Assumed: how long a job waits before it runs. */
const WAIT_MS = MINUTE;

export interface RestoreRequest {
  readonly row: number;
  readonly metadata: Metadata;
  readonly roleArn: string | undefined;
  readonly token: string | undefined;
  readonly copyTags: boolean;
  /** Where it restores to: the account and Region of the vault, or those of an account that may look into it. */
  readonly env: Environment;
  /** The restore of a cluster that asks for it, and what the volume is called there. */
  readonly nestedIn?: { readonly parent: RestoreJob; readonly member: string };
  /** Undefined unless a restore testing plan asks. */
  readonly test?: RestoreTest | undefined;
}

/** What a restore is to the plan that tests it; restore-testing-runs.ts moves it on. */
export interface RestoreTest {
  readonly planArn: string;
  /** Moment of the start window at which the restore is to begin. */
  readonly beginsAt: Instant;
  /** End of the start window. */
  readonly startBy: Instant;
  readonly validationMs: number;
  /** Reason that keeps it from restoring whatever the World is like, or NO_REASON. */
  readonly refusal: number;
  validationStatus: RestoreJobView['validationStatus'];
  validationMessage: string | undefined;
  deletionStatus: RestoreJobView['deletionStatus'];
  deletionReason: number;
  /** When the test moves on by itself; NEVER when it does not. */
  movesAt: Instant;
}

export interface RestoreJob {
  readonly number: number;
  readonly id: string;
  readonly request: RestoreRequest;
  readonly pointArn: string;
  readonly pointCreatedAt: Instant;
  readonly series: number;
  readonly vault: Vault;
  readonly resource: Resource;
  readonly resourceType: string;
  readonly sizeBytes: number;
  /** The point is in cold storage when the job begins. */
  cold: boolean;
  readonly target: Target;
  /** The point is a composite one. */
  readonly isParent: boolean;
  readonly nested: RestoreJob[];
  /** Nothing but what is nested in it is missing. */
  ownPartDone: boolean;
  /** The key that its objects would be written under could not be used: it completes without them (Source B13). */
  objectsFailed: boolean;
  readonly createdAt: Instant;
  state: number;
  reason: number;
  /** The fault that made it fail. */
  fault: StandingFault | undefined;
  startedAt: Instant | undefined;
  completedAt: Instant | undefined;
}

/** How many jobs of one point were asked for at one instant. */
interface Asked {
  readonly at: Instant;
  readonly count: number;
}

export class RestoreRuns {
  /** Called when a test that had begun is over. */
  testOver: (job: RestoreJob, test: RestoreTest) => void = () => {};
  private readonly all: RestoreJob[] = [];
  private readonly byToken = new Map<string, RestoreJob>();
  private readonly asked = new Map<string, Asked>();
  private readonly lastRestored = new Map<string, Instant>();
  /** ARNs of what jobs that run are making. */
  private readonly making = new Set<string>();
  private readonly kind: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly limits: RestoreLimits,
  ) {
    this.kind = ledger.turn('restore job moves', (number) => {
      this.moveOn(this.find(number));
    });
  }

  /** Oldest first. */
  list(): readonly RestoreJob[] {
    return this.all;
  }

  find(number: number): RestoreJob {
    const job = this.all[number];
    if (job === undefined) {
      throw new Error(`no restore job ${number} among ${this.all.length}`);
    }
    return job;
  }

  /** When a restore of a point was last complete. */
  lastRestoreOf(pointArn: string): Instant | undefined {
    return this.lastRestored.get(pointArn);
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

  /** A request that was found in order becomes a job. That of a test waits until it is told to run. */
  begin(request: RestoreRequest): RestoreJob {
    const { ledger } = this;
    const pointArn = arnOfPoint(ledger, request.row);
    const tokened = request.token === undefined ? undefined : `${request.token} ${pointArn}`;
    const again = tokened === undefined ? undefined : this.byToken.get(tokened);
    if (again !== undefined) {
      return again;
    }
    const job = this.make(request, pointArn);
    this.all.push(job);
    request.nestedIn?.parent.nested.push(job);
    if (tokened !== undefined) {
      this.byToken.set(tokened, job);
    }
    this.tell(job, 'CREATED');
    this.come(job, PENDING, NO_REASON);
    if (request.test === undefined) {
      ledger.agenda.push(ledger.now + WAIT_MS, this.kind, job.number);
    }
    return job;
  }

  /** A job that is PENDING runs, or fails at once; whether it runs. */
  run(job: RestoreJob): boolean {
    const { ledger } = this;
    const refusal = this.refusalOf(job);
    if (refusal !== NO_REASON) {
      this.fail(job, refusal);
      return false;
    }
    this.limits.begin(job);
    job.startedAt = ledger.now;
    job.cold = ledger.points.has(job.request.row, COLD);
    this.making.add(job.target.arn);
    ledger.content?.begin(job);
    this.come(job, RUNNING, NO_REASON);
    ledger.agenda.push(ledger.now + restoreMs(job.sizeBytes, job.resource.service.id, job.cold), this.kind, job.number);
    return true;
  }

  fail(job: RestoreJob, reason: number): void {
    job.completedAt = this.ledger.now;
    this.ledger.content?.abandon(job);
    this.come(job, FAILED, reason);
    this.ledger.permissions.explain(reason, job.resource.arnName, job.vault.arnName);
    this.close(job);
  }

  private make(request: RestoreRequest, pointArn: string): RestoreJob {
    const { ledger } = this;
    const { points } = ledger;
    const series = intAt(points.series, request.row);
    const vault = ledger.vaultOf(series);
    const resource = ledger.resourceOf(series);
    const { env } = request;
    const texts = Object.entries(request.metadata).map(([key, value]) => `${key}=${value}`);
    const names = [env.account, env.region, pointArn, request.token ?? '', ...texts.sort()];
    const key = { kind: 'restore-job', names: [...names, String(this.askedBefore(pointArn))], at: ledger.now };
    const { arn, resourceType } = resource.declaration;
    return {
      number: this.all.length,
      id: uuid(ledger.seed, key),
      request,
      pointArn,
      pointCreatedAt: floatAt(points.createdAts, request.row),
      series,
      vault,
      resource,
      resourceType,
      sizeBytes: floatAt(points.sizes, request.row),
      cold: points.has(request.row, COLD),
      target: targetOf({ arn, resourceType }, env, request.metadata, ledger.seed, { ...key, kind: 'restored' }),
      isParent: ledger.composites.isParent(request.row),
      nested: [],
      ownPartDone: false,
      objectsFailed: false,
      createdAt: ledger.now,
      state: PENDING,
      reason: NO_REASON,
      fault: undefined,
      startedAt: undefined,
      completedAt: undefined,
    };
  }

  /** How many jobs of a point were asked for at this instant before this one. */
  private askedBefore(pointArn: string): number {
    const { now } = this.ledger;
    const last = this.asked.get(pointArn);
    const count = last?.at === now ? last.count : 0;
    this.asked.set(pointArn, { at: now, count: count + 1 });
    return count;
  }

  private moveOn(job: RestoreJob): void {
    const { ledger } = this;
    const met = ledger.faults.active === 0 ? undefined : meetFaultInRestore(ledger, job);
    if (met?.waits ?? this.limits.lackRoom(this.all, job)) {
      ledger.agenda.push(minutesAfter(ledger.now, RETRY_MINUTES), this.kind, job.number);
    } else if (met !== undefined) {
      job.fault = met.fault;
      this.fail(job, FAILED_BY_FAULT);
    } else if (job.state === RUNNING) {
      this.finish(job);
    } else {
      this.run(job);
    }
  }

  /** A test that took a place among those that run at once leaves it. */
  private close(job: RestoreJob): void {
    if (job.startedAt !== undefined) {
      this.making.delete(job.target.arn);
      this.limits.end(job);
      if (job.request.test !== undefined) {
        this.testOver(job, job.request.test);
      }
    }
    const parent = job.request.nestedIn?.parent;
    if (parent?.ownPartDone === true) {
      this.finish(parent);
    }
  }

  private refusalOf(job: RestoreJob): number {
    const { ledger } = this;
    const { row, roleArn, env } = job.request;
    if (!ledger.points.isSame(row, job.series, job.pointCreatedAt)) {
      return RESTORE_POINT_GONE;
    }
    const { arn, inPlace } = job.target;
    const target = targetRefusal(ledger, job);
    if (target === RESTORE_BUCKET_ABSENT) {
      return target;
    }
    const refusal = restoreAccess(ledger, row, roleArn, { arn, env });
    const taken = !inPlace && this.making.has(arn) ? RESTORE_TARGET_EXISTS : target;
    return refusal === NO_REASON ? taken : refusal;
  }

  /** Assumed: a parent is complete when all that is nested in it is, and fails when any of it does. */
  private finish(job: RestoreJob): void {
    const { ledger } = this;
    job.ownPartDone = true;
    if (job.nested.some(({ completedAt }) => completedAt === undefined)) {
      return;
    }
    if (job.nested.some(({ state }) => state === FAILED)) {
      this.fail(job, MEMBERS_FAILED);
      return;
    }
    job.objectsFailed = failsToWriteObjects(ledger, job);
    if (job.objectsFailed) {
      ledger.content?.abandon(job);
    }
    const asked = ledger.content?.restore(job, (ready) => {
      if (ready) {
        this.complete(job);
      } else {
        this.fail(job, CONTENT_NOT_RESTORED);
      }
    });
    if (asked !== true) {
      this.complete(job);
    }
  }

  private complete(job: RestoreJob): void {
    const { ledger } = this;
    const refusal = targetRefusal(ledger, job);
    if (refusal !== NO_REASON) {
      this.fail(job, refusal);
      return;
    }
    job.completedAt = ledger.now;
    this.lastRestored.set(job.pointArn, ledger.now);
    this.come(job, COMPLETED, NO_REASON);
    ledger.meter?.restored(job);
    const there = ledger.resources.tryFind(job.target.arn);
    const target = there?.gone === false ? there : bring(ledger, job);
    ledger.content?.arrive(job, target);
    this.close(job);
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
      env: job.request.env,
      restoreJobId: job.id,
      state,
      createdAt: job.createdAt,
      completedAt: job.completedAt,
      resourceType: job.resourceType,
      sizeBytes: job.sizeBytes,
      iamRoleArn: job.request.roleArn ?? '',
      statusMessage: restoreMessage(job),
      backupVaultArn: job.vault.arn,
      recoveryPointArn: job.pointArn,
      sourceResourceArn: job.resource.arn,
      createdResourceArn: state === 'COMPLETED' ? job.target.arn : undefined,
      restoreTestingPlanArn: job.request.test?.planArn,
      objectsFailed: job.objectsFailed,
    });
  }
}
