/**
 * How much a restore needs a key of its metadata.
 */
export enum RestoreMetadataNeed {
  /**
   * It must be given, and anew: the value that the backup holds, if any, names what exists already.
   */
  NEW_VALUE = 'new-value',

  /**
   * It must be there; what the backup holds will do.
   */
  REQUIRED = 'required',

  /**
   * It may be left out.
   */
  OPTIONAL = 'optional',
}

/**
 * One key of the metadata of a restore.
 */
export interface RestoreMetadataKey {
  /**
   * The key, as AWS writes it; AWS does not tell upper from lower case.
   */
  readonly key: string;

  /**
   * What its value says.
   */
  readonly description: string;

  /**
   * How much a restore needs it.
   */
  readonly need: RestoreMetadataNeed;

  /**
   * Whether a restore test may override what AWS Backup infers for it.
   */
  readonly overridable: boolean;
}
