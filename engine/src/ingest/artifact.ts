/**
 * What every reader of artifacts takes and gives.
 *
 * Pure: files come through `FileSource`, which `host/` implements; nothing here opens one.
 * Units    `…Bytes` are bytes.
 * Source   design.md section 2: artifacts, what ingest resolves, what it refuses.
 */
import type { Environment, Estate, Waiver } from '@holdfast/model';
import type { PlacedPart } from './organizations';

/** The files that artifacts are made of. Paths are as the user gave them, `/`-joined below. */
export interface FileSource {
  /** `file`, `directory`, or undefined when there is nothing. */
  kindOf(path: string): 'file' | 'directory' | undefined;
  /** Names in a directory, sorted. */
  list(path: string): string[];
  sizeBytes(path: string): number;
  /** The text, without a byte order mark. */
  read(path: string): string;
}

/** What the artifacts leave open, as the user fills it. */
export interface ReadOptions {
  /** Where something lives whose artifact does not say. */
  readonly env: Environment;
  /** `--parameter Name=Value`: CloudFormation parameters and Terraform variables. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `--value <path>=<json>`: what an artifact leaves to deploy time, by the path that the refusal named. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Something in an artifact that the engine does not model. */
export interface NotRead {
  /** File and logical id, or Terraform address. */
  readonly path: string;
  /** Type of the resource, or what the thing is. */
  readonly type: string;
  /** Why it was not read. */
  readonly reason: string;
}

/** Artifacts as declarations, with what was left out. */
export interface ReadResult {
  readonly estate: Estate;
  readonly notRead: readonly NotRead[];
  /** Waivers that constructs wrote into the artifacts, their paths begun with `declaredAt`. */
  readonly waivers?: readonly Waiver[];
  /** Where templates declare vaults whose lock lacks the minimum: CloudFormation demands it, and no other form does. */
  readonly locksWithoutMinimum?: readonly string[];
  /** What belongs to an organization that an artifact of another form may declare. */
  readonly organizationParts?: readonly PlacedPart[];
}

/**
 * An artifact that cannot be read: never a guess, never a silent skip.
 *
 * The message names file and place: `cdk.out/S.template.json: Plan.Rules[0].ScheduleExpression is …`.
 */
export class IngestRefusal extends Error {
  constructor(
    readonly file: string,
    readonly place: string,
    readonly why: string,
  ) {
    super(place === '' ? `${file}: ${why}` : `${file}: ${place} ${why}`);
    this.name = 'IngestRefusal';
  }
}
