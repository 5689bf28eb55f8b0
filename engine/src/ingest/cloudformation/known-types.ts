/**
 * What `Ref` and `Fn::GetAtt` give for the types that backup estates refer to, and the ids that their services make.
 *
 * Pure: the table of the model, and beside it the form of each id.
 * Assumed  Decision 0003: an id that a service would make follows from kind, environment and name; here is what it looks like.
 */
import { CloudFormationType, CloudFormationTypes } from '@holdfast/model';
import { own } from '../../kernel/own';

/** The form of an id that a service makes. */
export type MadeId = { readonly prefix: string; readonly digits: number } | 'uuid' | 'kms-key';

export interface KnownType extends CloudFormationType {
  /** An id that the service makes, for what is in no row of service support. */
  readonly id?: MadeId;
}

const IDS: Readonly<Record<string, MadeId>> = {
  'AWS::Backup::BackupPlan': 'uuid',
  'AWS::KMS::Key': 'kms-key',
  'AWS::KMS::ReplicaKey': 'kms-key',
  'AWS::EC2::VPC': { prefix: 'vpc-', digits: 17 },
  'AWS::EC2::Subnet': { prefix: 'subnet-', digits: 17 },
  'AWS::EC2::SecurityGroup': { prefix: 'sg-', digits: 17 },
  'AWS::EC2::LaunchTemplate': { prefix: 'lt-', digits: 17 },
  'AWS::EFS::AccessPoint': { prefix: 'fsap-', digits: 17 },
  'AWS::FSx::StorageVirtualMachine': { prefix: 'svm-', digits: 17 },
};

/** Organizations' own types, of which ids alone are known. */
const ORGANIZATIONS: Readonly<Record<string, CloudFormationType>> = {
  'AWS::Organizations::Organization': {
    refTemplate: '{name}',
    attributeTemplates: { Id: '{name}', ManagementAccountId: '{a}' },
  },
  'AWS::Organizations::OrganizationalUnit': { refTemplate: '{name}', attributeTemplates: { Id: '{name}' } },
  'AWS::Organizations::Account': { refTemplate: '{name}', attributeTemplates: { AccountId: '{name}' } },
  'AWS::Organizations::Policy': { refTemplate: '{name}', attributeTemplates: { Id: '{name}' } },
};

/** Audit Manager's own types: their ARNs end in ids that AWS Backup makes. */
const AUDITS: Readonly<Record<string, CloudFormationType>> = {
  'AWS::Backup::Framework': audited('Framework'),
  'AWS::Backup::ReportPlan': audited('ReportPlan'),
};

/** What is known of a type, undefined when nothing is. */
export function knownType(type: string): KnownType | undefined {
  const found = CloudFormationTypes.tryFind(type) ?? own(ORGANIZATIONS, type) ?? own(AUDITS, type);
  const id = own(IDS, type);
  return found === undefined || id === undefined ? found : { ...found, id };
}

function audited(type: string): CloudFormationType {
  return { nameProperty: `${type}Name`, refTemplate: '{arn}', attributeTemplates: { [`${type}Arn`]: '{arn}' } };
}
