/**
 * Which properties of the types that become declarations are read, at every depth, and which ones of a template are not.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216). A property that nobody reads may be a misspelt one:
 *          it is listed, never skipped silently.
 */
import { type DeclaredValue, unlessUnknown } from './declared-value';

/** Properties by name: those inside of an object or of a list's objects, or nothing where the value is read whole. */
interface Properties {
  readonly [name: string]: Properties | undefined;
}

const LIFECYCLE = named('MoveToColdStorageAfterDays', 'DeleteAfterDays', 'OptInToArchiveForSupportedResources');
const NOTIFICATIONS = named('SNSTopicArn', 'BackupVaultEvents');
const CONDITION = named('ConditionKey', 'ConditionValue');
const TAG = named('Key', 'Value');

const SUBSCRIPTION = named(
  'Protocol',
  'Endpoint',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
);

const ALARM = named(
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'AlarmActions',
  'OKActions',
  'InsufficientDataActions',
  'Tags',
);

const READ: Readonly<Record<string, Properties>> = {
  'AWS::Events::Rule': {
    ...named('Name', 'Description', 'EventBusName', 'EventPattern', 'RoleArn', 'State', 'Tags'),
    Targets: {
      ...named('Id', 'Arn', 'RoleArn', 'Input', 'InputPath'),
      InputTransformer: named('InputPathsMap', 'InputTemplate'),
      DeadLetterConfig: named('Arn'),
      RetryPolicy: named('MaximumRetryAttempts', 'MaximumEventAgeInSeconds'),
      SqsParameters: named('MessageGroupId'),
    },
  },
  'AWS::SNS::Topic': { ...named('TopicName', 'DisplayName', 'FifoTopic', 'Tags'), Subscription: SUBSCRIPTION },
  'AWS::SNS::Subscription': { ...SUBSCRIPTION, ...named('TopicArn') },
  'AWS::SNS::TopicPolicy': named('Topics', 'PolicyDocument'),
  'AWS::SQS::Queue': named('QueueName', 'FifoQueue', 'Tags'),
  'AWS::SQS::QueuePolicy': named('Queues', 'PolicyDocument'),
  'AWS::Lambda::Function': {
    ...named('FunctionName', 'Description', 'Role', 'Runtime', 'Handler', 'Architectures', 'LoggingConfig', 'Tags'),
    ...named('Timeout', 'MemorySize'),
    Code: named('ZipFile', 'S3Bucket', 'S3Key'),
    Environment: named('Variables'),
    DeadLetterConfig: named('TargetArn'),
  },
  'AWS::Lambda::Permission': named('FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount'),
  'AWS::Lambda::EventInvokeConfig': {
    ...named('FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'),
    DestinationConfig: { OnSuccess: named('Destination'), OnFailure: named('Destination') },
  },
  'AWS::StepFunctions::StateMachine': {
    ...named('StateMachineName', 'StateMachineType', 'RoleArn', 'Tags'),
    ...named('Definition', 'DefinitionString', 'DefinitionSubstitutions'),
    LoggingConfiguration: {
      ...named('Level', 'IncludeExecutionData'),
      Destinations: { CloudWatchLogsLogGroup: named('LogGroupArn') },
    },
  },
  'AWS::CloudWatch::Alarm': {
    ...ALARM,
    ...named('Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period', 'Unit'),
    ...named('ComparisonOperator', 'Threshold', 'EvaluationPeriods', 'DatapointsToAlarm', 'TreatMissingData'),
    Metrics: {
      ...named('Id', 'Expression', 'Label', 'Period', 'ReturnData'),
      MetricStat: { ...named('Period', 'Stat', 'Unit'), Metric: named('Namespace', 'MetricName', 'Dimensions') },
    },
  },
  'AWS::CloudWatch::CompositeAlarm': { ...ALARM, ...named('AlarmRule') },
  'AWS::Backup::BackupVault': {
    ...named('BackupVaultName', 'EncryptionKeyArn', 'AccessPolicy', 'BackupVaultTags'),
    LockConfiguration: named('MinRetentionDays', 'MaxRetentionDays', 'ChangeableForDays'),
    Notifications: NOTIFICATIONS,
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    ...named('BackupVaultName', 'MinRetentionDays', 'MaxRetentionDays', 'EncryptionKeyArn', 'AccessPolicy'),
    ...named('BackupVaultTags', 'MpaApprovalTeamArn'),
    Notifications: NOTIFICATIONS,
  },
  'AWS::Backup::BackupPlan': {
    ...named('BackupPlanTags'),
    BackupPlan: {
      ...named('BackupPlanName'),
      AdvancedBackupSettings: named('ResourceType', 'BackupOptions'),
      BackupPlanRule: {
        ...named('RuleName', 'TargetBackupVault', 'TargetLogicallyAirGappedBackupVaultArn', 'RecoveryPointTags'),
        ...named('ScheduleExpression', 'ScheduleExpressionTimezone', 'StartWindowMinutes', 'CompletionWindowMinutes'),
        ...named('EnableContinuousBackup'),
        Lifecycle: LIFECYCLE,
        CopyActions: { ...named('DestinationBackupVaultArn'), Lifecycle: LIFECYCLE },
        IndexActions: named('ResourceTypes'),
        ScanActions: named('MalwareScanner', 'ScanMode'),
      },
      ScanSettings: named('MalwareScanner', 'ResourceTypes', 'ScannerRoleArn'),
    },
  },
  'AWS::Backup::Framework': {
    ...named('FrameworkName', 'FrameworkDescription'),
    FrameworkTags: TAG,
    FrameworkControls: {
      ...named('ControlName'),
      ControlScope: { ...named('ComplianceResourceIds', 'ComplianceResourceTypes'), Tags: TAG },
      ControlInputParameters: named('ParameterName', 'ParameterValue'),
    },
  },
  'AWS::Backup::ReportPlan': {
    ...named('ReportPlanName', 'ReportPlanDescription'),
    ReportPlanTags: TAG,
    ReportSetting: named('ReportTemplate', 'FrameworkArns', 'Accounts', 'OrganizationUnits', 'Regions'),
    ReportDeliveryChannel: named('S3BucketName', 'S3KeyPrefix', 'Formats'),
  },
  'Custom::BackupRegionSettings': named(
    'ServiceToken',
    'ResourceTypeOptInPreference',
    'ResourceTypeManagementPreference',
  ),
  'AWS::RAM::ResourceShare': named('Name', 'ResourceArns', 'Principals', 'AllowExternalPrincipals', 'Tags'),
  'AWS::Backup::TieringConfiguration': {
    ...named('TieringConfigurationName', 'BackupVaultName', 'TieringConfigurationTags'),
    ResourceSelection: named('ResourceType', 'Resources', 'TieringDownSettingsInDays'),
  },
  'Custom::RestoreAccessBackupVault': named(
    ...['ServiceToken', 'SourceBackupVaultArn', 'BackupVaultName', 'RequesterComment', 'BackupVaultTags'],
  ),
  'AWS::Backup::LegalHold': {
    ...named('Title', 'Description'),
    Tags: TAG,
    RecoveryPointSelection: { ...named('VaultNames', 'ResourceIdentifiers'), DateRange: named('FromDate', 'ToDate') },
  },
  'AWS::Backup::RestoreTestingPlan': {
    ...named('RestoreTestingPlanName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartWindowHours'),
    Tags: TAG,
    RecoveryPointSelection: {
      ...named('Algorithm', 'RecoveryPointTypes', 'IncludeVaults', 'ExcludeVaults', 'SelectionWindowDays'),
    },
  },
  'AWS::Backup::RestoreTestingSelection': {
    ...named('RestoreTestingPlanName', 'RestoreTestingSelectionName', 'ProtectedResourceType', 'IamRoleArn'),
    ...named('ProtectedResourceArns', 'RestoreMetadataOverrides', 'ValidationWindowHours'),
    ProtectedResourceConditions: { StringEquals: TAG, StringNotEquals: TAG },
  },
  'AWS::Backup::BackupSelection': {
    ...named('BackupPlanId'),
    BackupSelection: {
      ...named('SelectionName', 'IamRoleArn', 'Resources', 'NotResources'),
      ListOfTags: { ...CONDITION, ...named('ConditionType') },
      Conditions: {
        ...{ StringEquals: CONDITION, StringNotEquals: CONDITION },
        ...{ StringLike: CONDITION, StringNotLike: CONDITION },
      },
    },
  },
};

function named(...names: string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Paths of what a resource declares and nobody reads. */
export function unreadProperties(type: string, properties: DeclaredValue): string[] {
  const read = READ[type];
  return read === undefined ? [] : unreadIn(properties, read);
}

function unreadIn(value: DeclaredValue, read: Properties): string[] {
  if (value.isList) {
    return value.items().flatMap((item) => unreadIn(item, read));
  }
  return value.keys().flatMap((key): string[] => {
    const member = value.member(key);
    if (!Object.hasOwn(read, key)) {
      return unlessUnknown(() => member.isPresent, true) ? [member.path] : [];
    }
    const inside = read[key];
    return inside === undefined ? [] : unlessUnknown(() => unreadIn(member, inside), []);
  });
}
