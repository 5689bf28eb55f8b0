import { Plan, RestoreTestingPlan, RestoreTestingResources, RestoreTestingVault, Vault } from '@holdfast/cdk';
import {
  RestoreTestingAlgorithm,
  RestoreTestingPointType,
  RestoreTestingResourceType,
  Schedule,
  WeekDay,
} from '@holdfast/model';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';

/** Declares restore testing with every property, its selections of every kind, and a validation. */
export function declareEveryRestoreTest(stack: Stack): void {
  const vault = new Vault(stack, 'Tested', { backupVaultName: 'tested' });
  const daily = new Plan(stack, 'Daily', {
    backupPlanName: 'daily',
    rules: [{ ruleName: 'daily', vault: vault.backupVault }],
  });
  const plan = new RestoreTestingPlan(stack, 'RestoreTests', {
    restoreTestingPlanName: 'restore_tests',
    schedule: Schedule.weekly({ weekDays: [WeekDay.SATURDAY], timeZone: 'Europe/Berlin' }),
    startWindow: Duration.hours(12),
    algorithm: RestoreTestingAlgorithm.RANDOM_WITHIN_WINDOW,
    selectionWindow: Duration.days(35),
    recoveryPointTypes: [RestoreTestingPointType.SNAPSHOT, RestoreTestingPointType.CONTINUOUS],
    includeVaults: [RestoreTestingVault.fromVault(vault.backupVault), RestoreTestingVault.all()],
    excludeVaults: [RestoreTestingVault.fromArn('arn:aws:backup:*:*:backup-vault:scratch-*')],
    backupPlans: [daily.backupPlan],
    tags: { owner: 'platform' },
    waivers: [{ rule: 'restore-testing-plan-name', path: '*', reason: 'shows a waiver in the template' }],
  });
  addSelections(stack, plan);
  plan.addValidation('Check', {
    validator: lambda.Function.fromFunctionArn(
      stack,
      'Validator',
      `arn:aws:lambda:${stack.region}:${stack.account}:function:validate`,
    ),
    resourceTypes: [RestoreTestingResourceType.DYNAMODB, RestoreTestingResourceType.EC2],
    retryInterval: Duration.minutes(30),
    waivers: [{ rule: 'restore-validation-retry-interval', path: '*', reason: 'shows a waiver in the template' }],
  });
}

function addSelections(stack: Stack, plan: RestoreTestingPlan): void {
  const table = new dynamodb.CfnTable(stack, 'Orders', {
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    billingMode: 'PAY_PER_REQUEST',
  });
  const validationWindow = Duration.hours(24);
  plan.addSelection('Instances', {
    restoreTestingSelectionName: 'instances',
    resources: RestoreTestingResources.fromTags(RestoreTestingResourceType.EC2, {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { owner: 'lab' },
    }),
    restoreMetadataOverrides: { instanceType: 't3.micro', subnetId: 'subnet-0123456789abcdef0' },
    validationWindow,
    passedRoles: [iam.Role.fromRoleName(stack, 'Instances', 'instances')],
    waivers: [{ rule: 'restore-testing-selection-name', path: '*', reason: 'shows a waiver in the template' }],
  });
  plan.addSelection('Tables', {
    restoreTestingSelectionName: 'tables',
    resources: RestoreTestingResources.fromConstructs([table]),
    validationWindow,
    role: iam.Role.fromRoleName(stack, 'RestoreRole', 'restore'),
  });
  plan.addSelection('Buckets', {
    restoreTestingSelectionName: 'buckets',
    resources: RestoreTestingResources.fromArns(RestoreTestingResourceType.S3, ['arn:aws:s3:::ledger']),
    validationWindow,
  });
  plan.addSelection('Volumes', {
    restoreTestingSelectionName: 'volumes',
    resources: RestoreTestingResources.all(RestoreTestingResourceType.EBS),
    validationWindow,
  });
}
