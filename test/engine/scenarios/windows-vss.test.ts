/** Volume shadow copies of instances: asked for by a plan or a call, and what becomes of the backup where they fail. */
import type { WorldState } from '../../../engine/src/domain/world-state';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { World } from '../../../engine/src/testing/world';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from './stage';

const INSTANCE = 'i-0123456789abcdef0';

function backedUp(windowsVss: string | undefined, option = 'enabled', service = 'ec2'): WorldState {
  const name = service === 'ec2' ? INSTANCE : 'vol-0123456789abcdef0';
  const advancedBackupSettings = [{ resourceType: 'EC2', backupOptions: { WindowsVSS: option } }];
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource(service, name, windowsVss === undefined ? {} : { windowsVss })],
    plans: [plan('daily', [rule('daily')], { advancedBackupSettings })],
  });
  return until(state, '2027-01-02');
}

function jobs(state: WorldState) {
  const { BackupJobs = [] } = listBackupJobs(state, ENV, {});
  return BackupJobs.map((job) => [job.State, job.MessageCategory, job.StatusMessage, job.BackupOptions]);
}

const ENABLED = { WindowsVSS: 'enabled' };

// prettier-ignore
test.each<[vss: string, message: string]>([
  ['not-windows',             'Windows VSS Backup Job Error encountered, trying for regular backup'],
  ['agent-missing',           'Windows VSS Backup attempt failed because ec2-vss-agent.exe is not installed in the Instance'],
  ['agent-offline',           'Windows VSS Backup attempt failed because either Instance or SSM Agent has invalid state or insufficient privileges.'],
  ['insufficient-privileges', 'Windows VSS Backup attempt failed because of insufficient privileges to perform this operation'],
  ['timeout',                 'Windows VSS Backup attempt failed because of timeout on VSS enabled snapshot creation'],
  ['unsupported-version',     'Windows VSS Backup attempt failed because of unsupported Windows Server version.'],
])('an instance that is %s is backed up without a shadow copy, with issues (B4.6/1)', (vss, message) => {
  const state = backedUp(vss);
  expect(jobs(state)).toEqual([['COMPLETED', 'WindowsVss', message, ENABLED]]);
  expect(state.summary().recoveryPoints.live).toBe(1);
});

// prettier-ignore
test.each<[what: string, state: WorldState, options: object | undefined]>([
  ['that has all it needs',                  backedUp('works'),                     ENABLED],
  ['of which nobody says anything',          backedUp(undefined),                   ENABLED],
  ['whose plan turns shadow copies off',     backedUp('agent-missing', 'disabled'), undefined],
  ['that is none, but a volume',             backedUp('agent-missing', 'enabled', 'ebs'), undefined],
])('an instance %s is backed up without issues', (_, state, options) => {
  expect(jobs(state)).toEqual([['COMPLETED', 'SUCCESS', undefined, options]]);
});

test('a call asks for itself', () => {
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('ec2', INSTANCE, { windowsVss: 'timeout' })],
  });
  const [{ arn: ResourceArn } = { arn: '' }] = state.resources;
  const call = { BackupVaultName: 'main', ResourceArn, IamRoleArn: ROLE };
  startBackupJob(state, ENV, { ...call, BackupOptions: ENABLED });
  until(state, '2027-01-02');
  startBackupJob(state, ENV, call);
  until(state, '2027-01-03');
  const categories = jobs(state).map(([, category, , options]) => [category, options]);
  expect(categories).toHaveLength(2);
  expect(categories).toEqual(
    expect.arrayContaining([
      ['WindowsVss', ENABLED],
      ['SUCCESS', undefined],
    ]),
  );
});

test('World takes it with a resource', () => {
  const made = new World({ start: '2027-01-01T00:00:00Z' });
  const { arn } = made.add({ type: 'EC2', name: INSTANCE, windowsVss: 'not-windows' });
  expect(arn).toContain(INSTANCE);
});
