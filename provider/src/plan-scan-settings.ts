import { ScanResourceType } from '@holdfast/model';

/**
 * What of a plan's recovery points GuardDuty scans for malware, and with which role.
 */
export interface PlanScanSettingsProps {
  /**
   * Services whose recovery points are scanned.
   *
   * @default - all that can be scanned: `ScanResourceType.ALL`
   */
  readonly resourceTypes?: ScanResourceType[];

  /**
   * ARN of the role with which the scanner reads recovery points; used as it is, no policy is added.
   *
   * @default - a role of its own that the scanner alone can assume, with the managed policy for it
   */
  readonly scannerRoleArn?: string;
}
