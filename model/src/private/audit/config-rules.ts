import {
  ConfigRuleDescription,
  ControlParameterDescription,
  ControlParameterKind,
  ControlTrigger,
} from '../../control-description';
import {
  AGE_PARAMETERS,
  AIR_GAPPED_AGE_PARAMETERS,
  configPage,
  FREQUENCY_PARAMETERS,
  PRINCIPAL_PARAMETERS,
  PROTECTION_PARAMETERS,
  RESTORE_TIME_PARAMETERS,
  RETENTION_PARAMETERS,
} from './controls';

/** What the rules of a service are about. */
const SERVICES: Readonly<Record<string, string>> = {
  AURORA: 'AWS::RDS::DBCluster',
  DYNAMODB: 'AWS::DynamoDB::Table',
  EBS: 'AWS::EC2::Volume',
  EC2: 'AWS::EC2::Instance',
  EFS: 'AWS::EFS::FileSystem',
  FSX: 'AWS::FSx::FileSystem',
  RDS: 'AWS::RDS::DBInstance',
  S3: 'AWS::S3::Bucket',
  STORAGEGATEWAY: 'AWS::StorageGateway::Volume',
  VIRTUALMACHINE: 'AWS::BackupGateway::VirtualMachine',
};
const ALL = Object.keys(SERVICES);

const NARROWING = 'ebs-resources-protected-by-backup-plan';
const NARROWED: readonly ControlParameterDescription[] = [
  optional('resourceTags', ControlParameterKind.TAGS, NARROWING),
  optional('resourceId', ControlParameterKind.TEXT, NARROWING),
];

/** A rule that there is for several services: the end of its name, and what it takes. */
interface Family {
  readonly name: string;
  readonly services: readonly string[];
  /** Services whose page was not seen. */
  readonly assumed: readonly string[];
  readonly parameters: readonly ControlParameterDescription[];
}

const FAMILIES: readonly Family[] = [
  {
    name: 'RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    services: ALL,
    assumed: [],
    parameters: [
      ...PROTECTION_PARAMETERS,
      optional('backupVaultLockCheck', ControlParameterKind.FLAG, NARROWING),
      ...NARROWED,
    ],
  },
  {
    name: 'LAST_BACKUP_RECOVERY_POINT_CREATED',
    services: ALL,
    assumed: [],
    parameters: [...AGE_PARAMETERS, ...NARROWED],
  },
  {
    name: 'MEETS_RESTORE_TIME_TARGET',
    services: ['AURORA', 'DYNAMODB', 'EBS', 'EC2', 'EFS', 'FSX', 'RDS', 'S3'],
    assumed: ['EFS', 'S3'],
    parameters: [...RESTORE_TIME_PARAMETERS, ...NARROWED],
  },
  {
    name: 'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    services: ['AURORA', 'EBS', 'EC2', 'EFS', 'S3', 'STORAGEGATEWAY', 'VIRTUALMACHINE'],
    assumed: ['EFS'],
    parameters: [...AIR_GAPPED_AGE_PARAMETERS, ...NARROWED],
  },
];

export const CONFIG_RULES: readonly ConfigRuleDescription[] = [
  onChange('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', FREQUENCY_PARAMETERS, 'AWS::Backup::BackupPlan'),
  onChange('BACKUP_RECOVERY_POINT_ENCRYPTED', [], 'AWS::Backup::RecoveryPoint'),
  onChange('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', PRINCIPAL_PARAMETERS, 'AWS::Backup::BackupVault'),
  onChange('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', RETENTION_PARAMETERS, 'AWS::Backup::RecoveryPoint'),
  ...FAMILIES.flatMap(({ name, services, assumed, parameters }) =>
    services.map((service): ConfigRuleDescription => {
      const sourceIdentifier = `${service}_${name}`;
      const page = configPage(kebab(sourceIdentifier));
      return {
        sourceIdentifier,
        trigger: ControlTrigger.EVERY_24_HOURS,
        parameters: [...parameters],
        resourceTypes: [SERVICES[service] as string],
        source: assumed.includes(service) ? `Assumed; ${page}` : page,
      };
    }),
  ),
];

/** `EBS_IN_BACKUP_PLAN` makes `ebs-in-backup-plan`, which is the name of the page, too. */
export function kebab(sourceIdentifier: string): string {
  return sourceIdentifier.toLowerCase().replace(/_/g, '-');
}

function onChange(
  sourceIdentifier: string,
  parameters: readonly ControlParameterDescription[],
  resourceType: string,
): ConfigRuleDescription {
  return {
    sourceIdentifier,
    trigger: ControlTrigger.CONFIGURATION_CHANGES,
    parameters: [...parameters],
    resourceTypes: [resourceType],
    source: configPage(kebab(sourceIdentifier)),
  };
}

function optional(parameterName: string, kind: ControlParameterKind, page: string): ControlParameterDescription {
  return { parameterName, kind, isRequired: false, source: configPage(page) };
}
