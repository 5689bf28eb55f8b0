import * as injected from '../../../engine/src/domain/injected-reasons';
import { KEY_UNUSABLE, NO_REASON } from '../../../engine/src/domain/reasons';
import { inject } from '../scenarios/fault-stage';
import { CMK, ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

test('what faults brought about is told from what came by itself', () => {
  const { INJECTED, isInjected } = injected;
  const reasons = Object.keys(INJECTED).map(Number);
  expect(reasons).toHaveLength(9);
  expect(reasons.map(isInjected)).toEqual(reasons.map(() => true));
  expect([NO_REASON, KEY_UNUSABLE, Math.min(...reasons) - 1, Math.max(...reasons) + 1].map(isInjected)).toEqual([
    ...[false, false, false, false],
  ]);
});

test('a copy under the key of an account that is suspended fails for that (B4.3/7)', () => {
  const encryptionKeyArn = CMK.replace(ENV.account, '777788889999');
  const copyActions = [{ destinationBackupVaultArn: vaultArn('second') }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('second', { encryptionKeyArn })],
    resources: [resource('efs', 'fs-1')],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', copyActions })])],
  });
  inject(state, { kind: 'account-suspended', account: '777788889999' });
  until(state, '2027-01-02');
  expect(state.summary()).toMatchObject({ backupJobs: { COMPLETED: 1 }, copyJobs: { FAILED: 1 } });
});
