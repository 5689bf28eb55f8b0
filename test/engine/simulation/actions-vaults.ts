// What is done to vaults, locks, policies of vaults and legal holds.
import type { ListLegalHoldsOutput } from '@aws-sdk/client-backup';
import type { Kind, Proposal, Scene } from './scene';
import { read } from './call';
import { DAY } from './facts';
import type { VaultPlace } from './random-plans';

export const vaultActions: readonly Kind[] = [
  { name: 'put a lock', odds: 5, propose: putLock },
  { name: 'delete a lock', odds: 6, propose: (scene) => onVault(scene, 'DeleteBackupVaultLockConfiguration') },
  { name: 'delete a vault', odds: 5, propose: (scene) => onVault(scene, 'DeleteBackupVault') },
  { name: 'create a vault', odds: 3, propose: createVault },
  { name: 'deny deletion by policy', odds: 2, propose: denyDeletion },
  { name: 'delete a policy', odds: 2, propose: (scene) => onVault(scene, 'DeleteBackupVaultAccessPolicy') },
  { name: 'create a hold', odds: 7, propose: createHold },
  { name: 'cancel a hold', odds: 6, propose: cancelHold },
];

function onVault(
  { world, draw }: Scene,
  operation: string,
  more: (vault: VaultPlace) => Record<string, unknown> = () => ({}),
): Proposal {
  const vault = draw.pick(world.vaults);
  return { env: vault.env, service: 'backup', operation, input: { BackupVaultName: vault.name, ...more(vault) } };
}

function putLock(scene: Scene): Proposal {
  const { draw } = scene;
  const MinRetentionDays = draw.between(0, 9);
  const input = {
    MinRetentionDays,
    ...(draw.oneIn(3) ? {} : { MaxRetentionDays: MinRetentionDays + draw.between(0, 50) }),
    ...(draw.oneIn(2) ? {} : { ChangeableForDays: draw.between(2, 10) }),
  };
  return onVault(scene, 'PutBackupVaultLockConfiguration', () => input);
}

/** One that plans name already comes back, or a new one. */
function createVault({ world, draw }: Scene): Proposal {
  const vault = draw.pick(world.vaults);
  const BackupVaultName = draw.oneIn(2) ? vault.name : `made-${draw.below(3)}`;
  if (vault.airGapped && BackupVaultName === vault.name) {
    const input = { BackupVaultName, MinRetentionDays: 7, MaxRetentionDays: draw.between(7, 90) };
    return { env: vault.env, service: 'backup', operation: 'CreateLogicallyAirGappedBackupVault', input };
  }
  return { env: vault.env, service: 'backup', operation: 'CreateBackupVault', input: { BackupVaultName } };
}

function denyDeletion(scene: Scene): Proposal {
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return onVault(scene, 'PutBackupVaultAccessPolicy', () => ({ Policy }));
}

function createHold({ world, snapshot, draw, state }: Scene): Proposal {
  const env = draw.pick(world.places);
  const here = world.vaults.filter((vault) => vault.env === env);
  const resources = state.resources.filter((resource) => resource.env === env).map(({ arn }) => arn);
  const from = snapshot.at - draw.between(5, 40) * DAY;
  const selection = draw.pick([
    { VaultNames: draw.some(here).map(({ name }) => name) },
    { ResourceIdentifiers: draw.some(resources) },
    { VaultNames: here.map(({ name }) => name), ResourceIdentifiers: draw.some(resources) },
    {},
  ]);
  const range = { FromDate: new Date(from), ToDate: new Date(from + draw.between(1, 60) * DAY) };
  const RecoveryPointSelection = { ...selection, ...(draw.oneIn(3) ? { DateRange: range } : {}) };
  const input = { Title: `hold-${draw.below(5)}`, Description: 'a matter', RecoveryPointSelection };
  return { env, service: 'backup', operation: 'CreateLegalHold', input };
}

function cancelHold({ world, state, draw }: Scene): Proposal | undefined {
  const holds = world.places.flatMap((env) => {
    const { LegalHolds = [] } = read<ListLegalHoldsOutput>(state, env, 'backup', 'ListLegalHolds');
    return LegalHolds.map(({ LegalHoldId }) => ({ env, LegalHoldId }));
  });
  const hold = draw.tryPick(holds);
  return (
    hold && {
      env: hold.env,
      service: 'backup',
      operation: 'CancelLegalHold',
      input: { LegalHoldId: hold.LegalHoldId, CancelDescription: 'over' },
    }
  );
}
