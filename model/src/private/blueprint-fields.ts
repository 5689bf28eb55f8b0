import { DocumentField, DocumentShape } from '../document-shape';

const TEXT = DocumentShape.text();
const NUMBER = DocumentShape.number();
const TRUTH = DocumentShape.truth();
const ANYTHING = DocumentShape.anything();
const TEXTS = DocumentShape.textMap();
const TRUTHS = DocumentShape.booleanMap();

/** A field that may be left out. */
function optional(shape: DocumentShape): DocumentField {
  return { shape };
}

/** A field that must be there. */
function required(shape: DocumentShape): DocumentField {
  return { shape, required: true };
}

/** A field that must be there, which a rule says where it is not. */
function ruled(shape: DocumentShape): DocumentField {
  return { shape, required: true, ruled: true };
}

const ENVIRONMENT = DocumentShape.fields({
  partition: optional(TEXT),
  account: optional(TEXT),
  region: optional(TEXT),
});

const LIFECYCLE = DocumentShape.fields({
  moveToColdStorageAfterDays: optional(NUMBER),
  deleteAfterDays: optional(NUMBER),
  optInToArchiveForSupportedResources: optional(TRUTH),
});

const NOTIFICATIONS = DocumentShape.fields({
  snsTopicArn: required(TEXT),
  backupVaultEvents: required(DocumentShape.listOf(TEXT)),
});

