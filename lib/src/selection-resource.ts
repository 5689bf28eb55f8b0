import { IConstruct } from 'constructs';

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
    return new SelectionResource(arn, undefined);
  }

  /**
   * Every resource at and below a construct that AWS Backup backs up by itself.
   *
   * Selected are the resources that are there when the selection is made; one that is added to the construct later fails
   * the synthesis. Instances of a cluster are backed up with their cluster, and nested stacks by their resources.
   *
   * @param construct an L1, an L2, or any construct around some
   */
  public static fromConstruct(construct: IConstruct): SelectionResource {
    return new SelectionResource(undefined, construct);
  }

  private constructor(
    /**
     * The ARN, where one was given.
     */
    public readonly arn?: string,

    /**
     * The construct, where one was given.
     */
    public readonly construct?: IConstruct,
  ) {}
}
