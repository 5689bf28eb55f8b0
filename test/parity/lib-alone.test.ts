import { Plan, PlanSet, SelectionResource, Vault } from '@holdfast/cdk';
import { BackupPlan, ScanMode, ScanResourceType } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { DiskFiles } from '../../engine/src/host/files';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { many } from '../model/rows';
import { synthCdk } from '../support/synth';

const ROLE = 'arn:aws:iam::111122223333:role/backup';

/** The plans that come back from what lib renders, of constructs that provider has no twin of yet. */
function readBack(declare: (stack: Stack) => void): readonly BackupPlan[] {
  const env = { account: '111122223333', region: 'eu-central-1' };
  const folder = synthCdk((app: App) => declare(new Stack(app, 'S', { env })));
  const options = { env: { partition: 'aws', ...env }, parameters: {}, values: {} };
  return readArtifacts([folder], options, new DiskFiles()).estate.plans ?? [];
}

const vaultOf = (stack: Stack) => new Vault(stack, 'Vault', { backupVaultName: 'main' }).backupVault;
const roleOf = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', ROLE);

test('scans come back as they were declared', () => {
  const [plan] = readBack((stack) => {
    const rules = [{ ruleName: 'daily', vault: vaultOf(stack), scanAction: ScanMode.INCREMENTAL_SCAN }];
    const scanSettings = { resourceTypes: [ScanResourceType.EBS], scannerRole: roleOf(stack) };
    new Plan(stack, 'Plan', { backupPlanName: 'plan', rules, scanSettings });
  });
  expect(plan?.scanSettings).toEqual([{ malwareScanner: 'GUARDDUTY', resourceTypes: ['EBS'], scannerRoleArn: ROLE }]);
  expect(plan?.rules[0]?.scanActions).toEqual([{ malwareScanner: 'GUARDDUTY', scanMode: 'INCREMENTAL_SCAN' }]);
});

test('a split selection comes back in its parts, nothing lost', () => {
  const arns = many(501, (i) => `arn:aws:s3:::bucket-${i}`);
  const [plan] = readBack((stack) => {
    const rules = [{ ruleName: 'daily', vault: vaultOf(stack) }];
    new Plan(stack, 'Plan', { backupPlanName: 'plan', rules }).addSelection('All', {
      selectionName: 'all',
      resources: arns.map((arn) => SelectionResource.fromArn(arn)),
      role: roleOf(stack),
    });
  });
  expect(plan?.selections?.map(({ selectionName }) => selectionName)).toEqual(['all', 'all-2']);
  expect(plan?.selections?.flatMap(({ resources }) => resources)).toEqual(arns);
});

test('a set comes back as its plans', () => {
  const plans = readBack((stack) => {
    const rules = [{ ruleName: 'daily', vault: vaultOf(stack), deleteAfter: Duration.days(35) }];
    const overrides = [{ overrideName: 'databases', services: ['rds'], rules }];
    new PlanSet(stack, 'Plans', {
      planSetName: 'set',
      tiers: [{ tierName: 'gold', rules, overrides }],
      role: roleOf(stack),
    });
  });
  expect(plans.map(({ backupPlanName, selections }) => [backupPlanName, selections])).toMatchObject([
    [
      'set-gold',
      [{ listOfTags: [{ conditionKey: 'backup', conditionValue: 'gold' }], notResources: ['arn:aws:rds:*:*:db:*'] }],
    ],
    [
      'set-gold-databases',
      [
        {
          resources: ['arn:aws:rds:*:*:db:*'],
          conditions: { stringEquals: [{ conditionKey: 'aws:ResourceTag/backup', conditionValue: 'gold' }] },
        },
      ],
    ],
  ]);
});
