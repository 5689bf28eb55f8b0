import type { ApiCall, Change } from '../../../engine/src/domain/changes';
import { apiEventOf, recordOfCall } from '../../../engine/src/domain/trail-record';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { call } from '../../../engine/src/operations/call';
import { ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

test('the trail has calls, refused ones too, and what AWS Backup tells of itself (B14.3/1)', () => {
  const rules = [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', lifecycle: { deleteAfterDays: 1 } })];
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', rules)],
  });
  state.services.trail.listen();
  call(state, ENV, { service: 'backup', operation: 'CreateBackupVault' }, createBackupVault, { BackupVaultName: 'vv' });
  const remove = { service: 'backup', operation: 'DeleteBackupVault' };
  expect(() => call(state, ENV, remove, deleteBackupVault, { BackupVaultName: 'none' })).toThrow();
  until(state, '2027-01-02T04:00:00Z');
  const records = state.services.trail.list();
  expect(records.map(({ eventName }) => eventName)).toEqual([
    ...['CreateBackupVault', 'DeleteBackupVault', 'BackupJobStarted', 'RecoveryPointCreated', 'BackupJobCompleted'],
  ]);
  expect(records.map(({ eventType }) => eventType)).toEqual([
    ...['AwsApiCall', 'AwsApiCall', 'AwsServiceEvent', 'AwsServiceEvent', 'AwsServiceEvent'],
  ]);
  expect(records[0]).toMatchObject({
    eventSource: 'backup.amazonaws.com',
    userIdentity: { type: 'Root' },
    readOnly: false,
  });
  expect(records[1]).toMatchObject({ errorCode: 'ResourceNotFoundException' });
  expect(records[4]).toMatchObject({ serviceEventDetails: { state: 'COMPLETED' } });
  until(state, '2027-01-03T00:00:00Z');
  expect(state.services.trail.list().map(({ eventName }) => eventName)).toContain('BackupDeleted');
  expect(new Set(state.services.trail.list().map(({ eventID }) => eventID)).size).toBe(
    state.services.trail.list().length,
  );
});

type Word = [eventName: string | undefined, state: string];

// prettier-ignore
test.each<[kind: string, words: Word[]]>([
  ['restore-job', [
    [undefined, 'CREATED'], [undefined, 'PENDING'], ['RestoreStarted', 'RUNNING'], ['RestoreCompleted', 'COMPLETED'],
    ['RestoreCompleted', 'FAILED'], ['RestoreCompleted', 'ABORTED'],
  ]],
  ['scan-job', [
    ['ScanJobCreated', 'CREATED'], ['ScanJobStarted', 'RUNNING'], ['ScanJobCompleted', 'COMPLETED'],
    ['ScanJobCompleted', 'COMPLETED_WITH_ISSUES'], ['ScanJobFailed', 'FAILED'], [undefined, 'CANCELED'],
  ]],
])('a %s is told of when it starts and when it is over', (kind, words) => {
  for (const [eventName, word] of words) {
    const state = world('2027-01-01', {});
    state.services.trail.listen();
    const ids = kind === 'scan-job' ? { scanJobId: 'j' } : { restoreJobId: 'j' };
    state.ledger.tell({ kind, env: ENV, state: word, ...ids } as unknown as Change);
    expect(state.services.trail.list()).toEqual(
      eventName === undefined
        ? []
        : [
            {
              eventVersion: '1.08',
              userIdentity: { accountId: ENV.account, invokedBy: 'backup.amazonaws.com' },
              eventTime: '2027-01-01T00:00:00Z',
              eventSource: 'backup.amazonaws.com',
              eventName,
              awsRegion: ENV.region,
              requestParameters: null,
              responseElements: null,
              serviceEventDetails: { ...ids, state: word },
              eventID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
              readOnly: false,
              eventType: 'AwsServiceEvent',
              managementEvent: true,
              recipientAccountId: ENV.account,
              eventCategory: 'Management',
            },
          ],
    );
  }
});

test('a record of a point names it and its vault; the trail hears of copies, and of nothing else', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies') }];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', copyActions })])],
  });
  state.services.trail.listen();
  until(state, '2027-01-01T12:00:00Z');
  const records = state.services.trail.list();
  expect(records.map(({ eventName }) => eventName)).toEqual([
    ...['BackupJobStarted', 'RecoveryPointCreated', 'BackupJobCompleted', 'CopyJobStarted', 'RecoveryPointCreated'],
    'CopyJobCompleted',
  ]);
  const points = state.pointsOf(resource('dynamodb-advanced', 'orders').arn);
  const arns = ['main', 'copies'].map(
    (name) => points.find(({ backupVaultArn }) => backupVaultArn === vaultArn(name))?.recoveryPointArn,
  );
  expect(records[1]?.['serviceEventDetails']).toEqual({ recoveryPointArn: arns[0], backupVaultName: 'main' });
  expect(records[4]?.['serviceEventDetails']).toEqual({ recoveryPointArn: arns[1], backupVaultName: 'copies' });
  expect(Object.keys(records[0]?.['serviceEventDetails'] ?? {})).toEqual(['backupJobId', 'state']);
});

