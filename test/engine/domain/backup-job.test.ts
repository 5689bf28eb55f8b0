import type { BackupRule, StatefulResource } from '@holdfast/model';
import { step } from '../../../engine/src/domain/backup-job';
import { ABORTING, COMPLETED, CREATED, EXPIRED, FAILED, RUNNING } from '../../../engine/src/domain/event-codes';
import { createLogicallyAirGappedBackupVault } from '../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

function tags(count: number, from = 0): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i + from}`, 'v']));
}

function ended(service: string, ofResource: Partial<StatefulResource>, ofRule: Partial<BackupRule>) {
  const one = resource(service, 'one', ofResource);
  const rules = [rule('r', { scheduleExpression: 'cron(0 5 ? * * *)', ...ofRule })];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one], plans: [plan('p', rules)] });
  return until(state, '2027-01-01T20:00Z').summary().backupJobs;
}

// prettier-ignore
test.each([
  ['45 tags and 5 more',                 'efs',      tags(45), tags(5, 45), { COMPLETED: 1 }],
  ['45 tags and 6 more',                 'efs',      tags(45), tags(6, 45), { FAILED: 1 }],
  ['45 tags and 6 of which one is both', 'efs',      tags(45), tags(6, 44), { COMPLETED: 1 }],
  ['50 tags of its own',                 'efs',      tags(50), {},           { COMPLETED: 1 }],
  ['45 tags and 6 more, which a basic backup of DynamoDB does not carry', 'dynamodb', tags(45), tags(6, 45), { COMPLETED: 1 }],
])('a point has at most 50 tags: a resource with %s (B4.3/4)', (_, service, own, added, expected) => {
  expect(ended(service, { tags: own }, { recoveryPointTags: added })).toEqual(expected);
});

test('a job moves as its table says, and fails at any other move', () => {
  expect(step(CREATED, 'start')).toBe(RUNNING);
  expect(step(RUNNING, 'finish')).toBe(COMPLETED);
  for (const over of [COMPLETED, FAILED, EXPIRED]) {
    expect(() => step(over, 'start')).toThrow("no move 'start' from");
  }
  expect(() => step(ABORTING, 'start')).toThrow("job: no move 'start' from ABORTING");
  expect(() => step(CREATED, 'finish')).toThrow("job: no move 'finish' from CREATED");
  expect(() => step(99, 'start')).toThrow("job: no move 'start' from 99");
});

test('a vault that is still being made takes no backup (B7.5/1)', () => {
  const target = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap'), scheduleExpression: 'cron(0 5 ? * * *)' };
  const estate = {
    vaults: [vault('main')],
    resources: [resource('efs', 'fs-1')],
    plans: [plan('p', [rule('r', target)])],
  };
  const ran = (madeAt: string) => {
    const state = until(world('2027-01-01', estate), madeAt);
    const bounds = { MinRetentionDays: 7, MaxRetentionDays: 60 };
    createLogicallyAirGappedBackupVault(state, ENV, { BackupVaultName: 'gap', ...bounds });
    return until(state, '2027-01-01T20:00Z');
  };
  expect(ran('2027-01-01T04:00Z').summary().backupJobs).toEqual({ COMPLETED: 1 });
  const early = ran('2027-01-01T04:59:59Z');
  expect(early.summary().backupJobs).toEqual({ FAILED: 1 });
  expect(early.events().filter(({ what }) => what === 'FAILED')[0]?.why).toContain('still being created');
});
