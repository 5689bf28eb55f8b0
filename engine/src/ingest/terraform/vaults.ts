/**
 * aws_backup_vault, its policy, lock and notifications, and aws_backup_logically_air_gapped_vault as declarations.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0: the policy, the lock and the notifications are resources of their own
 *          that name the vault.
 */
import type { BackupVault, LogicallyAirGappedVault, VaultLock, VaultNotifications } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { Given } from './given';
import { attempted, type Resource } from './resource';
import { tagsOf } from './tags';

/** What other resources say of a vault. */
interface Additions {
  readonly accessPolicy?: unknown;
  readonly vaultLock?: VaultLock;
  readonly notifications?: VaultNotifications;
}

export interface Vaults {
  readonly vaults: BackupVault[];
  readonly logicallyAirGappedVaults: LogicallyAirGappedVault[];
}

/** The vaults among resources; what names a vault that is not there is listed as not read. */
export function readVaults(resources: readonly Resource[]): Vaults {
  const additions = new Map<string, Additions>();
  const sources: [string, Resource][] = [];
  for (const resource of resources) {
    const read = Object.hasOwn(ADDITIONS, resource.type) ? ADDITIONS[resource.type] : undefined;
    if (read === undefined) continue;
    const [key, addition] =
      attempted(resource, () => {
        const made = read(resource);
        return [keyOf(resource, Given.attribute(resource, 'backup_vault_name').requiredText()), made] as const;
      }) ?? [];
    if (key === undefined) continue;
    additions.set(key, { ...additions.get(key), ...addition });
    sources.push([key, resource]);
  }
  const keys = new Set<string>();
  const take = (resource: Resource, name: string): Additions => {
    keys.add(keyOf(resource, name));
    return additions.get(keyOf(resource, name)) ?? {};
  };
  const read: Vaults = {
    vaults: ofType(resources, 'aws_backup_vault', (resource) => readVault(resource, take)),
    logicallyAirGappedVaults: ofType(resources, 'aws_backup_logically_air_gapped_vault', (resource) =>
      readAirGapped(resource, take),
    ),
  };
  for (const [key, resource] of sources) {
    if (!keys.has(key)) {
      resource.reading.skip(resource.declaredAt, resource.type, 'the vault that it names is not among the artifacts');
    }
  }
  return read;
}

function ofType<T extends object>(resources: readonly Resource[], type: string, read: (resource: Resource) => T): T[] {
  return resources
    .filter((resource) => resource.type === type)
    .flatMap((resource) => attempted(resource, () => read(resource)) ?? []);
}

function keyOf(resource: Resource, name: string): string {
  const { account, region } = resource.env();
  return [account, region, name].join('/');
}

const ADDITIONS: Readonly<Record<string, (resource: Resource) => Additions>> = {
  aws_backup_vault_policy: (resource) => ({ accessPolicy: Given.attribute(resource, 'policy').json() }),
  aws_backup_vault_lock_configuration: (resource) => ({ vaultLock: readLock(resource) }),
  aws_backup_vault_notifications: (resource) => ({
    notifications: {
      snsTopicArn: Given.attribute(resource, 'sns_topic_arn').requiredText(),
      backupVaultEvents: Given.attribute(resource, 'backup_vault_events').texts() ?? [],
    },
  }),
};

function readLock(resource: Resource): VaultLock {
  return withoutUndefined<VaultLock>({
    minRetentionDays: Given.argument(resource, 'min_retention_days').number(),
    maxRetentionDays: Given.argument(resource, 'max_retention_days').number(),
    changeableForDays: Given.argument(resource, 'changeable_for_days').number(),
  });
}

function readVault(resource: Resource, take: (resource: Resource, name: string) => Additions): BackupVault {
  const backupVaultName = Given.attribute(resource, 'name').requiredText();
  const { accessPolicy, vaultLock, notifications } = take(resource, backupVaultName);
  return withoutUndefined<BackupVault>({
    backupVaultName,
    env: resource.env(),
    encryptionKeyArn: Given.argument(resource, 'kms_key_arn').text(),
    accessPolicy,
    vaultLock,
    notifications,
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}

function readAirGapped(
  resource: Resource,
  take: (resource: Resource, name: string) => Additions,
): LogicallyAirGappedVault {
  const backupVaultName = Given.attribute(resource, 'name').requiredText();
  const { accessPolicy, notifications } = take(resource, backupVaultName);
  return withoutUndefined<LogicallyAirGappedVault>({
    backupVaultName,
    env: resource.env(),
    minRetentionDays: Given.argument(resource, 'min_retention_days').number(),
    maxRetentionDays: Given.argument(resource, 'max_retention_days').number(),
    // Version 6 of the provider has it.
    encryptionKeyArn: Given.argument(resource, 'encryption_key_arn').text(),
    accessPolicy,
    notifications,
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}
