import { BackupConfigRule, ConfigRecording, ConfigRecordings, FrameworkControl, Waiver } from '@holdfast/model';
import { TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { ConfigRecorder } from '../config-recorder';
import { atSynthesis } from './at-synthesis';
import { environmentOf } from './environment';
import { refuse } from './refuse';
import { SYNTH } from './token-values';
import { waitFor } from './wait-for';

/** What an audit of ours has evaluated; registered, so that two copies of us share it. */
const AUDIT = Symbol.for('@holdfast/cdktf.audit');

const RECORDER = 'aws_config_configuration_recorder';

/** What starts a recorder, without which nothing is recorded. */
const STATUS = 'aws_config_configuration_recorder_status';

/** What AWS Config evaluates for a construct. */
export interface Evaluated {
  readonly controls: FrameworkControl[];
  readonly rules: BackupConfigRule[];
  readonly provider?: TerraformProvider;
}

/** A construct that has AWS Config evaluate something. */
export interface Audit extends Evaluated {
  /** What must not be made before the recorder. */
  readonly resources: TerraformResource[];
  readonly configRecorder?: ConfigRecorder;
  readonly waivers?: Waiver[];
}

/** Asks at synthesis, when the whole app is known, for the recorder that an audit needs, and has the audit wait for it. */
export function needRecorder(scope: IConstruct, audit: Audit): void {
  const { controls, rules, provider, configRecorder = ConfigRecorder.inApp(), waivers } = audit;
  Object.defineProperty(scope, AUDIT, { value: { controls, rules, provider } });
  if (configRecorder.isExisting) {
    return;
  }
  atSynthesis(scope, () => {
    const place = placeOf(scope, provider);
    const recorders = resourcesAt(place, scope, RECORDER);
    const needed = ConfigRecordings.neededTypes(controls, rules);
    const findings = ConfigRecordings.check(needed, recorders.map(recordingOf), 'configRecorder', SYNTH);
    refuse(scope, findings, waivers);
    [...recorders, ...resourcesAt(place, scope, STATUS)].forEach((each) => putBefore(each, audit.resources));
  });
}

/** The types that the audits of an account and Region need recorded, as far as the app has them. */
export function typesNeededBeside(scope: IConstruct, provider?: TerraformProvider): string[] {
  const place = placeOf(scope, provider);
  const audits = scope.node.root.node.findAll().flatMap((each) => {
    const audit = Reflect.get(each, AUDIT) as Evaluated | undefined;
    return audit !== undefined && placeOf(each, audit.provider) === place ? [audit] : [];
  });
  return ConfigRecordings.neededTypes(
    audits.flatMap(({ controls }) => controls),
    audits.flatMap(({ rules }) => rules),
  );
}

function resourcesAt(place: string, scope: IConstruct, type: string): TerraformResource[] {
  return scope.node.root.node
    .findAll()
    .filter(
      (each): each is TerraformResource =>
        TerraformResource.isTerraformResource(each) && each.terraformResourceType === type,
    )
    .filter((each) => placeOf(each, each.provider) === place);
}

/** Account and Region; what a provider without an alias leaves open is the same for all stacks. */
function placeOf(scope: IConstruct, provider?: TerraformProvider): string {
  const { account, region } = environmentOf(scope, provider);
  return [account, region].map((part) => (SYNTH.known(part) || provider?.alias ? part : 'open')).join(' ');
}

function putBefore(recorder: TerraformResource, resources: TerraformResource[]): void {
  const there = TerraformStack.of(recorder);
  for (const resource of resources) {
    const here = TerraformStack.of(resource);
    if (here === there) {
      waitFor(resource, recorder);
    } else if (!there.dependsOn(here)) {
      here.addDependency(there);
    }
  }
}

/** Arguments of a recorder as its typed resource was given them. */
interface RecordingGroup {
  readonly allSupported?: boolean;
  readonly resourceTypes?: string[];
  readonly recordingStrategy?: { readonly useOnly?: string }[];
  readonly exclusionByResourceTypes?: { readonly resourceTypes?: string[] }[];
}

/** Without a group AWS Config records all that it knows (Source: API_RecordingGroup). */
function recordingOf(recorder: TerraformResource): ConfigRecording {
  const group = (Reflect.get(recorder, 'recordingGroupInput') ?? {}) as RecordingGroup;
  const excluded = firstOf(group.exclusionByResourceTypes)?.resourceTypes;
  const isAll = firstOf(group.recordingStrategy)?.useOnly === 'ALL_SUPPORTED_RESOURCE_TYPES' || excluded !== undefined;
  return {
    // What the AWS provider takes for a group that does not say it.
    allSupported: isAll ? true : (group.allSupported ?? true),
    resourceTypes: group.resourceTypes,
    excludedResourceTypes: excluded,
  };
}

function firstOf<T>(blocks: T[] | undefined): T | undefined {
  return Array.isArray(blocks) ? blocks[0] : undefined;
}
