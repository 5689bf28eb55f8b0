import { BackupApiCall, BackupApiCallOutcome, BackupApiCallPatterns } from './backup-api-call';
import { BackupEvent } from './backup-event';
import { BackupEventPatterns } from './backup-event-patterns';
import { BackupMetric } from './backup-metric';

/**
 * Which signals are one incident: they share one message, and one of them does not speak again while another still does.
 */
export enum BackupSignalGroup {
  /**
   * Backups, copies and restores that do not work.
   */
  OPERATION = 'OPERATION',

  /**
   * Somebody takes protection away, or tries to, or something evil was backed up.
   *
   * A group of its own, so that a job that failed an hour ago does not swallow the message that a lock was removed.
   */
  PROTECTION = 'PROTECTION',
}

/**
 * Which vaults a signal is about.
 */
export interface BackupSignalScope {
  /**
   * ARNs of the vaults.
   *
   * @default - every vault of the Region
   */
  readonly backupVaultArns?: string[];

  /**
   * Names of the same vaults.
   *
   * @default - every vault of the Region
   */
  readonly backupVaultNames?: string[];
}

/** Where a signal comes from: metrics of AWS Backup, or events. */
interface Origin {
  readonly failures?: BackupMetric[];
  readonly successes?: BackupMetric[];
  readonly pattern?: (scope: BackupSignalScope) => object;
  readonly group?: BackupSignalGroup;
}

/**
 * Something that somebody should hear of.
 *
 * What CloudWatch counts comes from metrics; what it does not see (jobs that completed with issues, changes of locks and
 * policies, who was denied what, malware) comes from events.
 */
export class BackupSignal {
  /**
   * Backup jobs failed, or expired.
   */
  public static readonly BACKUP_JOBS_FAILED = new BackupSignal('BackupJobsFailed', 'Backup jobs failed or expired', {
    failures: [BackupMetric.BACKUP_JOBS_FAILED, BackupMetric.BACKUP_JOBS_EXPIRED],
  });

  /**
   * Copy jobs failed.
   */
  public static readonly COPY_JOBS_FAILED = new BackupSignal('CopyJobsFailed', 'Copy jobs failed', {
    failures: [BackupMetric.COPY_JOBS_FAILED],
  });

  /**
   * Restore jobs failed.
   */
  public static readonly RESTORE_JOBS_FAILED = new BackupSignal('RestoreJobsFailed', 'Restore jobs failed', {
    failures: [BackupMetric.RESTORE_JOBS_FAILED],
  });

  /**
   * Recovery points whose life is over could not be deleted, and cost on.
   */
  public static readonly RECOVERY_POINTS_EXPIRED = new BackupSignal(
    'RecoveryPointsExpired',
    'Recovery points expired and could not be deleted',
    { failures: [BackupMetric.RECOVERY_POINTS_EXPIRED] },
  );

  /**
   * Recovery points are not whole.
   */
  public static readonly RECOVERY_POINTS_PARTIAL = new BackupSignal(
    'RecoveryPointsPartial',
    'Recovery points are partial',
    { failures: [BackupMetric.RECOVERY_POINTS_PARTIAL] },
  );

  /**
   * Backup jobs completed and have something to say; for CloudWatch they completed.
   */
  public static readonly BACKUP_JOBS_WITH_ISSUES = new BackupSignal(
    'BackupJobsWithIssues',
    'Backup jobs completed with issues',
    { pattern: ({ backupVaultArns }) => BackupEventPatterns.completedWithIssues(given({ backupVaultArns })) as object },
  );

  /**
   * Neither a backup job nor a copy job succeeded for some time: also when none ran, which no failure tells of.
   */
  public static readonly NOTHING_SUCCEEDED = new BackupSignal(
    'NothingSucceeded',
    'No backup job and no copy job succeeded',
    {
      successes: [BackupMetric.BACKUP_JOBS_COMPLETED, BackupMetric.COPY_JOBS_COMPLETED],
      pattern: ({ backupVaultArns }) => anyCompleted(backupVaultArns),
    },
  );

  /**
   * No backup job succeeded for some time. For vaults that backups go to: one that is copied into alone never has any.
   */
  public static readonly NO_BACKUP_JOB_SUCCEEDED = new BackupSignal('NoBackupJobSucceeded', 'No backup job succeeded', {
    successes: [BackupMetric.BACKUP_JOBS_COMPLETED],
    pattern: ({ backupVaultArns }) => completed(BackupEvent.BACKUP_JOB, backupVaultArns),
  });

  /**
   * No copy job succeeded for some time. For vaults that are copied into: others never have any.
   */
  public static readonly NO_COPY_JOB_SUCCEEDED = new BackupSignal('NoCopyJobSucceeded', 'No copy job succeeded', {
    successes: [BackupMetric.COPY_JOBS_COMPLETED],
    pattern: ({ backupVaultArns }) => completed(BackupEvent.COPY_JOB, backupVaultArns),
  });

  /**
   * A Vault Lock was put or removed.
   */
  public static readonly VAULT_LOCK_CHANGED = BackupSignal.change(
    'VaultLockChanged',
    'A Vault Lock was put or removed',
    BackupApiCall.VAULT_LOCK,
  );

  /**
   * The access policy of a vault was put or removed.
   */
  public static readonly VAULT_ACCESS_POLICY_CHANGED = BackupSignal.change(
    'VaultAccessPolicyChanged',
    'The access policy of a vault was put or removed',
    BackupApiCall.VAULT_ACCESS_POLICY,
  );

  /**
   * The notifications of a vault were put or removed.
   */
  public static readonly VAULT_NOTIFICATIONS_CHANGED = BackupSignal.change(
    'VaultNotificationsChanged',
    'The notifications of a vault were put or removed',
    BackupApiCall.VAULT_NOTIFICATIONS,
  );

