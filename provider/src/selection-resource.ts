import { TerraformResource } from 'cdktf';

/**
 * A resource, or several by a pattern, for `resources` and `notResources` of a selection.
 */
export class SelectionResource {
  /**
   * By ARN; stars are allowed in its Region and account and at its end.
   *
   * @param arn the ARN or the pattern
   */
  public static fromArn(arn: string): SelectionResource {
    return new SelectionResource(arn);
  }

  /**
   * A resource of this app.
   *
   * @param resource any resource of the AWS provider that AWS Backup can protect
   */
  public static fromResource(resource: TerraformResource): SelectionResource {
    return new SelectionResource(resource.getStringAttribute('arn'));
  }

  private constructor(
    /**
     * The ARN or the pattern.
     */
    public readonly arn: string,
  ) {}
}
