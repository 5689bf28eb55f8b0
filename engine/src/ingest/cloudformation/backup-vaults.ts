/**
 * AWS::Backup::BackupVault and AWS::Backup::LogicallyAirGappedBackupVault as declarations.
 *
 * Pure. A required property that is left out stays left out: the rules of the model say so, beside all others.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): both types.
 */
import type { BackupVault, LogicallyAirGappedVault, VaultLock, VaultNotifications } from '@holdfast/model';
import type { DeclaredValue } from './declared-value';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';

export function readVault(declaration: Declaration): BackupVault {
  const { properties, env, declaredAt } = declaration;
  const lock = properties.member('LockConfiguration');
  return withoutUndefined<BackupVault>({
    backupVaultName: properties.member('BackupVaultName').text(),
    env,
    encryptionKeyArn: properties.member('EncryptionKeyArn').text(),
    accessPolicy: accessPolicy(properties.member('AccessPolicy')),
    vaultLock: lock.isPresent ? readLock(lock) : undefined,
    notifications: notifications(properties.member('Notifications')),
    tags: declaration.withStackTags(properties.member('BackupVaultTags').textMap()),
    declaredAt,
  });
}

export function readAirGappedVault(declaration: Declaration): LogicallyAirGappedVault {
  const { properties, env, declaredAt } = declaration;
  return withoutUndefined<LogicallyAirGappedVault>({
    backupVaultName: properties.member('BackupVaultName').text(),
    env,
    minRetentionDays: properties.member('MinRetentionDays').number(),
    maxRetentionDays: properties.member('MaxRetentionDays').number(),
    encryptionKeyArn: properties.member('EncryptionKeyArn').text(),
    mpaApprovalTeamArn: properties.member('MpaApprovalTeamArn').text(),
    accessPolicy: accessPolicy(properties.member('AccessPolicy')),
    notifications: notifications(properties.member('Notifications')),
    tags: declaration.withStackTags(properties.member('BackupVaultTags').textMap()),
    declaredAt,
  });
}

function readLock(lock: DeclaredValue): VaultLock {
  return withoutUndefined<VaultLock>({
    minRetentionDays: lock.member('MinRetentionDays').number(),
    maxRetentionDays: lock.member('MaxRetentionDays').number(),
    changeableForDays: lock.member('ChangeableForDays').number(),
  });
}

function notifications(value: DeclaredValue): VaultNotifications | undefined {
  return value.isPresent
    ? {
        snsTopicArn: value.member('SNSTopicArn').requiredText(),
        backupVaultEvents: value.member('BackupVaultEvents').texts() ?? value.member('BackupVaultEvents').missing(),
      }
    : undefined;
}

/** A policy document, which may be written as JSON text. */
function accessPolicy(value: DeclaredValue): unknown {
  const policy = value.json();
  if (typeof policy !== 'string') {
    return policy;
  }
  try {
    return JSON.parse(policy);
  } catch {
    throw value.wrong('a policy document, or one as JSON text');
  }
}
