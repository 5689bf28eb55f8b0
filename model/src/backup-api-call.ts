import { BackupEvent } from './backup-event';
import { Finding, IValueProbe } from './finding';
import { CallFacts, CALLS } from './private/event-catalog';
import { at, found } from './private/found';
import { lengthOf } from './private/reading';
import { EVENT } from './private/tables/monitoring';

/**
 * Calls of AWS Backup's API by what they change, as CloudTrail hands them to EventBridge.
 *
 * They come only where a trail of the Region logs write events of management. They tell who called, and of calls that were
 * refused, which AWS Backup's own events do not.
 *
 * Source B14.3/1, B14.3/2.
 */
export class BackupApiCall {
  /**
   * A Vault Lock was put or removed.
   */
  public static readonly VAULT_LOCK = new BackupApiCall('vaultLock');

  /**
   * The access policy of a vault was put or removed.
   */
  public static readonly VAULT_ACCESS_POLICY = new BackupApiCall('vaultAccessPolicy');

  /**
   * The notifications of a vault were put or removed.
   */
  public static readonly VAULT_NOTIFICATIONS = new BackupApiCall('vaultNotifications');

  /**
   * A vault was created or deleted.
   */
  public static readonly VAULT = new BackupApiCall('vault');

  /**
   * A plan was created, updated or deleted.
   */
  public static readonly PLAN = new BackupApiCall('plan');

  /**
   * A selection was created or deleted.
   */
  public static readonly SELECTION = new BackupApiCall('selection');

  /**
   * A legal hold was created or cancelled. AWS Backup has no event of its own for it.
   */
  public static readonly LEGAL_HOLD = new BackupApiCall('legalHold');

  /**
   * A recovery point was deleted, detached or given another life by somebody, rather than by its lifecycle.
   */
  public static readonly RECOVERY_POINT_REMOVAL = new BackupApiCall('recoveryPointRemoval');

  /**
   * A backup job was stopped.
   */
  public static readonly JOB_STOP = new BackupApiCall('jobStop');

  /**
   * Settings of the Region or of the organization were changed.
   */
  public static readonly SETTINGS = new BackupApiCall('settings');

  /**
   * Every kind of call.
   */
  public static all(): BackupApiCall[] {
    return [
      BackupApiCall.VAULT_LOCK,
      BackupApiCall.VAULT_ACCESS_POLICY,
      BackupApiCall.VAULT_NOTIFICATIONS,
      BackupApiCall.VAULT,
      BackupApiCall.PLAN,
      BackupApiCall.SELECTION,
      BackupApiCall.LEGAL_HOLD,
      BackupApiCall.RECOVERY_POINT_REMOVAL,
      BackupApiCall.JOB_STOP,
      BackupApiCall.SETTINGS,
    ];
  }

  /**
   * What removes recovery points or the protection of a vault.
   */
  public static removals(): BackupApiCall[] {
    return [
      BackupApiCall.RECOVERY_POINT_REMOVAL,
      BackupApiCall.VAULT,
      BackupApiCall.VAULT_LOCK,
      BackupApiCall.VAULT_ACCESS_POLICY,
    ];
  }

  /**
   * Names of the operations.
   */
  public readonly operations: string[];

  /**
   * Whether the calls name a vault, so that they can be told apart by it.
   */
  public readonly namesVault: boolean;

  /**
   * Whether the calls name a plan, so that they can be told apart by it.
   */
  public readonly namesPlan: boolean;

  private constructor(id: keyof typeof CALLS) {
    const facts: CallFacts = CALLS[id];
    this.operations = [...facts.eventNames];
    this.namesVault = facts.vaultKey !== undefined;
    this.namesPlan = facts.planKey !== undefined;
  }
}

/**
 * How calls ended.
 */
export enum BackupApiCallOutcome {
  /**
   * AWS Backup did what it was asked for.
   */
  SUCCEEDED = 'SUCCEEDED',

  /**
   * Whoever called was not permitted to.
   */
  DENIED = 'DENIED',

  /**
   * Whatever came of it.
   */
  ANY = 'ANY',
}

/**
 * Which calls are meant. Members are all asked (AND), the values of a member are alternatives (OR).
 */
export interface BackupApiCallFilter {
  /**
   * How the calls ended.
   *
   * @default BackupApiCallOutcome.SUCCEEDED
   */
  readonly outcome?: BackupApiCallOutcome;

  /**
   * Names of the vaults that the calls are about.
   *
   * @default - every vault
   */
  readonly backupVaultNames?: string[];

  /**
   * Ids of the plans that the calls are about.
   *
   * @default - every plan
   */
  readonly backupPlanIds?: string[];
}

/** The error codes of calls that were not permitted begin with this. Assumed: with or without `Exception` at the end. */
const DENIED = 'AccessDenied';

/**
 * Event patterns of EventBridge for calls that CloudTrail logs, as plain JSON.
 */
export class BackupApiCallPatterns {
  /**
   * Calls of some kinds.
   *
   * @param calls the kinds
   * @param filter which of them
   */
  public static of(calls: BackupApiCall[], filter?: BackupApiCallFilter): any {
    const { outcome = BackupApiCallOutcome.SUCCEEDED, backupVaultNames, backupPlanIds } = filter ?? {};
    const requestParameters = {
      ...(backupVaultNames === undefined ? {} : { backupVaultName: [...backupVaultNames] }),
      ...(backupPlanIds === undefined ? {} : { backupPlanId: [...backupPlanIds] }),
    };
    return {
      source: [BackupEvent.SOURCE],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['backup.amazonaws.com'],
        eventName: calls.flatMap((call) => call.operations),
        ...errorCode(outcome),
        ...(Object.keys(requestParameters).length === 0 ? {} : { requestParameters }),
      },
    };
  }

  private constructor() {}
}

/**
 * What would make a pattern of calls match nothing.
 */
export class BackupApiCallRules {
  /**
   * What the rules find. Never throws.
   *
   * @param calls the kinds of calls
   * @param filter which of them
   * @param path where the filter is declared, empty for none
   * @param probe tells which values are known now
   */
  public static check(
    calls: BackupApiCall[],
    filter: BackupApiCallFilter,
    path: string,
    probe: IValueProbe,
  ): Finding[] {
    const findings: Finding[] = [];
    for (const [member, names] of [
      ['backupVaultNames', (call: BackupApiCall) => call.namesVault],
      ['backupPlanIds', (call: BackupApiCall) => call.namesPlan],
    ] as const) {
      const place = at(path, member);
      if (lengthOf(filter[member], probe) === 0) {
        findings.push(found(EVENT.empty, place, '0'));
      }
      const without = calls.filter((call) => !names(call)).flatMap((call) => call.operations);
      if (filter[member] !== undefined && without.length > 0) {
        findings.push(found(EVENT.filter, place, without.join(', ')));
      }
    }
    return findings;
  }

  private constructor() {}
}

function errorCode(outcome: BackupApiCallOutcome): object {
  switch (outcome) {
    case BackupApiCallOutcome.SUCCEEDED:
      return { errorCode: [{ exists: false }] };
    case BackupApiCallOutcome.DENIED:
      return { errorCode: [{ prefix: DENIED }] };
    default:
      return {};
  }
}
