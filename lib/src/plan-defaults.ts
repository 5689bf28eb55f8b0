import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { Plan, PlanOptions } from './plan';
import { CommonPlanRuleOptions } from './plan-rule';
import { keepLayer } from './private/injection';

/**
 * Values for plans.
 */
export interface PlanValues extends PlanOptions {
  /**
   * What holds for each rule of a plan.
   *
   * @default - nothing
   */
  readonly rule?: CommonPlanRuleOptions;
}

/**
 * Properties of `PlanDefaults`.
 */
export interface PlanDefaultsProps extends MandateOptions {
  /**
   * What a `Plan` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: PlanValues;

  /**
   * What every `Plan` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: PlanValues;
}

/**
 * What a company gives to, and demands of, every `Plan` at and below a scope: a property injector of the CDK.
 *
 * Plans that other constructs of this library make are among them.
 */
export class PlanDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: PlanDefaultsProps) {
    super(Plan.PROPERTY_INJECTION_ID);
    keepLayer(this, props, { members: { rules: 'rule' } });
  }
}
