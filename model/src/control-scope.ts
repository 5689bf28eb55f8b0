/**
 * The members of a control's scope, as AWS Backup takes them, for `ControlScope.custom`.
 */
export interface ControlScopeMembers {
  /**
   * Types, e.g. `EBS`, `RDS`, or `AWS::Backup::BackupVault`.
   *
   * @default - not narrowed by type
   */
  readonly complianceResourceTypes?: string[];

  /**
   * Ids of single resources, 1 to 100.
   *
   * @default - not narrowed to single resources
   */
  readonly complianceResourceIds?: string[];

  /**
   * A tag, key to value; no more than one.
   *
   * @default - not narrowed by tag
   */
  readonly tags?: { [key: string]: string };
}

/**
 * What a control looks at: resources of some types, those with one tag, or a single one.
 *
 * Which of the three a control takes is told by `FrameworkControls.find(name).scopeKinds`.
 */
export class ControlScope {
  /**
   * All resources of these types, in AWS Backup's words: `EBS`, `EC2`, `RDS`, `Aurora`, `DynamoDB`, `EFS`, `FSx`, `S3`, …
   *
   * @param complianceResourceTypes the types
   */
  public static resourceTypes(complianceResourceTypes: string[]): ControlScope {
    return new ControlScope({ complianceResourceTypes });
  }

  /**
   * Whatever carries a tag. Plans, vaults and recovery points are found by their own tags.
   *
   * @param key key of the tag
   * @param value value of the tag; an empty text when not given
   */
  public static tagged(key: string, value: string = ''): ControlScope {
    return new ControlScope({ tags: { [key]: value } });
  }

  /**
   * One resource.
   *
   * @param complianceResourceType its type, e.g. `RDS`, or `AWS::Backup::BackupVault`
   * @param complianceResourceId its id, e.g. the name of the vault
   */
  public static singleResource(complianceResourceType: string, complianceResourceId: string): ControlScope {
    return new ControlScope({
      complianceResourceTypes: [complianceResourceType],
      complianceResourceIds: [complianceResourceId],
    });
  }

  /**
   * A scope as it is, e.g. one that was read from a template.
   *
   * @param scopeMembers its members
   */
  public static custom(scopeMembers: ControlScopeMembers): ControlScope {
    return new ControlScope(scopeMembers);
  }

  /**
   * Types of resources.
   */
  public readonly complianceResourceTypes?: string[];

  /**
   * Ids of single resources.
   */
  public readonly complianceResourceIds?: string[];

  /**
   * A tag, key to value.
   */
  public readonly tags?: { [key: string]: string };

  private constructor(scopeMembers: ControlScopeMembers) {
    this.complianceResourceTypes = scopeMembers.complianceResourceTypes;
    this.complianceResourceIds = scopeMembers.complianceResourceIds;
    this.tags = scopeMembers.tags;
  }
}
