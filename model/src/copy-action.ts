import { Finding, IValueProbe } from './finding';
import { VAULT_ARN } from './private/arns';
import { at } from './private/found';
import { checkName } from './private/names';
import { readable } from './private/reading';
import { COPY_ACTION } from './private/tables/copy-action';
import { Lifecycle, LifecycleRules } from './lifecycle';

/**
 * A copy that follows each backup of a rule.
 */
export interface CopyAction {
  /**
   * ARN of the vault that receives the copy.
   */
  readonly destinationBackupVaultArn: string;

  /**
   * Lifecycle of the copy. Days count from the creation of the source point (Source B6.2/1).
   *
   * @default - the source's lifecycle (Source B6.2/2)
   */
  readonly lifecycle?: Lifecycle;
}

/**
 * What AWS refuses in a copy action.
 */
export class CopyActionRules {
  /**
   * What the rules find. Never throws.
   *
   * @param copyAction the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(copyAction: CopyAction, path: string, probe: IValueProbe): Finding[] {
    if (!readable(copyAction, probe)) {
      return [];
    }
    const arnPath = at(path, 'destinationBackupVaultArn');
    const findings = checkName(
      COPY_ACTION.destinationArn,
      copyAction.destinationBackupVaultArn,
      VAULT_ARN,
      arnPath,
      probe,
    );
    if (copyAction.lifecycle) {
      findings.push(...LifecycleRules.check(copyAction.lifecycle, at(path, 'lifecycle'), probe));
    }
    return findings;
  }

  private constructor() {}
}
