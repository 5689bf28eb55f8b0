import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import {
  BackupApiCall,
  BackupApiCallFilter,
  BackupApiCallOutcome,
  BackupApiCallPatterns,
  BackupApiCallRules,
  Waiver,
} from '@holdfast/model';
import { Construct } from 'constructs';
import { OnEventOptions } from './backup-events';
import { IPlan } from './plan';
import { eventRule, PatternJson } from './private/event-rule';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Options of the `onXxx` methods of `BackupApiCalls`.
 */
export interface OnBackupApiCallOptions extends OnEventOptions {
  /**
   * How the calls ended.
   *
   * @default BackupApiCallOutcome.SUCCEEDED
   */
  readonly outcome?: BackupApiCallOutcome;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Rules of EventBridge for calls of AWS Backup's API, which tell who did it, and of what was denied.
 *
 * They match only where a trail of CloudTrail in the Region logs write events of management; AWS Backup's own events
 * (`BackupEvents`) need no trail.
 */
export class BackupApiCalls {
  /**
   * Calls in the Region, whatever the vault and the plan.
   *
   * @param scope where the rules go
   */
  public static ofRegion(scope: Construct): BackupApiCalls {
    return new BackupApiCalls(scope, {});
  }

  /**
   * Calls that name a vault.
   *
   * @param scope where the rules go
   * @param vault the vault
   */
  public static ofVault(scope: Construct, vault: IVault): BackupApiCalls {
    return new BackupApiCalls(scope, { backupVaultNames: [vault.backupVaultName] });
  }

  /**
   * Calls that name a plan.
   *
   * @param scope where the rules go
   * @param plan the plan
   */
  public static ofPlan(scope: Construct, plan: IPlan): BackupApiCalls {
    return new BackupApiCalls(scope, { backupPlanIds: [plan.backupPlanId] });
  }

  private readonly scope: Construct;
  private readonly within: BackupApiCallFilter;

  private constructor(scope: Construct, within: BackupApiCallFilter) {
    this.scope = scope;
    this.within = within;
  }

  /**
   * Calls of some kinds.
   *
   * @param id construct id of the rule
   * @param calls the kinds
   * @param options target and further filters
   * @throws ValidationError when the rule could never match, e.g. as the calls name no vault
   */
  public onCall(id: string, calls: BackupApiCall[], options: OnBackupApiCallOptions = {}): CloudwatchEventRule {
    const { outcome } = options;
    const filter = { ...this.within, ...(outcome === undefined ? {} : { outcome }) };
    const findings = BackupApiCallRules.check(calls, filter, id, SYNTH);
    const pattern = BackupApiCallPatterns.of(calls, filter) as PatternJson;
    return eventRule(this.scope, id, pattern, options, findings, options.waivers);
  }

  /**
   * Somebody put or removed a Vault Lock.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onVaultLockChange(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.VAULT_LOCK], options);
  }

  /**
   * Somebody put or removed the access policy of a vault.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onVaultAccessPolicyChange(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.VAULT_ACCESS_POLICY], options);
  }

  /**
   * Somebody put or removed the notifications of a vault.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onVaultNotificationsChange(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.VAULT_NOTIFICATIONS], options);
  }

  /**
   * Somebody created, updated or deleted a plan, or a selection of it.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onPlanChange(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.PLAN, BackupApiCall.SELECTION], options);
  }

  /**
   * Somebody created or cancelled a legal hold, of which AWS Backup has no event. The calls name no vault.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onLegalHoldChange(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.LEGAL_HOLD], options);
  }

  /**
   * Somebody deleted, detached or shortened the life of a recovery point. What a lifecycle does is no such call.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRecoveryPointRemoval(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.RECOVERY_POINT_REMOVAL], options);
  }

  /**
   * Somebody stopped a backup job. The calls name no vault.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onBackupJobStop(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.JOB_STOP], options);
  }

  /**
   * Somebody changed the settings of the Region or of the organization. The calls name no vault.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onSettingsChange(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, [BackupApiCall.SETTINGS], options);
  }

  /**
   * Somebody was denied to remove recovery points, vaults, locks or access policies: the trace of an attack that a policy stopped.
   *
   * @param id construct id of the rule
   * @param options target and further filters
   */
  public onRemovalDenied(id: string, options?: OnBackupApiCallOptions): CloudwatchEventRule {
    return this.onCall(id, BackupApiCall.removals(), { ...options, outcome: BackupApiCallOutcome.DENIED });
  }
}
