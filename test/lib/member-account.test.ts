import { MemberAccount, MemberAccountProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const VAULT = 'AWS::Backup::BackupVault';
const ROLE = 'AWS::IAM::Role';

function member(stack: Stack, props: Partial<MemberAccountProps> = {}): MemberAccount {
  return new MemberAccount(stack, 'Member', { vaults: [{ backupVaultName: 'main' }], ...props });
}

function templateOf(props: Partial<MemberAccountProps> = {}, stack: Stack = stackOf()): Template {
  member(stack, props);
  return Template.fromStack(stack);
}

const managed = (path: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${path}`]],
});

describe('defaults', () => {
  test('a vault with a key of its own, both of which stay', () => {
    const template = templateOf();
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    template.hasResource(VAULT, { ...kept, Properties: Match.objectLike({ BackupVaultName: 'main' }) });
    template.hasResource('AWS::KMS::Key', kept);
  });

  test('roles under fixed names that AWS Backup alone assumes, for this account alone', () => {
    const template = templateOf();
    for (const RoleName of ['HoldfastBackup', 'HoldfastRestore']) {
      template.hasResource(ROLE, {
        Condition: Match.absent(),
        Properties: Match.objectLike({
          RoleName,
          AssumeRolePolicyDocument: {
            Statement: [
              {
                Action: 'sts:AssumeRole',
                Effect: 'Allow',
                Principal: { Service: 'backup.amazonaws.com' },
                Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
              },
            ],
            Version: '2012-10-17',
          },
        }),
      });
    }
  });

  test('the backup role backs every service up, the restore role restores every service, and neither does both', () => {
    const template = templateOf();
    template.hasResourceProperties(ROLE, {
      RoleName: 'HoldfastBackup',
      ManagedPolicyArns: [
        managed('service-role/AWSBackupServiceRolePolicyForBackup'),
        managed('AWSBackupServiceRolePolicyForS3Backup'),
      ],
    });
    template.hasResourceProperties(ROLE, {
      RoleName: 'HoldfastRestore',
      ManagedPolicyArns: [
        managed('service-role/AWSBackupServiceRolePolicyForRestores'),
        managed('AWSBackupServiceRolePolicyForS3Restore'),
        managed('AWSBackupRestoreAccessForSAPHANA'),
      ],
    });
  });

  test('no settings, no function', () => {
    templateOf().resourceCountIs('AWS::Lambda::Function', 0);
  });
});

test('several vaults, each with its own lock, tags and break-glass roles', () => {
  const stack = stackOf();
  const { vaults, provision } = member(stack, {
    vaults: [
      { backupVaultName: 'main', breakGlassRoleNames: ['path/Admin'], tags: { owner: 'platform' } },
      {
        backupVaultName: 'locked',
        vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
      },
    ],
    backupRoleName: 'Backup',
    restoreRoleName: 'Restore',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  expect(vaults.map(({ backupVaultName }) => stack.resolve(backupVaultName) as object)).toHaveLength(2);
  expect(provision).toEqual({ backupVaultNames: ['main', 'locked'], roleNames: ['Backup', 'Restore'] });
  const template = Template.fromStack(stack);
  template.allResources(VAULT, { DeletionPolicy: 'Delete' });
  const admin = {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/path/Admin']],
  };
  template.hasResourceProperties(VAULT, {
    BackupVaultName: 'main',
    BackupVaultTags: { owner: 'platform' },
    AccessPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Sid: 'DenyWeakeningTheVault',
          Condition: { ArnNotLike: { 'aws:PrincipalArn': [admin] } },
        }),
      ]),
    },
  });
  template.hasResourceProperties(VAULT, { BackupVaultName: 'locked', LockConfiguration: { ChangeableForDays: 14 } });
  template.hasResourceProperties(ROLE, { RoleName: 'Restore' });
});

test('makes its roles in one Region alone, as roles are global', () => {
  const template = templateOf({ rolesRegion: 'eu-central-1' });
  template.hasCondition('*', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] });
  const [condition] = Object.keys(template.findConditions('*'));
  template.allResources(ROLE, { Condition: condition });
});

test('has a role for the scanner, and lets backups ask for scans, where plans scan', () => {
  const stack = stackOf();
  expect(member(stack, { scanning: true }).provision.roleNames).toEqual([
    'HoldfastBackup',
    'HoldfastRestore',
    'HoldfastScanner',
  ]);
  const template = Template.fromStack(stack);
  template.hasResourceProperties(ROLE, {
    RoleName: 'HoldfastScanner',
    ManagedPolicyArns: [managed('AWSBackupGuardDutyRolePolicyForScans')],
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Principal: { Service: 'malware-protection.guardduty.amazonaws.com' },
          Condition: Match.absent(),
        }),
      ],
    },
  });
  template.hasResourceProperties(ROLE, {
    RoleName: 'HoldfastBackup',
    ManagedPolicyArns: Match.arrayWith([managed('AWSBackupServiceRolePolicyForScans')]),
  });
  expect(member(stackOf(), { scanning: true, scannerRoleName: 'Scan' }).provision.roleNames[2]).toBe('Scan');
  templateOf({ scannerRoleName: 'Scan' }).resourceCountIs(ROLE, 2);
});

test('sets what is opted in, in each Region', () => {
  const template = templateOf({
    resourceTypeOptInPreference: { EBS: true },
    resourceTypeManagementPreference: { DynamoDB: true },
  });
  template.hasResourceProperties('Custom::BackupRegionSettings', {
    ResourceTypeOptInPreference: { EBS: true },
    ResourceTypeManagementPreference: { DynamoDB: true },
  });
});

test('its template names no account, no Region and no asset', () => {
  const stack = new Stack(new App(), 'S');
  const rolesRegion = new CfnParameter(stack, 'RolesRegion').valueAsString;
  const text = JSON.stringify(
    templateOf({ rolesRegion, resourceTypeOptInPreference: { EBS: true } }, stack).toJSON().Resources,
  );
  expect(text).not.toMatch(/\b\d{12}\b|\b(eu|us|ap)-[a-z]+-\d\b|arn:aws:|Token\[|cdk-hnb659fds|S3Bucket/);
});

test('refuses names that a role cannot have, and what its parts refuse', () => {
  expect(refusal(() => member(stackOf(), { backupRoleName: 'two words' }))).toContain(
    'roleNames[0] must be 1 to 64 letters, digits and any of + = , . @ _ -, got two words [organization-role-name]',
  );
  expect(refusal(() => member(stackOf(), { vaults: [{ backupVaultName: 'x' }] }))).toContain(
    'S/Member/Vault-x: 1 value',
  );
  expect(refusal(() => member(stackOf(), { resourceTypeOptInPreference: { ebs: true } }))).toContain(
    'S/Member/RegionSettings: 1 value',
  );
});

test('takes waivers', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'organization-role-name', path: '*', reason: 'never needed, but harmless' }];
  const ofVault = [{ rule: 'vault-lock-governance', path: '*', reason: 'removable on purpose' }];
  const vaults = [{ backupVaultName: 'main', vaultLock: { minRetentionDays: 7 }, waivers: ofVault }];
  member(stack, { waivers, vaults });
  expect(annotations(stack, 'info').filter((text) => text.includes('waived'))).toHaveLength(1);
  Template.fromStack(stack).hasResource(ROLE, { Metadata: { Holdfast: { waivers } } });
});

test('names and Regions may be tokens', () => {
  const stack = stackOf();
  const token = new CfnParameter(stack, 'Token').valueAsString;
  templateOf({ backupRoleName: token, rolesRegion: token }, stack).hasResourceProperties(ROLE, {
    RoleName: { Ref: 'Token' },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = member(stack, { rolesRegion: 'eu-central-1', resourceTypeOptInPreference: { EBS: true } });
  expect(made.node.children.map(({ node }) => node.id)).toEqual([
    'MakesRoles',
    'Vault-main',
    'BackupRole',
    'RestoreRole',
    'RegionSettings',
  ]);
  const template = Template.fromStack(stack);
  expect(Object.keys(template.findResources(ROLE)).slice(0, 2)).toEqual([
    'MemberBackupRole8915F568',
    'MemberRestoreRoleA537FE94',
  ]);
  expect(Object.keys(template.findResources(VAULT))).toEqual(['MemberVaultmain117E2B93']);
});

test('is clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  member(stack, { rolesRegion: 'eu-central-1', resourceTypeOptInPreference: { EBS: true } });
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'a member account')).toBe('');
});
