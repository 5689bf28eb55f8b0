import { RESTORE_KEYS } from './private/restore-keys';
import { RestoreMetadataKey } from './restore-metadata-key';

/**
 * The keys that the metadata of a restore may have, by resource type (Source B8/7, B9.3/8).
 */
export class RestoreMetadata {
  /**
   * The resource types whose keys are known, as AWS Backup writes them, in alphabetical order.
   */
  public static resourceTypes(): string[] {
    return [...RESTORE_KEYS.keys()].sort();
  }

  /**
   * The keys of a resource type; none for a type that is not known.
   *
   * @param resourceType e.g. `RDS`
   */
  public static keysOf(resourceType: string): RestoreMetadataKey[] {
    return [...(RESTORE_KEYS.get(resourceType) ?? [])];
  }

  /**
   * A key of a resource type in whatever case, or nothing.
   *
   * @param resourceType e.g. `RDS`
   * @param key e.g. `dbInstanceClass`
   */
  public static tryFind(resourceType: string, key: string): RestoreMetadataKey | undefined {
    const wanted = key.toLowerCase();
    return RESTORE_KEYS.get(resourceType)?.find((known) => known.key.toLowerCase() === wanted);
  }

  private constructor() {}
}
