/**
 * What an account has, as a blueprint: its resources, and the backups that are declared for them.
 *
 * Owns     how far each source has come; every page that was read is kept at once, so that a run that was killed goes on
 *          where it was.
 * Source   design.md section 2, Inventory.
 */
import type { Environment } from '@holdfast/model';
import { AUDIT_SOURCES } from './audit-sources';
import { BACKUP_SOURCES } from './backup-sources';
import { DATABASE_SOURCES } from './database-sources';
import type { Reader } from './reader';
import { Entry, Page, Source } from './source';
import { STORAGE_SOURCES } from './storage-sources';

export const SOURCES: readonly Source[] = [
  ...STORAGE_SOURCES,
  ...DATABASE_SOURCES,
  ...BACKUP_SOURCES,
  ...AUDIT_SOURCES,
];

/** A page that was read, as a line of the state file. */
export interface KeptPage extends Page {
  readonly source: string;
  readonly region: string;
  /** Pages of this source before this one do not count any more. */
  readonly anew?: boolean;
}

/** A source that AWS refused to let us read. */
export interface NotReadSource {
  readonly source: string;
  readonly region: string;
  readonly why: string;
}

/** A blueprint of an account. */
export interface InventoryDocument {
  readonly schema: 'holdfast.blueprint/1';
  readonly vaults: NonNullable<Page['vaults']>;
  readonly logicallyAirGappedVaults: NonNullable<Page['logicallyAirGappedVaults']>;
  readonly plans: NonNullable<Page['plans']>;
  readonly regionSettings: NonNullable<Page['regionSettings']>;
  readonly frameworks: NonNullable<Page['frameworks']>;
  readonly reportPlans: NonNullable<Page['reportPlans']>;
  readonly restoreTestingPlans: NonNullable<Page['restoreTestingPlans']>;
  readonly resources: readonly Entry[];
  readonly resourcesAreComplete: boolean;
}

export interface InventoryProps {
  readonly reader: Reader;
  readonly envs: readonly Environment[];
  /** Pages of a run before, in the order in which they were read. */
  readonly kept: readonly KeptPage[];
  /** Keeps a page; what was kept outlives the process. */
  keep(page: KeptPage): void;
  /** Hears how many pages there are, and which came last. */
  progress(done: number, what: string): void;
}

/** Reads whatever was not read yet. Regions are read side by side, the sources of one after the other. */
export async function readInventoryOf(
  props: InventoryProps,
): Promise<{ readonly pages: KeptPage[]; readonly notRead: NotReadSource[] }> {
  const pages = [...props.kept];
  const notRead: NotReadSource[] = [];
  await Promise.all(
    props.envs.map(async (env) => {
      for (const source of SOURCES) {
        const why = await readSource(props, source, env, pages);
        if (why !== undefined) {
          notRead.push({ source: source.name, region: env.region, why });
        }
      }
    }),
  );
  return { pages, notRead: notRead.sort((a, b) => (`${a.region} ${a.source}` < `${b.region} ${b.source}` ? -1 : 1)) };
}

/** Answers why a source cannot be read, or undefined. */
async function readSource(
  props: InventoryProps,
  source: Source,
  env: Environment,
  pages: KeptPage[],
): Promise<string | undefined> {
  const own = pages.filter((page) => page.source === source.name && page.region === env.region);
  let token = own.at(-1)?.next;
  if (own.length > 0 && token === undefined) {
    return undefined;
  }
  // A token of a run before may have grown old: then the source is read anew.
  let old = token !== undefined;
  let anew = false;
  for (;;) {
    let page: Page;
    try {
      page = await source.page(props.reader, env, token);
    } catch (fault) {
      if (!old) {
        const { name = '', message = '' } = fault as Partial<Error>;
        return `${name}: ${message}`;
      }
      [token, old, anew] = [undefined, false, true];
      continue;
    }
    const kept = { source: source.name, region: env.region, ...(anew && { anew }), ...page };
    props.keep(kept);
    pages.push(kept);
    props.progress(pages.length, `${source.name} in ${env.region}`);
    [token, old, anew] = [page.next, false, false];
    if (token === undefined) {
      return undefined;
    }
  }
}

/** The pages that count: of a source that was read anew, those since then. */
function standing(pages: readonly KeptPage[]): KeptPage[] {
  const sources = new Map<string, KeptPage[]>();
  for (const page of pages) {
    const key = `${page.source} ${page.region}`;
    sources.set(key, page.anew === true ? [page] : [...(sources.get(key) ?? []), page]);
  }
  return [...sources.values()].flat();
}

/** The pages as one document, in an order that does not tell in which one they were read. */
export function documentOf(kept: readonly KeptPage[], complete: boolean): InventoryDocument {
  const pages = standing(kept);
  const tags = Object.assign({}, ...pages.map((page) => page.tags ?? {})) as Record<string, Record<string, string>>;
  const attached: Record<string, number> = {};
  for (const [arn, size] of pages.flatMap((page) => Object.entries(page.attached ?? {}))) {
    attached[arn] = (attached[arn] ?? 0) + size;
  }
  const resources = unique(
    pages.flatMap((page) => page.entries ?? []),
    ({ arn }) => arn,
  ).map((entry) => ({
    ...entry,
    ...(entry.sizeGiB === undefined && attached[entry.arn] !== undefined && { sizeGiB: attached[entry.arn] as number }),
    ...(entry.tags === undefined &&
      tags[entry.arn] !== undefined && { tags: tags[entry.arn] as Record<string, string> }),
  }));
  return {
    schema: 'holdfast.blueprint/1',
    vaults: unique(
      pages.flatMap((page) => page.vaults ?? []),
      named,
    ),
    logicallyAirGappedVaults: unique(
      pages.flatMap((page) => page.logicallyAirGappedVaults ?? []),
      named,
    ),
    plans: pages.flatMap((page) => page.plans ?? []).sort((a, b) => (planOf(a) < planOf(b) ? -1 : 1)),
    regionSettings: unique(
      pages.flatMap((page) => page.regionSettings ?? []),
      ({ env }) => `${env.account} ${env.region}`,
    ),
    frameworks: unique(
      pages.flatMap((page) => page.frameworks ?? []),
      ({ frameworkName, env }) => placed(env, frameworkName),
    ),
    reportPlans: unique(
      pages.flatMap((page) => page.reportPlans ?? []),
      ({ reportPlanName, env }) => placed(env, reportPlanName),
    ),
    restoreTestingPlans: unique(
      pages.flatMap((page) => page.restoreTestingPlans ?? []),
      ({ restoreTestingPlanName, env }) => placed(env, restoreTestingPlanName),
    ),
    resources,
    resourcesAreComplete: complete,
  };
}

function named({ backupVaultName, env }: { readonly backupVaultName: string; readonly env: Environment }): string {
  return placed(env, backupVaultName);
}

function planOf({ backupPlanName, env }: { readonly backupPlanName: string; readonly env: Environment }): string {
  return placed(env, backupPlanName);
}

function placed({ account, region }: Environment, name: string): string {
  return `${account} ${region} ${name}`;
}

/** By key in ascending order; of several with one key the last. */
function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  const byKey = new Map(items.map((item) => [key(item), item]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
