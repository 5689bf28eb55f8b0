import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent } from './private/reading';
import { VAULT_ENCRYPTION } from './private/tables/vault-copy';

/**
 * Who holds the key with which a vault encrypts.
 */
export enum VaultKeyType {
  /**
   * A key of the account, with a policy of its own: it can be shared, and it can be deleted.
   */
  CUSTOMER_MANAGED = 'CUSTOMER_MANAGED',

  /**
   * `aws/backup`: of the account, but with a policy that nobody can change.
   */
  AWS_MANAGED = 'AWS_MANAGED',

  /**
   * A key outside of the account, which nobody in it can see, use or delete. Logically air-gapped vaults alone have it.
   */
  AWS_OWNED = 'AWS_OWNED',
}

/**
 * The choice of a key, with what decides over its consequences.
 */
export interface VaultKeyChoice {
  /**
   * Who holds the key.
   */
  readonly keyType: VaultKeyType;

  /**
   * Whether the vault is logically air-gapped.
   *
   * @default false
   */
  readonly logicallyAirGapped?: boolean;

  /**
   * Days until the lock of the vault becomes permanent; a logically air-gapped vault has such a lock always.
   *
   * @default - no lock that becomes permanent
   */
  readonly changeableForDays?: number;
}

/**
 * What follows from the choice of a key.
 */
export class VaultEncryptionRules {
  /**
   * What the rules find. Never throws.
   *
   * @param choice the choice
   * @param path where it is declared
   * @param probe tells which values are known now
   */
  public static check(choice: VaultKeyChoice, path: string, probe: IValueProbe): Finding[] {
    const { keyType, logicallyAirGapped: airGapped = false } = choice;
    if (!probe.known(keyType)) {
      return [];
    }
    if (keyType === VaultKeyType.AWS_OWNED) {
      return airGapped ? [] : [found(VAULT_ENCRYPTION.awsOwned, path, 'a key that AWS owns')];
    }
    if (keyType === VaultKeyType.AWS_MANAGED) {
      return [found(airGapped ? VAULT_ENCRYPTION.airGappedManaged : VAULT_ENCRYPTION.awsManaged, path, 'aws/backup')];
    }
    const locked = airGapped || !absent(choice.changeableForDays);
    return locked ? [found(VAULT_ENCRYPTION.keyOutsideLock, path, 'a customer managed key under a lock')] : [];
  }

  /**
   * What the rules find where a key is given in two ways. Never throws.
   *
   * @param path where the vault is declared
   */
  public static checkTwice(path: string): Finding[] {
    return [found(VAULT_ENCRYPTION.twice, at(path, 'encryptionKey'), 'both encryption and encryptionKey')];
  }

  private constructor() {}
}
