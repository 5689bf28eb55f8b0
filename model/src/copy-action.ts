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
