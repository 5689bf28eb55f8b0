/**
 * The sums of a World at an instant.
 *
 * Pure: reads a World.
 * Source   design.md section 2, `simulate --format json`.
 */
import { floatAt } from '../kernel/columns';
import { JOB_STATES } from './event-codes';
import type { VaultCount, WorldSummary } from './views';
import type { WorldState } from './world-state';

export function summaryOf({ ledger, restores, start, now, seed }: WorldState): WorldSummary {
  const { points, jobs, vaults } = ledger;
  const byType: Record<string, number> = {};
  const types = ledger.resources.list().map((resource) => resource.declaration.resourceType);
  for (const type of types.sort()) {
    byType[type] = (byType[type] ?? 0) + 1;
  }
  const byVault: Record<string, VaultCount> = {};
  let liveCold = 0;
  for (const vault of vaults.standing()) {
    byVault[vault.arn] = { live: vault.live, warm: vault.live - vault.cold, cold: vault.cold };
    liveCold += vault.cold;
  }
  return {
    from: start,
    to: now,
    seed,
    resources: { total: types.length, byType },
    backupJobs: byState(jobs.backupStates),
    copyJobs: byState(jobs.copyStates),
    restoreJobs: restores.counts(),
    recoveryPoints: {
      created: points.created,
      deleted: points.deleted,
      live: points.live,
      liveWarm: points.live - liveCold,
      liveCold,
      byVault,
    },
  };
}

function byState(counts: Float64Array): Record<string, number> {
  const states: Record<string, number> = {};
  JOB_STATES.forEach((state, number) => {
    if (floatAt(counts, number) > 0) {
      states[state] = floatAt(counts, number);
    }
  });
  return states;
}
