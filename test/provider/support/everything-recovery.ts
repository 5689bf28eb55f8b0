import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import {
  CopyBack,
  RestoreRunbook,
  RestoreTestingPlan,
  RestoreTestingResources,
  RestoreTestingVault,
  Vault,
} from '@holdfast/cdktf';
import {
  RestoreTestingAlgorithm,
  RestoreTestingPointType,
  RestoreTestingResourceType,
  Schedule,
} from '@holdfast/model';
import { TerraformStack, TerraformVariable } from 'cdktf';

const ROLE = 'arn:aws:iam::111122223333:role/restore';
const tags = { owner: 'platform' };

/** Restore testing and ways to recover, with every property. */
export function declareEveryRecovery(stack: TerraformStack): void {
  const vault = new Vault(stack, 'Recoverable', { backupVaultName: 'recoverable' });
  everyTest(stack, vault).addValidation('Check', {
    validatorFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:validate',
    resourceTypes: [RestoreTestingResourceType.DYNAMODB],
    retryIntervalMinutes: new TerraformVariable(stack, 'pace', { type: 'number', default: 30 }).numberValue as number,
    tags,
  });
  everyRecovery(stack, vault);
}

function everyTest(stack: TerraformStack, vault: Vault): RestoreTestingPlan {
  const plan = new RestoreTestingPlan(stack, 'RestoreTests', {
    restoreTestingPlanName: 'every_test',
    schedule: Schedule.monthly({ day: 2, timeZone: 'Europe/Berlin' }),
    startWindowHours: 8,
    algorithm: RestoreTestingAlgorithm.RANDOM_WITHIN_WINDOW,
    selectionWindowDays: 60,
    recoveryPointTypes: [RestoreTestingPointType.SNAPSHOT],
    includeVaults: [RestoreTestingVault.fromVault(vault)],
    excludeVaults: [RestoreTestingVault.fromArn('arn:aws:backup:*:*:backup-vault:old-*')],
    tags,
  });
  const attribute = [{ name: 'id', type: 'S' }];
  const table = new DynamodbTable(stack, 'Tested', {
    name: 'tested',
    billingMode: 'PAY_PER_REQUEST',
    hashKey: 'id',
    attribute,
  });
  plan.addSelection('Tables', {
    restoreTestingSelectionName: 'tables',
    resources: RestoreTestingResources.fromConstructs([table]),
    restoreMetadataOverrides: { encryptionType: 'Default' },
    validationWindowHours: 8,
  });
  plan.addSelection('Instances', {
    restoreTestingSelectionName: 'instances',
    resources: RestoreTestingResources.fromTags(RestoreTestingResourceType.EC2, {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { temporary: 'yes' },
    }),
    validationWindowHours: 8,
    passedRoleArns: ['arn:aws:iam::111122223333:role/instance'],
  });
  plan.addSelection('Volumes', {
    restoreTestingSelectionName: 'volumes',
    resources: RestoreTestingResources.fromArns(RestoreTestingResourceType.EBS, [
      'arn:aws:ec2:eu-central-1:111122223333:volume/vol-0123456789abcdef0',
    ]),
    validationWindowHours: 8,
    roleArn: ROLE,
  });
  return plan;
}

function everyRecovery(stack: TerraformStack, backupVault: Vault): void {
  const runbook = new RestoreRunbook(stack, 'RestoreDatabase', {
    resourceType: 'RDS',
    documentName: 'restore-database',
    backupVault,
    metadataDefaults: { DBSubnetGroupName: 'restored' },
    timeoutHours: new TerraformVariable(stack, 'patience', { type: 'number', default: 48 }).numberValue as number,
    passedRoleArns: ['arn:aws:iam::111122223333:role/instance'],
    tags,
  });
  runbook.grantStart('OnCall', 'on-call');
  new RestoreRunbook(stack, 'RestoreFiles', { resourceType: 'EFS', restoreRoleArn: ROLE });
  const back = new CopyBack(stack, 'CopyBack', {
    source: backupVault,
    destination: Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:444455556666:backup-vault:workload'),
    deleteAfterDays: 30,
    documentName: 'copy-back',
    copyRoleName: 'copy-back',
    tags,
  });
  back.grantStart('OnCall', 'on-call');
}
