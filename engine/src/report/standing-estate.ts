/**
 * What stands in a World, as declarations: what somebody would have to declare to come to it.
 *
 * Pure: reads a World. For what is asked of an estate, of a World that was made by calls.
 */
import type { Estate } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import type { Vault } from '../domain/vaults';
import { DAY, Instant, NEVER } from '../kernel/instant';

export function standingEstate({ ledger, resources, now }: WorldState): Estate {
  const standing = ledger.vaults.standing();
  return {
    vaults: standing.filter(({ made }) => !made.airGapped).map((vault) => declared(vault, now)),
    logicallyAirGappedVaults: standing
      .filter(({ made }) => made.airGapped)
      .map(({ name, made, lock }) => ({
        backupVaultName: name,
        env: made.env,
        minRetentionDays: lock?.minRetentionDays ?? 0,
        maxRetentionDays: lock?.maxRetentionDays ?? 0,
      })),
    plans: ledger.plans
      .list()
      .filter(({ removed }) => !removed)
      .map(({ declaration, selections, management }) => ({
        ...declaration,
        selections: [...selections.map((selection) => selection.declaration), ...(management?.selections ?? [])],
      })),
    resources: [...resources],
    regionSettings: ledger.settings.list(),
  };
}

function declared({ name, made, lock, accessPolicy }: Vault, now: Instant): NonNullable<Estate['vaults']>[number] {
  return {
    backupVaultName: name,
    env: made.env,
    ...(made.encryptionKeyArn !== undefined && { encryptionKeyArn: made.encryptionKeyArn }),
    ...(lock !== undefined && {
      vaultLock: {
        minRetentionDays: lock.minRetentionDays,
        ...(lock.maxRetentionDays !== NEVER && { maxRetentionDays: lock.maxRetentionDays }),
        ...(lock.lockDate !== NEVER && { changeableForDays: Math.max(0, Math.ceil((lock.lockDate - now) / DAY)) }),
      },
    }),
    ...(accessPolicy !== undefined && { accessPolicy: JSON.parse(accessPolicy) as object }),
  };
}
