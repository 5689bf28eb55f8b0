// A table that is backed up and copied each day, and all that AWS Backup tells of it.
import type { WorldState } from '../../../engine/src/domain/world-state';
import { heard } from './listeners';
import { plan, resource, rule, until, vault, vaultArn, world } from './stage';

export const DAILY = 'cron(0 5 * * ? *)';
export const ORDERS = resource('dynamodb-advanced', 'orders');

export function copied(): WorldState {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const rules = [rule('daily', { scheduleExpression: DAILY, copyActions })];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [ORDERS],
    plans: [plan('p', rules)],
  });
  heard(state, 'all', { source: ['aws.backup'] });
  return until(state, '2027-01-01T12:00:00Z');
}
