/**
 * Indexes of recovery points on the agenda.
 *
 * Owns     the index of each point that has one.
 * Units    `…At` are Instants; a point is known by its row, and by its creation, as rows are used again.
 * Source   B5.5/1.
 * Spec     index.md
 */
import { BackupLimits } from '@holdfast/model';
import { floatAt, intAt } from '../kernel/columns';
import { Instant, MINUTE, NEVER } from '../kernel/instant';
import { INDEX_UNREADABLE } from './content-reasons';
import { INDEX_ACTIVE, INDEX_DELETED, INDEX_DELETING, INDEX_FAILED, INDEX_PENDING } from './event-codes';
import { keyOfPoint } from './encryption';
import { roleAccess } from './job-access';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import { INDEX_ASKED, INDEX_COMPLETE, INDEX_DROPPED } from './inspection-reasons';
import { NO_REASON, statusMessage } from './reasons';
import { TEMPORARY } from './recovery-points';
import { arnOfPoint } from './show';
import { durationMs } from './snapshot';

export type IndexStatus = 'PENDING' | 'ACTIVE' | 'FAILED' | 'DELETING';

export interface PointIndex {
  readonly row: number;
  readonly series: number;
  readonly pointCreatedAt: Instant;
  readonly pointArn: string;
  readonly roleArn: string | undefined;
  readonly createdAt: Instant;
  status: IndexStatus;
  /** Why it FAILED; NO_REASON for everything else. */
  reason: number;
  completedAt: Instant | undefined;
  /** How many files or objects it has; undefined until it is ACTIVE, and where nothing says what the point holds. */
  items: number | undefined;
  deletedAt: Instant | undefined;
}

const { INDEXES_AT_ONCE, INDEXES_OF_RESOURCE_AT_ONCE } = BackupLimits;

/** Assumed: how long an index is DELETING. */
const DELETES_AFTER = MINUTE;

const CODES: Readonly<Record<IndexStatus | 'DELETED', number>> = {
  PENDING: INDEX_PENDING,
  ACTIVE: INDEX_ACTIVE,
  FAILED: INDEX_FAILED,
  DELETING: INDEX_DELETING,
  DELETED: INDEX_DELETED,
};

