/**
 * What an account has of AWS Config: its recorder, where that delivers to, rules and conformance packs.
 *
 * Owns     all of them, by account and Region. No rule is evaluated: what AWS Backup audits is a matter of frameworks.
 * Units    `…At` are Instants.
 * Source   API of AWS Config 2014-11-12.
 * Spec     config.md
 */
import type { ConfigRecording, Environment } from '@holdfast/model';
import type * as sdk from '@aws-sdk/client-config-service';
import { hex128 } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { Shelf } from './shelf';
import type { TagMap } from './tags';

export interface Recorder {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  readonly recordingGroup: sdk.RecordingGroup;
  readonly recordingMode: sdk.RecordingMode;
  tags: TagMap;
  recording: boolean;
  startedAt: Instant | undefined;
  stoppedAt: Instant | undefined;
  changedAt: Instant | undefined;
}

export interface ConfigRule {
  readonly arn: string;
  readonly id: string;
  readonly declared: sdk.ConfigRule;
  tags: TagMap;
}

export interface ConformancePack {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly declared: sdk.PutConformancePackCommandInput;
  readonly updatedAt: Instant;
  tags: TagMap;
}

/** What of the types that a framework needs is recorded. */
export type RecordingStatus = 'ACTIVE' | 'PARTIALLY_ACTIVE' | 'INACTIVE';

export class Config {
  readonly recorders = new Shelf<Recorder>();
  readonly channels = new Shelf<sdk.DeliveryChannel>();
  readonly rules = new Shelf<ConfigRule>();
  readonly packs = new Shelf<ConformancePack>();

  constructor(private readonly seed: number) {}

  /** The rest of an id that AWS makes up, e.g. `a1b2c3` of `config-rule-a1b2c3`. */
  idOf(kind: string, { partition, account, region }: Environment, name: string, length: number): string {
    return `${kind}-${hex128(this.seed, { kind, names: [partition, account, region, name] }).slice(0, length)}`;
  }

  /**
   * Whether types are recorded in an account and Region.
   *
   * @returns undefined where nobody ever made a recorder here: then nothing is known of it
   */
  statusOf(env: Environment, types: readonly string[]): RecordingStatus | undefined {
    const [recorder] = this.recorders.list(env);
    if (recorder === undefined) {
      return undefined;
    }
    const recorded = recorder.recording ? types.filter((type) => records(recordingOf(recorder), type)) : [];
    if (recorded.length === types.length && recorder.recording) {
      return 'ACTIVE';
    }
    return recorded.length === 0 ? 'INACTIVE' : 'PARTIALLY_ACTIVE';
  }
}

/** What a recorder records, as the rules have it. Source: API RecordingGroup, RecordingStrategy. */
export function recordingOf({ recordingGroup }: Recorder): ConfigRecording {
  const { allSupported, resourceTypes = [], exclusionByResourceTypes: exclusion } = recordingGroup;
  const excluded = exclusion?.resourceTypes ?? [];
  return {
    allSupported: allSupported === true || excluded.length > 0,
    resourceTypes,
    excludedResourceTypes: excluded,
  };
}

function records({ allSupported, resourceTypes, excludedResourceTypes }: ConfigRecording, type: string): boolean {
  return allSupported === true
    ? excludedResourceTypes?.includes(type) !== true
    : resourceTypes?.includes(type) === true;
}
