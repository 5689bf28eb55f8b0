import { CopyBack, CopyBackProps, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { refusal } from './support/stacks';

const REGION = 'eu-central-1';
const PRIMARY = `arn:aws:backup:${REGION}:111122223333:backup-vault:primary`;

/** Where the workload is, and where the copies are, in another account. */
function places(): { workload: Vault; here: Stack; copies: Vault } {
  const app = new App();
  const there = new Stack(app, 'Workload', { env: { account: '111122223333', region: REGION } });
  const here = new Stack(app, 'S', { env: { account: '444455556666', region: REGION } });
  const workload = new Vault(there, 'Vault', { backupVaultName: 'primary' });
  return { workload, here, copies: new Vault(here, 'Copies', { backupVaultName: 'copies' }) };
}

function copyBack(props: Partial<CopyBackProps> = {}): { made: CopyBack; here: Stack; workload: Vault } {
  const { workload, here, copies } = places();
  const vaults = { source: copies.backupVault, destination: workload.backupVault };
  const made = new CopyBack(here, 'Back', { ...vaults, ...props });
  workload.addToAccessPolicy(made.destinationStatement());
  return { made, here, workload };
}

test('gives its function the way, by ARNs that make neither stack wait', () => {
  const { here, workload } = copyBack();
  const template = Template.fromStack(here);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 900,
    Environment: {
      Variables: {
        SOURCE_VAULT_NAME: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Copies'), 'BackupVaultName'] },
        DESTINATION_VAULT_ARN: PRIMARY,
        ROLE_ARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BackCopyRole'), 'Arn'] },
        DELETE_AFTER_DAYS: Match.absent(),
      },
    },
  });
  expect([...here.dependencies, ...Stack.of(workload).dependencies]).toEqual([]);
});

test('copies into the destination and nowhere else', () => {
  const template = Template.fromStack(copyBack().here);
  template.hasResourceProperties('AWS::IAM::Role', {
    RoleName: Match.absent(),
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Principal: { Service: 'backup.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } },
        }),
      ],
    },
    ManagedPolicyArns: [
      { 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'])] },
    ],
  });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [{ Effect: 'Deny', Action: 'backup:CopyIntoBackupVault', NotResource: PRIMARY }],
    },
  });
});

test('lets its function list one vault, and pass on the role for copies to AWS Backup', () => {
  Template.fromStack(copyBack().here).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Action: 'backup:ListRecoveryPointsByBackupVault',
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Copies'), 'BackupVaultArn'] },
        },
        {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BackCopyRole'), 'Arn'] },
          Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
        },
      ]),
    },
  });
});

test('has a document of the model, which calls its function', () => {
  Template.fromStack(copyBack().here).hasResource('AWS::SSM::Document', {
    Metadata: Match.absent(),
    Properties: {
      Name: Match.absent(),
      Tags: Match.absent(),
      DocumentType: 'Automation',
      UpdateMethod: 'NewVersion',
      Content: Match.objectLike({
        schemaVersion: '0.3',
        assumeRole: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BackAutomationRole'), 'Arn'] },
        mainSteps: Match.arrayWith([
          Match.objectLike({
            name: 'StartCopies',
            inputs: Match.objectLike({ FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^BackGlue'), 'Arn'] } }),
          }),
        ]),
      }),
    },
  });
});

test('takes every property', () => {
  const waivers = [{ rule: 'copy-action-partition', path: '*', reason: 'shows a waiver' }];
  const { here } = copyBack({
    deleteAfter: Duration.days(14),
    documentName: 'copy-back',
    copyRoleName: 'copier',
    tags: { owner: 'platform' },
    waivers,
  });
  const template = Template.fromStack(here);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ DELETE_AFTER_DAYS: '14' }) },
  });
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'copier' });
  template.hasResource('AWS::SSM::Document', {
    Metadata: { Holdfast: { waivers } },
    Properties: { Name: 'copy-back', Tags: [{ Key: 'owner', Value: 'platform' }] },
  });
});

