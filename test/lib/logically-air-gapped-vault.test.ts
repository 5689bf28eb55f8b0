import { LogicallyAirGappedVault, LogicallyAirGappedVaultProps, VaultCopyTarget, VaultEncryption } from '@holdfast/cdk';
import { VaultCopySource, VaultEvents } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::LogicallyAirGappedBackupVault';
const SHARE = 'AWS::RAM::ResourceShare';
const OTHER = '444455556666';
const TEAM = `arn:aws:mpa:us-east-1:${OTHER}:approval-team/restore-a1b2c3d4`;
const SAID = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };

function gapped(scope: Construct, props: Partial<LogicallyAirGappedVaultProps> = {}): LogicallyAirGappedVault {
  return new LogicallyAirGappedVault(scope, 'Gapped', {
    backupVaultName: 'gapped',
    minRetentionDays: 7,
    maxRetentionDays: 400,
    complianceAcknowledgement: SAID,
    ...props,
  });
}

function templateOf(props: Partial<LogicallyAirGappedVaultProps> = {}, stack = stackOf()): Template {
  gapped(stack, props);
  return Template.fromStack(stack);
}

describe('defaults', () => {
  test('are a key that AWS owns, a policy against emptying, and nothing else', () => {
    templateOf().hasResource(TYPE, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BackupVaultName: 'gapped',
        MinRetentionDays: 7,
        MaxRetentionDays: 400,
        EncryptionKeyArn: Match.absent(),
        MpaApprovalTeamArn: Match.absent(),
        Notifications: Match.absent(),
        BackupVaultTags: Match.absent(),
        AccessPolicy: { Statement: [Match.objectLike({ Sid: 'DenyEmptyingTheVault', Condition: Match.absent() })] },
      },
    });
    templateOf().resourceCountIs('AWS::KMS::Key', 0);
    templateOf().resourceCountIs(SHARE, 0);
  });

  test('annotate nothing', () => {
    const stack = stackOf();
    expect(gapped(stack).encryptionKey).toBeUndefined();
    expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
  });

  test('say that the bounds are fixed from the day of the deployment, as an output too', () => {
    const stack = stackOf();
    expect(gapped(stack).dateOfNoReturn).toBe('2027-01-01');
    const template = Template.fromStack(stack);
    template.hasResource(TYPE, { Metadata: { Holdfast: { dateOfNoReturn: '2027-01-01', ...SAID } } });
    template.hasOutput('*', {
      Value: '2027-01-01',
      Description: 'The day from which nobody can change the bounds of the backup vault gapped',
    });
  });
});

test('fails without an acknowledgement, as nobody can ever change the bounds', () => {
  expect(refusal(() => gapped(stackOf(), { complianceAcknowledgement: undefined }))).toBe(
    [
      'S/Gapped: 1 value(s) that AWS Backup refuses',
      '  complianceAcknowledgement must be acknowledged with deployedOn and acknowledgedBy, as nobody, AWS included, can change the bounds of the vault from its first day, got no acknowledgement [logically-air-gapped-vault-acknowledgement] (AWS Backup facts B7.5/1)',
    ].join('\n'),
  );
});

// prettier-ignore
test.each<[string, Partial<LogicallyAirGappedVaultProps>, string]>([
  ['a name of one letter',    { backupVaultName: 'x' },                      'backupVaultName must be 2 to 50 letters, digits, - and _, got x [logically-air-gapped-vault-name]'],
  ['6 days',                  { minRetentionDays: 6 },                       'minRetentionDays must be a whole number of days, at least 7 and at most 36500, got 6 days'],
  ['more than a century',     { maxRetentionDays: 36501 },                   'maxRetentionDays must be a whole number of days, at least 7 and at most 36500, got 36501 days'],
  ['bounds in wrong order',   { maxRetentionDays: 7, minRetentionDays: 8 },  'maxRetentionDays must be at least 8 days, the minRetentionDays, got 7 days'],
  ['aws/backup',              { encryption: VaultEncryption.awsManaged() },  'encryption must be a customer managed key or one that AWS owns; a logically air-gapped vault does not take aws/backup, got aws/backup'],
  ['a team that is none',     { mpaApprovalTeamArn: 'team' },                'mpaApprovalTeamArn must be the ARN of an approval team, got team'],
  ['a team of elsewhere',     { mpaApprovalTeamArn: TEAM.replace('us-east-1', 'us-west-2') }, 'mpaApprovalTeamArn must be a team of us-east-1, where all approval teams are, got us-west-2'],
  ['no day',                  { complianceAcknowledgement: { ...SAID, deployedOn: '2027-02-30' } }, 'complianceAcknowledgement.deployedOn must be a day of the calendar'],
  ['an account that is none', { copiesInFrom: [VaultCopySource.account('1')] }, 'copiesInFrom[0] must be the id of an account, 12 digits, got 1'],
])('fails with %s', (_, props, expected) => {
  expect(refusal(() => gapped(stackOf(), props))).toContain(expected);
});

