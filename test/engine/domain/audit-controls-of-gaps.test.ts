// Controls over logically air-gapped vaults.
import { AuditPeriod, FrameworkControl } from '@holdfast/model';
import { DAY, HOUR } from '../../../engine/src/kernel/instant';
import { plan, resource, rule, vaultArn } from '../scenarios/stage';
import { FS, AIR_GAP, WEEKLY, staged, said, verdicts, later } from '../scenarios/control-stage';

describe('a recovery point in a logically air-gapped vault is young enough (B10.1/7)', () => {
  const control = FrameworkControl.resourcesInLogicallyAirGappedVault;
  const gapped = () =>
    staged({
      resources: [FS],
      logicallyAirGappedVaults: [AIR_GAP],
      plans: [plan('p', [rule('w', { ...WEEKLY, copyActions: [{ destinationBackupVaultArn: vaultArn('gap') }] })])],
    });

  test('a point in another vault does not count', () => {
    const state = later(staged(), DAY);
    expect(said(state, control())).toEqual(['fs-1 NON_COMPLIANT: no recovery point in a logically air-gapped vault']);
  });

  // prettier-ignore
  test.each([
    [2 * DAY + 10 * HOUR, 24, 'COMPLIANT'],
    [4 * DAY, 24, 'NON_COMPLIANT'],
    [4 * DAY, 48, 'COMPLIANT'],
  ])('%d ms in, with %d hours allowed: %s', (ms, hours, status) => {
    const recoveryPointAge = AuditPeriod.hours(hours);
    expect(verdicts(later(gapped(), ms), control({ recoveryPointAge }))).toEqual([status]);
  });

  test('a type that no such vault takes is not judged', () => {
    const state = staged({ resources: [resource('rds', 'orders')] });
    const lines = said(state, control());
    expect(lines.every((line) => line.includes('NOT_APPLICABLE: no logically air-gapped vault takes'))).toBe(true);
    expect(lines).toHaveLength(1);
  });
});