describe('the statement for the destination', () => {
  test('names the account, or the one role', () => {
    expect(copyBack().made.destinationStatement().toStatementJson()).toEqual({
      Sid: 'AllowCopyingBack',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
    });
    expect(copyBack({ copyRoleName: 'copier' }).made.destinationStatement().toStatementJson()).toMatchObject({
      Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/copier' } },
    });
  });

  test('is one that a vault takes', () => {
    const { workload } = copyBack({ copyRoleName: 'copier' });
    Template.fromStack(Stack.of(workload)).hasResourceProperties('AWS::Backup::BackupVault', {
      AccessPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'AllowCopyingBack' })]) },
    });
  });

  test('fails where nobody knows the account', () => {
    const stack = new Stack(new App(), 'S');
    const vault = (name: string) => backup.BackupVault.fromBackupVaultName(stack, name, name);
    const made = new CopyBack(stack, 'Back', { source: vault('copies'), destination: vault('primary') });
    expect(refusal(() => made.destinationStatement())).toBe(
      [
        'S/Back: 1 value(s) that AWS Backup refuses',
        '  env.account must be known at synthesis, as the policy of a vault in another account has to name it, got one that is not known yet [copy-back-account] (AWS Backup facts B6.3/3)',
      ].join('\n'),
    );
  });
});

test('fails the synthesis where the destination does not let the copies in', () => {
  const { workload, here, copies } = places();
  new CopyBack(here, 'Back', { source: copies.backupVault, destination: workload.backupVault });
  expect(refusal(() => Template.fromStack(here))).toBe(
    [
      'S/Back: 1 value(s) that AWS Backup refuses',
      '  destinationBackupVaultArn must be a vault whose access policy allows backup:CopyIntoBackupVault, got primary, whose policy does not allow it to account 444455556666 [copy-action-cross-account-policy] (AWS Backup facts B6.3/3)',
    ].join('\n'),
  );
});

test('fails for a lifecycle that AWS Backup refuses', () => {
  const { here, copies } = places();
  const props = { source: copies.backupVault, destination: copies.backupVault, deleteAfter: Duration.days(0) };
  expect(refusal(() => new CopyBack(here, 'Back', props))).toContain('[lifecycle-delete-after]');
});

test('lets somebody start it', () => {
  const { made, here } = copyBack();
  made.grantStart(new iam.Role(here, 'Operator', { assumedBy: new iam.AccountRootPrincipal() }));
  Template.fromStack(here).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'ssm:StartAutomationExecution' })]) },
  });
});

test('takes a token for every value', () => {
  const stack = new Stack(new App(), 'S');
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  new CopyBack(stack, 'Back', {
    source: backup.BackupVault.fromBackupVaultName(stack, 'Source', text('From')),
    destination: backup.BackupVault.fromBackupVaultArn(stack, 'Destination', text('To')),
    deleteAfter: Duration.days(Token.asNumber({ Ref: 'Days' })),
    documentName: text('Name'),
    copyRoleName: text('RoleName'),
    tags: { owner: text('Owner') },
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({ DESTINATION_VAULT_ARN: { Ref: 'To' }, DELETE_AFTER_DAYS: { Ref: 'Days' } }),
    },
  });
});

test('keeps its ids and logical ids', () => {
  const { made, here } = copyBack();
  expect(made.node.children.map(({ node }) => node.id)).toEqual([
    'CopyRole',
    'Glue',
    'AutomationRole',
    'AutomationPolicy',
    'Resource',
  ]);
  const ids = Object.keys(Template.fromStack(here).toJSON().Resources as object);
  expect(ids.filter((id) => id.startsWith('Back'))).toEqual([
    'BackCopyRoleCCD75C92',
    'BackCopyRolePolicyB725D995',
    'BackGlueLog7D32D1CA',
    'BackGlueRole0C8B72F0',
    'BackGluePolicy54A7D3EA',
    'BackGlueFunction80C8587C',
    'BackAutomationRole651CFE9D',
    'BackAutomationPolicyA9F40F18',
    'BackBD5975DB',
  ]);
});
