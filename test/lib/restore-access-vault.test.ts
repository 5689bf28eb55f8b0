import { RestoreAccessVault, RestoreAccessVaultProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedApp, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'Custom::RestoreAccessBackupVault';
const POLICY = 'AWS::IAM::ManagedPolicy';
const SOURCE = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:gapped';
const TEAM = 'arn:aws:mpa:us-east-1:444455556666:approval-team/restore-a1b2c3d4';

function access(props: Partial<RestoreAccessVaultProps> = {}, stack = stackOf()): RestoreAccessVault {
  return new RestoreAccessVault(stack, 'Access', { sourceBackupVaultArn: SOURCE, requesterComment: 'drill', ...props });
}

function templateOf(props: Partial<RestoreAccessVaultProps> = {}): Template {
  const stack = stackOf();
  access(props, stack);
  return Template.fromStack(stack);
}

/** What the function may do, as actions to resources, without its log. */
function rights(props: Partial<RestoreAccessVaultProps> = {}): [unknown, unknown][] {
  const [policy] = Object.values(templateOf(props).findResources(POLICY)) as {
    Properties: { PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] } };
  }[];
  return policy!.Properties.PolicyDocument.Statement.filter(
    ({ Action }) => !JSON.stringify(Action).includes('logs:'),
  ).map(({ Action, Resource }) => [Action, Resource]);
}

const own = (name: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:backup:eu-central-1:111122223333:backup-vault:${name}`]],
});

test('asks with what was given, and stays when the stack goes', () => {
  templateOf().hasResource(TYPE, {
    DeletionPolicy: 'Retain',
    Properties: {
      ServiceToken: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AccessFunction'), 'Arn'] },
      SourceBackupVaultArn: SOURCE,
      BackupVaultName: Match.absent(),
      RequesterComment: 'drill',
      BackupVaultTags: Match.absent(),
    },
  });
  templateOf({
    backupVaultName: 'access',
    tags: { owner: 'platform' },
    removalPolicy: RemovalPolicy.DESTROY,
  }).hasResource(TYPE, {
    DeletionPolicy: 'Delete',
    Properties: { BackupVaultName: 'access', BackupVaultTags: { owner: 'platform' } },
  });
});

test('gives what it was told of the vault', () => {
  const stack = stackOf();
  const made = access({}, stack);
  const told = [made.backupVaultArn, made.backupVaultName, made.vaultState].map((it): unknown => stack.resolve(it));
  expect(told).toEqual(
    ['BackupVaultArn', 'BackupVaultName', 'VaultState'].map((name) => ({
      'Fn::GetAtt': [expect.stringMatching(/^Access/), name],
    })),
  );
});

test('may do no more than it needs, on the vaults and the team that are known', () => {
  expect(rights({ backupVaultName: 'access', mpaApprovalTeamArn: TEAM })).toEqual([
    ['backup:CreateRestoreAccessBackupVault', [own('access'), SOURCE]],
    [['backup:DescribeBackupVault', 'backup:TagResource', 'backup:UntagResource'], own('access')],
    [['backup:ListRestoreAccessBackupVaults', 'backup:RevokeRestoreAccessBackupVault'], SOURCE],
    ['backup-storage:MountCapsule', '*'],
    ['mpa:StartSession', TEAM],
  ]);
});

test('may begin a session of any team where none is named', () => {
  expect(rights().map(([, resources]) => resources)).toEqual([
    [own('*'), SOURCE],
    own('*'),
    SOURCE,
    '*',
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':mpa:us-east-1:*:approval-team/*']] },
  ]);
});

test('fails for what is no vault, and for a name that is none, all at once', () => {
  expect(refusal(() => access({ sourceBackupVaultArn: 'gapped', backupVaultName: 'x' }))).toBe(
    [
      'S/Access: 2 value(s) that AWS Backup refuses',
      '  sourceBackupVaultArn must be the ARN of a backup vault, got gapped [restore-access-vault-source] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreAccessBackupVault.html)',
      '  backupVaultName must be 2 to 50 letters, digits, - and _, got x [restore-access-vault-name] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreAccessBackupVault.html)',
    ].join('\n'),
  );
});

test('warns of a source in another Region, and notes that no reason is given', () => {
  const stack = stackOf();
  access({ sourceBackupVaultArn: SOURCE.replace('eu-central-1', 'eu-west-1'), requesterComment: undefined }, stack);
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('[restore-access-vault-source-region]')]);
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[restore-access-vault-comment]')]);
});

test('shows its waivers in the template', () => {
  const waivers = [{ rule: 'restore-access-vault-comment', path: '*', reason: 'a drill' }];
  templateOf({ requesterComment: undefined, waivers }).hasResource(TYPE, {
    Metadata: { Holdfast: { waivers: [Match.objectLike({ reason: 'a drill' })] } },
  });
});

test('takes tokens', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  access(
    {
      sourceBackupVaultArn: text('Source'),
      backupVaultName: text('Name'),
      requesterComment: text('Comment'),
      mpaApprovalTeamArn: text('Team'),
      tags: { owner: text('Owner') },
    },
    stack,
  );
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    SourceBackupVaultArn: { Ref: 'Source' },
    BackupVaultName: { Ref: 'Name' },
    RequesterComment: { Ref: 'Comment' },
    BackupVaultTags: { owner: { Ref: 'Owner' } },
  });
});

test('keeps its ids', () => {
  const made = access();
  const ids = made.node.findAll().map(({ node }) => node.path.replace(/^S\/Access\/?/, ''));
  expect(ids).toEqual(expect.arrayContaining(['Function', 'Function/Glue', 'Function/Glue/Function', 'Resource']));
  expect(made.node.children.map(({ node }) => node.id)).toEqual(['Function', 'Resource']);
});

test.each([
  ['of a known place', () => naggedStack()],
  ['of a place that is left open', () => new Stack(naggedApp(), 'S')],
])(
  'with no more than its source, in a stack %s, is clean under cdk-nag and cfn-lint',
  (_, make) => {
    const stack = make();
    access({}, stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'a restore access vault')).toBe('');
  },
  60_000,
);
