/**
 * A blueprint, Holdfast's own form of an estate, as declarations.
 *
 * Pure: takes the parsed document.
 * Source   docs/blueprint.schema.json, generated from the structs of model/.
 */
import type { BackupPlan, Environment, Estate, RestoreTestingPlan, StatefulResource, Waiver } from '@holdfast/model';
import { BlueprintDocument, ServiceSupport } from '@holdfast/model';
import type { ReadOptions, ReadResult } from '../artifact';
import { IngestRefusal } from '../artifact';
import { environmentOf } from '../environments';
import { readInventoryEntry } from '../inventory/read-inventory';
import { GatheredRefusals } from '../refusals';
import { refuseShape } from '../shape';

/** A path that begins with a member of the blueprint. */
const MEMBERS =
  /^(vaults|logicallyAirGappedVaults|plans|resources|regionSettings|frameworks|reportPlans|restoreTestingPlans|keys|legalHolds|tieringConfigurations|restoreAccessVaults|organizations|organizationSettings)\b/;

/** What an item of a list is once its shape is checked. */
type Item = Readonly<Record<string, unknown>> & { readonly env?: Partial<Environment>; readonly declaredAt?: string };

type ResourceItem = Partial<Omit<StatefulResource, 'env'>> & {
  readonly env?: Partial<Environment>;
  readonly type?: string;
  readonly account?: string;
  readonly region?: string;
};

interface Document {
  readonly schema: string;
  readonly env?: Partial<Environment>;
  readonly vaults?: readonly Item[];
  readonly logicallyAirGappedVaults?: readonly Item[];
  readonly plans?: readonly Item[];
  readonly resources?: readonly ResourceItem[];
  readonly regionSettings?: readonly Item[];
  readonly frameworks?: readonly Item[];
  readonly reportPlans?: readonly Item[];
  readonly restoreTestingPlans?: readonly Item[];
  readonly keys?: readonly Item[];
  readonly legalHolds?: readonly Item[];
  readonly tieringConfigurations?: readonly Item[];
  readonly restoreAccessVaults?: readonly Item[];
  readonly organizations?: readonly Item[];
  readonly organizationSettings?: readonly Item[];
  readonly resourcesAreComplete?: boolean;
  readonly waivers?: readonly Waiver[];
}

/**
 * The estate that a blueprint declares.
 *
 * @throws IngestRefusal naming the field that does not fit, and what may stand there; IngestRefusals for several fields
 */
export function readBlueprint(file: string, document: unknown, options: ReadOptions): ReadResult {
  refuseShape(document, BlueprintDocument.SHAPE, file, '');
  const blueprint = document as Document;
  if (blueprint.schema !== BlueprintDocument.SCHEMA) {
    throw new IngestRefusal(
      file,
      'schema',
      `must be ${BlueprintDocument.SCHEMA}, got ${JSON.stringify(blueprint.schema)}`,
    );
  }
  const refusals = new GatheredRefusals();
  const fallback = refusals.attempt(() => environmentAt(file, 'env', blueprint.env, options.env)) ?? options.env;
  const declare = (list: string, items: readonly Item[] | undefined): Item[] | undefined =>
    items?.map((item, index) => {
      const place = `${list}[${index}]`;
      const env = refusals.attempt(() => environmentAt(file, `${place}.env`, item.env, fallback)) ?? fallback;
      return { ...item, env, declaredAt: item.declaredAt ?? `${file}: ${place}` };
    });
  const vaults = (list: string, items: readonly Item[] | undefined): Item[] | undefined =>
    declare(list, items)?.map(
      (vault, index) => refusals.attempt(() => withPolicy(file, `${list}[${index}].accessPolicy`, vault)) ?? vault,
    );
  const plans = declare('plans', blueprint.plans) as BackupPlan[] | undefined;
  const tests = declare('restoreTestingPlans', blueprint.restoreTestingPlans) as RestoreTestingPlan[] | undefined;
  const estate = {
    vaults: vaults('vaults', blueprint.vaults),
    logicallyAirGappedVaults: vaults('logicallyAirGappedVaults', blueprint.logicallyAirGappedVaults),
    plans: plans?.map((plan, index) => withPlaces(plan, `${file}: plans[${index}]`)),
    resources: blueprint.resources?.flatMap(
      (item, index) => refusals.attempt(() => resourceOf(file, `resources[${index}]`, item, fallback)) ?? [],
    ),
    regionSettings: declare('regionSettings', blueprint.regionSettings),
    frameworks: declare('frameworks', blueprint.frameworks),
    reportPlans: declare('reportPlans', blueprint.reportPlans),
    restoreTestingPlans: tests?.map((plan, index) => withTests(plan, `${file}: restoreTestingPlans[${index}]`)),
    keys: declare('keys', blueprint.keys),
    legalHolds: declare('legalHolds', blueprint.legalHolds),
    tieringConfigurations: declare('tieringConfigurations', blueprint.tieringConfigurations),
    restoreAccessVaults: declare('restoreAccessVaults', blueprint.restoreAccessVaults),
    organizations: declare('organizations', blueprint.organizations),
    organizationSettings: declare('organizationSettings', blueprint.organizationSettings),
    resourcesAreComplete: blueprint.resourcesAreComplete,
  };
  refusals.settle();
  const waivers = (blueprint.waivers ?? []).map((waiver) => ({ ...waiver, path: placeIn(file, waiver.path) }));
  return {
    estate: Object.fromEntries(Object.entries(estate).filter(([, value]) => value !== undefined)) as Estate,
    notRead: [],
    ...(waivers.length > 0 && { waivers }),
  };
}

