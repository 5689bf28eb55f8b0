/**
 * Terraform's artifacts as declarations: one estate from all of them.
 *
 * Pure: files come through `FileSource`.
 * Source   Terraform 1.11 language docs (JSON configuration syntax, expressions) and "JSON Output Format";
 *          terraform.md; AWS provider 5.100.0 for defaults and computed attributes.
 */
import type { Estate, Waiver } from '@holdfast/model';
import type { FileSource, ReadOptions, ReadResult } from '../artifact';
import { IngestRefusal } from '../artifact';
import { HOLDFAST_KEY, waiversIn } from '../waivers';
import { withoutUndefined } from '../cloudformation/declaration';
import { readAccess } from './access';
import { cdktfStackFiles, configurationRoot } from './configuration-root';
import { BudgetSpent } from './expression/evaluate';
import { ExpressionFault } from './expression/values';
import { isJsonObject } from './json-file';
import { readOrganizations } from './organization';
import { readListeners } from './listeners';
import { planRoot } from './plan-root';
import { readPlans } from './plans';
import { isReadType } from './read-types';
import { Reading } from './reading';
import { attempted, type Resource } from './resource';
import { readAudits } from './audits';
import { readRestoreTesting } from './restore-testing';
import { readShares } from './shares';
import { readRestoreAccess, readTierings } from './tiers-and-access';
import type { Root } from './root';
import { readRegionSettings, readStatefulResources } from './stateful-resources';
import { stateRoot } from './state-root';
import { readVaults } from './vaults';

/** Which of Terraform's forms an artifact has. */
export type TerraformKind = 'cdktf.out' | 'cdk.tf.json' | 'plan' | 'state';

/** One artifact that Terraform or cdktf wrote. */
export interface TerraformInput {
  readonly kind: TerraformKind;
  /** A directory for `cdktf.out`, a directory or file for `cdk.tf.json`, else a file. */
  readonly path: string;
}

/**
 * The estate that the artifacts declare together.
 *
 * @throws IngestRefusal when a property that the engine reads cannot be known; IngestRefusals when several cannot
 */
export function readTerraform(inputs: readonly TerraformInput[], options: ReadOptions, files: FileSource): ReadResult {
  const reading = new Reading(options, files);
  const { refusals } = reading;
  const at = { file: inputs[0]?.path ?? '' };
  const resources: Resource[] = [];
  const readAll = (): ReadResult => {
    for (const input of inputs) {
      at.file = input.path;
      reading.roots.push(...rootsOf(input, reading));
    }
    // What others say of a root that is not there would be refused for nothing.
    refusals.settle();
    for (const root of reading.roots) {
      at.file = root.file;
      resources.push(...(refusals.attempt(() => root.resources()) ?? []));
    }
    return declarations(resources, reading);
  };
  const result = refusals.attempt(() => {
    try {
      return readAll();
    } catch (error) {
      throw refusalOf(error, at.file);
    }
  });
  refusals.settle(resources);
  return result as ReadResult;
}

function rootsOf(input: TerraformInput, reading: Reading): Root[] {
  const rootOf = { 'cdk.tf.json': configurationRoot, 'cdktf.out': configurationRoot, plan: planRoot, state: stateRoot };
  const tried = <T>(read: () => T): T | undefined => reading.refusals.attempt(read);
  const paths = input.kind === 'cdktf.out' ? tried(() => cdktfStackFiles(input.path, reading.files)) : [input.path];
  return (paths ?? []).flatMap((path) => tried(() => rootOf[input.kind](path, reading)) ?? []);
}

function declarations(resources: readonly Resource[], reading: Reading): ReadResult {
  const some = <T>(items: T[]): T[] | undefined => (items.length === 0 ? undefined : items);
  const stateful = readStatefulResources(resources);
  const { vaults, logicallyAirGappedVaults } = readVaults(resources);
  const access = readAccess(resources).estate();
  const declared = readOrganizations(resources);
  const { organizations, organizationSettings } = declared.estate();
  const organizationParts = declared.strays();
  const listeners = readListeners(resources);
  const audits = readAudits(resources);
  const estate = withoutUndefined<Estate>({
    vaults: some(vaults),
    logicallyAirGappedVaults: some(logicallyAirGappedVaults),
    plans: some(readPlans(resources)),
    resources: some(stateful),
    regionSettings: some(readRegionSettings(resources)),
    keys: access.keys,
    roles: access.roles,
    policies: access.policies,
    groups: access.groups,
    users: access.users,
    organizations,
    organizationSettings,
    restoreTestingPlans: some(readRestoreTesting(resources)),
    tieringConfigurations: some(readTierings(resources)),
    restoreAccessVaults: some(readRestoreAccess(resources)),
    resourceShares: some(readShares(resources)),
    frameworks: some(audits.frameworks),
    reportPlans: some(audits.reportPlans),
    eventRules: listeners.eventRules,
    topics: listeners.topics,
    queues: listeners.queues,
    functions: listeners.functions,
    stateMachines: listeners.stateMachines,
    metricAlarms: listeners.metricAlarms,
    compositeAlarms: listeners.compositeAlarms,
    resourcesAreComplete: undefined,
  });
  for (const resource of resources) {
    if (resource.mode === 'managed' && !isReadType(resource)) {
      reading.skip(resource.declaredAt, resource.type, 'resources of this type are not modelled');
    }
  }
  const waivers = resources.flatMap((resource) => attempted(resource, () => waiversOf(resource)) ?? []);
  return {
    estate,
    notRead: reading.notRead,
    ...(waivers.length > 0 && { waivers }),
    ...(organizationParts.length > 0 && { organizationParts }),
  };
}

function waiversOf(resource: Resource): Waiver[] {
  const written = isJsonObject(resource.comment) ? resource.comment[HOLDFAST_KEY] : undefined;
  return waiversIn(written, resource.file, `${resource.address}.//.${HOLDFAST_KEY}`, resource.declaredAt);
}

/** What a hostile artifact makes the evaluator do is the artifact's fault too. */
function refusalOf(error: unknown, file: string): unknown {
  if (error instanceof BudgetSpent || error instanceof ExpressionFault)
    return new IngestRefusal(file, '', error.message);
  if (error instanceof RangeError)
    return new IngestRefusal(file, '', 'is nested too deeply, or makes text that is too long');
  return error;
}
