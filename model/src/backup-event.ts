import { EventFacts, EVENTS } from './private/event-catalog';

/**
 * A kind of event that AWS Backup sends to EventBridge, best effort and in batches about every five minutes.
 *
 * Where an event keeps its state differs: most have `state`, restore jobs `status` (but `state` while CREATED), recovery points
 * `status`, indexes `indexStatus`. `BackupEventPatterns` knows.
 *
 * Source B14.1/1 to B14.1/5.
 */
export class BackupEvent {
  /**
   * A backup job came into another state.
   */
  public static readonly BACKUP_JOB = new BackupEvent('backupJob');

  /**
   * A copy job came into another state.
   */
  public static readonly COPY_JOB = new BackupEvent('copyJob');

  /**
   * A restore job came into another state.
   */
  public static readonly RESTORE_JOB = new BackupEvent('restoreJob');

  /**
   * A recovery point came into another state.
   */
  public static readonly RECOVERY_POINT = new BackupEvent('recoveryPoint');

  /**
   * A vault was created, modified or deleted.
   */
  public static readonly VAULT = new BackupEvent('vault');

  /**
   * A plan was created, modified or deleted.
   */
  public static readonly PLAN = new BackupEvent('plan');

  /**
   * The opt-in of a resource type was changed in the Region.
   */
  public static readonly REGION_SETTING = new BackupEvent('regionSetting');

  /**
   * The index of a recovery point came into another state.
   */
  public static readonly RECOVERY_POINT_INDEX = new BackupEvent('recoveryPointIndex');

  /**
   * A malware scan came into another state.
   */
  public static readonly SCAN_JOB = new BackupEvent('scanJob');

  /**
   * Source of all of them: `aws.backup`.
   */
  public static readonly SOURCE = 'aws.backup';

  /**
   * Every kind, in the order of the guide.
   */
  public static all(): BackupEvent[] {
    return [
      BackupEvent.BACKUP_JOB,
      BackupEvent.COPY_JOB,
      BackupEvent.RESTORE_JOB,
      BackupEvent.RECOVERY_POINT,
      BackupEvent.VAULT,
      BackupEvent.PLAN,
      BackupEvent.REGION_SETTING,
      BackupEvent.RECOVERY_POINT_INDEX,
      BackupEvent.SCAN_JOB,
    ];
  }

  /**
   * `detail-type` of the events.
   */
  public readonly detailType: string;

  /**
   * States that the events tell of, in the order in which they come.
   */
  public readonly states: string[];

  /**
   * Those of the states that say that the work was not done; empty where nothing can fail.
   *
   * For backup jobs FAILED and EXPIRED, as AWS Backup counts failures itself (Source B14.4/1).
   */
  public readonly failedStates: string[];

  /**
   * Members of `detail`; not every state has all of them.
   */
  public readonly detailKeys: string[];

  /** Name in the catalogue, by which two copies of this library agree. */
  private readonly id: keyof typeof EVENTS;

  private constructor(id: keyof typeof EVENTS) {
    const facts: EventFacts = EVENTS[id];
    this.id = id;
    this.detailType = facts.detailType;
    this.states = [...facts.states];
    this.failedStates = [...facts.failedStates];
    this.detailKeys = [...facts.detailKeys];
  }

  /**
   * The member of `detail` that holds the state.
   *
   * @param state a state; restore jobs keep CREATED in another member than the rest
   */
  public stateKey(state: string): string {
    const facts: EventFacts = EVENTS[this.id];
    return facts.stateKeyOf[state] ?? facts.stateKey;
  }
}
