import { IVault } from './vault';

/**
 * A copy that follows each backup of a rule.
 */
export interface PlanCopyActionProps {
  /**
   * The vault that receives the copy; may be of another Region or account. A `CopyDestination` makes it there.
   */
  readonly destination: IVault;

  /**
   * Days after which the copy moves to cold storage, counted from the creation of the source point; -1 is never.
   *
   * @default - never
   */
  readonly moveToColdStorageAfterDays?: number;

  /**
   * Days after which the copy is deleted, counted from the creation of the source point.
   *
   * @default - when the source point is
   */
  readonly deleteAfterDays?: number;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default false
   */
  readonly optInToArchiveForSupportedResources?: boolean;
}
