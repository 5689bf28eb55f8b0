// `simulate` and `explain` with `--enforce-iam`, and why jobs have not completed, with it and without.
import type { Explanation } from '../../../engine/src/report/explanation';
import type { Simulation } from '../../../engine/src/report/simulation';
import { FOR_BACKUP, FOR_S3_BACKUP, ROLE, template, terraform, trust } from './estate-with-role';
import { answerOf, cli } from './run-cli';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';
const BOTH = { Resources: ['arn:aws:dynamodb:*:*:table/*', 'arn:aws:s3:::*'] };

async function simulate(files: Readonly<Record<string, string>>, ...flags: string[]) {
  const argv = ['simulate', ...Object.keys(files), '--days', '10', '--format', 'json', ...flags];
  const result = await cli(argv, files);
  return { result, answer: answerOf<Simulation>(result) };
}

test('jobs are denied what the policies of their role do not allow, and the answer says why', async () => {
  const files = { 's.json': template({ role: { ManagedPolicyArns: [FOR_BACKUP] }, selection: BOTH }) };
  const free = await simulate(files);
  expect(free.answer.backupJobs).toEqual({ COMPLETED: 30 });
  expect(free.answer).not.toHaveProperty('notCompleted');
  expect(free.answer).not.toHaveProperty('assumed');
  const { answer } = await simulate(files, '--enforce-iam');
  expect(answer.backupJobs).toEqual({ COMPLETED: 10, FAILED: 20 });
  expect(answer.assumed).toEqual([]);
  expect(answer.notCompleted).toEqual({
    reasons: [
      {
        kind: 'backup',
        state: 'FAILED',
        resourceType: 'S3',
        count: 20,
        statusMessage: 'You are not authorized to perform this operation.',
        resourceArn: expect.stringMatching(/^arn:aws:s3:::/) as string,
        why: expect.stringContaining('may not s3:GetBucketVersioning') as string,
      },
    ],
    moreReasons: 0,
    moreJobs: 0,
  });
});

test('with the policies that AWS has for it, all complete', async () => {
  const role = { ManagedPolicyArns: [FOR_BACKUP, FOR_S3_BACKUP] };
  const { answer } = await simulate({ 's.json': template({ role, selection: BOTH }) }, '--enforce-iam');
  expect([answer.backupJobs, answer.assumed]).toEqual([{ COMPLETED: 30 }, []]);
});

test('the text has the reason, how many jobs, and an example', async () => {
  const files = { 's.json': template({ role: {} }) };
  const { stdout, code } = await cli(['simulate', 's.json', '--days', '10', '--enforce-iam'], files);
  expect(stdout).toContain('jobs not completed\n  10 backup jobs of DynamoDB FAILED\n    You are not authorized to');
  expect(stdout).toContain(`  e.g. ${TABLE}`);
  expect(code).toBe(1);
});

test('a role of another stack is taken to be in order, and is told of once', async () => {
  const files = { 's.json': template() };
  const { answer } = await simulate(files, '--enforce-iam');
  expect(answer.backupJobs).toEqual({ COMPLETED: 10 });
  expect(answer.assumed).toEqual([
    {
      path: 's.json: Selection.iamRoleArn',
      type: 'AWS::IAM::Role',
      reason: expect.stringContaining(`no artifact declares ${ROLE}`) as string,
    },
  ]);
  const text = await cli(['simulate', 's.json', '--days', '1', '--enforce-iam'], files);
  expect(text.stdout).toContain('taken to be in order: 1 thing');
  const hcl = await simulate({ 'cdk.tf.json': terraform([], undefined, false) }, '--enforce-iam');
  expect(hcl.answer.assumed?.map(({ path }) => path)).toEqual(['cdk.tf.json: aws_backup_selection.all.iamRoleArn']);
  expect(hcl.answer.backupJobs).toEqual({ COMPLETED: 10 });
});

test('so are policies that are not declared, and those that cannot be known', async () => {
  const foreign = 'arn:aws:iam::123456789012:policy/of-another-stack';
  const own = {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'own',
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: { 'Fn::ImportValue': 'x' } } },
    },
  };
  const one = await simulate({ 's.json': template({ role: { ManagedPolicyArns: [foreign] } }) }, '--enforce-iam');
  const other = await simulate({ 's.json': template({ role: {}, resources: { Own: own } }) }, '--enforce-iam');
  expect([one.answer.backupJobs, other.answer.backupJobs]).toEqual([{ COMPLETED: 10 }, { COMPLETED: 10 }]);
  expect(one.answer.assumed).toEqual([
    {
      path: 's.json: Role',
      type: 'AWS::IAM::ManagedPolicy',
      reason: expect.stringContaining(`what ${foreign} says is not known`) as string,
    },
  ]);
  expect(other.answer.assumed).toEqual([
    {
      path: 's.json: Role',
      type: 'AWS::IAM::Role',
      reason: expect.stringContaining('not all policies of') as string,
    },
  ]);
});

