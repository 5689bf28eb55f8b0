import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { BackupRole, Plan, RestoreRole, SelectionResource, Vault } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';

/** Declares roles and selections with every property they have. */
export function declareEveryPlan(stack: TerraformStack): void {
  const role = everyRole(stack);
  const vault = new Vault(stack, 'Main', { backupVaultName: 'main' });
  everySelection(
    new Plan(stack, 'Selecting', { backupPlanName: 'selecting', rules: [{ ruleName: 'daily', vault }] }),
    role,
  );
}

function everySelection(plan: Plan, { roleArn }: BackupRole): void {
  const data = new Construct(plan, 'Data');
  new S3Bucket(data, 'Pictures', { bucket: 'pictures-111122223333' });
  plan.protect(data);
  plan.addSelection('Shared', { selectionName: 'shared', tags: { backup: 'shared' }, roleArn });
  const stars = Array.from({ length: 31 }, (_, i) => `arn:aws:dynamodb:*:*:table/team-${i}-*`);
  plan.addSelection('Split', {
    selectionName: 'split',
    resources: stars.map((arn) => SelectionResource.fromArn(arn)),
    notResources: [SelectionResource.fromConstruct(data)],
    permissionsBoundaryArn: BOUNDARY,
  });
}

function everyRole(stack: TerraformStack): BackupRole {
  new RestoreRole(stack, 'RestoreRole', {
    services: ['ec2', 's3', 'sap-hana'],
    instanceRoleArns: ['arn:aws:iam::111122223333:role/instance'],
    itemRestores: true,
    permissionsBoundaryArn: BOUNDARY,
    roleName: 'restore-by-plans',
    tags: { owner: 'platform' },
  });
  return new BackupRole(stack, 'BackupRole', {
    services: ['ebs', 'ec2', 's3', 'rds'],
    indexing: true,
    scanning: true,
    permissionsBoundaryArn: BOUNDARY,
    roleName: 'backup-by-plans',
    tags: { owner: 'platform' },
  });
}
