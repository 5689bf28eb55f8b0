import {
  AirGappedRoute,
  CopyDestination,
  LogicallyAirGappedVault,
  LogicallyAirGappedVaultProps,
  Plan,
  PlanRuleProps,
  Vault,
} from '@holdfast/cdk';
import { VaultCopySource } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { annotations, refusal, stackOf } from './support/stacks';

const OTHER = '444455556666';
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

function plan(scope: Construct, rule: Partial<PlanRuleProps>): Plan {
  const vault = new Vault(scope, 'Vault', { backupVaultName: 'primary' }).backupVault;
  return new Plan(scope, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault, ...rule }] });
}

describe('a plan', () => {
  test('that backs up into it is held against its bounds, and names it by reference', () => {
    const stack = stackOf();
    const target = { targetLogicallyAirGappedBackupVaultArn: gapped(stack).backupVaultArn };
    expect(refusal(() => plan(new Construct(stack, 'Before'), { ...target, deleteAfter: Duration.days(6) }))).toContain(
      'rules[0].lifecycle.deleteAfterDays must be 7 to 400 days, the bounds of vault gapped, got 6 days [rule-retention-in-lock]',
    );
    plan(stack, { ...target, deleteAfter: Duration.days(7) });
    Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          Match.objectLike({
            TargetLogicallyAirGappedBackupVaultArn: {
              'Fn::GetAtt': [Match.stringLikeRegexp('^Gapped'), 'BackupVaultArn'],
            },
          }),
        ],
      },
    });
  });

  test('that names it by its spelled-out ARN is held against its bounds, too', () => {
    const stack = stackOf();
    gapped(stack);
    const targetLogicallyAirGappedBackupVaultArn = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:gapped';
    const rule = { targetLogicallyAirGappedBackupVaultArn, deleteAfter: Duration.days(401) };
    expect(refusal(() => plan(stack, rule))).toContain('the bounds of vault gapped, got 401 days');
  });

  test('that copies into it is held against its bounds and, in another account, against its policy', () => {
    const app = new App();
    const there = new Stack(app, 'There', { env: { account: OTHER, region: 'eu-central-1' } });
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-central-1' } });
    const made = gapped(there);
    const copyTo = (deleteAfter: Duration) => ({
      copyActions: [{ destination: CopyDestination.vault(made.backupVault), deleteAfter }],
    });
    const before = refusal(() => plan(new Construct(here, 'Before'), copyTo(Duration.days(6))));
    expect(before).toContain('[copy-action-retention-in-lock]');
    expect(before).toContain('[copy-action-cross-account-policy]');
    made.allowCopiesFrom(VaultCopySource.account('111122223333'));
    plan(here, copyTo(Duration.days(7)));
    const arn = {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:backup:eu-central-1:${OTHER}:backup-vault:gapped`]],
    };
    Template.fromStack(here).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [Match.objectLike({ CopyActions: [Match.objectLike({ DestinationBackupVaultArn: arn })] })],
      },
    });
  });

  test('that takes it for a standard vault fails', () => {
    const stack = stackOf();
    const made = gapped(stack);
    expect(refusal(() => plan(stack, { vault: made.backupVault }))).toContain('[rule-vault-kind]');
  });

  test('warns of a selection of what it cannot hold', () => {
    const stack = stackOf();
    const { held, others } = AirGappedRoute.of(stores(stack));
    const targetLogicallyAirGappedBackupVaultArn = gapped(stack).backupVaultArn;
    const made = plan(stack, { targetLogicallyAirGappedBackupVaultArn, deleteAfter: Duration.days(35) });
    made.addSelection('Held', { selectionName: 'held', resources: held });
    expect(annotations(stack, 'warning')).toEqual([]);
    made.addSelection('Others', { selectionName: 'others', resources: others });
    expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('[rule-air-gapped-unsupported]')]);
  });
});

function stores(scope: Construct): Construct {
  const group = new Construct(scope, 'Stores');
  new dynamodb.TableV2(group, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  new s3.Bucket(group, 'Bucket', { versioned: true });
  new redshift.CfnCluster(group, 'Redshift', {
    clusterType: 'single-node',
    dbName: 'reports',
    nodeType: 'ra3.xlplus',
    masterUsername: 'root',
    manageMasterPassword: true,
  });
  new sns.Topic(group, 'Topic');
  return group;
}

test('resources are split by whether it holds them', () => {
  const { held, others } = AirGappedRoute.of(stores(stackOf()));
  expect(held.map(({ construct }) => construct?.node.path)).toEqual([
    'S/Stores/Table/Resource',
    'S/Stores/Bucket/Resource',
  ]);
  expect(others.map(({ construct }) => construct?.node.path)).toEqual(['S/Stores/Redshift']);
});

describe('one that exists', () => {
  const backupVaultArn = `arn:aws:backup:eu-central-1:111122223333:backup-vault:old`;
  const bounds = { minRetentionDays: 7, maxRetentionDays: 400 };

  test('is held against plans that copy or back up into it', () => {
    const stack = stackOf();
    const old = LogicallyAirGappedVault.fromBackupVaultAttributes(stack, 'Old', { backupVaultArn, ...bounds });
    const copyActions = [{ destination: CopyDestination.vault(old), deleteAfter: Duration.days(6) }];
    expect(refusal(() => plan(new Construct(stack, 'A'), { copyActions }))).toContain(
      '[copy-action-retention-in-lock]',
    );
    const rule = { targetLogicallyAirGappedBackupVaultArn: backupVaultArn, deleteAfter: Duration.days(6) };
    expect(refusal(() => plan(new Construct(stack, 'B'), rule))).toContain('[rule-retention-in-lock]');
    expect(annotations(stack, 'info')).toEqual([]);
  });

  test('fails when it cannot be like that', () => {
    const attributes = { backupVaultArn, ...bounds, minRetentionDays: 6 };
    expect(refusal(() => LogicallyAirGappedVault.fromBackupVaultAttributes(stackOf(), 'Old', attributes))).toContain(
      'S/Old: 1 value(s) that AWS Backup refuses',
    );
  });
});
