import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { arnOf } from './private/resource-arn';

/**
 * Something that a selection selects or leaves out.
 */
export class SelectionResource {
  /**
   * A resource, or many by stars, by ARN.
   *
   * Stars are meant for the Region, the account and the end of the ARN; `*` alone is every supported resource.
   *
   * @param arn e.g. `arn:aws:dynamodb:eu-central-1:123456789012:table/orders` or `arn:aws:ec2:*:*:volume/*`
   */
  public static fromArn(arn: string): SelectionResource {
    return new SelectionResource(arn);
  }

  /**
   * Every resource at and below a construct that AWS Backup backs up by itself.
   *
   * Selected are the resources that are there when the selection is made; one that is added to the construct later fails
   * the synthesis. Instances of a cluster are backed up with their cluster.
   *
   * @param construct a resource, or any construct around some
   */
  public static fromConstruct(construct: IConstruct): SelectionResource {
    return new SelectionResource(undefined, undefined, construct);
  }

  /**
   * A resource that AWS Backup backs up by itself.
   *
   * Instances of a cluster are backed up with their cluster: select the cluster.
   *
   * @param resource a resource of the AWS provider, e.g. a `DynamodbTable`
   */
  public static fromResource(resource: TerraformResource): SelectionResource {
    return new SelectionResource(arnOf(resource), resource, resource);
  }

  private constructor(
    /**
     * The ARN, or the expression of it; none for a construct, which may hold several resources.
     */
    public readonly arn?: string,

    /**
     * The resource, where one was given.
     */
    public readonly resource?: TerraformResource,

    /**
     * The construct, where one was given, the resource included.
     */
    public readonly construct?: IConstruct,
  ) {}
}
