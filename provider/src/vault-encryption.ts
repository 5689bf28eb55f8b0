import { VaultKeyType } from '@holdfast/model';

/**
 * With which key a vault encrypts copies and the recovery points of fully managed services. Cannot be changed later.
 */
export class VaultEncryption {
  /**
   * A key of the account with a policy of its own: other accounts can be let use it, and whoever may can delete it.
   *
   * No lock holds the key: once it is deleted, nobody can restore from the vault.
   *
   * @param encryptionKeyArn ARN of the key; without one the vault makes its own, rotated every year
   */
  public static customerManaged(encryptionKeyArn?: string): VaultEncryption {
    return new VaultEncryption(VaultKeyType.CUSTOMER_MANAGED, encryptionKeyArn);
  }

  /**
   * `aws/backup`, which costs nothing and which nobody can delete, or share: the vault takes no copies from other accounts.
   *
   * Not for logically air-gapped vaults.
   */
  public static awsManaged(): VaultEncryption {
    return new VaultEncryption(VaultKeyType.AWS_MANAGED, undefined);
  }

  /**
   * A key that AWS owns, outside of the account, so that nobody in it can delete it. For logically air-gapped vaults alone.
   */
  public static awsOwned(): VaultEncryption {
    return new VaultEncryption(VaultKeyType.AWS_OWNED, undefined);
  }

  private constructor(
    /**
     * Who holds the key.
     */
    public readonly keyType: VaultKeyType,

    /**
     * ARN of the key, where one was given.
     */
    public readonly encryptionKeyArn?: string,
  ) {}
}
