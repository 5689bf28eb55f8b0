import { Finding, IValueProbe } from './finding';
import { BackupPlan } from './plan';
import { at, found } from './private/found';
import { scannedTypes } from './private/plan-scans';
import { members, readable, shown } from './private/reading';
import { RESOURCE } from './private/tables/plan';
import { ServiceSupport } from './support/service-support';

/**
 * AWS's managed policies for the roles that are passed to AWS Backup.
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
   * The ARNs that the role of a selection needs for what its plan does: to back up, to index where a rule indexes what
   * the selection takes (Source B5.5/1), and to have it scanned where a rule scans it (Source B2.5/1).
   *
   * @param plan the plan
   * @param serviceIds ids of `ServiceSupport`: what the selection may take
   * @param probe tells which values are known now
   * @param partition partition of the ARNs
   */
  public static forSelection(
    plan: BackupPlan,
    serviceIds: string[],
    probe: IValueProbe,
    partition: string = 'aws',
  ): string[] {
    const types = new Set(serviceIds.flatMap((id) => ServiceSupport.tryFind(id)?.resourceType ?? []));
    const rules = members(plan.rules, probe).map(([, rule]) => rule);
    const indexed = rules.flatMap((rule) => members(rule.indexActions, probe).map(([, type]) => type));
    const scans = rules.some((rule) => readable(rule.scanActions, probe) && rule.scanActions.length > 0);
    const scanned = scans ? [...scannedTypes(plan.scanSettings, probe)] : [];
    return [
      ...ManagedPolicies.forBackup(serviceIds, partition),
      ...(indexed.includes('EBS') && types.has('EBS') ? [ManagedPolicies.forIndexing(partition)] : []),
      ...(scanned.some((type) => types.has(type)) ? [ManagedPolicies.forScans(partition)] : []),
    ];
  }

  /**
   * Finds the services that are none. Never throws.
   *
   * @param serviceIds what should be ids of `ServiceSupport`
   * @param path where they are
   * @param probe tells which values are known now
   */
  public static checkServices(serviceIds: string[], path: string, probe: IValueProbe): Finding[] {
    return members(serviceIds, probe).flatMap(([index, id]) =>
      ServiceSupport.tryFind(id) === undefined ? [found(RESOURCE.service, at(path, index), shown(id))] : [],
    );
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
   * The ARN that a role needs to restore single files and objects that a search found.
   *
   * @param partition partition of the ARN
   */
  public static forItemRestores(partition: string = 'aws'): string {
    return arnOf('AWSBackupServiceRolePolicyForItemRestores', partition);
  }

  /**
   * The ARN that a role needs to index recovery points of EBS; those of S3 need none (Source B5.5/1).
   *
   * @param partition partition of the ARN
   */
  public static forIndexing(partition: string = 'aws'): string {
    return arnOf('AWSBackupServiceRolePolicyForIndexing', partition);
  }

  /**
   * The ARN that a role of a selection needs to have recovery points scanned, and to pass the scanner its role
   * (Source B2.5/1).
   *
   * @param partition partition of the ARN
   */
  public static forScans(partition: string = 'aws'): string {
    return arnOf('AWSBackupServiceRolePolicyForScans', partition);
  }

  /**
   * The ARN that the role of the scanner itself needs, which GuardDuty assumes (Source B2.5/1).
   *
   * @param partition partition of the ARN
   */
  public static forScanner(partition: string = 'aws'): string {
    return arnOf('AWSBackupGuardDutyRolePolicyForScans', partition);
  }

  private constructor() {}
}

function arnOf(name: string, partition: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}
