// A plan that ran for one resource, as points and jobs are shown.
import type { BackupRule, BackupVault, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { plan, resource, rule, until, vault, vaultArn, world } from './stage';

export const TABLE = resource('dynamodb-advanced', 'orders');
export const BUCKET = resource('s3', 'docs');
export const DAILY = 'cron(0 5 * * ? *)';

export function ran(
  more: Partial<BackupRule> = {},
  {
    vaults = [],
    of = TABLE,
    to = '2027-01-01T12:00:00Z',
  }: { vaults?: BackupVault[]; of?: StatefulResource; to?: string } = {},
): WorldState {
  const made = rule('daily', { scheduleExpression: DAILY, ...more });
  const all = vaults.some(({ backupVaultName }) => backupVaultName === 'main') ? vaults : [vault('main'), ...vaults];
  return until(world('2027-01-01', { vaults: all, resources: [of], plans: [plan('p', [made])] }), to);
}

export const copies = (lifecycle?: object) => [
  { destinationBackupVaultArn: vaultArn('copies'), ...(lifecycle === undefined ? {} : { lifecycle }) },
];
