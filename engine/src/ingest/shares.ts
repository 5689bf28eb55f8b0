/**
 * What a share of AWS RAM is read for: the vaults among what it shares.
 *
 * Pure.
 */

/** Why a share is left out. */
export const NO_VAULT_SHARED = 'it shares no backup vault';

export function vaultsAmong(arns: readonly string[] = []): string[] {
  return arns.filter((arn) => /^arn:[^:]+:backup:[^:]*:[^:]*:backup-vault:/.test(arn));
}