/** A path into the blueprint as findings have it: begun with the file. */
function placeIn(file: string, path: string): string {
  return MEMBERS.test(path) ? `${file}: ${path}` : path;
}

/** A vault whose policy, where it is JSON text, is parsed. */
function withPolicy(file: string, place: string, vault: Item): Item {
  const { accessPolicy } = vault;
  if (typeof accessPolicy !== 'string') {
    return vault;
  }
  try {
    return { ...vault, accessPolicy: JSON.parse(accessPolicy) as unknown };
  } catch {
    throw new IngestRefusal(file, place, 'must be a policy document, or one as JSON text');
  }
}

/** A plan whose selections say where they are declared; rules that are left out are none, as in the other forms. */
function withPlaces(plan: BackupPlan, place: string): BackupPlan {
  const selections = plan.selections?.map((selection, index) => ({
    ...selection,
    declaredAt: selection.declaredAt ?? `${place}.selections[${index}]`,
  }));
  const rules = plan.rules as BackupPlan['rules'] | undefined;
  return { ...plan, rules: rules ?? [], ...(selections !== undefined && { selections }) };
}

function withTests(plan: RestoreTestingPlan, place: string): RestoreTestingPlan {
  const selections = plan.selections?.map((selection, index) => ({
    ...selection,
    declaredAt: selection.declaredAt ?? `${place}.selections[${index}]`,
  }));
  return selections === undefined ? plan : { ...plan, selections };
}

/** A resource as the model has it, or as an inventory has it, completed from ARN or from type and name. */
function resourceOf(file: string, place: string, item: ResourceItem, fallback: Environment): StatefulResource {
  const { service, resourceType, type, account, region, env: stated, declaredAt, ...rest } = item;
  if (service !== undefined && ServiceSupport.tryFind(service) === undefined) {
    const known = ServiceSupport.all().map(({ id }) => id);
    throw new IngestRefusal(file, `${place}.service`, `must be one of ${known.join(', ')}, got ${service}`);
  }
  const env = environmentAt(file, `${place}.env`, stated, fallback);
  const { arn, name } = rest;
  const whole = service !== undefined && resourceType !== undefined && arn !== undefined && name !== undefined;
  if (whole && type === undefined && account === undefined && region === undefined) {
    return { ...rest, service, resourceType, arn, name, env, declaredAt: declaredAt ?? `${file}: ${place}` };
  }
  const kind = type ?? service ?? resourceType;
  const entry = { ...rest, type: kind, account, region };
  const found = readInventoryEntry(entry, file, place, env);
  return declaredAt === undefined ? found : { ...found, declaredAt };
}

function environmentAt(
  file: string,
  place: string,
  stated: Partial<Environment> | undefined,
  fallback: Environment,
): Environment {
  const { account, partition } = stated ?? {};
  if (account !== undefined && !/^[0-9]{12}$/.test(account)) {
    throw new IngestRefusal(file, `${place}.account`, `must be 12 digits, got ${JSON.stringify(account)}`);
  }
  const env = environmentOf(stated ?? {}, fallback);
  return partition === undefined ? env : { ...env, partition };
}