test('fails in a Region that has none', () => {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'ca-west-1' } });
  expect(refusal(() => gapped(stack))).toContain('[logically-air-gapped-vault-region]');
});

test('takes every property', () => {
  const stack = stackOf();
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/break-glass');
  const made = gapped(stack, {
    encryption: VaultEncryption.customerManaged(),
    mpaApprovalTeamArn: TEAM,
    breakGlassRoles: [role],
    copiesInFrom: [VaultCopySource.account(OTHER)],
    copiesOutTo: [],
    outputDateOfNoReturn: false,
    notificationTopic: new sns.Topic(stack, 'Topic'),
    notificationEvents: ['COPY_JOB_FAILED'],
    removalPolicy: RemovalPolicy.DESTROY,
    tags: { owner: 'platform' },
    waivers: [{ rule: 'vault-encryption-key-outside-lock', path: '*', reason: 'its policy keeps it' }],
  });
  const template = Template.fromStack(stack);
  template.hasResource(TYPE, {
    DeletionPolicy: 'Delete',
    Metadata: { Holdfast: { waivers: [Match.objectLike({ reason: 'its policy keeps it' })] } },
    Properties: {
      EncryptionKeyArn: stack.resolve(made.encryptionKey?.keyArn) as object,
      MpaApprovalTeamArn: TEAM,
      Notifications: { SNSTopicArn: { Ref: 'TopicBFC7AF6E' }, BackupVaultEvents: ['COPY_JOB_FAILED'] },
      BackupVaultTags: { owner: 'platform' },
      AccessPolicy: {
        Statement: [
          Match.objectLike({ Sid: 'DenyEmptyingTheVault' }),
          Match.objectLike({
            Sid: 'DenyWeakeningTheVault',
            Action: Match.arrayWith(['backup:DisassociateBackupVaultMpaApprovalTeam']),
          }),
          Match.objectLike({ Sid: 'AllowCopiesFromAccounts' }),
          Match.objectLike({ Sid: 'DenyCopiesFromOthers' }),
          Match.objectLike({ Sid: 'DenyCopiesToOthers', Condition: Match.absent() }),
        ],
      },
    },
  });
  template.hasResource('AWS::KMS::Key', {
    DeletionPolicy: 'Delete',
    Properties: { EnableKeyRotation: true, Tags: [{ Key: 'owner', Value: 'platform' }] },
  });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'backup.amazonaws.com' } })] },
  });
  expect(Object.keys((template.toJSON() as { Outputs?: object }).Outputs ?? {})).toEqual([]);
  expect(annotations(stack, 'info')).toEqual([
    expect.stringContaining('[logically-air-gapped-vault-team-setting]'),
    expect.stringContaining('waived: its policy keeps it'),
  ]);
});

test('takes a key that exists and makes none', () => {
  const stack = stackOf();
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111');
  const template = templateOf({ encryption: VaultEncryption.customerManaged(key) }, stack);
  template.hasResourceProperties(TYPE, { EncryptionKeyArn: key.keyArn });
  template.resourceCountIs('AWS::KMS::Key', 0);
});

test('grows by statements, sources and targets', () => {
  const stack = stackOf();
  const made = gapped(stack);
  const restore = (actions: string[]) =>
    new iam.PolicyStatement({
      sid: 'Added',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions,
      resources: ['*'],
    });
  made.addToAccessPolicy(restore(['backup:StartRestoreJob']));
  made.allowCopiesFrom(VaultCopySource.organization('o-a1b2c3d4e5'));
  made.allowCopiesTo(VaultCopyTarget.vaultArn('arn:aws:backup:*:*:backup-vault:drill'));
  const sids = ['DenyEmptyingTheVault', 'AllowCopiesFromOrganizations', 'DenyCopiesFromOthers', 'DenyCopiesToOthers'];
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    AccessPolicy: { Statement: [...sids, 'Added'].map((Sid): unknown => Match.objectLike({ Sid })) },
  });
  expect(refusal(() => made.addToAccessPolicy(restore(['backup:*'])))).toContain(
    'accessPolicy.Statement[5].Action must be actions in full',
  );
  expect(refusal(() => made.allowCopiesFrom(VaultCopySource.account('1')))).toContain('copiesInFrom[1]');
  expect(refusal(() => made.allowCopiesTo(VaultCopyTarget.vaultArn('x')))).toContain('copiesOutTo[1]');
});

