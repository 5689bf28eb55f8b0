/**
 * Names of the roles that services alone assume.
 *
 * Pure: a table.
 * Source   B12 (those of AWS Backup); IAM user guide, "AWS services that work with IAM".
 * Assumed  The name of a service that the table does not have follows from its principal.
 */

/** What IAM makes for a service. */
export interface LinkedRole {
  readonly name: string;
  /** Policy that AWS attaches, where it is known. */
  readonly policy: string | undefined;
}

const KNOWN: Readonly<Record<string, LinkedRole>> = {
  'backup.amazonaws.com': {
    name: 'AWSServiceRoleForBackup',
    policy: 'AWSBackupServiceLinkedRolePolicyForBackup',
  },
  'reports.backup.amazonaws.com': {
    name: 'AWSServiceRoleForBackupReports',
    policy: 'AWSServiceRolePolicyForBackupReports',
  },
  'restore-testing.backup.amazonaws.com': {
    name: 'AWSServiceRoleForBackupRestoreTesting',
    policy: 'AWSServiceRolePolicyForBackupRestoreTesting',
  },
  'config.amazonaws.com': { name: 'AWSServiceRoleForConfig', policy: 'AWSConfigServiceRolePolicy' },
};

export function linkedRoleOf(service: string): LinkedRole {
  const words = service.replace(/\.amazonaws\.com(\.cn)?$/, '').split(/[^A-Za-z0-9]/);
  const name = words.reverse().map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const known = Object.hasOwn(KNOWN, service) ? KNOWN[service] : undefined;
  return known ?? { name: `AWSServiceRoleFor${name.join('')}`, policy: undefined };
}
