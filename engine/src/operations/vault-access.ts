/**
 * What a caller has to be allowed beside the call itself, so that a vault can be made, in a World whose policies decide.
 *
 * Source   B7.1/2 (the actions), B13 (by way of AWS Backup, for the vault). The text is that of other calls about vaults (B1.5):
 *          that it is this one is Assumed, as is that a key which the World does not know lets everybody.
 * Spec     ../domain/vaults.md
 */
import { vaultArn } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { permits } from './authorize';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { NO_VAULT_ACCESS } from './find-vault';

const MOUNT = 'backup-storage:MountCapsule';
const KEY_ACTIONS = ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];

/** @throws AwsFault AccessDeniedException when policies keep the caller from what a vault takes. */
export function refuseVaultAccess(state: WorldState, caller: Caller, name: string, keyArn: string | undefined): void {
  const key = keyArn === undefined ? undefined : state.ledger.keys.tryFindByArn(keyArn);
  const context = {
    'kms:ViaService': `backup.${caller.region}.amazonaws.com`,
    'kms:CallerAccount': caller.account,
  };
  const encryptionContext = { 'aws:backup:backup-vault': vaultArn(caller, name) };
  const mayUse = (action: string): boolean => {
    // Source B13: the grant is for AWS Backup, a resource of AWS.
    const more: Readonly<Record<string, string>> =
      action === 'kms:CreateGrant' ? { 'kms:GrantIsForAWSResource': 'true' } : {};
    const about = { resource: key?.arn ?? '*', tags: Object.fromEntries(key?.tags ?? []), key };
    return permits(state, caller, action, { ...about, context: { ...context, ...more }, encryptionContext });
  };
  const actions = key === undefined || key.made.awsManaged ? [] : KEY_ACTIONS;
  if (!permits(state, caller, MOUNT, { resource: '*' }) || !actions.every(mayUse)) {
    throw new AwsFault('AccessDeniedException', NO_VAULT_ACCESS);
  }
}
