import { IConstruct } from 'constructs';

/**
 * Something that a selection selects or leaves out.
 */
export class SelectionResource {
  /**
   * A resource, or many by stars, by ARN.
   *
   * @param arn e.g. `arn:aws:dynamodb:eu-central-1:123456789012:table/orders` or `arn:aws:ec2:*:*:volume/*`
   */
  public static fromArn(arn: string): SelectionResource {
    return new SelectionResource(arn, undefined);
  }

  /**
   * Every resource within a construct that AWS Backup can back up.
   *
   * @param construct an L1, an L2, or any construct around some
   */
  public static fromConstruct(construct: IConstruct): SelectionResource {
    return new SelectionResource(undefined, construct);
  }

  private constructor(
    /**
     * The ARN, where it was given by ARN.
     */
    public readonly arn?: string,

    /**
     * The construct, where it was given by construct.
     */
    public readonly construct?: IConstruct,
  ) {}
}
