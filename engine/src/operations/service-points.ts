/**
 * Recovery points that the service of their resource shows, too: snapshots, images and backups that AWS Backup made.
 *
 * Pure: reads the World. Names of points are made for this, one by one: calls are rare, points many.
 * Source   B1.1 (ARNs of points).
 */
import type { Environment } from '@holdfast/model';
import type { DatabaseSnapshot } from '../domain/databases';
import type { Resource } from '../domain/protected-resources';
import { Door, SERVICE_DOORS } from '../domain/service-doors';
import { arnOfPoint } from '../domain/show';
import { GIB } from '../domain/snapshot';
import { tagsOfPoint } from '../domain/tags';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { floatAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import { AwsFault } from './fault';
import type { TagMap } from './stateful';

export interface ServicePoint {
  /** Its row among the points of the ledger. */
  readonly row: number;
  readonly arn: string;
  readonly resource: Resource;
  readonly createdAt: Instant;
  readonly sizeBytes: number;
  readonly tags: TagMap;
}

/** Those of some services in the vaults of an account and Region. Points that AWS Backup names itself are its alone. */
export function servicePoints(state: WorldState, caller: Environment, services: readonly string[]): ServicePoint[] {
  const { ledger } = state;
  const { points } = ledger;
  const found: ServicePoint[] = [];
  for (const vault of ledger.vaults.standing()) {
    if (placeOf(vault.made.env) !== placeOf(caller) || vault.made.airGapped) {
      continue;
    }
    for (const series of ledger.series.inVault(vault)) {
      const resource = ledger.resourceOf(series);
      if (!services.includes(resource.service.id)) {
        continue;
      }
      for (const row of points.rowsOf(series)) {
        found.push({
          row,
          arn: arnOfPoint(ledger, row),
          resource,
          createdAt: floatAt(points.createdAts, row),
          sizeBytes: floatAt(points.sizes, row),
          tags: tagsOfPoint(ledger, row),
        });
      }
    }
  }
  return found.sort((a, b) => a.createdAt - b.createdAt || (a.arn < b.arn ? -1 : 1));
}

/** A snapshot of a database or a warehouse, by hand or by AWS Backup. */
export interface NamedSnapshot extends DatabaseSnapshot {
  /** Whether AWS Backup made it: then its own service does not delete it. */
  readonly byBackup: boolean;
}

/** A point as the snapshot that its service shows. */
export function asSnapshot(point: ServicePoint, name: string): NamedSnapshot {
  const { arn, resource: source, createdAt, sizeBytes, tags } = point;
  return { name, arn, source, createdAt, sizeGiB: wholeGib(sizeBytes), tags, byBackup: true };
}

/** What the service of a point says to who wants to delete it there. */
export function managedByBackup(door: Door, name: string): AwsFault {
  const { code, text } = SERVICE_DOORS[door];
  return new AwsFault(code, text(name));
}

/** Services show whole GiB, 1 at least (Assumed). */
export function wholeGib(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / GIB));
}
