import { VaultKeyType } from '@holdfast/model';
import { VaultEncryption } from '../vault-encryption';
import { isSame, Values } from './same-value';

/**
 * Whether a vault has the encryption that is demanded, in whichever of its two properties that is said: a key of the author's is
 * customer managed, too.
 */
export function isEncryptedAs(name: string, demanded: unknown, { encryption, encryptionKey }: Values): boolean {
  const given = (encryption ?? (encryptionKey === undefined ? {} : customerManaged(encryptionKey))) as Encryption;
  const asked = (
    name === 'encryption' ? demanded : name === 'encryptionKey' ? customerManaged(demanded) : {}
  ) as Encryption;
  return (
    asked.keyType !== undefined &&
    asked.keyType === given.keyType &&
    (asked.encryptionKey === undefined || isSame(asked.encryptionKey, given.encryptionKey))
  );
}

type Encryption = Partial<Pick<VaultEncryption, 'keyType'>> & { readonly encryptionKey?: unknown };

function customerManaged(encryptionKey: unknown): Encryption {
  return { keyType: VaultKeyType.CUSTOMER_MANAGED, encryptionKey };
}
