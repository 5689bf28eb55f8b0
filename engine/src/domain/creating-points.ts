/**
 * Recovery points that backup jobs are making.
 *
 * Pure: reads the jobs that run; a point has a row of its own once it is complete.
 * Source   B5.1 (CREATING while the job runs), B4.1/10 (gone when the job comes to nothing).
 * Assumed  A run of a continuous rule makes none: whether it renews a point is known at its end.
 * Spec     recovery-points.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { RUNNING } from './event-codes';
import { BACKUP } from './jobs';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { recoveryPointArn } from './recovery-point-arn';
import type { Vault } from './vaults';

/** Rows of the jobs that make points in a vault now, newest first. */
export function jobsCreatingIn(ledger: Ledger, vault: Vault): Generator<number, undefined> {
  return jobsCreating(ledger, (row) => ledger.vaultOf(intAt(ledger.jobs.series, row)) === vault);
}

/** How many points a vault has, those that are CREATING among them. */
export function pointCountIn(ledger: Ledger, vault: Vault): number {
  return vault.live + [...jobsCreatingIn(ledger, vault)].length;
}

/** Those that make points of a resource in the vaults of an account and Region. */
export function jobsCreatingOf(ledger: Ledger, { number }: Resource, place: number): Generator<number, undefined> {
  const { jobs } = ledger;
  return jobsCreating(
    ledger,
    (row) => intAt(jobs.resources, row) === number && ledger.vaultOf(intAt(jobs.series, row)).place === place,
  );
}

/** Costs a look at each job since the oldest that runs. */
function* jobsCreating(ledger: Ledger, passes: (row: number) => boolean): Generator<number, undefined> {
  const { jobs } = ledger;
  let left = floatAt(jobs.backupStates, RUNNING);
  for (const row of left === 0 ? [] : jobs.newestFirst()) {
    const running = byteAt(jobs.kinds, row) === BACKUP && byteAt(jobs.states, row) === RUNNING;
    if (running && passes(row) && isCreating(ledger, row)) {
      yield row;
    }
    left -= Number(running);
    if (left === 0) {
      return;
    }
  }
}

/** What the point of a running job is called. */
export function arnOfCreating(ledger: Ledger, row: number): string {
  const { jobs } = ledger;
  return recoveryPointArn(ledger.seed, {
    resource: ledger.resources.find(intAt(jobs.resources, row)),
    vault: ledger.vaultOf(intAt(jobs.series, row)),
    origin: ledger.origins.find(intAt(jobs.origins, row)),
    createdAt: floatAt(jobs.pointCreatedAts, row),
    continuous: false,
  });
}

/** Row of the running job that makes the point of an ARN in a vault; undefined when none does. */
export function jobCreating(ledger: Ledger, vault: Vault, arn: string): number | undefined {
  for (const row of jobsCreatingIn(ledger, vault)) {
    if (arnOfCreating(ledger, row) === arn) {
      return row;
    }
  }
  return undefined;
}

/** Whether a backup job makes a point now. */
export function isCreating(ledger: Ledger, row: number): boolean {
  const { jobs, origins, resources } = ledger;
  const { rule, given } = origins.find(intAt(jobs.origins, row));
  const asked = rule?.declaration.enableContinuousBackup === true && given.within === undefined;
  const renews = asked && resources.find(intAt(jobs.resources, row)).pitr;
  return byteAt(jobs.states, row) === RUNNING && !renews;
}
