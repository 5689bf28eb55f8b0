import { ManagedPolicies, ServiceSupport } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { BackupKey } from '../backup-key';
import { BackupKeyReplica } from '../backup-key-replica';
import { CopyAccountOptions } from '../copy-destination';
import { Vault } from '../vault';
import { backupServiceRole } from './restore-role';

/** The service that has a role of its own in an account. */
const AWS_BACKUP = 'backup.amazonaws.com';

/** A vault that receives copies, with its key and what else was asked for. */
export function madeVault(stack: Stack, backupVaultName: string, options: CopyAccountOptions): Vault {
  const { vaultLock, complianceAcknowledgement, removalPolicy, tags, breakGlassRoleArns = [] } = options;
  const vault = new Vault(stack, `Vault-${backupVaultName}`, {
    backupVaultName,
    encryptionKey: keyFor(stack, backupVaultName, options),
    vaultLock,
    complianceAcknowledgement,
    breakGlassRoles: breakGlassRoleArns.map((arn, index) =>
      iam.Role.fromRoleArn(stack, `BreakGlass-${backupVaultName}-${index}`, arn, { mutable: false }),
    ),
    removalPolicy,
    tags,
  });
  if (options.createServiceLinkedRole === true) {
    vault.node.addDependency(serviceLinkedRole(stack));
  }
  if (options.recoveryRoleName !== undefined) {
    recoveryRole(stack, options.recoveryRoleName);
  }
  return vault;
}

function keyFor(stack: Stack, backupVaultName: string, options: CopyAccountOptions): kms.IKey {
  const { encryptionKeyArn, primaryKeyArn, removalPolicy, tags } = options;
  const id = `Key-${backupVaultName}`;
  if (encryptionKeyArn !== undefined) {
    return kms.Key.fromKeyArn(stack, id, encryptionKeyArn);
  }
  const description = `Encrypts the copies in the backup vault ${backupVaultName}`;
  return primaryKeyArn === undefined
    ? new BackupKey(stack, id, { description, removalPolicy, tags }).key
    : new BackupKeyReplica(stack, id, { primaryKeyArn, description, removalPolicy, tags }).key;
}

/** AWS Backup receives copies from other accounts with it (Source B6.3/7). */
function serviceLinkedRole(stack: Stack): iam.CfnServiceLinkedRole {
  const id = 'ServiceLinkedRole';
  return (
    (stack.node.tryFindChild(id) as iam.CfnServiceLinkedRole | undefined) ??
    new iam.CfnServiceLinkedRole(stack, id, { awsServiceName: AWS_BACKUP })
  );
}

/** Restores the copies where they are, and copies them back. */
function recoveryRole(stack: Stack, roleName: string): void {
  const id = `Role-${roleName}`;
  if (stack.node.tryFindChild(id) !== undefined) {
    return;
  }
  const services = ServiceSupport.all().map((service) => service.id);
  backupServiceRole(stack, id, {
    roleName,
    description: 'AWS Backup assumes it to restore copies and to copy them back',
    managedPolicyArns: [...ManagedPolicies.forBackup(services), ...ManagedPolicies.forRestore(services)],
  });
}
