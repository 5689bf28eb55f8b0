/**
 * What tells services of one CloudFormation or Terraform type apart.
 */
export interface ServiceVariant {
  /**
   * The CloudFormation property, e.g. `Engine`.
   */
  readonly property: string;

  /**
   * The Terraform attribute, e.g. `engine`.
   */
  readonly attribute: string;

  /**
   * The values, a star at the end is any ending; none: the property must be absent.
   */
  readonly values: string[];
}

/**
 * What AWS Backup can do for one service: a row of AWS's table of features.
 */
export interface ServiceFeatures {
  /**
   * Our id of the row, e.g. `dynamodb-advanced`, `aurora`, `fsx-windows`.
   */
  readonly id: string;

  /**
   * AWS's name of the service.
   */
  readonly name: string;

  /**
   * The resource type in AWS Backup's own words, e.g. `DynamoDB`, `Aurora`, `EBS`.
   */
  readonly resourceType: string;

  /**
   * Key of the opt-in settings.
   */
  readonly optInKey: string;

  /**
   * Key of the management settings.
   *
   * @default - the service has none
   */
  readonly managementPreferenceKey?: string;

  /**
   * ARN of a resource, with `{partition}`, `{region}`, `{account}` and the names in braces.
   */
  readonly arnPattern: string;

  /**
   * The CloudFormation types of the resource.
   */
  readonly cloudFormationTypes: string[];

  /**
   * The Terraform types of the resource, provider aws.
   */
  readonly terraformTypes: string[];

  /**
   * What tells the service from others that share its CloudFormation type.
   *
   * @default - the types are the service's alone
   */
  readonly variant?: ServiceVariant;

  /**
   * Form of a recovery point's ARN, in words where there are several.
   */
  readonly recoveryPointArnFormat: string;

  /**
   * Point-in-time recovery, that is continuous backup.
   */
  readonly pitr: boolean;

  /**
   * Whether points can move to cold storage.
   */
  readonly coldStorage: boolean;

  /**
   * Whether AWS Backup holds the points itself and encrypts them with the vault's key.
   */
  readonly fullManagement: boolean;

  /**
   * Whether backups after the first hold only what changed.
   */
  readonly incremental: boolean;

  /**
   * Whether points can be copied to another Region.
   */
  readonly crossRegionCopy: boolean;

  /**
   * Whether points can be copied to another account.
   */
  readonly crossAccountCopy: boolean;

  /**
   * Whether one copy can go to another Region and account.
   */
  readonly crossRegionAndAccountInOneCopy: boolean;

  /**
   * Whether logically air-gapped vaults hold points of the service.
   */
  readonly logicallyAirGapped: boolean;

  /**
   * Whether a point has points of other services as children.
   */
  readonly composite: boolean;

  /**
   * Whether points can be indexed for search.
   */
  readonly index: boolean;

  /**
   * Whether points can be scanned for malware.
   */
  readonly malwareScan: boolean;

  /**
   * Whether restore testing covers the service.
   */
  readonly restoreTesting: boolean;

  /**
   * Whether the controls of AWS Backup Audit Manager evaluate it.
   */
  readonly auditManager: boolean;

  /**
   * Whether a running backup job can be stopped.
   */
  readonly stopBackupJobSupported: boolean;

  /**
   * Size in GiB of a resource of which no size was declared. Assumed.
   */
  readonly defaultSizeGiB: number;

  /**
   * Share of the data that changes in a day, in percent, where none was declared. Assumed.
   */
  readonly defaultDailyChangePercent: number;

  /**
   * The page of AWS that says so.
   */
  readonly source: string;

  /**
   * How sure the row is: `high`, `medium` or `low`.
   */
  readonly confidence: string;

  /**
   * Properties that are less sure than the row.
   */
  readonly uncertainFields: string[];
}
