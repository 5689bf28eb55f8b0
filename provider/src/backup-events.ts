import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { BackupEvent, BackupEventFilter, BackupEventPatterns, BackupEventRules, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { IPlan } from './plan';
import { eventRule, PatternJson } from './private/event-rule';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Options of a rule for events.
 */
export interface OnEventOptions {
  /**
   * Where the events go.
   *
   * @default - nowhere: add a target by the rule that is returned
   */
  readonly target?: BackupEventTarget;

  /**
   * Name of the rule.
   *
   * @default - Terraform makes one
   */
  readonly ruleName?: string;

  /**
   * What the rule is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Tags of the rule.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * The provider that makes the resources, that of the account and Region whose events are meant.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Where a rule of EventBridge sends its events.
 */
export interface BackupEventTarget {
  /**
   * ARN of a topic, queue, function, log group, bus, …
   *
   * The policy of the target must let EventBridge in: that of an `AlertTopic` does. A function needs an `aws_lambda_permission`.
   */
  readonly targetArn: string;

  /**
   * ARN of the role that EventBridge takes on; the bus of another account or Region needs one.
   *
   * @default - no role: the policy of the target decides
   */
  readonly roleArn?: string;

  /**
   * ARN of a queue for events that the target did not take.
   *
   * @default - none: they are dropped
   */
  readonly deadLetterQueueArn?: string;
}

/**
 * Options of the `onXxx` methods of `BackupEvents`.
 */
export interface OnBackupEventOptions extends OnEventOptions {
  /**
   * States, e.g. `FAILED`. Methods that are about some states themselves do not ask for it.
   *
   * @default - every state
   */
  readonly states?: string[];

  /**
   * Types of the resource that is backed up, e.g. `EBS`.
   *
   * @default - every type
   */
  readonly resourceTypes?: string[];

  /**
   * ARNs of the resource that is backed up.
   *
   * @default - every resource
   */
  readonly resourceArns?: string[];

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Rules of EventBridge for what AWS Backup tells of, in the account and Region of the scope.
 *
 * Each method makes a rule of its id below the scope, and its target under the id with `Target` at its end. What an event does not carry cannot be
 * asked for, and is refused: a restore job names its vault only when it is COMPLETED, so that
 * `BackupEvents.ofVault(…).onRestoreJobFailed(…)` would wait for ever.
 *
 * AWS Backup sends its events best effort, in batches about every five minutes.
 */
export class BackupEvents {
  /**
   * Events of the Region, whatever the vault and the plan.
   *
   * @param scope where the rules go
   */
  public static ofRegion(scope: Construct): BackupEvents {
    return new BackupEvents(scope, {});
  }

  /**
   * Events of a vault: of what is backed up into it, copied into it or from it, and of the vault itself.
   *
   * @param scope where the rules go
   * @param vault the vault
   */
  public static ofVault(scope: Construct, vault: IVault): BackupEvents {
    return new BackupEvents(scope, { backupVaultArns: [vault.backupVaultArn] });
  }

  /**
   * Events of a plan: of what it asked for, and of the plan itself.
   *
   * @param scope where the rules go
   * @param plan the plan
   */
  public static ofPlan(scope: Construct, plan: IPlan): BackupEvents {
    return new BackupEvents(scope, { backupPlanIds: [plan.backupPlanId] });
  }

  private readonly scope: Construct;
  private readonly within: BackupEventFilter;

  private constructor(scope: Construct, within: BackupEventFilter) {
    this.scope = scope;
    this.within = within;
  }

  /**
   * Any event of a kind.
   *
   * @param id construct id of the rule
   * @param kind the kind
   * @param options target and further filters
   * @throws ValidationError when the rule could never match, e.g. for a state that the kind does not have
   */
  public onStateChange(id: string, kind: BackupEvent, options: OnBackupEventOptions = {}): CloudwatchEventRule {
    const filter = this.filter(options, options.states);
    return this.rule(id, kind, filter, BackupEventPatterns.stateChange(kind, filter) as PatternJson, options);
  }

  /**
   * A backup job came into another state.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onBackupJobStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.BACKUP_JOB, options);
  }

  /**
   * A backup job failed or expired, which is what AWS Backup itself counts as failure.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onBackupJobFailed(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onFailed(id, BackupEvent.BACKUP_JOB, options);
  }

  /**
   * A backup job completed, with issues or without.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onBackupJobCompleted(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.BACKUP_JOB, { ...options, states: ['COMPLETED'] });
  }

  /**
   * A backup job completed and has something to say, which neither CloudWatch nor the state tells.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onBackupJobCompletedWithIssues(id: string, options: OnBackupEventOptions = {}): CloudwatchEventRule {
    const filter = this.filter(options, ['COMPLETED']);
    const pattern = BackupEventPatterns.completedWithIssues(filter) as PatternJson;
    return this.rule(id, BackupEvent.BACKUP_JOB, filter, pattern, options);
  }

  /**
   * A copy job came into another state.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onCopyJobStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.COPY_JOB, options);
  }

  /**
   * A copy job failed.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onCopyJobFailed(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onFailed(id, BackupEvent.COPY_JOB, options);
  }

  /**
   * A restore job came into another state, those of restore testing among them.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRestoreJobStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.RESTORE_JOB, options);
  }

  /**
   * A restore job failed. Its event names neither vault nor resource.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRestoreJobFailed(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onFailed(id, BackupEvent.RESTORE_JOB, options);
  }

  /**
   * A recovery point came into another state.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRecoveryPointStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.RECOVERY_POINT, options);
  }

  /**
   * The life of a recovery point is over and AWS Backup could not delete it.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRecoveryPointExpired(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.RECOVERY_POINT, { ...options, states: ['EXPIRED'] });
  }

  /**
   * A recovery point is not whole.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRecoveryPointPartial(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.RECOVERY_POINT, { ...options, states: ['PARTIAL'] });
  }

  /**
   * A vault was created, modified or deleted.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onVaultStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.VAULT, options);
  }

  /**
   * A vault was modified and is locked now. For who removed a lock ask `BackupApiCalls`.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onVaultLocked(id: string, options: OnBackupEventOptions = {}): CloudwatchEventRule {
    const filter = this.filter(options, ['MODIFIED']);
    return this.rule(id, BackupEvent.VAULT, filter, BackupEventPatterns.vaultLocked(filter) as PatternJson, options);
  }

  /**
   * A plan was created, modified or deleted.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onPlanStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.PLAN, options);
  }

  /**
   * The opt-in of a resource type was changed: AWS Backup may from now on skip what plans select.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRegionSettingChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.REGION_SETTING, options);
  }

  /**
   * The index of a recovery point came into another state.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRecoveryPointIndexStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.RECOVERY_POINT_INDEX, options);
  }

  /**
   * The index of a recovery point could not be made.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRecoveryPointIndexFailed(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onFailed(id, BackupEvent.RECOVERY_POINT_INDEX, options);
  }

  /**
   * A malware scan came into another state.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onScanJobStateChange(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, BackupEvent.SCAN_JOB, options);
  }

  /**
   * A malware scan failed, or completed with issues.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onScanJobFailed(id: string, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onFailed(id, BackupEvent.SCAN_JOB, options);
  }

  /**
   * A malware scan found something.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onThreatsFound(id: string, options: OnBackupEventOptions = {}): CloudwatchEventRule {
    const filter = this.filter(options, options.states);
    const pattern = BackupEventPatterns.threatsFound(filter) as PatternJson;
    return this.rule(id, BackupEvent.SCAN_JOB, filter, pattern, options);
  }

  private onFailed(id: string, kind: BackupEvent, options?: OnBackupEventOptions): CloudwatchEventRule {
    return this.onStateChange(id, kind, { ...options, states: kind.failedStates });
  }

  private filter(options: OnBackupEventOptions, states: string[] | undefined): BackupEventFilter {
    const { resourceTypes, resourceArns } = options;
    return { ...this.within, states, resourceTypes, resourceArns };
  }

  private rule(
    id: string,
    kind: BackupEvent,
    filter: BackupEventFilter,
    pattern: PatternJson,
    options: OnBackupEventOptions,
  ): CloudwatchEventRule {
    const findings = BackupEventRules.check(kind, filter, id, SYNTH);
    return eventRule(this.scope, id, pattern, options, findings, options.waivers);
  }
}