test('a known policy that denies counts beside those that are not known', async () => {
  const Statement = { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' };
  const role = {
    ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/of-another-stack'],
    Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }],
  };
  const { answer } = await simulate({ 's.json': template({ role }) }, '--enforce-iam');
  expect(answer.backupJobs).toEqual({ FAILED: 10 });
});

test('AWS refuses a selection whose role it cannot assume: so does the run', async () => {
  const role = { AssumeRolePolicyDocument: trust('ec2.amazonaws.com') };
  const files = { 's.json': template({ role }) };
  const { code, stderr } = await cli(['simulate', 's.json', '--days', '1', '--enforce-iam'], files);
  expect([code, stderr]).toEqual([
    2,
    `error: AWS refuses the deploy: s.json: Selection: CreateBackupSelection answers InvalidParameterValueException: IAM Role ${ROLE} cannot be assumed by AWS Backup\n`,
  ]);
  // Without the flag the jobs fail, as the World knows the role.
  const { answer } = await simulate(files);
  expect(answer.notCompleted?.reasons.map(({ statusMessage, count }) => [statusMessage, count])).toEqual([
    ['IAM Role cannot be assumed by AWS Backup', 10],
  ]);
});

test('explain says the same of one resource', async () => {
  const argv = ['explain', 's.json', '--days', '3', '--resource', TABLE, '--format', 'json'];
  const bare = { 's.json': template({ role: {} }) };
  const denied = answerOf<Explanation>(await cli([...argv, '--enforce-iam'], bare));
  expect(denied.jobs.map(({ state, why }) => [state, why])).toEqual(
    Array(3).fill(['FAILED', expect.stringContaining('may not dynamodb:StartAwsBackupJob')]),
  );
  expect(answerOf<Explanation>(await cli(argv, bare)).jobs).toEqual([]);
  const elsewhere = answerOf<Explanation>(await cli([...argv, '--enforce-iam'], { 's.json': template() }));
  expect(elsewhere.assumed).toHaveLength(1);
  expect(elsewhere.recoveryPoints).toHaveLength(3);
});

test('restores that are denied are told of, too', async () => {
  const resources = {
    Testing: {
      Type: 'AWS::Backup::RestoreTestingPlan',
      Properties: {
        RestoreTestingPlanName: 'weekly',
        ScheduleExpression: 'cron(0 12 * * ? *)',
        StartWindowHours: 1,
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: ['*'],
          RecoveryPointTypes: ['SNAPSHOT'],
          SelectionWindowDays: 7,
        },
      },
    },
    Tested: {
      Type: 'AWS::Backup::RestoreTestingSelection',
      Properties: {
        RestoreTestingPlanName: { Ref: 'Testing' },
        RestoreTestingSelectionName: 'tables',
        ProtectedResourceType: 'DynamoDB',
        ProtectedResourceArns: ['*'],
        IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
  };
  const files = { 's.json': template({ role: { ManagedPolicyArns: [FOR_BACKUP] }, resources }) };
  const { answer } = await simulate(files, '--enforce-iam');
  expect(answer.restoreJobs).toEqual({ FAILED: 10 });
  expect(answer.notCompleted?.reasons).toMatchObject([
    { kind: 'restore', state: 'FAILED', resourceType: 'DynamoDB', count: 10, resourceArn: TABLE },
  ]);
});

test('a plan whose selections have several roles is told of', async () => {
  const Second = {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: {
        SelectionName: 'buckets',
        IamRoleArn: 'arn:aws:iam::123456789012:role/other',
        Resources: ['arn:aws:s3:::*'],
      },
    },
  };
  const files = { 's.json': template({ role: { ManagedPolicyArns: [FOR_BACKUP] }, resources: { Second } }) };
  const { answer } = await simulate(files, '--enforce-iam');
  expect(answer.assumed?.map(({ path, type }) => [path, type])).toEqual([
    ['s.json: Second.iamRoleArn', 'AWS::IAM::Role'],
    ['s.json: Plan', 'AWS::Backup::BackupPlan'],
  ]);
});