const VAULT = DocumentShape.fields({
  backupVaultName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  encryptionKeyArn: optional(TEXT),
  accessPolicy: optional(ANYTHING),
  vaultLock: optional(
    DocumentShape.fields({
      minRetentionDays: optional(NUMBER),
      maxRetentionDays: optional(NUMBER),
      changeableForDays: optional(NUMBER),
    }),
  ),
  notifications: optional(NOTIFICATIONS),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const AIR_GAPPED_VAULT = DocumentShape.fields({
  backupVaultName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  minRetentionDays: ruled(NUMBER),
  maxRetentionDays: ruled(NUMBER),
  encryptionKeyArn: optional(TEXT),
  mpaApprovalTeamArn: optional(TEXT),
  accessPolicy: optional(ANYTHING),
  notifications: optional(NOTIFICATIONS),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const RULE = DocumentShape.fields({
  ruleName: ruled(TEXT),
  targetBackupVaultName: ruled(TEXT),
  targetLogicallyAirGappedBackupVaultArn: optional(TEXT),
  scheduleExpression: optional(TEXT),
  scheduleExpressionTimezone: optional(TEXT),
  startWindowMinutes: optional(NUMBER),
  completionWindowMinutes: optional(NUMBER),
  lifecycle: optional(LIFECYCLE),
  recoveryPointTags: optional(TEXTS),
  copyActions: optional(
    DocumentShape.listOf(
      DocumentShape.fields({ destinationBackupVaultArn: ruled(TEXT), lifecycle: optional(LIFECYCLE) }),
    ),
  ),
  enableContinuousBackup: optional(TRUTH),
  indexActions: optional(DocumentShape.listOf(TEXT)),
  scanActions: optional(
    DocumentShape.listOf(DocumentShape.fields({ malwareScanner: optional(TEXT), scanMode: optional(TEXT) })),
  ),
});

const TAGS = DocumentShape.listOf(
  DocumentShape.fields({ conditionKey: required(TEXT), conditionValue: required(TEXT), conditionType: optional(TEXT) }),
);

const SELECTION = DocumentShape.fields({
  selectionName: ruled(TEXT),
  iamRoleArn: ruled(TEXT),
  resources: optional(DocumentShape.listOf(TEXT)),
  notResources: optional(DocumentShape.listOf(TEXT)),
  listOfTags: optional(TAGS),
  conditions: optional(
    DocumentShape.fields({
      stringEquals: optional(TAGS),
      stringNotEquals: optional(TAGS),
      stringLike: optional(TAGS),
      stringNotLike: optional(TAGS),
    }),
  ),
  declaredAt: optional(TEXT),
});

const PLAN = DocumentShape.fields({
  backupPlanName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  rules: ruled(DocumentShape.listOf(RULE)),
  selections: optional(DocumentShape.listOf(SELECTION)),
  advancedBackupSettings: optional(
    DocumentShape.listOf(DocumentShape.fields({ resourceType: required(TEXT), backupOptions: required(TEXTS) })),
  ),
  scanSettings: optional(
    DocumentShape.listOf(
      DocumentShape.fields({
        malwareScanner: optional(TEXT),
        resourceTypes: optional(DocumentShape.listOf(TEXT)),
        scannerRoleArn: optional(TEXT),
      }),
    ),
  ),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

/** As the struct has it, or as an inventory has it: an ARN, or type and name, are enough. */
const RESOURCE = DocumentShape.fields({
  arn: optional(TEXT),
  type: optional(TEXT),
  service: optional(TEXT),
  resourceType: optional(TEXT),
  name: optional(TEXT),
  account: optional(TEXT),
  region: optional(TEXT),
  env: optional(ENVIRONMENT),
  tags: optional(TEXTS),
  sizeGiB: optional(NUMBER),
  dailyChangePercent: optional(NUMBER),
  objectCount: optional(NUMBER),
  versioning: optional(TRUTH),
  encryptedWith: optional(TEXT),
  keyPolicy: optional(ANYTHING),
  state: optional(TEXT),
  preferredMaintenanceWindow: optional(TEXT),
  preferredBackupWindow: optional(TEXT),
  members: optional(TEXTS),
  automatedBackupDays: optional(NUMBER),
  windowsVss: optional(TEXT),
  hypervisorId: optional(TEXT),
  gatewayCount: optional(NUMBER),
  declaredAt: optional(TEXT),
});

const REGION_SETTINGS = DocumentShape.fields({
  env: optional(ENVIRONMENT),
  resourceTypeOptInPreference: optional(TRUTHS),
  resourceTypeManagementPreference: optional(TRUTHS),
  declaredAt: optional(TEXT),
});

const FRAMEWORK = DocumentShape.fields({
  frameworkName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  controls: ruled(
    DocumentShape.listOf(
      DocumentShape.fields({
        controlName: required(TEXT),
        controlInputParameters: required(
          DocumentShape.listOf(
            DocumentShape.fields({ parameterName: required(TEXT), parameterValue: required(ANYTHING) }),
          ),
        ),
        controlScope: optional(
          DocumentShape.fields({
            complianceResourceTypes: optional(DocumentShape.listOf(TEXT)),
            complianceResourceIds: optional(DocumentShape.listOf(TEXT)),
            tags: optional(TEXTS),
          }),
        ),
      }),
    ),
  ),
  frameworkDescription: optional(TEXT),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const REPORT_PLAN = DocumentShape.fields({
  reportPlanName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  reportTemplate: ruled(TEXT),
  s3BucketName: ruled(TEXT),
  s3KeyPrefix: optional(TEXT),
  formats: optional(DocumentShape.listOf(TEXT)),
  reportPlanDescription: optional(TEXT),
  frameworkArns: optional(DocumentShape.listOf(TEXT)),
  accounts: optional(DocumentShape.listOf(TEXT)),
  organizationUnits: optional(DocumentShape.listOf(TEXT)),
  regions: optional(DocumentShape.listOf(TEXT)),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const RESTORE_TESTING_CONDITIONS = DocumentShape.listOf(
  DocumentShape.fields({ key: required(TEXT), value: required(TEXT) }),
);

const RESTORE_TESTING_SELECTION = DocumentShape.fields({
  restoreTestingSelectionName: ruled(TEXT),
  protectedResourceType: ruled(TEXT),
  iamRoleArn: ruled(TEXT),
  protectedResourceArns: optional(DocumentShape.listOf(TEXT)),
  protectedResourceConditions: optional(
    DocumentShape.fields({
      stringEquals: optional(RESTORE_TESTING_CONDITIONS),
      stringNotEquals: optional(RESTORE_TESTING_CONDITIONS),
    }),
  ),
  restoreMetadataOverrides: optional(TEXTS),
  validationWindowHours: optional(NUMBER),
  services: optional(DocumentShape.listOf(TEXT)),
  declaredAt: optional(TEXT),
});

const RESTORE_TESTING_PLAN = DocumentShape.fields({
  restoreTestingPlanName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  recoveryPointSelection: required(
    DocumentShape.fields({
      algorithm: ruled(TEXT),
      recoveryPointTypes: ruled(DocumentShape.listOf(TEXT)),
      includeVaults: ruled(DocumentShape.listOf(TEXT)),
      excludeVaults: optional(DocumentShape.listOf(TEXT)),
      selectionWindowDays: optional(NUMBER),
    }),
  ),
  scheduleExpression: ruled(TEXT),
  scheduleExpressionTimezone: optional(TEXT),
  startWindowHours: optional(NUMBER),
  selections: optional(DocumentShape.listOf(RESTORE_TESTING_SELECTION)),
  validated: optional(TRUTH),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const KEY = DocumentShape.fields({
  env: optional(ENVIRONMENT),
  keyId: required(TEXT),
  multiRegion: optional(TRUTH),
  primaryKeyArn: optional(TEXT),
  description: optional(TEXT),
  keyPolicy: optional(ANYTHING),
  enabled: optional(TRUTH),
  rotationPeriodInDays: optional(NUMBER),
  aliasNames: optional(DocumentShape.listOf(TEXT)),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const LEGAL_HOLD = DocumentShape.fields({
  title: ruled(TEXT),
  description: ruled(TEXT),
  env: optional(ENVIRONMENT),
  recoveryPointSelection: required(
    DocumentShape.fields({
      vaultNames: optional(DocumentShape.listOf(TEXT)),
      resourceIdentifiers: optional(DocumentShape.listOf(TEXT)),
      dateRange: optional(DocumentShape.fields({ fromDate: required(TEXT), toDate: required(TEXT) })),
    }),
  ),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const TIERING_CONFIGURATION = DocumentShape.fields({
  tieringConfigurationName: ruled(TEXT),
  backupVaultName: ruled(TEXT),
  env: optional(ENVIRONMENT),
  resourceSelection: ruled(
    DocumentShape.listOf(
      DocumentShape.fields({
        resourceType: ruled(TEXT),
        resources: ruled(DocumentShape.listOf(TEXT)),
        tieringDownSettingsInDays: ruled(NUMBER),
      }),
    ),
  ),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const RESTORE_ACCESS_VAULT = DocumentShape.fields({
  sourceBackupVaultArn: ruled(TEXT),
  env: optional(ENVIRONMENT),
  backupVaultName: optional(TEXT),
  requesterComment: optional(TEXT),
  tags: optional(TEXTS),
  declaredAt: optional(TEXT),
});

const ORGANIZATION = DocumentShape.fields({
  env: optional(ENVIRONMENT),
  organizationId: required(TEXT),
  rootId: required(TEXT),
  enabledPolicyTypes: optional(DocumentShape.listOf(TEXT)),
  serviceAccessPrincipals: optional(DocumentShape.listOf(TEXT)),
  units: optional(
    DocumentShape.listOf(
      DocumentShape.fields({ unitId: required(TEXT), unitName: required(TEXT), parentId: required(TEXT) }),
    ),
  ),
  members: optional(
    DocumentShape.listOf(
      DocumentShape.fields({
        accountId: required(TEXT),
        accountName: required(TEXT),
        email: required(TEXT),
        parentId: optional(TEXT),
      }),
    ),
  ),
  policies: optional(
    DocumentShape.listOf(
      DocumentShape.fields({
        policyId: required(TEXT),
        policyName: required(TEXT),
        policyType: required(TEXT),
        content: required(ANYTHING),
        targetIds: optional(DocumentShape.listOf(TEXT)),
        declaredAt: optional(TEXT),
      }),
    ),
  ),
  administrators: optional(
    DocumentShape.listOf(DocumentShape.fields({ accountId: required(TEXT), servicePrincipal: required(TEXT) })),
  ),
  declaredAt: optional(TEXT),
});

const ORGANIZATION_SETTINGS = DocumentShape.fields({
  env: optional(ENVIRONMENT),
  settings: required(
    DocumentShape.fields({
      isCrossAccountBackupEnabled: optional(TRUTH),
      isMpaEnabled: optional(TRUTH),
      isDelegatedAdministratorEnabled: optional(TRUTH),
    }),
  ),
  declaredAt: optional(TEXT),
});

const WAIVER = DocumentShape.fields({
  rule: required(TEXT),
  path: required(TEXT),
  reason: required(TEXT),
  expires: optional(TEXT),
});

/** A blueprint as a whole. */
export const BLUEPRINT = DocumentShape.fields({
  schema: required(TEXT),
  env: optional(ENVIRONMENT),
  vaults: optional(DocumentShape.listOf(VAULT)),
  logicallyAirGappedVaults: optional(DocumentShape.listOf(AIR_GAPPED_VAULT)),
  plans: optional(DocumentShape.listOf(PLAN)),
  resources: optional(DocumentShape.listOf(RESOURCE)),
  regionSettings: optional(DocumentShape.listOf(REGION_SETTINGS)),
  frameworks: optional(DocumentShape.listOf(FRAMEWORK)),
  reportPlans: optional(DocumentShape.listOf(REPORT_PLAN)),
  restoreTestingPlans: optional(DocumentShape.listOf(RESTORE_TESTING_PLAN)),
  keys: optional(DocumentShape.listOf(KEY)),
  legalHolds: optional(DocumentShape.listOf(LEGAL_HOLD)),
  tieringConfigurations: optional(DocumentShape.listOf(TIERING_CONFIGURATION)),
  restoreAccessVaults: optional(DocumentShape.listOf(RESTORE_ACCESS_VAULT)),
  organizations: optional(DocumentShape.listOf(ORGANIZATION)),
  organizationSettings: optional(DocumentShape.listOf(ORGANIZATION_SETTINGS)),
  resourcesAreComplete: optional(TRUTH),
  waivers: optional(DocumentShape.listOf(WAIVER)),
});
