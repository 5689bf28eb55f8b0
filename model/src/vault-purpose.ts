import { VaultEvents } from './vault-events';
import { VaultLock } from './vault-lock';

/** Key of the tag that says what a vault is for. */
const TAG = 'holdfast:purpose';

/**
 * What a vault is for: defaults that belong together. What is declared beside a purpose wins, field by field.
 *
 * Assumed (decision 0012): the numbers of days are ours; AWS states none.
 */
export class VaultPurpose {
  /**
   * Receives the backups of its account, to be restored from day by day.
   *
   * A lock in governance mode with at least 7 days, which admits continuous backups, and failures as notifications.
   */
  public static readonly PRIMARY = new VaultPurpose(
    'primary',
    { minRetentionDays: 7 },
    VaultEvents.ofFailures(),
    false,
    false,
  );

  /**
   * Receives copies, to be restored from when the primary vault is lost.
   *
   * A lock in governance mode with at least 7 days; copies come in only from the own account and from whom is named; the
   * notifications leave out what happens to backup jobs, which there are none of.
   */
  public static readonly COPY = new VaultPurpose(
    'copy',
    { minRetentionDays: 7 },
    VaultEvents.ofFailures().filter((name) => !isOfBackups(name)),
    true,
    false,
  );

  /**
   * Keeps points as evidence: after an incident they are looked at, and nothing else.
   *
   * A lock in governance mode with at least 90 days; copies come in only from the own account and from whom is named, and go
   * nowhere but to vaults that are named; the notifications tell of every use: restores and copies that begin, points that
   * change, beside all failures.
   */
  public static readonly FORENSIC = new VaultPurpose(
    'forensic',
    { minRetentionDays: 90 },
    [...VaultEvents.ofFailures(), 'COPY_JOB_STARTED', 'RESTORE_JOB_STARTED', 'RECOVERY_POINT_MODIFIED'],
    true,
    true,
  );

  /**
   * Tags that say what the vault is for.
   */
  public readonly tags: { [key: string]: string };

  private constructor(
    /**
     * Name of the purpose: `primary`, `copy` or `forensic`.
     */
    public readonly name: string,

    /**
     * Bounds of the lock.
     */
    public readonly vaultLock: VaultLock,

    /**
     * Events that the vault tells of where it has a topic.
     */
    public readonly notificationEvents: string[],

    /**
     * Whether a policy keeps out copies of everybody who is not named.
     */
    public readonly copiesInFromNamedAlone: boolean,

    /**
     * Whether a policy keeps copies from going to vaults that are not named.
     */
    public readonly copiesOutToNamedAlone: boolean,
  ) {
    this.tags = { [TAG]: name };
  }
}

function isOfBackups(event: string): boolean {
  return event === 'CONTINUOUS_BACKUP_INTERRUPTED' || /^(BACKUP_JOB|[A-Z0-9]+_BACKUP_OBJECT)_/.test(event);
}
