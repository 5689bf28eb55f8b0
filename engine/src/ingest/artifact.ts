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

/** Something in a template under a name that its type does not have. */
export interface Stranger {
  /** File and place, e.g. `S.template.json: Plan.BackupPlan.BackupPlanRule[0].DeleteAfterDays`. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
  /** A property that may be meant, e.g. `Lifecycle.DeleteAfterDays`. */
  readonly near?: string;
}

/** Artifacts as declarations, with what was left out. */
export interface ReadResult {
  readonly estate: Estate;
  readonly notRead: readonly NotRead[];
  /** Waivers that constructs wrote into the artifacts, their paths begun with `declaredAt`. */
  readonly waivers?: readonly Waiver[];
  /** Where templates declare vaults whose lock lacks the minimum: CloudFormation demands it, and no other form does. */
  readonly locksWithoutMinimum?: readonly string[];
  /** What templates write that is no property of the type: CloudFormation refuses it. */
  readonly strangers?: readonly Stranger[];
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
    /** Parameter of the template whose value is missing, where that is all. */
    readonly parameter?: string,
  ) {
    super(place === '' ? `${file}: ${why}` : `${file}: ${place} ${why}`);
    this.name = 'IngestRefusal';
  }
}

/** All that is wrong with artifacts, so that nobody has to ask again after each thing that was mended. */
export class IngestRefusals extends IngestRefusal {
  constructor(readonly all: readonly [IngestRefusal, ...IngestRefusal[]]) {
    const [{ file, place, why }] = all;
    super(file, place, why);
    this.message = all.map(({ message }) => message).join('\n');
  }
}
