import { RestoreTestingResourceType } from '@holdfast/model';
import { IConstruct } from 'constructs';

/**
 * Conditions on the tags that the latest recovery point of a resource has: tag key to value.
 */
export interface RestoreTestingTagConditions {
  /**
   * The tag is there and equal.
   *
   * @default - none
   */
  readonly stringEquals?: { [tagKey: string]: string };

  /**
   * The tag is absent or differs.
   *
   * @default - none
   */
  readonly stringNotEquals?: { [tagKey: string]: string };
}

/**
 * Which resources a selection tests: of one resource type, as AWS Backup has it.
 */
export class RestoreTestingResources {
  /**
   * Every resource of a type that has recovery points.
   *
   * @param resourceType the resource type
   */
  public static all(resourceType: RestoreTestingResourceType): RestoreTestingResources {
    return new RestoreTestingResources(resourceType, ['*'], undefined, undefined);
  }

  /**
   * Single resources of a type.
   *
   * @param resourceType the resource type
   * @param arns whole ARNs, at most 30
   */
  public static fromArns(resourceType: RestoreTestingResourceType, arns: string[]): RestoreTestingResources {
    return new RestoreTestingResources(resourceType, arns, undefined, undefined);
  }

  /**
   * Resources of a type whose latest recovery point has certain tags.
   *
   * The tags of the recovery point count, not those of the resource: what `PlanRuleProps.recoveryPointTags` adds, and what
   * AWS Backup took over when it backed the resource up.
   *
   * @param resourceType the resource type
   * @param conditions all of which must be met
   */
  public static fromTags(
    resourceType: RestoreTestingResourceType,
    conditions: RestoreTestingTagConditions,
  ): RestoreTestingResources {
    return new RestoreTestingResources(resourceType, ['*'], conditions, undefined);
  }

  /**
   * The resources at and below some constructs, which must be of one resource type.
   *
   * Looked through when the selection is made.
   *
   * @param constructs resources of the AWS provider, or any constructs around some
   */
  public static fromConstructs(constructs: IConstruct[]): RestoreTestingResources {
    return new RestoreTestingResources(undefined, undefined, undefined, constructs);
  }

  private constructor(
    /**
     * The resource type; undefined where it follows from constructs.
     */
    public readonly resourceType?: RestoreTestingResourceType,

    /**
     * The ARNs, where some were given.
     */
    public readonly arns?: string[],

    /**
     * The conditions, where some were given.
     */
    public readonly conditions?: RestoreTestingTagConditions,

    /**
     * The constructs, where some were given.
     */
    public readonly constructs?: IConstruct[],
  ) {}
}
