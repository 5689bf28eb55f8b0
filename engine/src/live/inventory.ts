/**
 * What an account has, as a blueprint: its resources, and the backups that are declared for them.
 *
 * Owns     how far each source has come; every page that was read is kept at once, so that a run that was killed goes on
 *          where it was.
 * Source   design.md section 2, Inventory.
 */
import type { DeclaredOrganization, Environment, Estate } from '@holdfast/model';
import { AUDIT_SOURCES } from './audit-sources';
import { BACKUP_SOURCES } from './backup-sources';
import { DATABASE_SOURCES } from './database-sources';
import { differences } from './effective-policies';
import { GATEWAY_SOURCES } from './gateway-sources';
import { KEY_SOURCES } from './key-sources';
import { withMembers } from './members';
import { ORGANIZATION_SOURCES } from './organization-sources';
import type { Reader } from './reader';
import { SERVICE_SOURCES } from './service-sources';
import { Entry, known, Page, Source } from './source';
import { isKnownElsewhere, STACK_SOURCES, WITHOUT_CLIENT } from './stack-sources';
import { STORAGE_SOURCES } from './storage-sources';

/** What each account has by itself. */
export const SOURCES_OF_ACCOUNT: readonly Source[] = [
  ...STORAGE_SOURCES,
  ...DATABASE_SOURCES,
  ...SERVICE_SOURCES,
  ...STACK_SOURCES,
  ...GATEWAY_SOURCES,
  ...KEY_SOURCES,
  ...BACKUP_SOURCES,
  ...AUDIT_SOURCES,
];

export const SOURCES: readonly Source[] = [...SOURCES_OF_ACCOUNT, ...ORGANIZATION_SOURCES];

/** A page that was read, as a line of the state file. */
export interface KeptPage extends Page {
  readonly source: string;
  readonly region: string;
  /** Absent where it is the account whose credentials are at hand. */
  readonly account?: string;
  /** Pages of this source before this one do not count any more. */
  readonly anew?: boolean;
}

/** A source that AWS refused to let us read. */
export interface NotReadSource {
  readonly source: string;
  readonly region: string;
  /** Absent where it is the account whose credentials are at hand. */
  readonly account?: string;
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
  readonly keys: NonNullable<Page['keys']>;
  readonly legalHolds: NonNullable<Page['legalHolds']>;
  readonly tieringConfigurations: NonNullable<Page['tieringConfigurations']>;
  readonly restoreAccessVaults: NonNullable<Page['restoreAccessVaults']>;
  /** None where the account is in none, or may not read it. */
  readonly organizations?: readonly DeclaredOrganization[];
  readonly organizationSettings?: NonNullable<Estate['organizationSettings']>;
  readonly resources: readonly Entry[];
  readonly resourcesAreComplete: boolean;
}

