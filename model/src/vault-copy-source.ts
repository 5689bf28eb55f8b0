import { Finding, IValueProbe, RuleDescription } from './finding';
import { ACCOUNT_ID, ORGANIZATION_ID, ORGANIZATION_PATH } from './private/arns';
import { at } from './private/found';
import { checkName } from './private/names';
import { members } from './private/reading';
import { VAULT_COPY } from './private/tables/vault-copy';

/**
 * Who may copy recovery points into a vault from another account.
 */
export class VaultCopySource {
  /**
   * Every account of an organization.
   *
   * @param organizationId e.g. `o-a1b2c3d4e5`
   */
  public static organization(organizationId: string): VaultCopySource {
    return new VaultCopySource(organizationId, undefined, undefined);
  }

  /**
   * The accounts of a part of an organization.
   *
   * @param organizationPath organization, root and units, each followed by a slash, with a star at the end for the units
   * below, too: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*`
   */
  public static organizationPath(organizationPath: string): VaultCopySource {
    return new VaultCopySource(undefined, organizationPath, undefined);
  }

  /**
   * One account.
   *
   * @param accountId 12 digits
   */
  public static account(accountId: string): VaultCopySource {
    return new VaultCopySource(undefined, undefined, accountId);
  }

  private constructor(
    /**
     * Id of the organization, where one was given.
     */
    public readonly organizationId?: string,

    /**
     * Path within an organization, where one was given.
     */
    public readonly path?: string,

    /**
     * Id of the account, where one was given.
     */
    public readonly accountId?: string,
  ) {}
}

/**
 * What is wrong with those who may copy into a vault.
 */
export class VaultCopySourceRules {
  /**
   * What the rules find. Never throws.
   *
   * @param sources the declaration
   * @param path where the declaration is
   * @param probe tells which values are known now
   */
  public static check(sources: VaultCopySource[], path: string, probe: IValueProbe): Finding[] {
    return members(sources, probe).flatMap(([index, source]) => {
      const forms: [RuleDescription, unknown, RegExp][] = [
        [VAULT_COPY.sourceOrganization, source.organizationId, ORGANIZATION_ID],
        [VAULT_COPY.sourcePath, source.path, ORGANIZATION_PATH],
        [VAULT_COPY.sourceAccount, source.accountId, ACCOUNT_ID],
      ];
      return forms
        .filter(([, value]) => value !== undefined)
        .flatMap(([rule, value, form]) => checkName(rule, value, form, at(path, index), probe));
    });
  }

  private constructor() {}
}