const NOW = parseInstant('2027-01-01T00:00:00.500Z');
const CALL: ApiCall = { kind: 'api-call', env: ENV, service: 'backup', operation: 'StartBackupJob' } as ApiCall;

// prettier-ignore
test.each<[arn: string | undefined, type: string, principalId: string]>([
  [undefined,                                             'Root',        ENV.account],
  [`arn:aws:iam::${ENV.account}:root`,                    'Root',        `arn:aws:iam::${ENV.account}:root`],
  [`arn:aws:iam::${ENV.account}:user/team/ann`,           'IAMUser',     'ann'],
  [`arn:aws:iam::${ENV.account}:role/Operator`,           'AssumedRole', 'Operator'],
  [`arn:aws:sts::${ENV.account}:assumed-role/Operator/s`, 'AssumedRole', 's'],
])('a call of %s is one of type %s', (principalArn, type, principalId) => {
  const { userIdentity } = recordOfCall(1, NOW, { ...CALL, principalArn } as ApiCall);
  const arn = principalArn ?? `arn:aws:iam::${ENV.account}:root`;
  expect(userIdentity).toEqual({ type, principalId, arn, accountId: ENV.account });
});

test('a record has what was asked and answered, names with a small letter but for those that callers chose', () => {
  const input = {
    BackupVaultName: 'main',
    Nothing: undefined,
    Lifecycle: { DeleteAfterDays: 35, At: new Date(NOW) },
    Rules: [{ RuleName: 'r' }, 'Text', null],
    BackupVaultTags: { Team: { A: 1 } },
  };
  const record = recordOfCall(1, NOW, { ...CALL, input, output: { BackupJobId: 'j' } } as ApiCall);
  expect(record).toMatchObject({
    eventTime: '2027-01-01T00:00:00Z',
    eventSource: 'backup.amazonaws.com',
    eventName: 'StartBackupJob',
    readOnly: false,
    managementEvent: true,
    responseElements: { backupJobId: 'j' },
  });
  expect(record['requestParameters']).toStrictEqual({
    backupVaultName: 'main',
    lifecycle: { deleteAfterDays: 35, at: '2027-01-01T00:00:00.500Z' },
    rules: [{ ruleName: 'r' }, 'Text', null],
    backupVaultTags: { Team: { A: 1 } },
  });
  expect(record).not.toHaveProperty('errorCode');
});

test('calls that only read, or fail, answer nothing; those without input ask nothing', () => {
  const reading = recordOfCall(1, NOW, { ...CALL, operation: 'ListBackupJobs', output: { A: 1 } } as ApiCall);
  expect(reading).toMatchObject({ readOnly: true, requestParameters: null, responseElements: null });
  const fault = { name: 'F', message: 'why' };
  const failing = recordOfCall(1, NOW, { ...CALL, output: { A: 1 }, fault } as ApiCall);
  expect(failing).toMatchObject({ responseElements: null, errorCode: 'F', errorMessage: 'why' });
  expect(recordOfCall(1, NOW, CALL)).toMatchObject({ responseElements: null });
});

// prettier-ignore
test.each<[source: string | undefined, service: string, operation: string]>([
  ['aws.backup',     'backup',      'StartBackupJob'],
  ['aws.monitoring', 'cloudwatch',  'PutMetricAlarm'],
  ['aws.events',     'eventbridge', 'PutRule'],
  ['aws.states',     'sfn',         'StartExecution'],
  ['aws.kms',        'kms',         'DisableKey'],
  [undefined,        'backup',      'DescribeBackupJob'],
  [undefined,        'kms',         'ListKeys'],
])('EventBridge hears of %p for %s:%s (B14.3/2)', (source, service, operation) => {
  const { ledger } = world('2027-01-01', {});
  const told = apiEventOf(ledger, { ...CALL, service, operation } as ApiCall);
  expect(told?.source).toBe(source);
  if (told !== undefined) {
    expect(told).toMatchObject({ env: ENV, detailType: 'AWS API Call via CloudTrail', resources: [] });
    expect(told.detail['eventSource']).toBe(`${source?.replace('aws.', '')}.amazonaws.com`);
  }
});

test('the trail has no record of what it has no word for', () => {
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('s3', 'bucket')],
    plans: [
      plan('p', [
        rule('weekly', {
          scheduleExpression: 'cron(0 5 ? * FRI *)',
          enableContinuousBackup: true,
          lifecycle: { deleteAfterDays: 3 },
        }),
      ]),
    ],
  });
  state.services.trail.listen();
  const told: string[] = [];
  state.ledger.observers.add((change) => {
    if (change.kind === 'recovery-point') {
      told.push(change.status);
    }
  });
  until(state, '2027-01-09');
  expect(told).toEqual(['COMPLETED', 'EXPIRED', 'MODIFIED']);
  const names = state.services.trail.list().map(({ eventName }) => eventName);
  expect(names.filter((name) => String(name).includes('Point'))).toEqual(['RecoveryPointCreated']);
  expect(names).not.toContain(undefined);
});
