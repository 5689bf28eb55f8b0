import { Duration } from 'aws-cdk-lib/core';
import { CopyDestination } from './copy-destination';

/**
 * A copy that follows each backup of a rule.
 */
export interface PlanCopyActionProps {
  /**
   * Where the copy goes; may be another Region or account.
   */
  readonly destination: CopyDestination;

  /**
   * Time after which the copy moves to cold storage, counted from the creation of the source point.
   *
   * @default - never, or as the source where `deleteAfter` is not given either
   */
  readonly moveToColdStorageAfter?: Duration;

  /**
   * Time after which the copy is deleted, counted from the creation of the source point.
   *
   * @default - as the source
   */
  readonly deleteAfter?: Duration;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default - not said, which is no
   */
  readonly optInToArchiveForSupportedResources?: boolean;
}
