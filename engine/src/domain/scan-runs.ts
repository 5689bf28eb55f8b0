/**
 * Scans of recovery points for malware, on the agenda.
 *
 * Owns     every scan job of a World, and which resources are infected.
 * Units    `…At` are Instants; a point is known by its row, and by its creation, as rows are used again.
 * Source   B5.6, B2.5/1.
 * Spec     scan-job.md
 */
import type { ScanSetting } from '@holdfast/model';
import { floatAt, intAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { Instant, NEVER } from '../kernel/instant';
import { RESOURCE_INFECTED, SCAN_JOB } from './event-codes';
import { keyOfPoint } from './encryption';
import { SCANNER_SERVICE } from './inspection-needs';
import { roleAccess } from './job-access';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import {
  SCAN_CLEAN,
  SCAN_FOUND,
  SCAN_POINT_GONE,
  SCAN_QUEUE_FULL,
  SCAN_STARTED,
  SCANNER_UNASSUMABLE,
} from './inspection-reasons';
import { NO_REASON } from './reasons';
import { CONTINUOUS, TEMPORARY } from './recovery-points';
import { ScanMode, scanBase } from './scan-job';
import { arnOfPoint } from './show';
import { durationMs } from './snapshot';
import { tellScan } from './scan-telling';

/** Source B5.6/3. */
const RUNNING_PER_RESOURCE = 5;
const RUNNING_PER_ACCOUNT = 150;
const CREATED_PER_RESOURCE = 10;

/** In the order of the API's enumeration; a number enters the log. */
export const SCAN_STATES = ['CREATED', 'RUNNING', 'COMPLETED', 'COMPLETED_WITH_ISSUES', 'FAILED', 'CANCELED'] as const;

export type ScanState = (typeof SCAN_STATES)[number];

export interface ScanRequest {
  readonly row: number;
  readonly mode: ScanMode;
  /** ARN of the point that an incremental scan builds on; the one that was scanned last unless given. */
  readonly baseArn: string | undefined;
  readonly roleArn: string | undefined;
  readonly scannerRoleArn: string | undefined;
  readonly scanner: string;
  readonly token: string | undefined;
  /** The rule that asked for it; undefined for a call. */
  readonly origin: Origin | undefined;
}

export interface ScanJob {
  /** How many came before it. */
  readonly number: number;
  readonly id: string;
  readonly scanId: string;
  readonly request: ScanRequest;
  readonly series: number;
  readonly pointCreatedAt: Instant;
  readonly pointArn: string;
  readonly resource: Resource;
  readonly createdAt: Instant;
  /** What the mode came to. */
  readonly mode: ScanMode;
  readonly baseArn: string | undefined;
  state: ScanState;
  reason: number;
  completedAt: Instant | undefined;
  result: 'NO_THREATS_FOUND' | 'THREATS_FOUND' | undefined;
}

export class ScanRuns {
  private readonly all: ScanJob[] = [];
  /** The same by number of the resource, oldest first. */
  private readonly byResource = new Map<number, ScanJob[]>();
  /** Those that wait or run, oldest first. */
  private readonly open = new Set<ScanJob>();
  private readonly infectedAt = new Map<number, Instant>();
  private readonly kind: number;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('scan of a point ends', (number) => {
      const job = this.all[number] as ScanJob;
      if (!ledger.faults.putsOff(ledger.vaultOf(job.series).made.env, this.kind, number)) {
        this.end(job);
      }
    });
  }

  /** Oldest first. */
  list(): readonly ScanJob[] {
    return this.all;
  }

  /** Scans of a point, oldest first. */
  ofPoint(row: number): ScanJob[] {
    const { number } = this.ledger.resourceOf(intAt(this.ledger.points.series, row));
    return this.ofResource(number).filter((job) => job.request.row === row && this.stands(job));
  }

  /** What is backed up of a resource from now on has malware in it. */
  infect(resource: Resource): void {
    const { ledger } = this;
    this.infectedAt.set(resource.number, ledger.now);
    ledger.declare(RESOURCE_INFECTED, resource.arn, resource.place, '', 0, NEVER);
  }

  /** Source B5.6/2, B7.6/5. */
  canBeScanned(row: number): boolean {
    const { points, composites } = this.ledger;
    const { malwareScan } = this.ledger.resourceOf(intAt(points.series, row)).service;
    return malwareScan && !points.has(row, CONTINUOUS) && !points.has(row, TEMPORARY) && !composites.isParent(row);
  }

  isBeingScanned(row: number): boolean {
    return [...this.open].some((job) => job.request.row === row && this.stands(job));
  }

  /** A backup is complete: its rule's scan actions begin, where the plan's settings name the type (Source B5.6/1). */
  follow(row: number, origin: Origin): void {
    const { rule } = origin;
    const actions = rule?.declaration.scanActions;
    if (rule === undefined || actions === undefined || !this.canBeScanned(row)) {
      return;
    }
    const type = this.ledger.resourceOf(intAt(this.ledger.points.series, row)).service.resourceType;
    const named = ({ resourceTypes = [] }: ScanSetting) =>
      resourceTypes.includes(type) || resourceTypes.includes('ALL');
    const setting = rule.plan.declaration.scanSettings?.find(named);
    for (const action of setting === undefined ? [] : actions) {
      if (!this.isBeingScanned(row)) {
        this.begin({
          row,
          mode: action.scanMode === ScanMode.INCREMENTAL ? ScanMode.INCREMENTAL : ScanMode.FULL,
          baseArn: undefined,
          roleArn: origin.roleArn,
          scannerRoleArn: setting?.scannerRoleArn,
          scanner: action.malwareScanner ?? 'GUARDDUTY',
          token: undefined,
          origin,
        });
      }
    }
  }

  begin(request: ScanRequest): ScanJob {
    const { ledger } = this;
    const { points, now, seed } = ledger;
    const series = intAt(points.series, request.row);
    const resource = ledger.resourceOf(series);
    const pointArn = arnOfPoint(ledger, request.row);
    const earlier = this.ofResource(resource.number);
    const before = earlier.filter((job) => job.pointArn === pointArn && job.createdAt === now).length;
    const key = { names: [pointArn, request.token ?? '', `${before}`], at: now };
    const base = scanBase(ledger, earlier, request, resource);
    const job: ScanJob = {
      number: this.all.length,
      id: uuid(seed, { ...key, kind: 'scan-job' }).toUpperCase(),
      scanId: uuid(seed, { ...key, kind: 'scan' }),
      request,
      series,
      pointCreatedAt: floatAt(points.createdAts, request.row),
      pointArn,
      resource,
      createdAt: now,
      mode: base === undefined ? ScanMode.FULL : ScanMode.INCREMENTAL,
      baseArn: base?.pointArn,
      state: 'CREATED',
      reason: NO_REASON,
      completedAt: undefined,
      result: undefined,
    };
    this.all.push(job);
    if (earlier.push(job) === 1) {
      this.byResource.set(resource.number, earlier);
    }
    this.open.add(job);
    this.come(job, 'CREATED', NO_REASON);
    this.look(resource);
    return job;
  }

  /** Whatever may run now does; of what waits beyond the tenth, the oldest fails. */
  private look(resource: Resource): void {
    const { account } = resource.declaration.env;
    const waits = ({ state }: ScanJob) => state === 'CREATED';
    for (const job of [...this.open].filter(waits)) {
      const here = job.resource.declaration.env.account === account;
      if (here && this.running((one) => one.resource === job.resource) < RUNNING_PER_RESOURCE) {
        if (this.running((one) => one.resource.declaration.env.account === account) < RUNNING_PER_ACCOUNT) {
          this.start(job);
        }
      }
    }
    const queue = [...this.open].filter((job) => waits(job) && job.resource === resource);
    const [oldest] = queue;
    if (queue.length > CREATED_PER_RESOURCE && oldest !== undefined) {
      this.close(oldest, SCAN_QUEUE_FULL);
    }
  }

  private running(passes: (job: ScanJob) => boolean): number {
    return [...this.open].filter((job) => job.state === 'RUNNING' && passes(job)).length;
  }

  private ofResource(number: number): ScanJob[] {
    return this.byResource.get(number) ?? [];
  }

  private start(job: ScanJob): void {
    const { ledger } = this;
    const refusal = this.refusalOf(job);
    if (refusal !== NO_REASON) {
      ledger.permissions.explain(refusal, job.resource.arnName, ledger.vaultOf(job.series).arnName);
      this.close(job, refusal);
      return;
    }
    this.come(job, 'RUNNING', SCAN_STARTED);
    ledger.agenda.push(ledger.now + durationMs(this.bytesOf(job)), this.kind, job.number);
  }

  /** What a scan reads. */
  private bytesOf({ mode, request }: ScanJob): number {
    const { points } = this.ledger;
    return floatAt(mode === ScanMode.FULL ? points.sizes : points.stored, request.row);
  }

  /** Source B2.5/1: the role of AWS Backup, and the one that the scanner assumes. */
  private refusalOf(job: ScanJob): number {
    const { ledger } = this;
    const { row, roleArn, scannerRoleArn } = job.request;
    if (!this.stands(job)) {
      return SCAN_POINT_GONE;
    }
    const vault = ledger.vaultOf(job.series);
    const role = roleAccess(ledger, roleArn, vault);
    if (role !== NO_REASON) {
      return role;
    }
    if (roleAccess(ledger, scannerRoleArn, vault, SCANNER_SERVICE) !== NO_REASON) {
      return SCANNER_UNASSUMABLE;
    }
    const key = ledger.keys.refusalOf(keyOfPoint(ledger, row));
    return key === NO_REASON ? ledger.permissions.scan(roleArn, row, scannerRoleArn) : key;
  }

  private end(job: ScanJob): void {
    if (!this.stands(job)) {
      this.close(job, SCAN_POINT_GONE);
    } else {
      const infected = job.pointCreatedAt >= (this.infectedAt.get(job.resource.number) ?? NEVER);
      job.result = infected ? 'THREATS_FOUND' : 'NO_THREATS_FOUND';
      job.completedAt = this.ledger.now;
      this.ledger.meter?.scanned(job.request.row, this.bytesOf(job));
      this.come(job, 'COMPLETED', infected ? SCAN_FOUND : SCAN_CLEAN);
    }
    this.look(job.resource);
  }

  private close(job: ScanJob, reason: number): void {
    job.completedAt = this.ledger.now;
    this.come(job, 'FAILED', reason);
  }

  private stands({ request, series, pointCreatedAt }: ScanJob): boolean {
    return this.ledger.points.isSame(request.row, series, pointCreatedAt);
  }

  private come(job: ScanJob, state: ScanState, reason: number): void {
    const { ledger } = this;
    job.state = state;
    job.reason = reason;
    if (job.completedAt !== undefined) {
      this.open.delete(job);
    }
    const code = SCAN_JOB + SCAN_STATES.indexOf(state);
    const id = ledger.names.intern(job.id);
    const place = ledger.vaultOf(job.series).arnName;
    ledger.log.append(ledger.now, code, 0, reason, job.resource.arnName, place, id, 0, NEVER);
    if (ledger.observers.listening) {
      tellScan(ledger, job);
    }
  }
}