export class IndexRuns {
  private readonly byRow = new Map<number, PointIndex>();
  /** By number on the agenda. */
  private readonly all: PointIndex[] = [];
  /** PENDING without being made yet, and what is being made. */
  private readonly waiting: PointIndex[] = [];
  private readonly running = new Set<PointIndex>();
  private readonly kind: number;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('index of a point moves', (number) => {
      const index = this.all[number] as PointIndex;
      if (!ledger.faults.putsOff(ledger.vaultOf(index.series).made.env, this.kind, number)) {
        this.move(index);
      }
    });
  }

  /** The index of a point; undefined when it has none. */
  tryFind(row: number): PointIndex | undefined {
    const index = this.byRow.get(row);
    return index !== undefined && this.stands(index) ? index : undefined;
  }

  /** Those whose points are there, in the order in which they were made. */
  list(): PointIndex[] {
    return [...this.byRow.values()].filter((index) => this.stands(index));
  }

  /** A backup is complete: it is indexed where its rule or call says so. */
  follow(row: number, origin: Origin): void {
    const { resourceType } = this.ledger.resourceOf(intAt(this.ledger.points.series, row)).service;
    const asked = origin.given.index === true || origin.rule?.declaration.indexActions?.includes(resourceType) === true;
    if (asked && this.canBeIndexed(row) && this.tryFind(row) === undefined) {
      this.begin(row, origin.roleArn);
    }
  }

  /** Source B5.5/1, B7.5/4, B7.6/5. */
  canBeIndexed(row: number): boolean {
    const { ledger } = this;
    const series = intAt(ledger.points.series, row);
    const { index } = ledger.resourceOf(series).service;
    return index && !ledger.vaultOf(series).made.airGapped && !ledger.points.has(row, TEMPORARY);
  }

  begin(row: number, roleArn: string | undefined): PointIndex {
    const { ledger } = this;
    const { points, now } = ledger;
    const index: PointIndex = {
      row,
      series: intAt(points.series, row),
      pointCreatedAt: floatAt(points.createdAts, row),
      pointArn: arnOfPoint(ledger, row),
      roleArn,
      createdAt: now,
      status: 'PENDING',
      reason: NO_REASON,
      completedAt: undefined,
      items: undefined,
      deletedAt: undefined,
    };
    this.byRow.delete(row);
    this.byRow.set(row, index);
    this.record(index, 'PENDING', INDEX_ASKED);
    this.waiting.push(index);
    this.startWaiting();
    return index;
  }

  /** Those that wait begin as far as there is room, first come, first served (Source quotas of AWS Backup). */
  private startWaiting(): void {
    const { agenda, now, points, series } = this.ledger;
    const waiting = this.waiting.splice(0).filter((index) => this.stands(index) && index.status === 'PENDING');
    for (const index of waiting) {
      const { place } = this.ledger.vaultOf(index.series);
      const here = [...this.running].filter((one) => this.ledger.vaultOf(one.series).place === place);
      const ofResource = here.filter(
        (one) => intAt(series.resources, one.series) === intAt(series.resources, index.series),
      );
      if (here.length < INDEXES_AT_ONCE && ofResource.length < INDEXES_OF_RESOURCE_AT_ONCE) {
        this.running.add(index);
        agenda.push(now + durationMs(floatAt(points.sizes, index.row)), this.kind, this.all.push(index) - 1);
      } else {
        this.waiting.push(index);
      }
    }
  }

  drop(index: PointIndex): void {
    const { ledger } = this;
    index.status = 'DELETING';
    index.reason = NO_REASON;
    index.deletedAt = ledger.now + DELETES_AFTER;
    this.record(index, 'DELETING', INDEX_DROPPED);
    ledger.agenda.push(index.deletedAt, this.kind, this.all.push(index) - 1);
  }

  private move(index: PointIndex): void {
    const { ledger } = this;
    if (this.running.delete(index)) {
      this.startWaiting();
    }
    if (!this.stands(index) || this.byRow.get(index.row) !== index) {
      return;
    }
    if (index.status === 'DELETING') {
      // The end of the indexing may come up meanwhile.
      if ((index.deletedAt ?? NEVER) <= ledger.now) {
        this.byRow.delete(index.row);
        this.record(index, 'DELETED', INDEX_DROPPED);
      }
      return;
    }
    const reason = this.refusalOf(index);
    const isVolume = ledger.resourceOf(index.series).service.id === 'ebs';
    const asked =
      reason === NO_REASON &&
      isVolume &&
      ledger.content?.index(index.row, (indexed) => {
        if (this.stands(index) && this.byRow.get(index.row) === index && index.status === 'PENDING') {
          this.complete(index, indexed === undefined ? INDEX_UNREADABLE : NO_REASON, indexed?.items);
        }
      });
    if (asked !== true) {
      this.complete(index, reason);
    }
  }

  private complete(index: PointIndex, reason: number, items?: number): void {
    const { ledger } = this;
    ledger.permissions.explain(reason, ledger.resourceOf(index.series).arnName, ledger.vaultOf(index.series).arnName);
    index.completedAt = ledger.now;
    index.reason = reason;
    index.status = index.reason === NO_REASON ? 'ACTIVE' : 'FAILED';
    if (index.status === 'ACTIVE') {
      index.items = items;
      ledger.meter?.indexed(index.row, items);
    }
    this.record(index, index.status, index.reason === NO_REASON ? INDEX_COMPLETE : index.reason);
  }

  /** Source B5.5/1: indexing S3 needs no permission, EBS some of the role, and the key. */
  private refusalOf({ row, series, roleArn }: PointIndex): number {
    const { ledger } = this;
    if (ledger.resourceOf(series).service.id === 's3') {
      return NO_REASON;
    }
    const role = roleAccess(ledger, roleArn, ledger.vaultOf(series));
    const refusal = role === NO_REASON ? ledger.keys.refusalOf(keyOfPoint(ledger, row)) : role;
    return refusal === NO_REASON ? ledger.permissions.index(roleArn, row) : refusal;
  }

  private stands({ row, series, pointCreatedAt }: PointIndex): boolean {
    return this.ledger.points.isSame(row, series, pointCreatedAt);
  }

  private record(index: PointIndex, status: IndexStatus | 'DELETED', reason: number): void {
    const { ledger } = this;
    const [vault, resource] = [ledger.vaultOf(index.series), ledger.resourceOf(index.series)];
    const { log, names, now, points } = ledger;
    const arn = names.intern(index.pointArn);
    const size = floatAt(points.sizes, index.row);
    log.append(now, CODES[status], 0, reason, resource.arnName, vault.arnName, arn, size, NEVER);
    if (status === 'PENDING' || status === 'DELETING' || !ledger.observers.listening) {
      return;
    }
    ledger.tell({
      kind: 'recovery-point-index',
      env: vault.made.env,
      status,
      recoveryPointArn: index.pointArn,
      backupVaultArn: vault.arn,
      sourceResourceArn: resource.arn,
      resourceType: resource.service.resourceType,
      iamRoleArn: index.roleArn ?? '',
      backupCreatedAt: index.pointCreatedAt,
      indexCreatedAt: index.createdAt,
      statusMessage: statusMessage(index.reason),
    });
  }
}
