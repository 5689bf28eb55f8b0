import { BackupConfigRule, ConfigRecording, ConfigRecordings, FrameworkControl, Waiver } from '@holdfast/model';
import { Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ConfigRecorder } from '../config-recorder';
import { READ_BACK } from './app-estate';
import { refuse } from './refuse';
import { renderedWithin } from './rendered';
import { SYNTH } from './token-values';

/** What an audit of ours has evaluated; registered, so that two copies of us share it. */
const AUDIT = Symbol.for('@holdfast/cdk.audit');

const RECORDER = 'AWS::Config::ConfigurationRecorder';

/** What AWS Config evaluates for a construct. */
export interface Evaluated {
  readonly controls: FrameworkControl[];
  readonly rules: BackupConfigRule[];
}

/** A construct that has AWS Config evaluate something. */
export interface Audit extends Evaluated {
  /** What must not be made before the recorder. */
  readonly resources: CfnResource[];
  readonly configRecorder?: ConfigRecorder;
  readonly waivers?: Waiver[];
}

/** Asks at synthesis, when the whole app is known, for the recorder that an audit needs, and has the audit wait for it. */
export function needRecorder(scope: IConstruct, audit: Audit): void {
  const { controls, rules, resources, configRecorder = ConfigRecorder.inApp(), waivers } = audit;
  Object.defineProperty(scope, AUDIT, { value: { controls, rules } });
  if (configRecorder.isExisting) {
    return;
  }
  Aspects.of(scope).add({
    visit: (node) => {
      if (node !== scope) {
        return;
      }
      const recorders = recordersBeside(scope);
      const needed = ConfigRecordings.neededTypes(controls, rules);
      const findings = ConfigRecordings.check(needed, recorders.map(recordingOf), 'configRecorder', READ_BACK);
      refuse(scope, findings, waivers);
      for (const recorder of recorders.filter((each) => Stage.of(each) === Stage.of(scope))) {
        resources.forEach((resource) => resource.addResourceDependency(recorder));
      }
    },
  });
}

/** The types that the audits of an account and Region need recorded, as far as the app has them. */
export function typesNeededBeside(scope: IConstruct): string[] {
  const audits = scope.node.root.node
    .findAll()
    .filter((each) => isBeside(each, scope))
    .flatMap((each) => (Reflect.get(each, AUDIT) as Evaluated | undefined) ?? []);
  return ConfigRecordings.neededTypes(
    audits.flatMap(({ controls }) => controls),
    audits.flatMap(({ rules }) => rules),
  );
}

function recordersBeside(scope: IConstruct): CfnResource[] {
  return scope.node.root.node
    .findAll()
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.cfnResourceType === RECORDER)
    .filter((each) => isBeside(each, scope));
}

/** Whether two constructs go into one account and Region; what is left open is the same for both. */
function isBeside(a: IConstruct, b: IConstruct): boolean {
  if (!a.node.scopes.some((scope) => Stack.isStack(scope))) {
    return false;
  }
  return placeOf(a) === placeOf(b);
}

function placeOf(scope: IConstruct): string {
  const { account, region } = Stack.of(scope);
  return [account, region].map((part) => (SYNTH.known(part) ? part : 'open')).join(' ');
}

/** Members of a recording group as a template has them. */
interface RecordingGroup {
  readonly AllSupported?: boolean;
  readonly ResourceTypes?: string[];
  readonly RecordingStrategy?: { readonly UseOnly?: string };
  readonly ExclusionByResourceTypes?: { readonly ResourceTypes?: string[] };
}

/** Without a group AWS Config records all that it knows (Source: API_RecordingGroup). */
function recordingOf(recorder: CfnResource): ConfigRecording {
  const [rendered] = renderedWithin(recorder);
  const group = (rendered?.properties.RecordingGroup ?? { AllSupported: true }) as RecordingGroup;
  const excluded = group.ExclusionByResourceTypes?.ResourceTypes;
  const isAll = group.RecordingStrategy?.UseOnly === 'ALL_SUPPORTED_RESOURCE_TYPES' || excluded !== undefined;
  return {
    allSupported: isAll ? true : group.AllSupported,
    resourceTypes: group.ResourceTypes,
    excludedResourceTypes: excluded,
  };
}
