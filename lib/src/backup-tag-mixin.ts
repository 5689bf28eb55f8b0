import { CfnResource, Mixin, TagManager } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { isProtectable } from './private/resource-arn';

/** Tags that `Tags.of` gives have 100. */
const PRIORITY = 200;

/**
 * Tags what it is applied to, as far as AWS Backup backs it up: for plans that select by a tag.
 *
 * ```
 * Mixins.of(stack).apply(new BackupTagMixin('backup', 'gold'));
 * ```
 *
 * The tag wins over one of `Tags.of`, and over one of a mixin that was applied before. What AWS Backup does not back up
 * goes without it, unlike with `Tags.of`.
 */
export class BackupTagMixin extends Mixin {
  private readonly key: string;
  private readonly value: string;

  /**
   * @param key key of the tag
   * @param value value of the tag
   */
  constructor(key: string, value: string) {
    super();
    this.key = key;
    this.value = value;
  }

  /**
   * Whether AWS Backup backs the construct up, and the construct is what has the tags: the L1, or the L2 of an L1 without
   * tags of its own, as of a global table, whose replicas have them.
   *
   * @param construct a construct
   */
  public supports(construct: IConstruct): boolean {
    return TagManager.of(construct) !== undefined && (isProtectable(construct) || isAround(construct));
  }

  /**
   * Tags a construct.
   *
   * @param construct a construct
   */
  public applyTo(construct: IConstruct): void {
    TagManager.of(construct)?.setTag(this.key, this.value, PRIORITY);
  }
}

/** Whether the construct has the tags of its main child. */
function isAround({ node: { defaultChild } }: IConstruct): boolean {
  return (
    CfnResource.isCfnResource(defaultChild) && isProtectable(defaultChild) && TagManager.of(defaultChild) === undefined
  );
}
