import {
  BackupClient,
  DescribeRestoreJobCommand,
  DescribeRestoreJobCommandOutput,
  GetRestoreJobMetadataCommand,
  InvalidRequestException,
  PutRestoreValidationResultCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { StepEvent, steps } from '../../lambda/restore-validation';
import { answering } from './answering';

const PLAN = 'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:tests-1234';
const JOB: Partial<DescribeRestoreJobCommandOutput> = {
  Status: 'COMPLETED',
  ResourceType: 'DynamoDB',
  CreatedResourceArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/awsbackup-restore-test-1',
  SourceResourceArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders',
  RecoveryPointArn: 'arn:aws:backup:eu-central-1:111122223333:recovery-point:1',
  RecoveryPointCreationDate: new Date('2027-01-01T05:00:00Z'),
  CompletionDate: new Date('2027-01-08T06:00:00Z'),
  BackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:main',
  CreatedBy: { RestoreTestingPlanArn: PLAN },
  ValidationStatus: 'VALIDATING',
};
const PREPARE: StepEvent = { step: 'prepare', restoreJobId: 'JOB-1', attempt: 1 };
const report = (over: object): StepEvent => ({ step: 'report', restoreJobId: 'JOB-1', attempt: 1, ...over });
const invalid = new InvalidRequestException({ message: 'has a result', $metadata: {} });

const aws = mockClient(BackupClient);
const run = steps(new BackupClient({}));

beforeEach(() => {
  aws.reset();
  jest.spyOn(console, 'log').mockImplementation();
  aws.on(DescribeRestoreJobCommand).resolves(JOB);
  aws.on(GetRestoreJobMetadataCommand).resolves({ Metadata: { targetTableName: 'awsbackup-restore-test-1' } });
  aws.on(PutRestoreValidationResultCommand).resolves({});
});
afterEach(() => jest.restoreAllMocks());

function put(): object[] {
  return aws.commandCalls(PutRestoreValidationResultCommand).map((call) => call.args[0].input);
}

describe('prepare', () => {
  test('gathers what the function of the user needs', async () => {
    expect(await run(PREPARE)).toEqual({
      proceed: true,
      request: {
        version: '1',
        restoreJobId: 'JOB-1',
        attempt: 1,
        resourceType: 'DynamoDB',
        createdResourceArn: JOB.CreatedResourceArn,
        sourceResourceArn: JOB.SourceResourceArn,
        recoveryPointArn: JOB.RecoveryPointArn,
        recoveryPointCreatedAt: '2027-01-01T05:00:00.000Z',
        restoreCompletedAt: '2027-01-08T06:00:00.000Z',
        backupVaultArn: JOB.BackupVaultArn,
        restoreTestingPlanArn: PLAN,
        metadata: { targetTableName: 'awsbackup-restore-test-1' },
      },
    });
  });

  test('does without what AWS Backup leaves out', async () => {
    aws.on(DescribeRestoreJobCommand).resolves({ Status: 'COMPLETED' });
    aws.on(GetRestoreJobMetadataCommand).resolves({});
    const answer = await run({ step: 'prepare', restoreJobId: 'JOB-1', attempt: 3 });
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      proceed: true,
      request: { version: '1', restoreJobId: 'JOB-1', attempt: 3, metadata: {} },
    });
  });

  // prettier-ignore
  test.each([
    ['the job is RUNNING',              { Status: 'RUNNING' }],
    ['the validation is SUCCESSFUL',    { ValidationStatus: 'SUCCESSFUL' }],
    ['the validation is FAILED',        { ValidationStatus: 'FAILED' }],
    ['the validation is TIMED_OUT',     { ValidationStatus: 'TIMED_OUT' }],
    ['the clean-up is DELETING',        { DeletionStatus: 'DELETING' }],
  ] as const)('ends where %s, as when an event comes late or twice', async (because, over) => {
    aws.on(DescribeRestoreJobCommand).resolves({ ...JOB, ...over });
    expect(await run(PREPARE)).toEqual({ proceed: false, because });
    expect(aws.commandCalls(GetRestoreJobMetadataCommand)).toEqual([]);
  });

  test('fails for a job that is not there', async () => {
    aws.on(DescribeRestoreJobCommand).rejects(new ResourceNotFoundException({ message: 'no job', $metadata: {} }));
    await expect(run(PREPARE)).rejects.toThrow('no job');
  });
});

