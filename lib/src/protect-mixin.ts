import { Mixin } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Plan } from './plan';
import { isProtectable } from './private/resource-arn';

/**
 * Has what it is applied to backed up by a plan.
 *
 * ```
 * Mixins.of(app).apply(new ProtectMixin(plan));
 * ```
 *
 * Applied are the L1 resources that AWS Backup backs up by themselves, each once however often a mixin reaches it; nested
 * stacks are by their resources. All mixins of a plan make one selection together, `protected-by-mixin` with the id
 * `ProtectedByMixin`, when the app is synthesized. A mixin takes what is there when it is applied, as all mixins do.
 */
export class ProtectMixin extends Mixin {
  private readonly plan: Plan;

  /**
   * @param plan the plan that backs up what the mixin is applied to
   */
  constructor(plan: Plan) {
    super();
    this.plan = plan;
  }

  /**
   * Whether AWS Backup backs the construct up by itself, and it is no L2 around what it backs up.
   *
   * @param construct a construct
   */
  public supports(construct: IConstruct): boolean {
    return isProtectable(construct);
  }

  /**
   * Adds a resource to what the plan backs up.
   *
   * @param construct an L1 resource
   */
  public applyTo(construct: IConstruct): void {
    this.plan._protectLater(construct);
  }
}
