import { Environment } from './environment';
import { IValueProbe } from './finding';
import { PlainValues } from './values';
import { FrameworkControl } from './framework-control';
import { demandOf, everyRegionOrAccount, hasBounds, meetsFrequencyAndRetention } from './private/audit/demands';
import { deletionGaps } from './private/audit/deletion-policy';
import { describedRule } from './private/audit/rule-frequency';
import { BackupRule } from './rule';

/**
 * What a control asks for: its parameters read, with AWS's defaults for those that are not given.
 */
export interface ControlDemand {
  /**
   * Longest time between two runs of a rule, in hours.
   *
   * @default - the control asks for none
   */
  readonly requiredFrequencyHours?: number;

  /**
   * Days that recovery points have to be kept.
   *
   * @default - the control asks for none
   */
  readonly requiredRetentionDays?: number;

  /**
   * Greatest age of the newest recovery point, in hours.
   *
   * @default - the control asks for none
   */
  readonly recoveryPointAgeHours?: number;

  /**
   * Minutes that the latest restore may have taken.
   *
   * @default - the control asks for none
   */
  readonly maxRestoreTimeMinutes?: number;

  /**
   * Days below which the minimum of a lock must not be.
   *
   * @default - any
   */
  readonly minRetentionDays?: number;

  /**
   * Days above which the maximum of a lock must not be.
   *
   * @default - any
   */
  readonly maxRetentionDays?: number;

  /**
   * Regions that copies have to be in, all of them.
   *
   * @default - any other Region
   */
  readonly crossRegions?: string[];

  /**
   * Accounts that copies have to be in, all of them.
   *
   * @default - any other account
   */
  readonly crossAccounts?: string[];

  /**
   * ARNs of roles that may delete recovery points.
   *
   * @default - none
   */
  readonly principalArns?: string[];
}

/**
 * Whether what is deployed is as a control asks: the readings that rules hold declarations against, and audits a World.
 */
export class ControlDemands {
  /**
   * What a control whose parameters are all known asks for.
   *
   * @param control the control
   */
  public static of(control: FrameworkControl): ControlDemand {
    return demandOf(control, ALL_KNOWN);
  }

  /**
   * Whether one rule both runs as often and keeps as long as a control asks.
   *
   * @param rule the rule
   * @param demand what the control asks for
   */
  public static metByRule(rule: BackupRule, demand: ControlDemand): boolean {
    return meetsFrequencyAndRetention(rule, demand, ALL_KNOWN) === true;
  }

  /**
   * How often a rule runs and how long it keeps, in words.
   *
   * @param rule the rule
   */
  public static describeRule(rule: BackupRule): string {
    return describedRule(rule, ALL_KNOWN);
  }

  /**
   * Whether copies reach another Region, or all those that are listed.
   *
   * @param env where the plan is
   * @param copyRegions Regions of the vaults that its copies go to
   * @param demand what the control asks for
   */
  public static metByRegions(env: Environment, copyRegions: string[], demand: ControlDemand): boolean {
    return everyRegionOrAccount(env.region, copyRegions, demand.crossRegions);
  }

  /**
   * Whether copies reach another account, or all those that are listed.
   *
   * @param env where the plan is
   * @param copyAccounts accounts of the vaults that its copies go to
   * @param demand what the control asks for
   */
  public static metByAccounts(env: Environment, copyAccounts: string[], demand: ControlDemand): boolean {
    return everyRegionOrAccount(env.account, copyAccounts, demand.crossAccounts);
  }

  /**
   * Whether a lock stays within the bounds that a control asks for.
   *
   * @param leastDays minimum of the lock, 0 for none
   * @param mostDays maximum of the lock, Infinity for none
   * @param demand what the control asks for
   */
  public static metByLock(leastDays: number, mostDays: number, demand: ControlDemand): boolean {
    return hasBounds(leastDays, mostDays, demand, ALL_KNOWN) === true;
  }

  /**
   * What the policy of a vault lacks to keep everybody from deleting by hand but the roles that a control exempts.
   *
   * @param accessPolicy the policy, as an object; not given for none
   * @param demand what the control asks for
   * @returns nothing when it lacks nothing
   */
  public static vaultGaps(accessPolicy: any, demand: ControlDemand): string | undefined {
    return deletionGaps(accessPolicy, demand.principalArns ?? [], ALL_KNOWN);
  }

  private constructor() {}
}

const ALL_KNOWN: IValueProbe = new PlainValues();
