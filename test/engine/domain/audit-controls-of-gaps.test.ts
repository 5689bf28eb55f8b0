// Controls over logically air-gapped vaults.
import { AuditPeriod, Estate, FrameworkControl } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, HOUR, MINUTE } from '../../../engine/src/kernel/instant';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { fromControls } from '../../../engine/src/operations/framework';
import { ENV, plan, resource, rule, vault, vaultArn, world } from '../scenarios/stage';

const START = '2027-01-01T00:00:00Z';
const FS = resource('efs', 'fs-1');
const AIR_GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 };
const DAILY = { scheduleExpression: 'cron(0 5 ? * * *)' };
const WEEKLY = { scheduleExpression: 'cron(0 5 ? * SUN *)' };

function staged(more: Partial<Estate> = {}): WorldState {
  return world(START, {
    vaults: [vault('main')],
    resources: [FS],
    plans: [plan('p', [rule('daily', DAILY)])],
    ...more,
  });
}

/** What a control says a minute from now: id of what it looked at, verdict, and what it found. */
function said(state: WorldState, control: FrameworkControl): string[] {
  const FrameworkName = `f${state.frameworks.everywhere().length}`;
  createFramework(state, ENV, { FrameworkName, FrameworkControls: fromControls([control]) });
  state.runUntil(state.now + MINUTE + 1);
  const framework = state.frameworks.tryFind(ENV, FrameworkName);
  const [result] = framework === undefined ? [] : state.frameworks.resultsOf(framework);
  return (result?.verdicts ?? []).map(({ subject, status, found }) => `${subject.resourceId} ${status}: ${found}`);
}

function verdicts(state: WorldState, control: FrameworkControl): string[] {
  return said(state, control).map((line) => line.split(' ')[1]?.replace(':', '') ?? '');
}

function later(state: WorldState, ms: number): WorldState {
  state.runUntil(state.now + ms);
  return state;
}

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
