import { Finding, IValueProbe } from './finding';
/**
 * A Vault Lock: retention bounds that no job may leave, and points that nobody deletes early.
 */
export interface VaultLock {
  /**
   * Least retention of a recovery point that a job may put into the vault, in days, at least 1.
   *
   * @default - no lower bound (CloudFormation demands a value)
   */
  readonly minRetentionDays?: number;

  /**
   * Greatest retention of a recovery point that a job may put into the vault, in days, at most 36500.
   *
   * @default - no upper bound
   */
  readonly maxRetentionDays?: number;

  /**
   * Days until the lock can never be changed again (compliance mode), 3 to 36500.
   *
   * @default - governance mode: whoever is permitted may remove the lock
   */
  readonly changeableForDays?: number;
}

/**
 * Says that the author knows that a lock becomes permanent.
 */
export interface ComplianceAcknowledgement {
  /**
   * The day of deployment, `YYYY-MM-DD`: the grace time counts from it.
   */
  readonly deployedOn: string;

  /**
   * Who acknowledges it: a name, a role, a ticket.
   */
  readonly acknowledgedBy: string;
}

/**
 * What AWS refuses in a Vault Lock.
 */
export class VaultLockRules {
  /**
   * What the rules find. Never throws.
   *
   * @param vaultLock the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(vaultLock: VaultLock, path: string, probe: IValueProbe): Finding[] {
    return probe.known(vaultLock) && path === undefined ? [] : [];
  }

  /**
   * What the rules find in the acknowledgement of a lock that becomes permanent. Never throws.
   *
   * @param vaultLock the lock
   * @param acknowledgement a `ComplianceAcknowledgement`, or undefined when there is none
   * @param path where the lock is declared
   * @param probe tells which values are known now
   */
  public static checkAcknowledgement(
    vaultLock: VaultLock,
    acknowledgement: any,
    path: string,
    probe: IValueProbe,
  ): Finding[] {
    return probe.known(vaultLock) && path === undefined && acknowledgement === undefined ? [] : [];
  }

  /**
   * The day from which nobody can change the lock, `YYYY-MM-DD`; nothing in governance mode.
   *
   * @param vaultLock the lock
   * @param deployedOn the day of deployment, `YYYY-MM-DD`
   */
  public static dateOfNoReturn(vaultLock: VaultLock, deployedOn: string): string | undefined {
    return vaultLock.changeableForDays === undefined ? undefined : deployedOn;
  }

  private constructor() {}
}
