import { CopyDestination, Plan, Vault, VaultProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnOutput, CfnParameter, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::BackupVault';
const KEY = 'AWS::KMS::Key';
const EMPTYING = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:DisassociateRecoveryPointFromParent',
  'backup:UpdateRecoveryPointLifecycle',
];
const COMPLIANCE: Partial<VaultProps> = {
  vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 },
  complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
};

function vault(stack: Stack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

function templateOf(props: Partial<VaultProps> = {}, stack: Stack = stackOf()): Template {
  vault(stack, props);
  return Template.fromStack(stack);
}

describe('defaults', () => {
  test('encrypts with a key of its own that rotates', () => {
    const template = templateOf();
    template.hasResourceProperties(KEY, { EnableKeyRotation: true });
    template.hasResourceProperties(TYPE, { EncryptionKeyArn: { 'Fn::GetAtt': ['VaultKeyCB88EF1A', 'Arn'] } });
  });

  test('keeps vault and key when the stack goes', () => {
    const template = templateOf();
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    template.hasResource(TYPE, kept);
    template.hasResource(KEY, kept);
  });

  test('denies everybody what empties the vault', () => {
    templateOf().hasResourceProperties(TYPE, {
      AccessPolicy: {
        Statement: [
          {
            Sid: 'DenyEmptyingTheVault',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: EMPTYING,
            Resource: '*',
            Condition: Match.absent(),
          },
        ],
      },
    });
  });

  test('sets no lock, sends no notifications, has no tags and says nothing in its metadata', () => {
    const template = templateOf();
    template.hasResource(TYPE, {
      Metadata: Match.absent(),
      Properties: { LockConfiguration: Match.absent(), Notifications: Match.absent(), BackupVaultTags: Match.absent() },
    });
  });

  test('annotates nothing', () => {
    const stack = stackOf();
    vault(stack);
    expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
  });
});

test('takes the name as it is', () => {
  const stack = stackOf();
  const made = vault(stack);
  templateOfStack(stack).hasResourceProperties(TYPE, { BackupVaultName: 'primary' });
  expect(stack.resolve(made.backupVaultName)).toEqual({ 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultName'] });
  expect(stack.resolve(made.backupVaultArn)).toEqual({ 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultArn'] });
  expect(made.backupVault.backupVaultName).toBe(made.backupVaultName);
});

test('takes a key that exists and makes none', () => {
  const stack = stackOf();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111');
  const made = vault(stack, { encryptionKey });
  expect(made.encryptionKey).toBe(encryptionKey);
  const template = templateOfStack(stack);
  template.resourceCountIs(KEY, 0);
  template.hasResourceProperties(TYPE, { EncryptionKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111' });
});

test('with break-glass roles denies everybody else what weakens the vault, too', () => {
  const stack = stackOf();
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/break-glass');
  const denied = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/break-glass'] } },
  };
  templateOf({ breakGlassRoles: [role] }, stack).hasResourceProperties(TYPE, {
    AccessPolicy: {
      Statement: [
        { ...denied, Sid: 'DenyEmptyingTheVault', Action: EMPTYING },
        {
          ...denied,
          Sid: 'DenyWeakeningTheVault',
          Action: Match.arrayWith([
            'backup:DeleteBackupVault',
            'backup:DeleteBackupVaultAccessPolicy',
            'backup:DeleteBackupVaultLockConfiguration',
            'backup:PutBackupVaultAccessPolicy',
          ]),
        },
      ],
    },
  });
});

test('takes statements beside its own', () => {
  const stack = stackOf();
  vault(stack).addToAccessPolicy(
    new iam.PolicyStatement({
      principals: [new iam.AccountPrincipal('444455556666')],
      actions: ['backup:CopyIntoBackupVault'],
      resources: ['*'],
    }),
  );
  templateOfStack(stack).hasResourceProperties(TYPE, {
    AccessPolicy: {
      Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Action: 'backup:CopyIntoBackupVault' })]),
    },
  });
});

test('fails for a statement with a wildcard in its action', () => {
  const stack = stackOf();
  const made = vault(stack);
  const statement = new iam.PolicyStatement({
    principals: [new iam.AccountPrincipal('444455556666')],
    actions: ['backup:*'],
    resources: ['*'],
  });
  expect(refusal(() => made.addToAccessPolicy(statement))).toBe(
    [
      'S/Vault: 1 value(s) that AWS Backup refuses',
      '  accessPolicy.Statement[1].Action must be actions in full, without * and ?, got backup:* [vault-access-policy-wildcard] (AWS Backup facts B7.2/1)',
    ].join('\n'),
  );
});

test('of another account is a destination once its policy lets the copies in', () => {
  const app = new App();
  const there = new Stack(app, 'There', { env: { account: '444455556666', region: 'eu-central-1' } });
  const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-central-1' } });
  const copies = new Vault(there, 'Copies', { backupVaultName: 'copies' });
  const rule = {
    ruleName: 'daily',
    vault: new Vault(here, 'Vault', { backupVaultName: 'primary' }).backupVault,
    copyActions: [{ destination: CopyDestination.vault(copies.backupVault) }],
  };
  const plan = (id: string) => new Plan(here, id, { backupPlanName: 'ledger', rules: [rule] });
  expect(refusal(() => plan('Before'))).toContain('[copy-action-cross-account-policy]');
  copies.addToAccessPolicy(
    new iam.PolicyStatement({
      principals: [new iam.AccountPrincipal('111122223333')],
      actions: ['backup:CopyIntoBackupVault'],
      resources: ['*'],
    }),
  );
  expect(() => plan('After')).not.toThrow();
});

describe('lock', () => {
  test('is in governance mode without a grace time', () => {
    const template = templateOf({ vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 } });
    template.hasResourceProperties(TYPE, {
      LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 400, ChangeableForDays: Match.absent() },
    });
    template.hasResource(TYPE, { Metadata: Match.absent() });
  });

  test('in governance mode has no date of no return', () => {
    expect(vault(stackOf(), { vaultLock: { minRetentionDays: 7 } }).dateOfNoReturn).toBeUndefined();
  });

  test('takes equal bounds, which AWS Backup takes', () => {
    templateOf({ vaultLock: { minRetentionDays: 30, maxRetentionDays: 30 } }).hasResourceProperties(TYPE, {
      LockConfiguration: { MinRetentionDays: 30, MaxRetentionDays: 30 },
    });
  });

  test('without a lower bound gets a day, as CloudFormation demands one', () => {
    templateOf({ vaultLock: { maxRetentionDays: 30 } }).hasResourceProperties(TYPE, {
      LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays: 30 },
    });
  });

  test('in compliance mode says from when on nobody can change it', () => {
    const stack = stackOf();
    const made = vault(stack, COMPLIANCE);
    expect(made.dateOfNoReturn).toBe('2027-01-15');
    new CfnOutput(stack, 'DateOfNoReturn', { value: made.dateOfNoReturn as string });
    const template = templateOfStack(stack);
    template.hasOutput('DateOfNoReturn', { Value: '2027-01-15' });
    template.hasResource(TYPE, {
      Metadata: {
        Holdfast: { dateOfNoReturn: '2027-01-15', deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
      },
      Properties: { LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 400, ChangeableForDays: 14 } },
    });
  });

  test('whose grace time is known only at deployment has no date of no return yet', () => {
    const stack = stackOf();
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    const made = vault(stack, { ...COMPLIANCE, vaultLock: { minRetentionDays: 7, changeableForDays: days } });
    expect(made.dateOfNoReturn).toBeUndefined();
  });
});

