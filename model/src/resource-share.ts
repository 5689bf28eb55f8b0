import { Environment } from './environment';
import { VaultShare } from './vault-share';

/**
 * A share of AWS RAM by which other accounts look into logically air-gapped vaults and restore from them (Source B7.5/5).
 */
export interface ResourceShare extends VaultShare {
  /**
   * What the share is called.
   */
  readonly shareName: string;

  /**
   * Where the share lives: the account and Region of its vaults.
   */
  readonly env: Environment;

  /**
   * ARNs of the vaults.
   */
  readonly vaultArns: string[];

  /**
   * Those of the accounts that accept the share as soon as they are invited.
   *
   * @default - none: an invitation waits for 12 hours
   */
  readonly acceptedBy?: string[];

  /**
   * Tags of the share, at most 50.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}
