import { Finding, IValueProbe } from './finding';
import { ROLE_ARN } from './private/arns';
import { at, found } from './private/found';
import { checkName } from './private/names';
import { absent, members, readable, shown } from './private/reading';
import { SCAN_SETTING } from './private/tables/scan';

/**
 * What GuardDuty can scan in recovery points (Source B5.6/2).
 */
export enum ScanResourceType {
  /**
   * Snapshots of EBS volumes.
   */
  EBS = 'EBS',

  /**
   * Images of EC2 instances.
   */
  EC2 = 'EC2',

  /**
   * Periodic backups of S3 buckets.
   */
  S3 = 'S3',

  /**
   * All three.
   */
  ALL = 'ALL',
}

/**
 * How a plan has recovery points scanned for malware, once a rule has a scan action.
 */
export interface ScanSetting {
  /**
   * The scanner; AWS Backup knows `GUARDDUTY` alone.
   *
   * @default - not said, which AWS documents nowhere
   */
  readonly malwareScanner?: string;

  /**
   * Services whose points are scanned: `EBS`, `EC2`, `S3` or `ALL`.
   *
   * @default - not said, which AWS documents nowhere
   */
  readonly resourceTypes?: string[];

  /**
   * ARN of the role with which the scanner reads recovery points; it trusts `malware-protection.guardduty.amazonaws.com`.
   *
   * @default - not said, which AWS documents nowhere
   */
  readonly scannerRoleArn?: string;
}

/** Words of AWS for what can be scanned. */
const RESOURCE_TYPES: readonly string[] = Object.values(ScanResourceType);

/**
 * What AWS refuses in a scan setting.
 */
export class ScanSettingRules {
  /**
   * What the rules find. Never throws.
   *
   * @param scanSetting the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(scanSetting: ScanSetting, path: string, probe: IValueProbe): Finding[] {
    if (!readable(scanSetting, probe)) {
      return [];
    }
    const { malwareScanner: scanner, resourceTypes, scannerRoleArn: role } = scanSetting;
    const findings: Finding[] = [];
    if (readable(scanner, probe) && scanner !== 'GUARDDUTY') {
      findings.push(found(SCAN_SETTING.scanner, at(path, 'malwareScanner'), shown(scanner)));
    }
    for (const [index, type] of members(resourceTypes, probe)) {
      if (!RESOURCE_TYPES.includes(type)) {
        findings.push(found(SCAN_SETTING.resourceType, at(at(path, 'resourceTypes'), index), shown(type)));
      }
    }
    if (!absent(role)) {
      findings.push(...checkName(SCAN_SETTING.roleArn, role, ROLE_ARN, at(path, 'scannerRoleArn'), probe));
    }
    const missing = [
      ['malwareScanner', absent(scanner)],
      ['resourceTypes', absent(resourceTypes) || (readable(resourceTypes, probe) && resourceTypes.length === 0)],
      ['scannerRoleArn', absent(role)],
    ].flatMap(([name, isMissing]) => (isMissing ? [name] : []));
    if (missing.length > 0) {
      findings.push(found(SCAN_SETTING.incomplete, path, `no ${missing.join(', ')}`));
    }
    return findings;
  }

  private constructor() {}
}
