/**
 * From the flags of a command to an estate with its findings.
 *
 * Pure: files and clock come through the host.
 * Source   design.md section 2: artifacts, inventory, waivers.
 */
import type { Estate, Finding, StatefulResource } from '@holdfast/model';
import type { CommandHost } from '../host/terminal';
import type { FileSource, NotRead, ReadOptions, ReadResult } from '../ingest/artifact';
import { InventoryResource, readInventory } from '../ingest/inventory/read-inventory';
import { TemplateRefusals, withTemplateRefusals } from '../ingest/template-refusals';
import { readArtifacts } from '../ingest/read-artifacts';
import { GatheredRefusals } from '../ingest/refusals';
import { formatInstant } from '../kernel/instant';
import type { Accepted } from '../report/evidence/sight';
import { withAssumedPlace } from './assumed-place';
import { findingsOf, readWaivers } from './findings';
import { CommonFlags, readOptions } from './options';
import { roleFindings } from './role-findings';

/** What a command works on. */
export interface Loaded {
  readonly estate: Estate;
  readonly notRead: readonly NotRead[];
  readonly findings: readonly Finding[];
  readonly refusals: TemplateRefusals;
  /** What is accepted of what a run will show. */
  readonly accepted: Accepted;
}

/** Reads artifacts, inventory and waivers, and holds every rule against every declaration. */
export function load(artifacts: readonly string[], flags: Omit<CommonFlags, 'format'>, host: CommandHost): Loaded {
  const options = readOptions(flags);
  const accepted = flags.waivers === undefined ? [] : readWaivers(flags.waivers, host.files);
  const read = (given: ReadOptions): ReadResult => readAll(artifacts, given, flags.inventory, host.files);
  const { estate, notRead, waivers = [], ...refusals } = read(options);
  const today = formatInstant(host.now()).slice(0, 10);
  const weighed = (found: readonly Finding[]) => [
    ...withTemplateRefusals(
      withAssumedPlace(found, estate, options, flags, (given) => read(given).estate),
      refusals,
    ),
    ...roleFindings(estate, options.env, flags),
  ];
  accepted.forEach(({ rule, expires = today }, index) => {
    if (expires < today) {
      const what = `${flags.waivers ?? ''}: waivers[${index}] of ${rule} expired on ${expires}`;
      host.stderr.write(`note: ${what}; what it covers counts again\n`);
    }
  });
  const all = { waivers: [...accepted, ...waivers], today };
  return {
    estate,
    notRead,
    findings: findingsOf(estate, all.waivers, today, weighed, flags.standard),
    refusals,
    accepted: all,
  };
}

function readAll(
  artifacts: readonly string[],
  options: ReadOptions,
  inventory: string | undefined,
  files: FileSource,
): ReadResult {
  if (inventory === undefined) {
    return readArtifacts(artifacts, options, files);
  }
  const refusals = new GatheredRefusals();
  const tried = refusals.attempt(() => readArtifacts(artifacts, options, files));
  const resources = refusals.attempt(() => readInventory(inventory, options, files)) ?? [];
  refusals.settle();
  const read = tried as ReadResult;
  const held = resources.filter(({ content }) => content !== undefined).map(contentNotRead);
  return { ...read, estate: withInventory(read.estate, resources), notRead: [...read.notRead, ...held] };
}

/** Commands count sizes; bytes are held by resources of a World in process, or filled through the API of `serve`. */
function contentNotRead({ declaredAt = '', resourceType }: InventoryResource): NotRead {
  const reason = 'commands count sizes alone; World.add({ content }) gives a resource real bytes (docs/content.md)';
  return { path: `${declaredAt}.content`, type: resourceType, reason };
}

/**
 * An estate whose resources are those declared and those of an inventory; the same ARN in both is one resource.
 *
 * Assumed  What the inventory measured (sizes, state) wins; of the tags, those that the artifact declares win, as the
 *          deploy sets them. Who gives an inventory means it to be complete.
 */
export function withInventory(estate: Estate, inventory: readonly StatefulResource[]): Estate {
  const joined = new Map<string, StatefulResource>();
  for (const resource of [...(estate.resources ?? []), ...inventory]) {
    const known = joined.get(resource.arn);
    joined.set(resource.arn, known === undefined ? resource : merge(known, resource));
  }
  return { ...estate, resources: [...joined.values()], resourcesAreComplete: true };
}

function merge(declared: StatefulResource, measured: StatefulResource): StatefulResource {
  const {
    sizeGiB = declared.sizeGiB,
    dailyChangePercent = declared.dailyChangePercent,
    objectCount = declared.objectCount,
    versioning = declared.versioning,
    state = declared.state,
  } = measured;
  return {
    ...measured,
    ...declared,
    tags: { ...measured.tags, ...declared.tags },
    ...(sizeGiB !== undefined && { sizeGiB }),
    ...(dailyChangePercent !== undefined && { dailyChangePercent }),
    ...(objectCount !== undefined && { objectCount }),
    ...(versioning !== undefined && { versioning }),
    ...(state !== undefined && { state }),
  };
}