  /**
   * Plans or selections were created, updated or deleted: at each deployment that changes them.
   */
  public static readonly PLAN_CHANGED = new BackupSignal('PlanChanged', 'Plans or selections changed', {
    pattern: () => BackupApiCallPatterns.of([BackupApiCall.PLAN, BackupApiCall.SELECTION]) as object,
    group: BackupSignalGroup.PROTECTION,
  });

  /**
   * Somebody deleted, detached or shortened the life of recovery points.
   */
  public static readonly RECOVERY_POINTS_REMOVED = BackupSignal.change(
    'RecoveryPointsRemoved',
    'Somebody removed recovery points or changed their life',
    BackupApiCall.RECOVERY_POINT_REMOVAL,
  );

  /**
   * Somebody tried to remove recovery points, vaults, locks or policies, and was not permitted to.
   */
  public static readonly REMOVAL_DENIED = new BackupSignal(
    'RemovalDenied',
    'Somebody was denied to remove recovery points, vaults, locks or policies',
    {
      pattern: ({ backupVaultNames }) =>
        BackupApiCallPatterns.of(
          BackupApiCall.removals(),
          given({ outcome: BackupApiCallOutcome.DENIED, backupVaultNames }),
        ) as object,
      group: BackupSignalGroup.PROTECTION,
    },
  );

  /**
   * A malware scan found something in a recovery point.
   */
  public static readonly THREATS_FOUND = new BackupSignal('ThreatsFound', 'A scan found threats in a recovery point', {
    pattern: ({ backupVaultArns }) => BackupEventPatterns.threatsFound(given({ backupVaultArns })) as object,
    group: BackupSignalGroup.PROTECTION,
  });

  /**
   * Every signal.
   */
  public static all(): BackupSignal[] {
    return [
      ...BackupSignal.defaults(),
      BackupSignal.NO_BACKUP_JOB_SUCCEEDED,
      BackupSignal.NO_COPY_JOB_SUCCEEDED,
      BackupSignal.VAULT_NOTIFICATIONS_CHANGED,
      BackupSignal.PLAN_CHANGED,
    ];
  }

  /**
   * What somebody should hear of unless asked otherwise.
   *
   * Left out are `NO_BACKUP_JOB_SUCCEEDED` and `NO_COPY_JOB_SUCCEEDED`, as some vaults get backups alone and others copies
   * alone, and `VAULT_NOTIFICATIONS_CHANGED` and `PLAN_CHANGED`, which deployments set off.
   */
  public static defaults(): BackupSignal[] {
    return [
      BackupSignal.BACKUP_JOBS_FAILED,
      BackupSignal.COPY_JOBS_FAILED,
      BackupSignal.RESTORE_JOBS_FAILED,
      BackupSignal.RECOVERY_POINTS_EXPIRED,
      BackupSignal.RECOVERY_POINTS_PARTIAL,
      BackupSignal.BACKUP_JOBS_WITH_ISSUES,
      BackupSignal.NOTHING_SUCCEEDED,
      BackupSignal.VAULT_LOCK_CHANGED,
      BackupSignal.VAULT_ACCESS_POLICY_CHANGED,
      BackupSignal.RECOVERY_POINTS_REMOVED,
      BackupSignal.REMOVAL_DENIED,
      BackupSignal.THREATS_FOUND,
    ];
  }

  private static change(id: string, description: string, call: BackupApiCall): BackupSignal {
    return new BackupSignal(id, description, {
      pattern: ({ backupVaultNames }) => BackupApiCallPatterns.of([call], given({ backupVaultNames })) as object,
      group: BackupSignalGroup.PROTECTION,
    });
  }

  /**
   * Id of the signal, e.g. `BackupJobsFailed`.
   */
  public readonly id: string;

  /**
   * What happened, in a sentence.
   */
  public readonly description: string;

  /**
   * The incident that it belongs to.
   */
  public readonly group: BackupSignalGroup;

  /**
   * Metrics that speak when they are not zero; empty for a signal that comes from events, or from silence.
   */
  public readonly failures: BackupMetric[];

  /**
   * Metrics that speak when they stay zero.
   */
  public readonly successes: BackupMetric[];

  private readonly origin: Origin;

  private constructor(id: string, description: string, origin: Origin) {
    this.id = id;
    this.description = description;
    this.group = origin.group ?? BackupSignalGroup.OPERATION;
    this.failures = origin.failures ?? [];
    this.successes = origin.successes ?? [];
    this.origin = origin;
  }

  /**
   * The pattern of the events that it comes from; undefined for a signal that comes from metrics alone.
   *
   * @param scope which vaults; changes of plans are of no vault
   */
  public eventPattern(scope?: BackupSignalScope): any {
    return this.origin.pattern?.(scope ?? {});
  }
}

function completed(kind: BackupEvent, backupVaultArns: string[] | undefined): object {
  return BackupEventPatterns.stateChange(kind, given({ states: ['COMPLETED'], backupVaultArns })) as object;
}

/** Both kinds of jobs keep their state in the same member. */
function anyCompleted(backupVaultArns: string[] | undefined): object {
  const into = ['backupVaultArn', 'destinationBackupVaultArn'].map((key) => ({ [key]: backupVaultArns }));
  return {
    ...(BackupEventPatterns.kinds([BackupEvent.BACKUP_JOB, BackupEvent.COPY_JOB]) as object),
    detail: { state: ['COMPLETED'], ...(backupVaultArns === undefined ? {} : { $or: into }) },
  };
}

/** Without the members that nobody gave. */
function given<T extends object>(filter: T): T {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as T;
}
