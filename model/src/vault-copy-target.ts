import { Finding, IValueProbe } from './finding';
import { ORGANIZATION_PATH, VAULT_ARN_PATTERN } from './private/arns';
import { at } from './private/found';
import { checkName } from './private/names';
import { members } from './private/reading';
import { VAULT_COPY } from './private/tables/vault-copy';

/**
 * A place that copies of a vault's points may go to: a vault or several, or a part of an organization.
 */
export interface VaultCopyPlace {
  /**
   * ARN of the vault, in which Region, account and name may have stars.
   *
   * @default - none: `organizationPath` is given
   */
  readonly vaultArn?: string;

  /**
   * Organization, root and units, each followed by a slash, with a star at the end for the units below, too.
   *
   * @default - none: `vaultArn` is given
   */
  readonly organizationPath?: string;
}

/**
 * What is wrong with the places that copies may go to.
 */
export class VaultCopyTargetRules {
  /**
   * What the rules find. Never throws.
   *
   * @param places the declaration
   * @param path where the declaration is
   * @param probe tells which values are known now
   */
  public static check(places: VaultCopyPlace[], path: string, probe: IValueProbe): Finding[] {
    return members(places, probe).flatMap(([index, { vaultArn, organizationPath }]) => [
      ...(vaultArn === undefined
        ? []
        : checkName(VAULT_COPY.targetArn, vaultArn, VAULT_ARN_PATTERN, at(path, index), probe)),
      ...(organizationPath === undefined
        ? []
        : checkName(VAULT_COPY.targetPath, organizationPath, ORGANIZATION_PATH, at(path, index), probe)),
    ]);
  }

  private constructor() {}
}
