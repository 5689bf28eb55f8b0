/**
 * Tags of what AWS Backup owns, where they were changed after it was made, and those of recovery points.
 *
 * Owns     the changed tags by ARN. What was never tagged again is not in here.
 * Source   API of AWS Backup: TagResource, UntagResource.
 * Spec     tags.md
 */
import { floatAt, intAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import { arnOfPoint } from './show';

export type TagMap = Readonly<Record<string, string>>;

/** The tag by which a point tells of its resource (Source B11.6/2). */
export const SOURCE_TAG = 'aws:backup:source-resource';

export class ChangedTags {
  private readonly byArn = new Map<string, TagMap>();
  /** Whether tags of any recovery point were changed: names of points need not be made to find that out. */
  ofPoints = false;

  /** The tags of something that was made with `made`. */
  of(arn: string, made: TagMap): TagMap {
    return this.byArn.get(arn) ?? made;
  }

  put(arn: string, tags: TagMap): void {
    this.byArn.set(arn, tags);
    this.ofPoints ||= isPoint(arn);
  }

  has(arn: string): boolean {
    return this.byArn.has(arn);
  }
}

/** Source B1.1: what AWS Backup owns beside points has ARNs of its own, or of the services beside it. */
function isPoint(arn: string): boolean {
  const [, , service = '', , , kind] = arn.split(':');
  return kind === 'recovery-point' || !['backup', 'backup-search', 'mpa'].includes(service);
}

/**
 * Tags of a recovery point, for whoever lists them and for policies alike. Source B9.3/1, B2.1: those of the resource when it
 * was backed up, and those of the rule, unless they were changed since; B11.6/2: the one that AWS Backup puts.
 */
export function tagsOfPoint(ledger: Ledger, row: number): TagMap {
  const { points, changedTags } = ledger;
  const resource = ledger.resourceOf(intAt(points.series, row));
  const made = tagsFor(resource, ledger.origins.find(intAt(points.origins, row)), floatAt(points.createdAts, row));
  return changedTags.ofPoints ? { ...changedTags.of(arnOfPoint(ledger, row), made), [SOURCE_TAG]: resource.arn } : made;
}

/** The tags of a point of a resource that is made at an instant. */
export function tagsFor(resource: Resource, { given }: Origin, at: Instant): TagMap {
  return { ...resource.tagsAt(at), ...given.tags, [SOURCE_TAG]: resource.arn };
}

/** A copy takes all tags of its source (Source B6.2/1): those too that were changed after the source was made. */
export function takeTags(ledger: Ledger, source: number, copy: number): void {
  const { changedTags } = ledger;
  const arn = arnOfPoint(ledger, source);
  if (changedTags.has(arn)) {
    changedTags.put(arnOfPoint(ledger, copy), changedTags.of(arn, {}));
  }
}
