// Values of a wrong type, by the schemas of the official client.
import { loadClient } from '../../../engine/src/host/load-client';
import { Service } from '../../../engine/src/wire/service';
import { shapeFault } from '../../../engine/src/wire/shape-fault';

let service: Service;

beforeAll(() => {
  service = new Service('backup', loadClient('backup') ?? {});
});

// prettier-ignore
test.each<[operation: string, input: unknown, fault: string | undefined]>([
  ['CreateBackupVault', {}, undefined],
  ['CreateBackupVault', { BackupVaultName: null, Unknown: 7 }, undefined],
  ['CreateBackupVault', [], 'the body must be an object, got []'],
  ['CreateBackupVault', { BackupVaultName: 7 }, 'BackupVaultName must be text, got 7'],
  ['CreateBackupVault', { BackupVaultTags: { a: 'b' } }, undefined],
  ['CreateBackupVault', { BackupVaultTags: { a: {} } }, 'BackupVaultTags.a must be text, got {}'],
  ['CreateBackupVault', { BackupVaultTags: 'a=b' }, 'BackupVaultTags must be an object, got "a=b"'],
  ['CreateBackupPlan', { BackupPlan: { Rules: [{ StartWindowMinutes: 60 }] } }, undefined],
  ['CreateBackupPlan', { BackupPlan: { Rules: {} } }, 'BackupPlan.Rules must be a list, got {}'],
  ['CreateBackupPlan', { BackupPlan: { Rules: [null] } }, 'BackupPlan.Rules[0] must be a value, got null'],
  ['CreateBackupPlan', { BackupPlan: { Rules: [{ StartWindowMinutes: '60' }] } }, 'BackupPlan.Rules[0].StartWindowMinutes must be a number, got "60"'],
  ['CreateBackupPlan', { BackupPlan: { Rules: [{ StartWindowMinutes: NaN }] } }, 'BackupPlan.Rules[0].StartWindowMinutes must be a number, got null'],
  ['CreateBackupPlan', { BackupPlan: { Rules: [{ EnableContinuousBackup: 1 }] } }, 'BackupPlan.Rules[0].EnableContinuousBackup must be true or false, got 1'],
  ['PutBackupVaultLockConfiguration', { MinRetentionDays: true }, 'MinRetentionDays must be a number, got true'],
  ['ListBackupJobs', { ByCreatedAfter: new Date(0) }, undefined],
  ['ListBackupJobs', { ByCreatedAfter: new Date(NaN) }, 'ByCreatedAfter must be a time, got no time'],
  ['ListBackupJobs', { ByCreatedAfter: '2027' }, 'ByCreatedAfter must be a time, got "2027"'],
])('%s %j: %s', (operation, input, fault) => {
  expect(shapeFault(service.operations.get(operation)!.input, input)).toBe(fault);
});

test('long values are shown by their begin', () => {
  const { input } = service.operations.get('CreateBackupVault')!;
  expect(shapeFault(input, { BackupVaultTags: 'x'.repeat(1000) })).toHaveLength(
    'BackupVaultTags must be an object, got …'.length + 60,
  );
});
