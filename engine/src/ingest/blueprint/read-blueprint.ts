/**
 * A blueprint, Holdfast's own form of an estate, as declarations.
 *
 * Pure: takes the parsed document.
 * Source   docs/blueprint.schema.json, generated from the structs of model/.
 */
import type { BackupPlan, Environment, Estate } from '@holdfast/model';
import { ServiceSupport } from '@holdfast/model';
import type { ReadOptions } from '../artifact';
import { IngestRefusal } from '../artifact';
import { environmentOf } from '../environments';
import { refuseShape } from '../shape';
import { BLUEPRINT, BLUEPRINT_SCHEMA } from './fields';

/** What a document is once its shape is checked. */
type Item = Readonly<Record<string, unknown>> & { readonly env?: Partial<Environment>; readonly declaredAt?: string };

interface Document {
  readonly schema: string;
  readonly env?: Partial<Environment>;
  readonly vaults?: readonly Item[];
  readonly logicallyAirGappedVaults?: readonly Item[];
  readonly plans?: readonly Item[];
  readonly resources?: readonly Item[];
  readonly regionSettings?: readonly Item[];
  readonly resourcesAreComplete?: boolean;
}

/**
 * The estate that a blueprint declares.
 *
 * @throws IngestRefusal naming the field that does not fit, and what may stand there
 */
export function readBlueprint(file: string, document: unknown, options: ReadOptions): Estate {
  refuseShape(document, BLUEPRINT, file, '');
  const blueprint = document as Document;
  if (blueprint.schema !== BLUEPRINT_SCHEMA) {
    throw new IngestRefusal(file, 'schema', `must be ${BLUEPRINT_SCHEMA}, got ${JSON.stringify(blueprint.schema)}`);
  }
  const fallback = environmentOfItem(file, 'env', blueprint.env, options.env);
  const declare = (list: string, items: readonly Item[] | undefined): Item[] | undefined =>
    items?.map((item, index) => {
      const place = `${list}[${index}]`;
      const env = environmentOfItem(file, `${place}.env`, item.env, fallback);
      return { ...item, env, declaredAt: item.declaredAt ?? `${file}: ${place}` };
    });
  const { resourcesAreComplete } = blueprint;
  const plans = declare('plans', blueprint.plans) as BackupPlan[] | undefined;
  const estate = {
    vaults: declare('vaults', blueprint.vaults),
    logicallyAirGappedVaults: declare('logicallyAirGappedVaults', blueprint.logicallyAirGappedVaults),
    plans: plans?.map((plan, index) => withPlaces(plan, `${file}: plans[${index}]`)),
    resources: declare('resources', blueprint.resources),
    regionSettings: declare('regionSettings', blueprint.regionSettings),
    resourcesAreComplete,
  };
  refuseServices(file, blueprint.resources ?? []);
  return Object.fromEntries(Object.entries(estate).filter(([, value]) => value !== undefined)) as Estate;
}

/** A plan whose selections say where they are declared. */
function withPlaces(plan: BackupPlan, place: string): BackupPlan {
  const selections = plan.selections?.map((selection, index) => ({
    ...selection,
    declaredAt: selection.declaredAt ?? `${place}.selections[${index}]`,
  }));
  return selections === undefined ? plan : { ...plan, selections };
}

function environmentOfItem(
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

function refuseServices(file: string, resources: readonly Item[]): void {
  resources.forEach(({ service }, index) => {
    if (ServiceSupport.tryFind(String(service)) === undefined) {
      const known = ServiceSupport.all().map(({ id }) => id);
      const place = `resources[${index}].service`;
      throw new IngestRefusal(file, place, `must be one of ${known.join(', ')}, got ${JSON.stringify(service)}`);
    }
  });
}
