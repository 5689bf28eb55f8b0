/**
 * Which Terraform types become declarations.
 *
 * Pure.
 */
import { isAccess } from './access';
import { isOrganization } from './organization';
import { AUDIT_TYPES } from './audits';
import { LISTENER_TYPES } from './listeners';
import { RESTORE_TESTING_TYPES } from './restore-testing';
import { SHARE_TYPES } from './shares';
import { TIER_AND_ACCESS_TYPES } from './tiers-and-access';
import { STATEFUL_TYPES } from './stateful-types';

const DECLARATIONS = new Set([
  'aws_backup_vault',
  'aws_backup_vault_policy',
  'aws_backup_vault_lock_configuration',
  'aws_backup_vault_notifications',
  'aws_backup_logically_air_gapped_vault',
  'aws_backup_plan',
  'aws_backup_selection',
  'aws_backup_region_settings',
  'aws_dynamodb_table_replica',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  ...LISTENER_TYPES,
  ...RESTORE_TESTING_TYPES,
  ...AUDIT_TYPES,
  ...SHARE_TYPES,
  ...TIER_AND_ACCESS_TYPES,
]);

/** Whether resources of the type become declarations, or parts of one. */
export function isReadType(of: { readonly mode: 'managed' | 'data'; readonly type: string }): boolean {
  return (
    of.mode === 'managed' &&
    (DECLARATIONS.has(of.type) ||
      isAccess(of.type) ||
      isOrganization(of.type) ||
      Object.hasOwn(STATEFUL_TYPES, of.type))
  );
}
