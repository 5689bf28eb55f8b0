import { BackupPlan, BackupSelection, Environment } from '@holdfast/model';

type Properties = Readonly<Record<string, unknown>>;

/** Names of a template that are not the model's with a capital letter. */
const RENAMED: Readonly<Record<string, string>> = {
  BackupPlanRule: 'rules',
  TargetBackupVault: 'targetBackupVaultName',
  LockConfiguration: 'vaultLock',
  BackupVaultTags: 'tags',
  BackupPlanTags: 'tags',
  SNSTopicArn: 'snsTopicArn',
};

/** What its author names: kept as it is. */
const FREE = new Set([
  'AccessPolicy',
  'RestoreMetadataOverrides',
  'BackupOptions',
  'RecoveryPointTags',
  'BackupVaultTags',
  'BackupPlanTags',
]);

/** Properties of `AWS::Backup::BackupVault` and its air-gapped sister as a declaration. */
export function readVault<Vault>(properties: Properties, env: Environment, name: string, declaredAt: string): Vault {
  return { ...camelCased(properties), backupVaultName: name, env, declaredAt } as Vault;
}

/** Properties of `AWS::Backup::BackupPlan` as a declaration, without selections. */
export function readPlan(properties: Properties, env: Environment, declaredAt: string): BackupPlan {
  const { backupPlan, tags } = camelCased(properties) as { backupPlan?: BackupPlan; tags?: BackupPlan['tags'] };
  const rules = (backupPlan?.rules ?? []).map((rule) => ({
    ...rule,
    indexActions: (rule.indexActions as unknown as { resourceTypes?: string[] }[] | undefined)?.flatMap(
      (action) => action.resourceTypes ?? [],
    ),
  }));
  return { ...(backupPlan as BackupPlan), rules, tags, env, declaredAt };
}

/** Properties of `AWS::Backup::BackupSelection` as a declaration, and the plan that it belongs to. */
export function readSelection(
  properties: Properties,
  declaredAt: string,
): { planId: unknown; selection: BackupSelection } {
  const { backupPlanId, backupSelection } = camelCased(properties) as {
    backupPlanId?: unknown;
    backupSelection?: BackupSelection;
  };
  return { planId: backupPlanId, selection: { ...(backupSelection as BackupSelection), declaredAt } };
}

/** A template's object with the model's names, at every depth. */
export function camelCased(value: Properties): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      RENAMED[key] ?? key.charAt(0).toLowerCase() + key.slice(1),
      FREE.has(key) ? item : memberCased(item),
    ]),
  );
}

function memberCased(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(memberCased);
  }
  return typeof value === 'object' && value !== null ? camelCased(value as Properties) : value;
}
