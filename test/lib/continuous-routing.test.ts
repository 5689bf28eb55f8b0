import { ContinuousRouting, Plan, PlanProps, PlanRuleProps, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const PLAN = 'AWS::Backup::BackupPlan';
const VAULT = 'AWS::Backup::BackupVault';

function locked(stack: Stack, minRetentionDays = 90): backup.IBackupVault {
  return new Vault(stack, 'Main', { backupVaultName: 'main', vaultLock: { minRetentionDays } }).backupVault;
}

const daily = (vault: backup.IBackupVault): PlanRuleProps => ({
  ruleName: 'daily',
  vault,
  deleteAfter: Duration.days(120),
});
const continuous = (vault: backup.IBackupVault, days = 35): PlanRuleProps => ({
  ruleName: 'continuous',
  vault,
  enableContinuousBackup: true,
  deleteAfter: Duration.days(days),
});

function plan(stack: Stack, rules: PlanRuleProps[], over: Partial<PlanProps> = {}): Plan {
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules, ...over });
}

/** The vault of each rule, by logical id or name. */
function targets(stack: Stack): unknown[] {
  const [made] = Object.values(Template.fromStack(stack).findResources(PLAN));
  const { BackupPlan } = made?.Properties as { BackupPlan: { BackupPlanRule: { TargetBackupVault: unknown }[] } };
  return BackupPlan.BackupPlanRule.map(({ TargetBackupVault: target }) =>
    typeof target === 'string' ? target : (target as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0],
  );
}

test('fails without it: a lock that keeps longer than 35 days takes no continuous backup', () => {
  const stack = stackOf();
  expect(refusal(() => plan(stack, [continuous(locked(stack))]))).toContain('[rule-continuous-in-lock]');
});

test('sends a continuous rule to a vault that is there, and leaves the others where they are', () => {
  const stack = stackOf();
  const main = locked(stack);
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Short', 'short');
  const made = plan(stack, [daily(main), continuous(main)], { continuousRouting: ContinuousRouting.toVault(vault) });
  expect(targets(stack)).toEqual(['Main139A74C6', 'short']);
  expect(made.continuousVault).toBe(vault);
});

test('makes a vault whose lock takes 35 days at most, once a rule needs it', () => {
  const stack = stackOf();
  const main = locked(stack);
  const made = plan(stack, [daily(main), continuous(main)], { continuousRouting: ContinuousRouting.toOwnVault() });
  expect(targets(stack)).toEqual(['Main139A74C6', 'PlanContinuousVault1B7CFC64']);
  expect(made.continuousVault).toBeDefined();
  Template.fromStack(stack).hasResource(VAULT, {
    DeletionPolicy: 'Retain',
    Properties: {
      BackupVaultName: 'ledger-continuous',
      LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays: 35, ChangeableForDays: Match.absent() },
      EncryptionKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PlanContinuousVaultKey'), 'Arn'] },
    },
  });
});

test('makes the vault with the properties that are given', () => {
  const stack = stackOf();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111');
  const breakGlass = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/break-glass');
  const continuousRouting = ContinuousRouting.toOwnVault({
    backupVaultName: 'pitr',
    encryptionKey,
    breakGlassRoles: [breakGlass],
    notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111122223333:alarms'),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  plan(stack, [continuous(locked(stack))], { continuousRouting });
  Template.fromStack(stack).hasResource(VAULT, {
    DeletionPolicy: 'Delete',
    Properties: {
      BackupVaultName: 'pitr',
      EncryptionKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111',
      Notifications: { SNSTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms' },
      AccessPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/break-glass'] } },
          }),
        ]),
      },
    },
  });
});

// prettier-ignore
test.each([
  ['n'.repeat(50),  `${'n'.repeat(39)}-continuous`],
  ['a.b',           'a-b-continuous'],
])('names the vault of the plan %s so that a vault may have the name', (backupPlanName, backupVaultName) => {
  const stack = stackOf();
  const continuousRouting = ContinuousRouting.toOwnVault();
  plan(stack, [continuous(locked(stack))], { continuousRouting, backupPlanName });
  Template.fromStack(stack).hasResourceProperties(VAULT, { BackupVaultName: backupVaultName });
});

test('names the vault of a plan whose name is known only at deployment', () => {
  const stack = stackOf();
  const backupPlanName = new CfnParameter(stack, 'Name').valueAsString;
  plan(stack, [continuous(locked(stack))], { continuousRouting: ContinuousRouting.toOwnVault(), backupPlanName });
  Template.fromStack(stack).hasResourceProperties(VAULT, {
    BackupVaultName: { 'Fn::Join': ['', [{ Ref: 'Name' }, '-continuous']] },
  });
});

describe('leaves a continuous rule where it is', () => {
  const continuousRouting = ContinuousRouting.toOwnVault();
  const stays = (stack: Stack, vault: backup.IBackupVault, days?: number) => {
    const made = plan(stack, [continuous(vault, days)], { continuousRouting });
    expect(made.continuousVault).toBeUndefined();
    return targets(stack);
  };

  test('when the lock of its vault takes it to the day', () => {
    const stack = stackOf();
    expect(stays(stack, locked(stack, 35))).toEqual(['Main139A74C6']);
  });

  test('when its vault has no lock', () => {
    const stack = stackOf();
    expect(stays(stack, new Vault(stack, 'Main', { backupVaultName: 'main' }).backupVault)).toEqual(['Main139A74C6']);
  });

  test('when nothing is known of its vault', () => {
    const stack = stackOf();
    expect(stays(stack, backup.BackupVault.fromBackupVaultName(stack, 'Main', 'main'))).toEqual(['main']);
  });

  test('when the lock of its vault is known only at deployment', () => {
    const stack = stackOf();
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    expect(stays(stack, locked(stack, days))).toEqual(['Main139A74C6']);
  });
});

test('routes by what the lock keeps and the rule does, not by 35 days alone', () => {
  const stack = stackOf();
  const main = locked(stack, 30);
  plan(stack, [continuous(main, 29)], { continuousRouting: ContinuousRouting.toOwnVault() });
  expect(targets(stack)).toEqual(['PlanContinuousVault1B7CFC64']);
});

test('fails for a vault that does not take the rule either', () => {
  const stack = stackOf();
  const other = new Vault(stack, 'Other', { backupVaultName: 'other', vaultLock: { minRetentionDays: 60 } });
  const continuousRouting = ContinuousRouting.toVault(other.backupVault);
  expect(refusal(() => plan(stack, [continuous(locked(stack))], { continuousRouting }))).toContain(
    '[rule-continuous-in-lock]',
  );
});

test('a bucket that has continuous and periodic backups is told that both want one vault', () => {
  const stack = stackOf();
  const main = locked(stack);
  const continuousRouting = ContinuousRouting.toOwnVault();
  plan(stack, [daily(main), continuous(main)], { continuousRouting }).protect(new s3.Bucket(stack, 'Bucket'));
  expect(annotations(stack, 'warning').join('\n')).toContain('plan-s3-vaults');
});

test('keeps its ids', () => {
  const stack = stackOf();
  const made = plan(stack, [continuous(locked(stack))], { continuousRouting: ContinuousRouting.toOwnVault() });
  expect(made.node.children.map(({ node }) => node.id)).toEqual(['ContinuousVault', 'Resource', 'Imported']);
});
