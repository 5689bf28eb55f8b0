import { BackupLimits } from './backup-limits';
import { Finding, IValueProbe } from './finding';
import { checkSaid, dateOf, dayNumber } from './private/acknowledged';
import { at, found } from './private/found';
import { absent, days, readable, shown, whole } from './private/reading';
import { VAULT_LOCK } from './private/tables/vault-lock';

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
    if (!readable(vaultLock, probe)) {
      return [];
    }
    const findings: Finding[] = [];
    const { minRetentionDays: min, maxRetentionDays: max, changeableForDays: grace } = vaultLock;
    if (absent(min)) {
      findings.push(found(VAULT_LOCK.noMinimum, at(path, 'minRetentionDays'), shown(min)));
    } else if (probe.known(min) && !whole(min, 1, BackupLimits.LONGEST_DAYS)) {
      findings.push(found(VAULT_LOCK.minRetention, at(path, 'minRetentionDays'), days(min)));
    }
    if (readable(max, probe) && !whole(max, 1, BackupLimits.LONGEST_DAYS)) {
      findings.push(found(VAULT_LOCK.maxRetention, at(path, 'maxRetentionDays'), days(max)));
    } else if (readable(max, probe) && readable(min, probe) && max < min) {
      const allowed = `at least ${min} days, the minRetentionDays`;
      findings.push(found(VAULT_LOCK.bounds, at(path, 'maxRetentionDays'), days(max), allowed));
    }
    if (absent(grace)) {
      findings.push(found(VAULT_LOCK.governance, at(path, 'changeableForDays'), shown(grace)));
    } else if (probe.known(grace) && !whole(grace, BackupLimits.LOCK_GRACE_DAYS, BackupLimits.LONGEST_DAYS)) {
      findings.push(found(VAULT_LOCK.graceTime, at(path, 'changeableForDays'), days(grace)));
    }
    return findings;
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
    if (!readable(vaultLock, probe)) {
      return [];
    }
    const grace = vaultLock.changeableForDays;
    if (absent(acknowledgement)) {
      return absent(grace)
        ? []
        : [found(VAULT_LOCK.acknowledgement, at(path, 'changeableForDays'), 'no acknowledgement')];
    }
    const unused = absent(grace)
      ? [found(VAULT_LOCK.acknowledgementUnused, at(path, 'changeableForDays'), 'none')]
      : [];
    return [...unused, ...checkSaid(acknowledgement as ComplianceAcknowledgement, path, probe)];
  }

  /**
   * The day from which nobody can change the lock, `YYYY-MM-DD`; nothing in governance mode.
   *
   * @param vaultLock the lock
   * @param deployedOn the day of deployment, `YYYY-MM-DD`
   */
  public static dateOfNoReturn(vaultLock: VaultLock, deployedOn: string): string | undefined {
    const day = dayNumber(deployedOn);
    const grace = vaultLock.changeableForDays;
    if (day === undefined || !whole(grace, BackupLimits.LOCK_GRACE_DAYS, BackupLimits.LONGEST_DAYS)) {
      return undefined;
    }
    return dateOf(day + grace);
  }

  private constructor() {}
}
