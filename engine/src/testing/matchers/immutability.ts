/**
 * Matchers about what nobody can delete.
 *
 * Pure: reads a World.
 * Source   B7.4/1, B7.4/2 (a lock past its LockDate), B7.5/1 (logically air-gapped vaults), B7.6/2 (temporary points).
 */
import type { RecoveryPointView } from '../../domain/views';
import { isChangeable } from '../../domain/vault-lock';
import type { WorldState } from '../../domain/world-state';
import { Instant, NEVER } from '../../kernel/instant';
import { stateOf } from '../states';
import { MatcherOutcome, outcome, when } from './outcome';
import { instantOf, isVault, resourceOf } from './subject';

/** What `toBeImmutableUntil` asks for. */
export interface ImmutabilityExpectation {
  /** ARN or name. */
  readonly resource: string;
  /** Instant as ISO 8601. */
  readonly until: string;
  /** Name or ARN of the one vault that counts; any when not given. */
  readonly vault?: string;
}

/** A resource has a recovery point that nobody, whatever the permissions, deletes before an instant. */
export function toBeImmutableUntil(world: unknown, expected: ImmutabilityExpectation): MatcherOutcome {
  const state = stateOf(world);
  const resource = resourceOf(state, expected.resource);
  const until = instantOf(expected.until, 'until');
  const points = state
    .pointsOf(resource.arn)
    .filter(({ backupVaultArn }) => expected.vault === undefined || isVault(backupVaultArn, expected.vault));
  const verdicts = points.map((point) => ({ point, against: against(state, point, until) }));
  const safe = verdicts.filter(({ against: reason }) => reason === undefined);
  const asked = `${resource.name} has a recovery point that nobody deletes before ${when(until)}`;
  if (safe.length > 0) {
    return outcome(true, asked, [`${safe.length} of ${points.length} points are`]);
  }
  const lines = new Map<string, number>();
  for (const { point, against: reason } of verdicts) {
    const line = `  vault ${point.backupVaultName}: ${reason}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return outcome(false, asked, [
    points.length === 0 ? 'it has no recovery point there' : `none of ${points.length} is:`,
    ...[...lines].map(([line, count]) => `${line} (${count})`),
  ]);
}

/** Why a point may go before an instant; undefined when nothing can end it. */
function against(state: WorldState, point: RecoveryPointView, until: Instant): string | undefined {
  if (point.temporary === true) {
    return 'it is temporary, and goes once its copies are over';
  }
  const vault = state.ledger.vaults.tryFindByArn(point.backupVaultArn);
  const lock = vault?.lock;
  if (lock === undefined) {
    return 'the vault has no lock, so that whoever is permitted deletes it';
  }
  if (isChangeable(lock, state.now)) {
    return lock.lockDate === NEVER
      ? 'the lock is in governance mode, so that whoever is permitted removes it'
      : `the lock can be removed until ${when(lock.lockDate)}`;
  }
  const end = point.deleteAt ?? NEVER;
  return end >= until ? undefined : `its lifecycle ends it on ${when(end).slice(0, 10)}`.replace(/ on never$/, '');
}