describe('notifications', () => {
  test('go to the topic, for ends of jobs and failures, and AWS Backup may publish there', () => {
    const stack = stackOf();
    const template = templateOf({ notificationTopic: new sns.Topic(stack, 'Topic') }, stack);
    template.hasResourceProperties(TYPE, {
      Notifications: {
        SNSTopicArn: { Ref: 'TopicBFC7AF6E' },
        BackupVaultEvents: [
          'BACKUP_JOB_COMPLETED',
          'COPY_JOB_FAILED',
          'RESTORE_JOB_COMPLETED',
          'CONTINUOUS_BACKUP_INTERRUPTED',
          'S3_BACKUP_OBJECT_FAILED',
          'S3_RESTORE_OBJECT_FAILED',
          'EKS_BACKUP_OBJECT_FAILED',
          'EKS_RESTORE_OBJECT_FAILED',
          'EKS_RESTORE_OBJECT_SKIPPED',
          'RECOVERY_POINT_INDEXING_FAILED',
        ],
      },
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'backup.amazonaws.com' }, Effect: 'Allow' }),
        ],
      },
    });
  });

  test('tell of the events that were asked for', () => {
    const stack = stackOf();
    const notificationTopic = new sns.Topic(stack, 'Topic');
    templateOf({ notificationTopic, notificationEvents: ['COPY_JOB_FAILED'] }, stack).hasResourceProperties(TYPE, {
      Notifications: { BackupVaultEvents: ['COPY_JOB_FAILED'] },
    });
  });
});

test('destroys vault and key when asked to', () => {
  const template = templateOf({ removalPolicy: RemovalPolicy.DESTROY });
  template.hasResource(TYPE, { DeletionPolicy: 'Delete' });
  template.hasResource(KEY, { DeletionPolicy: 'Delete' });
});

test('tags the vault and its key', () => {
  const template = templateOf({ tags: { owner: 'platform' } });
  template.hasResourceProperties(TYPE, { BackupVaultTags: { owner: 'platform' } });
  template.hasResourceProperties(KEY, { Tags: [{ Key: 'owner', Value: 'platform' }] });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  vault(stack, {
    backupVaultName: text('Name'),
    vaultLock: {
      minRetentionDays: number('Min'),
      maxRetentionDays: Token.asNumber({ Ref: 'Max' }),
      changeableForDays: number('Grace'),
    },
    complianceAcknowledgement: { deployedOn: text('DeployedOn'), acknowledgedBy: text('AcknowledgedBy') },
    breakGlassRoles: [iam.Role.fromRoleArn(stack, 'Role', text('RoleArn'))],
    notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', text('TopicArn')),
    notificationEvents: [text('Event')],
    tags: { owner: text('Owner') },
  });
  templateOfStack(stack).hasResourceProperties(TYPE, {
    BackupVaultName: { Ref: 'Name' },
    LockConfiguration: {
      MinRetentionDays: { Ref: 'Min' },
      MaxRetentionDays: { Ref: 'Max' },
      ChangeableForDays: { Ref: 'Grace' },
    },
    Notifications: { SNSTopicArn: { Ref: 'TopicArn' }, BackupVaultEvents: [{ Ref: 'Event' }] },
    BackupVaultTags: { owner: { Ref: 'Owner' } },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  vault(stack);
  expect(stack.node.findAll().map((construct) => construct.node.path)).toEqual([
    'S',
    'S/Vault',
    'S/Vault/Key',
    'S/Vault/Key/Resource',
    'S/Vault/Resource',
    'S/Vault/Resource/Resource',
  ]);
  expect(Object.keys(templateOfStack(stack).toJSON().Resources)).toEqual(['VaultKeyCB88EF1A', 'Vault47927EF3']);
});

function templateOfStack(stack: Stack): Template {
  return Template.fromStack(stack);
}
