/**
 * AWS's managed policies for the role that a selection passes to AWS Backup.
 *
 * Source 12: names and paths; the ones for S3 have no `service-role/` in their path.
 */
export class ManagedPolicies {
  /**
   * The ARNs that a role needs to back these services up.
   *
   * @param serviceIds ids of `ServiceSupport`
   * @param partition partition of the ARNs
   */
  public static forBackup(serviceIds: string[], partition: string = 'aws'): string[] {
    const names = ['service-role/AWSBackupServiceRolePolicyForBackup'];
    if (serviceIds.includes('s3')) {
      names.push('AWSBackupServiceRolePolicyForS3Backup');
    }
    return names.map((name) => arnOf(name, partition));
  }

  /**
   * The ARNs that a role needs to restore these services.
   *
   * @param serviceIds ids of `ServiceSupport`
   * @param partition partition of the ARNs
   */
  public static forRestore(serviceIds: string[], partition: string = 'aws'): string[] {
    const names = ['service-role/AWSBackupServiceRolePolicyForRestores'];
    if (serviceIds.includes('s3')) {
      names.push('AWSBackupServiceRolePolicyForS3Restore');
    }
    if (serviceIds.includes('sap-hana')) {
      names.push('AWSBackupRestoreAccessForSAPHANA');
    }
    return names.map((name) => arnOf(name, partition));
  }

  /**
   * The ARN that a role needs to index recovery points (Source B5.5/1).
   *
   * @param partition partition of the ARN
   */
  public static forIndexing(partition: string = 'aws'): string {
    return arnOf('AWSBackupServiceRolePolicyForIndexing', partition);
  }

  private constructor() {}
}

function arnOf(name: string, partition: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}
