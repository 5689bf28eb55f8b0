/**
 * Who may delete a recovery point of a vault before its lifecycle does.
 *
 * Pure: declarations in, a sentence out.
 * Source   B7.4/1 and B7.4/2: a lock of either mode stops every deletion by hand, and who may remove a lock in governance
 *          mode, or during its grace, may then delete. B7.5/1: a logically air-gapped vault is locked from its creation.
 *          B7.2/1: the access policy of a vault governs the calls of AWS Backup alone.
 */
import type { Estate } from '@holdfast/model';

/** The sentence for a vault, by its ARN. */
export function handDeletion(estate: Estate, backupVaultArn: string): string {
  if ((estate.logicallyAirGappedVaults ?? []).some((vault) => isArnOf(vault, backupVaultArn))) {
    return 'nobody: a logically air-gapped vault is locked in compliance mode from its creation';
  }
  const vault = (estate.vaults ?? []).find((candidate) => isArnOf(candidate, backupVaultArn));
  if (vault === undefined) {
    return 'not known: the vault is in no artifact';
  }
  const days = vault.vaultLock?.changeableForDays;
  if (days === 0) {
    return 'nobody: the lock is in compliance mode, and can no longer be removed';
  }
  if (days !== undefined) {
    return `nobody, once the ${days} days in which the lock can still be removed are over`;
  }
  if (vault.vaultLock !== undefined) {
    return 'whoever may remove the lock, as it is in governance mode';
  }
  return vault.accessPolicy === undefined
    ? 'whoever has backup:DeleteRecoveryPoint: the vault has neither lock nor access policy'
    : "whoever the vault's access policy and IAM let, as the vault has no lock";
}

interface Named {
  readonly backupVaultName: string;
  readonly env: { readonly partition: string; readonly account: string; readonly region: string };
}

function isArnOf({ backupVaultName, env }: Named, arn: string): boolean {
  return arn === `arn:${env.partition}:backup:${env.region}:${env.account}:backup-vault:${backupVaultName}`;
}
