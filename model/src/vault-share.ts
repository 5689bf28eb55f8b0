import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { ACCOUNT_ID } from './private/arns';
import { at, found } from './private/found';
import { checkName, duplicates } from './private/names';
import { lengthOf, members, readable } from './private/reading';
import { VAULT_SHARE } from './private/tables/air-gapped';

/**
 * A share of a logically air-gapped vault with other accounts, which can then restore from it.
 */
export interface VaultShare {
  /**
   * Accounts that the vault is shared with, 12 digits each.
   */
  readonly accounts: string[];

  /**
   * Whether accounts of other organizations may be among them.
   *
   * @default false
   */
  readonly allowExternalPrincipals?: boolean;
}

/**
 * What AWS refuses in a share of a vault.
 */
export class VaultShareRules {
  /**
   * What the rules find. Never throws.
   *
   * @param share the declaration
   * @param env where the vault lives
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(share: VaultShare, env: Environment, path: string, probe: IValueProbe): Finding[] {
    const accountsPath = at(path, 'accounts');
    const accounts = members(share.accounts, probe);
    const findings = accounts.flatMap(([index, account]) =>
      checkName(VAULT_SHARE.account, account, ACCOUNT_ID, at(accountsPath, index), probe),
    );
    if (lengthOf(share.accounts, probe) === 0) {
      findings.push(found(VAULT_SHARE.none, accountsPath, '0'));
    }
    for (const [index, account] of accounts) {
      if (readable(env.account, probe) && account === env.account) {
        findings.push(found(VAULT_SHARE.ownAccount, at(accountsPath, index), account));
      }
    }
    for (const [, [index, account]] of duplicates(accounts, ([, one]) => one)) {
      findings.push(found(VAULT_SHARE.twice, at(accountsPath, index), `${account} twice`));
    }
    return findings;
  }

  private constructor() {}
}