describe('report', () => {
  // prettier-ignore
  test.each([
    ['what the function answers',       { answer: { status: 'SUCCESSFUL', message: '42 rows' } }, 'SUCCESSFUL', '42 rows'],
    ['no message where there is none',  { answer: { status: 'SUCCESSFUL' } },                     'SUCCESSFUL', undefined],
    ['no message that is no text',      { answer: { status: 'FAILED', message: 7 } },             'FAILED',     undefined],
    ['an error that it throws',         { error: { Error: 'Error', Cause: '{"errorMessage":"no rows","errorType":"Empty","trace":[]}' } }, 'FAILED', 'Empty: no rows'],
    ['a timeout, which is plain text',  { error: { Error: 'States.Timeout', Cause: 'too slow' } },  'FAILED', 'States.Timeout: too slow'],
    ['an error without a cause',        { error: { Error: 'Lambda.Unknown' } },                   'FAILED', 'Lambda.Unknown'],
    ['an error that says nothing',      { error: {} },                                            'FAILED', 'Error'],
    ['a cause that is JSON null',       { error: { Error: 'E', Cause: 'null' } },                 'FAILED', 'E'],
    ['an answer of another form',       { answer: { ok: true } }, 'FAILED', "the function must answer { status: 'SUCCESSFUL' | 'FAILED' | 'PENDING', message? }, got {\"ok\":true}"],
    ['no answer',                       { answer: null },         'FAILED', "the function must answer { status: 'SUCCESSFUL' | 'FAILED' | 'PENDING', message? }, got null"],
    ['nothing at all',                  {},                       'FAILED', "the function must answer { status: 'SUCCESSFUL' | 'FAILED' | 'PENDING', message? }, got nothing"],
  ])('puts %s', async (_, over, ValidationStatus, ValidationStatusMessage) => {
    expect(await run(report(over))).toEqual({ pending: false, validationStatus: ValidationStatus });
    expect(put()).toEqual([{ RestoreJobId: 'JOB-1', ValidationStatus, ValidationStatusMessage }]);
  });

  test('puts nothing while the function has not made up its mind', async () => {
    expect(await run(report({ answer: { status: 'PENDING' } }))).toEqual({ pending: true });
    expect(put()).toEqual([]);
  });

  test.each([
    ['keeps a message of 1000 characters', 1000, 'x'.repeat(1000)],
    ['cuts a longer one', 1001, `${'x'.repeat(999)}…`],
  ])('%s', async (_, length, ValidationStatusMessage) => {
    await run(report({ answer: { status: 'FAILED', message: 'x'.repeat(length) } }));
    expect(put()).toEqual([expect.objectContaining({ ValidationStatusMessage })]);
  });

  test.each(['SUCCESSFUL', 'FAILED', 'TIMED_OUT'] as const)(
    'leaves a job be that is %s already, as after a second delivery',
    async (ValidationStatus) => {
      aws.on(PutRestoreValidationResultCommand).rejects(invalid);
      aws.on(DescribeRestoreJobCommand).resolves({ ...JOB, ValidationStatus });
      const because = `the validation is ${ValidationStatus}`;
      const answer = await run(report({ answer: { status: 'SUCCESSFUL' } }));
      expect(answer).toEqual({ pending: false, validationStatus: ValidationStatus, because });
    },
  );

  test('fails where AWS Backup refuses a result of a job that is still open', async () => {
    aws.on(PutRestoreValidationResultCommand).rejects(invalid);
    await expect(run(report({ answer: { status: 'SUCCESSFUL' } }))).rejects.toThrow('has a result');
  });

  test('fails for any other error, so that the state machine tries again', async () => {
    aws.on(PutRestoreValidationResultCommand).rejects(new Error('broken wire'));
    await expect(run(report({ answer: { status: 'SUCCESSFUL' } }))).rejects.toThrow('broken wire');
  });
});

test('two deliveries of one event put one result', async () => {
  let taken = 0;
  aws.on(PutRestoreValidationResultCommand).callsFake(() => {
    if (taken++ > 0) {
      throw invalid;
    }
    aws.on(DescribeRestoreJobCommand).resolves({ ...JOB, ValidationStatus: 'SUCCESSFUL' });
    return {};
  });
  const both = [1, 2].map(() => run(report({ answer: { status: 'SUCCESSFUL' } })));
  const answers = await Promise.all(both);
  expect(answers).toContainEqual({ pending: false, validationStatus: 'SUCCESSFUL' });
  expect(answers).toContainEqual(expect.objectContaining({ because: 'the validation is SUCCESSFUL' }));
  expect(await run(PREPARE)).toEqual({ proceed: false, because: 'the validation is SUCCESSFUL' });
});

test('waits out throttling', async () => {
  aws.restore();
  const { client, paths } = answering([
    { status: 429, body: { __type: 'ThrottlingException', message: 'slow down' } },
    { status: 429, body: { __type: 'ThrottlingException', message: 'slow down' } },
    { status: 204, body: undefined },
  ]);
  const answer = await steps(client)(report({ answer: { status: 'SUCCESSFUL' } }));
  expect(answer).toEqual({ pending: false, validationStatus: 'SUCCESSFUL' });
  expect(paths).toEqual(Array(3).fill('PUT /restore-jobs/JOB-1/validations'));
});
