/**
 * Who demands what a mandate demands.
 */
export interface MandateOptions {
  /**
   * Who demands the mandated values: a team, or better the paragraph of its policy. The message of a refusal says so.
   *
   * @default 'the platform team'
   */
  readonly demandedBy?: string;

  /**
   * Whether the `waivers` of a construct let a mandate go (rule `mandate-value`), with a reason that stands in the template.
   * Constructs of `aws-cdk-lib` have no waivers.
   *
   * @default false
   */
  readonly waivable?: boolean;
}
