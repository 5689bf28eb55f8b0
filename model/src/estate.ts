import { EventRule } from './event-rule';
import { BackupFramework } from './framework';
import { LambdaFunction } from './function';
import { EncryptionKey } from './key';
import { LegalHold } from './legal-hold';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { DeclaredOrganization, OrganizationSettings } from './organization';
import { MessageQueue } from './message-queue';
import { CompositeAlarm, MetricAlarm } from './metric-alarm';
import { BackupPlan } from './plan';
import { RegionSettings } from './region-settings';
import { ResourceShare } from './resource-share';
import { BackupReportPlan } from './report-plan';
import { StatefulResource } from './resource';
import { RestoreAccessVault } from './restore-access-vault';
import { RestoreTestingPlan } from './restore-testing-plan';
import { IamGroup, IamPolicy, IamRole, IamUser } from './role';
import { StateMachine } from './state-machine';
import { TieringConfiguration } from './tiering-configuration';
import { Topic } from './topic';
import { BackupVault } from './vault';

/**
 * Everything that was declared: what lib and provider render and what the engine reads back.
 */
export interface Estate {
  /**
   * Backup vaults.
   *
   * @default - none
   */
  readonly vaults?: BackupVault[];

  /**
   * Logically air-gapped vaults.
   *
   * @default - none
   */
  readonly logicallyAirGappedVaults?: LogicallyAirGappedVault[];

  /**
   * Backup plans with their selections.
   *
   * @default - none
   */
  readonly plans?: BackupPlan[];

  /**
   * Resources that hold data.
   *
   * @default - none
   */
  readonly resources?: StatefulResource[];

  /**
   * Frameworks of AWS Backup Audit Manager.
   *
   * @default - none
   */
  readonly frameworks?: BackupFramework[];

  /**
   * Report plans of AWS Backup Audit Manager.
   *
   * @default - none
   */
  readonly reportPlans?: BackupReportPlan[];

  /**
   * Opt-in settings.
   *
   * @default - all types opted in everywhere
   */
  readonly regionSettings?: RegionSettings[];

  /**
   * Keys of KMS.
   *
   * @default - none that is known: every key that something names is taken to be usable
   */
  readonly keys?: EncryptionKey[];

  /**
   * Roles of IAM.
   *
   * @default - none that is known: every role that something names is taken to be in order
   */
  readonly roles?: IamRole[];

  /**
   * Managed policies of the customer.
   *
   * @default - none
   */
  readonly policies?: IamPolicy[];

  /**
   * Groups of users of IAM.
   *
   * @default - none
   */
  readonly groups?: IamGroup[];

  /**
   * Users of IAM.
   *
   * @default - none that is known
   */
  readonly users?: IamUser[];

  /**
   * Organizations.
   *
   * @default - none that is known: accounts are taken to be in one that lets them copy to each other
   */
  readonly organizations?: DeclaredOrganization[];

  /**
   * Settings of AWS Backup for organizations.
   *
   * @default - none
   */
  readonly organizationSettings?: OrganizationSettings[];

  /**
   * Restore testing plans.
   *
   * @default - none
   */
  readonly restoreTestingPlans?: RestoreTestingPlan[];

  /**
   * Legal holds.
   *
   * @default - none
   */
  readonly legalHolds?: LegalHold[];

  /**
   * When backups of S3 move to the low-cost warm tier.
   *
   * @default - never
   */
  readonly tieringConfigurations?: TieringConfiguration[];

  /**
   * Ways into logically air-gapped vaults, for restores.
   *
   * @default - none
   */
  readonly restoreAccessVaults?: RestoreAccessVault[];

  /**
   * Shares of logically air-gapped vaults with other accounts.
   *
   * @default - none
   */
  readonly resourceShares?: ResourceShare[];

  /**
   * Rules of EventBridge that hear of backups.
   *
   * @default - none
   */
  readonly eventRules?: EventRule[];

  /**
   * Topics of SNS.
   *
   * @default - none
   */
  readonly topics?: Topic[];

  /**
   * Queues of SQS.
   *
   * @default - none
   */
  readonly queues?: MessageQueue[];

  /**
   * Functions of Lambda.
   *
   * @default - none
   */
  readonly functions?: LambdaFunction[];

  /**
   * State machines of Step Functions.
   *
   * @default - none
   */
  readonly stateMachines?: StateMachine[];

  /**
   * Alarms of CloudWatch over metrics.
   *
   * @default - none
   */
  readonly metricAlarms?: MetricAlarm[];

  /**
   * Alarms of CloudWatch over other alarms.
   *
   * @default - none
   */
  readonly compositeAlarms?: CompositeAlarm[];

  /**
   * Whether `resources` is all there is, so that a selection that matches none of them matches nothing.
   *
   * @default false
   */
  readonly resourcesAreComplete?: boolean;
}
