/**
 * What a run showed of an aspect at one place: of a resource, of a vault, or of everything.
 */
export interface ComplianceObservation {
  /**
   * What it was seen at, e.g. the ARN of a resource.
   */
  readonly path: string;

  /**
   * Hours or days that were measured, as the aspect says.
   *
   * @default - the aspect has no number, or nothing was there to be measured
   */
  readonly value?: number;

  /**
   * Regions, or names of controls, that were seen.
   *
   * @default - the aspect has no list
   */
  readonly names?: string[];

  /**
   * Whether what the aspect asks for was there.
   *
   * @default false
   */
  readonly there?: boolean;

  /**
   * What was seen, in words.
   *
   * @default - the value, or none
   */
  readonly given?: string;
}
