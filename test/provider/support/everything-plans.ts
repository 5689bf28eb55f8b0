import { BackupRole, RestoreRole } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';

const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';

/** Declares roles with every property they have. */
export function declareEveryPlan(stack: TerraformStack): void {
  everyRole(stack);
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
