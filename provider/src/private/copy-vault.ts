import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role';
import { ManagedPolicies, ServiceSupport } from '@holdfast/model';
import { dependable, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { BackupKey } from '../backup-key';
import { BackupKeyReplica } from '../backup-key-replica';
import { CopyAccountOptions } from '../copy-destination';
import { Vault } from '../vault';
import { partitionOf } from './place';
import { backupServiceRole } from './service-role';

/** The service that has a role of its own in an account. */
const AWS_BACKUP = 'backup.amazonaws.com';

/** A vault that receives copies, with its key and what else was asked for, all by one provider. */
export function madeVault(
  scope: Construct,
  backupVaultName: string,
  options: CopyAccountOptions,
  provider?: TerraformProvider,
): Vault {
  const { vaultLock, complianceAcknowledgement, preventDestroy, tags, breakGlassRoleArns } = options;
  const vault = new Vault(scope, `Vault-${backupVaultName}`, {
    backupVaultName,
    encryptionKeyArn: keyFor(scope, backupVaultName, options, provider),
    vaultLock,
    complianceAcknowledgement,
    breakGlassPrincipalArns: breakGlassRoleArns,
    preventDestroy,
    tags,
    provider,
  });
  if (options.createServiceLinkedRole === true) {
    vault.backupVault.dependsOn = [dependable(serviceLinkedRole(scope, provider))];
  }
  if (options.recoveryRoleName !== undefined) {
    recoveryRole(scope, options.recoveryRoleName, provider);
  }
  return vault;
}

function keyFor(
  scope: Construct,
  backupVaultName: string,
  { encryptionKeyArn, primaryKeyArn, preventDestroy, tags }: CopyAccountOptions,
  provider?: TerraformProvider,
): string {
  const id = `Key-${backupVaultName}`;
  if (encryptionKeyArn !== undefined) {
    return encryptionKeyArn;
  }
  const description = `Encrypts the copies in the backup vault ${backupVaultName}`;
  const options = { description, preventDestroy, tags, provider };
  return primaryKeyArn === undefined
    ? new BackupKey(scope, id, options).keyArn
    : new BackupKeyReplica(scope, id, { primaryKeyArn, ...options }).keyArn;
}

/** AWS Backup receives copies from other accounts with it (Source B6.3/7). */
function serviceLinkedRole(scope: Construct, provider?: TerraformProvider): IamServiceLinkedRole {
  const id = 'ServiceLinkedRole';
  return (
    (scope.node.tryFindChild(id) as IamServiceLinkedRole | undefined) ??
    new IamServiceLinkedRole(scope, id, { awsServiceName: AWS_BACKUP, provider })
  );
}

/** Restores the copies where they are, and copies them back. */
function recoveryRole(scope: Construct, roleName: string, provider?: TerraformProvider): void {
  const id = `Role-${roleName}`;
  if (scope.node.tryFindChild(id) !== undefined) {
    return;
  }
  const at = new Construct(scope, id);
  const services = ServiceSupport.all().map((service) => service.id);
  const partition = partitionOf(at, provider);
  backupServiceRole(at, 'Role', {
    roleName,
    description: 'AWS Backup assumes it to restore copies and to copy them back',
    managedPolicyArns: [
      ...ManagedPolicies.forBackup(services, partition),
      ...ManagedPolicies.forRestore(services, partition),
    ],
    provider,
  });
}
