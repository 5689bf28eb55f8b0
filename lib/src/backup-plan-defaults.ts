import * as backup from 'aws-cdk-lib/aws-backup';
import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { keepLayer } from './private/injection';

/**
 * Properties of `BackupPlanDefaults`.
 */
export interface BackupPlanDefaultsProps extends MandateOptions {
  /**
   * What a `BackupPlan` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: backup.BackupPlanProps;

  /**
   * What every `BackupPlan` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: backup.BackupPlanProps;
}

/**
 * What a company gives to, and demands of, every `BackupPlan` of `aws-cdk-lib` at and below a scope:
 * a property injector of the CDK.
 *
 * For the plans of this library there is `PlanDefaults`.
 */
export class BackupPlanDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: BackupPlanDefaultsProps) {
    super(backup.BackupPlan.PROPERTY_INJECTION_ID);
    keepLayer(this, props);
  }
}
