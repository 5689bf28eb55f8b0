/**
 * The fields of a blueprint: model's structs, with the environment said once at the top.
 *
 * Pure: a table. A test holds it equal to docs/blueprint.schema.json, which is generated from the structs.
 */
import type { Fields } from '../shape';
import { optional, required, ruled } from '../shape';

export const BLUEPRINT_SCHEMA = 'holdfast.blueprint/1';

const ENVIRONMENT: Fields = {
  fields: { partition: optional('text'), account: optional('text'), region: optional('text') },
};

const LIFECYCLE: Fields = {
  fields: {
    moveToColdStorageAfterDays: optional('number'),
    deleteAfterDays: optional('number'),
    optInToArchiveForSupportedResources: optional('boolean'),
  },
};

const NOTIFICATIONS: Fields = {
  fields: { snsTopicArn: required('text'), backupVaultEvents: required({ listOf: 'text' }) },
};

const VAULT: Fields = {
  fields: {
    backupVaultName: ruled('text'),
    env: optional(ENVIRONMENT),
    encryptionKeyArn: optional('text'),
    accessPolicy: optional('any'),
    vaultLock: optional({
      fields: {
        minRetentionDays: optional('number'),
        maxRetentionDays: optional('number'),
        changeableForDays: optional('number'),
      },
    }),
    notifications: optional(NOTIFICATIONS),
    tags: optional('text-map'),
    declaredAt: optional('text'),
  },
};

const AIR_GAPPED_VAULT: Fields = {
  fields: {
    backupVaultName: ruled('text'),
    env: optional(ENVIRONMENT),
    minRetentionDays: ruled('number'),
    maxRetentionDays: ruled('number'),
    encryptionKeyArn: optional('text'),
    mpaApprovalTeamArn: optional('text'),
    accessPolicy: optional('any'),
    notifications: optional(NOTIFICATIONS),
    tags: optional('text-map'),
    declaredAt: optional('text'),
  },
};

const RULE: Fields = {
  fields: {
    ruleName: ruled('text'),
    targetBackupVaultName: ruled('text'),
    targetLogicallyAirGappedBackupVaultArn: optional('text'),
    scheduleExpression: optional('text'),
    scheduleExpressionTimezone: optional('text'),
    startWindowMinutes: optional('number'),
    completionWindowMinutes: optional('number'),
    lifecycle: optional(LIFECYCLE),
    recoveryPointTags: optional('text-map'),
    copyActions: optional({
      listOf: { fields: { destinationBackupVaultArn: ruled('text'), lifecycle: optional(LIFECYCLE) } },
    }),
    enableContinuousBackup: optional('boolean'),
    indexActions: optional({ listOf: 'text' }),
    scanActions: optional({ listOf: { fields: { malwareScanner: optional('text'), scanMode: optional('text') } } }),
  },
};

const TAGS = {
  listOf: {
    fields: { conditionKey: required('text'), conditionValue: required('text'), conditionType: optional('text') },
  },
} as const;

const SELECTION: Fields = {
  fields: {
    selectionName: ruled('text'),
    iamRoleArn: ruled('text'),
    resources: optional({ listOf: 'text' }),
    notResources: optional({ listOf: 'text' }),
    listOfTags: optional(TAGS),
    conditions: optional({
      fields: {
        stringEquals: optional(TAGS),
        stringNotEquals: optional(TAGS),
        stringLike: optional(TAGS),
        stringNotLike: optional(TAGS),
      },
    }),
    declaredAt: optional('text'),
  },
};

const PLAN: Fields = {
  fields: {
    backupPlanName: ruled('text'),
    env: optional(ENVIRONMENT),
    rules: ruled({ listOf: RULE }),
    selections: optional({ listOf: SELECTION }),
    advancedBackupSettings: optional({
      listOf: { fields: { resourceType: required('text'), backupOptions: required('text-map') } },
    }),
    scanSettings: optional({
      listOf: {
        fields: {
          malwareScanner: optional('text'),
          resourceTypes: optional({ listOf: 'text' }),
          scannerRoleArn: optional('text'),
        },
      },
    }),
    tags: optional('text-map'),
    declaredAt: optional('text'),
  },
};

/** As the struct has it, or as an inventory has it: an ARN, or type and name, are enough. */
const RESOURCE: Fields = {
  fields: {
    arn: optional('text'),
    type: optional('text'),
    service: optional('text'),
    resourceType: optional('text'),
    name: optional('text'),
    account: optional('text'),
    region: optional('text'),
    env: optional(ENVIRONMENT),
    tags: optional('text-map'),
    sizeGiB: optional('number'),
    dailyChangePercent: optional('number'),
    encryptedWith: optional('text'),
    state: optional('text'),
    declaredAt: optional('text'),
  },
};

const REGION_SETTINGS: Fields = {
  fields: {
    env: optional(ENVIRONMENT),
    resourceTypeOptInPreference: optional('boolean-map'),
    resourceTypeManagementPreference: optional('boolean-map'),
    declaredAt: optional('text'),
  },
};

const WAIVER: Fields = {
  fields: { rule: required('text'), path: required('text'), reason: required('text'), expires: optional('text') },
};

/** A blueprint as a whole. */
export const BLUEPRINT: Fields = {
  fields: {
    schema: required('text'),
    env: optional(ENVIRONMENT),
    vaults: optional({ listOf: VAULT }),
    logicallyAirGappedVaults: optional({ listOf: AIR_GAPPED_VAULT }),
    plans: optional({ listOf: PLAN }),
    resources: optional({ listOf: RESOURCE }),
    regionSettings: optional({ listOf: REGION_SETTINGS }),
    resourcesAreComplete: optional('boolean'),
    waivers: optional({ listOf: WAIVER }),
  },
};