test('tells of failures through a topic of its own, or one that was given', () => {
  const email = new subscriptions.EmailSubscription('backups@example.com');
  const stack = stackOf();
  const made = gapped(stack);
  made.notifyFailures(email);
  expect(made.notificationTopic).toBeDefined();
  const template = Template.fromStack(stack);
  template.hasResourceProperties(TYPE, { Notifications: { BackupVaultEvents: VaultEvents.ofFailures() } });
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::SNS::Subscription', { FilterPolicy: VaultEvents.failureFilterPolicy() });

  const other = stackOf();
  const given = gapped(other, { notificationTopic: new sns.Topic(other, 'Topic') });
  given.notifyFailures(email);
  Template.fromStack(other).resourceCountIs('AWS::SNS::Topic', 1);
  const wrong = gapped(stackOf(), { notificationEvents: ['X'] });
  expect(refusal(() => wrong.notifyFailures(email))).toContain('[vault-notification-event]');
});

describe('a share', () => {
  test('is with accounts of the organization alone, unless others are asked for', () => {
    const stack = stackOf();
    const made = gapped(stack);
    expect(stack.resolve(made.share('Recovery', { accounts: [OTHER] }))).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^GappedRecovery/), 'Arn'],
    });
    made.share('Partner', { accounts: ['777788889999'], allowExternalPrincipals: true, resourceShareName: 'partner' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(SHARE, {
      Name: 'gapped',
      Principals: [OTHER],
      AllowExternalPrincipals: false,
      ResourceArns: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Gapped'), 'BackupVaultArn'] }],
      PermissionArns: Match.absent(),
    });
    template.hasResourceProperties(SHARE, { Name: 'partner', AllowExternalPrincipals: true });
  });

  test('fails for an organization, for the own account and for nobody', () => {
    const made = gapped(stackOf());
    const organization = 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5';
    expect(refusal(() => made.share('All', { accounts: [organization, '111122223333'] }))).toBe(
      [
        'S/Gapped: 2 value(s) that AWS Backup refuses',
        `  All.accounts[0] must be the id of an account, 12 digits; a vault is not shared with organizations or their units, got ${organization} [vault-share-account] (AWS Backup facts B7.5/5)`,
        '  All.accounts[1] must be an account other than that of the vault, which needs no share, got 111122223333 [vault-share-own-account] (AWS Backup facts B7.5/5)',
      ].join('\n'),
    );
    expect(refusal(() => made.share('None', { accounts: [] }))).toContain('None.accounts must be at least 1 account');
  });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const made = gapped(stack, {
    backupVaultName: text('Name'),
    minRetentionDays: number('Min'),
    maxRetentionDays: number('Max'),
    complianceAcknowledgement: { deployedOn: text('Day'), acknowledgedBy: text('Who') },
    mpaApprovalTeamArn: text('Team'),
    notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', text('TopicArn')),
    notificationEvents: [text('Event')],
    tags: { owner: text('Owner') },
  });
  made.share('Share', { accounts: [text('Account')], resourceShareName: text('ShareName') });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(TYPE, {
    BackupVaultName: { Ref: 'Name' },
    MinRetentionDays: { Ref: 'Min' },
    MaxRetentionDays: { Ref: 'Max' },
    MpaApprovalTeamArn: { Ref: 'Team' },
    Notifications: { SNSTopicArn: { Ref: 'TopicArn' }, BackupVaultEvents: [{ Ref: 'Event' }] },
    BackupVaultTags: { owner: { Ref: 'Owner' } },
  });
  template.hasResourceProperties(SHARE, { Principals: [{ Ref: 'Account' }], Name: { Ref: 'ShareName' } });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = gapped(stack, { encryption: VaultEncryption.customerManaged() });
  made.notifyFailures(new subscriptions.EmailSubscription('backups@example.com'));
  expect(made.node.children.map(({ node }) => node.id)).toEqual([
    'Key',
    'Resource',
    'Imported',
    'DateOfNoReturn',
    'TopicKey',
    'Topic',
  ]);
  expect(Object.keys(Template.fromStack(stack).findResources(TYPE))).toEqual(['Gapped2A15B63F']);
});
