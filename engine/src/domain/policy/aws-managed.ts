/**
 * Policies that AWS manages, as far as an attack, a call or a job of AWS Backup meets them.
 *
 * Pure: a table of the tables in managed/, which say of each policy which version it is and whether it is an extract.
 * Source   managed/*. Names and paths of the policies for roles are in `ManagedPolicies` of the model.
 * Spec     evaluation.md beside this file.
 */
import { FOR_BACKUP, FOR_S3_BACKUP } from './managed/for-backups';
import {
  ADMINISTRATOR_ACCESS,
  AUDIT_ACCESS,
  CLOUDFORMATION_READ_ONLY_ACCESS,
  FULL_ACCESS,
  OPERATOR_ACCESS,
  ORGANIZATION_ADMIN_ACCESS,
  READ_ONLY_ACCESS,
  SEARCH_OPERATOR_ACCESS,
} from './managed/for-people';
import { FOR_INDEXING, FOR_SCANNER, FOR_SCANS } from './managed/for-inspections';
import { FOR_ITEM_RESTORES, FOR_RESTORES, FOR_S3_RESTORE, FOR_SAP_HANA } from './managed/for-restores';
import { FOR_BACKUP_SERVICE, FOR_BACKUP_SERVICE_TEST, FOR_REPORTS, FOR_RESTORE_TESTING } from './managed/for-services';
import type { ManagedPolicyText } from './managed/statement';
import type { NamedPolicy } from './policies';

/** By name, with its path: what comes after `arn:aws:iam::aws:policy/`. */
export const MANAGED_POLICIES: Readonly<Record<string, ManagedPolicyText>> = {
  AdministratorAccess: ADMINISTRATOR_ACCESS,
  ReadOnlyAccess: READ_ONLY_ACCESS,
  AWSCloudFormationReadOnlyAccess: CLOUDFORMATION_READ_ONLY_ACCESS,
  AWSBackupFullAccess: FULL_ACCESS,
  AWSBackupOperatorAccess: OPERATOR_ACCESS,
  AWSBackupAuditAccess: AUDIT_ACCESS,
  AWSBackupOrganizationAdminAccess: ORGANIZATION_ADMIN_ACCESS,
  AWSBackupSearchOperatorAccess: SEARCH_OPERATOR_ACCESS,
  AWSBackupRestoreAccessForSAPHANA: FOR_SAP_HANA,
  AWSBackupGuardDutyRolePolicyForScans: FOR_SCANNER,
  AWSBackupServiceRolePolicyForIndexing: FOR_INDEXING,
  AWSBackupServiceRolePolicyForItemRestores: FOR_ITEM_RESTORES,
  AWSBackupServiceRolePolicyForS3Backup: FOR_S3_BACKUP,
  AWSBackupServiceRolePolicyForS3Restore: FOR_S3_RESTORE,
  AWSBackupServiceRolePolicyForScans: FOR_SCANS,
  'service-role/AWSBackupServiceRolePolicyForBackup': FOR_BACKUP,
  'service-role/AWSBackupServiceRolePolicyForRestores': FOR_RESTORES,
  'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup': FOR_BACKUP_SERVICE,
  'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackupTest': FOR_BACKUP_SERVICE_TEST,
  'aws-service-role/AWSServiceRolePolicyForBackupReports': FOR_REPORTS,
  'aws-service-role/AWSServiceRolePolicyForBackupRestoreTesting': FOR_RESTORE_TESTING,
};

const ARN = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/;

/** ARNs of those that are carried, ascending. */
export function awsManagedArns(partition: string): string[] {
  const names = Object.keys(MANAGED_POLICIES).sort();
  return names.map((name) => `arn:${partition}:iam::aws:policy/${name}`);
}

const named = new Map<string, NamedPolicy>();

/** The policy of an ARN; undefined for one that is not carried, which then allows nothing. */
export function awsManagedPolicy(arn: string): NamedPolicy | undefined {
  const known = named.get(arn);
  if (known !== undefined) {
    return known;
  }
  const [, partition = 'aws', name = ''] = ARN.exec(arn) ?? [];
  const text = Object.hasOwn(MANAGED_POLICIES, name) ? MANAGED_POLICIES[name] : undefined;
  if (text === undefined) {
    return undefined;
  }
  const document = JSON.stringify({ Version: '2012-10-17', Statement: text.statements });
  const policy = { name: arn, document: document.replaceAll('"arn:aws:', `"arn:${partition}:`) };
  named.set(arn, policy);
  return policy;
}

/** What whoever may do everything has. */
export const ADMINISTRATOR: NamedPolicy = awsManagedPolicy(
  'arn:aws:iam::aws:policy/AdministratorAccess',
) as NamedPolicy;