export interface InventoryProps {
  readonly reader: Reader;
  readonly envs: readonly Environment[];
  /** What is read; everything by default. */
  readonly sources?: readonly Source[];
  /** The account, where it is not the one whose credentials are at hand. */
  readonly account?: string;
  /** Pages of a run before of this account, in the order in which they were read. */
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
  const { sources = SOURCES, account } = props;
  await Promise.all(
    props.envs.map(async (env, place) => {
      for (const source of sources.filter(({ once }) => once !== true || place === 0)) {
        const why = await readSource(props, source, env, pages);
        if (why !== undefined) {
          notRead.push(known({ source: source.name, region: env.region, account, why }));
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
    const { account } = props;
    const whose = { source: source.name, region: env.region, ...(account !== undefined && { account }) };
    const kept = { ...whose, ...(anew && { anew }), ...page };
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
    const key = `${page.account ?? ''} ${page.source} ${page.region}`;
    sources.set(key, page.anew === true ? [page] : [...(sources.get(key) ?? []), page]);
  }
  return [...sources.values()].flat();
}

/** What whoever reads the document has to know, in an order of its own. */
export function notesOf(kept: readonly KeptPage[]): string[] {
  const partly = WITHOUT_CLIENT.map(
    ({ what, why, example }) =>
      `not read: ${what} that have no tag and were never backed up, as ${why}; write them into "resources" by hand: {"arn":"${example}","sizeGiB":100}`,
  );
  const pages = standing(kept);
  const { organizations = [] } = documentOf(kept, true);
  const told = Object.assign({}, ...pages.map((page) => page.effective ?? {})) as Record<string, unknown>;
  const effective = organizations.flatMap((organization) => differences(organization, told));
  return [...partly, ...new Set(pages.flatMap((page) => page.notes ?? [])), ...effective];
}

/** The pages as one document, in an order that does not tell in which one they were read. */
export function documentOf(kept: readonly KeptPage[], complete: boolean): InventoryDocument {
  const pages = standing(kept);
  const all = <T>(list: (page: Page) => readonly T[] | undefined, key: (item: T) => string): T[] =>
    unique(
      pages.flatMap((page) => list(page) ?? []),
      key,
    );
  return {
    schema: 'holdfast.blueprint/1',
    vaults: all((page) => page.vaults, named),
    logicallyAirGappedVaults: all((page) => page.logicallyAirGappedVaults, named),
    plans: pages.flatMap((page) => page.plans ?? []).sort((a, b) => (planOf(a) < planOf(b) ? -1 : 1)),
    regionSettings: all(
      (page) => page.regionSettings,
      ({ env }) => placed(env, ''),
    ),
    frameworks: all(
      (page) => page.frameworks,
      ({ frameworkName, env }) => placed(env, frameworkName),
    ),
    reportPlans: all(
      (page) => page.reportPlans,
      ({ reportPlanName, env }) => placed(env, reportPlanName),
    ),
    restoreTestingPlans: all(
      (page) => page.restoreTestingPlans,
      ({ restoreTestingPlanName, env }) => placed(env, restoreTestingPlanName),
    ),
    keys: all(
      (page) => page.keys,
      ({ keyId, env }) => placed(env, keyId),
    ),
    legalHolds: all(
      (page) => page.legalHolds,
      (hold) => placed(hold.env, `${hold.title} ${JSON.stringify(hold)}`),
    ),
    tieringConfigurations: all(
      (page) => page.tieringConfigurations,
      ({ tieringConfigurationName, env }) => placed(env, tieringConfigurationName),
    ),
    restoreAccessVaults: all(
      (page) => page.restoreAccessVaults,
      ({ backupVaultName = '', env }) => placed(env, backupVaultName),
    ),
    ...organizationOf(pages, all),
    // Names are of one account: what belongs together is found in each by itself.
    resources: unique([...byAccount(pages)].flatMap(resourcesOf), ({ arn }) => arn),
    resourcesAreComplete: complete,
  };
}

function byAccount(pages: readonly KeptPage[]): Iterable<KeptPage[]> {
  const accounts = new Map<string, KeptPage[]>();
  for (const page of pages) {
    const { account = '' } = page;
    accounts.set(account, [...(accounts.get(account) ?? []), page]);
  }
  return accounts.values();
}

type All = <T>(list: (page: Page) => readonly T[] | undefined, key: (item: T) => string) => T[];

function organizationOf(
  pages: readonly Page[],
  all: All,
): Pick<InventoryDocument, 'organizations' | 'organizationSettings'> {
  const organization = pages.flatMap((page) => page.organization ?? []).at(-1);
  const some = <T>(items: T[]): T[] | undefined => (items.length === 0 ? undefined : items);
  const settings = all(
    (page) => page.organizationSettings,
    ({ env }) => env.account,
  );
  if (organization === undefined) {
    return {};
  }
  const { env, administrators = [] } = organization;
  const members = all(
    (page) => page.members,
    ({ accountId }) => accountId,
  );
  const units = all(
    (page) => page.units,
    ({ unitId }) => unitId,
  );
  const policies = all(
    (page) => page.policies,
    ({ policyId }) => policyId,
  );
  const declared = known({
    ...organization,
    administrators: some(administrators),
    units: some(units),
    // The account that manages the organization is there by itself.
    members: some(members.filter(({ accountId }) => accountId !== env.account)),
    policies: some(policies),
  }) as DeclaredOrganization;
  return {
    organizations: [declared],
    // Only the account that manages an organization may set them.
    ...(settings.length > 0 && { organizationSettings: settings.map((one) => ({ ...one, env })) }),
  };
}

function resourcesOf(pages: readonly Page[]): Entry[] {
  const tags = Object.assign({}, ...pages.map((page) => page.tags ?? {})) as Record<string, Record<string, string>>;
  const attached: Record<string, number> = {};
  for (const [arn, size] of pages.flatMap((page) => Object.entries(page.attached ?? {}))) {
    attached[arn] = (attached[arn] ?? 0) + size;
  }
  const found = pages.flatMap((page) => page.entries ?? []);
  const there = new Set(found.map(({ arn }) => arn));
  const backedUp = pages
    .flatMap((page) => page.backedUp ?? [])
    .filter((arn) => !there.has(arn) && isKnownElsewhere(arn))
    .map((arn): Entry => ({ arn }));
  const entries = unique(together([...found, ...backedUp]), ({ arn }) => arn).map((entry) => ({
    ...entry,
    ...(entry.sizeGiB === undefined && attached[entry.arn] !== undefined && { sizeGiB: attached[entry.arn] as number }),
    ...(entry.tags === undefined &&
      tags[entry.arn] !== undefined && { tags: tags[entry.arn] as Record<string, string> }),
  }));
  return withMembers(entries, pages);
}

/** What several sources say of one resource. */
function together(entries: readonly Entry[]): Entry[] {
  const byArn = new Map<string, Entry>();
  for (const entry of entries) {
    byArn.set(entry.arn, { ...byArn.get(entry.arn), ...entry });
  }
  return [...byArn.values()];
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
