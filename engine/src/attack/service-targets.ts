/**
 * What backups rest on in other services: aliases of keys, databases whose automated backups AWS Backup holds, those backups
 * once their database is gone, and the roles that AWS Backup alone assumes.
 *
 * Pure: reads a World.
 * Source   managed-backups.ts of operations (RDS); S3 API reference, ServerSideEncryptionByDefault (an alias is resolved at each
 *          request); B12 (service-linked roles).
 * Spec     attack.md
 */
import { aliasArn, Key } from '../domain/keys';
import type { Ledger } from '../domain/ledger';
import { LINKED_SERVICES, LinkedService, linkedRoleUses } from '../domain/linked-role-uses';
import type { Resource } from '../domain/protected-resources';
import { CONTINUOUS } from '../domain/recovery-points';
import { Account, iamArn } from '../domain/roles';
import { linkedRoleOf } from '../domain/service-linked-roles';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { sortedBy } from '../kernel/order';
import { ofAlias, ofDatabase, ofLinkedRole, UNHINDERED } from './hindrances';
import { GLOBAL_REGION } from './organization-targets';
import type { Target } from './targets';

/** The aliases of some keys, with the buckets that go by each. */
export function aliasTargets(state: WorldState, keys: readonly Key[]): Target[] {
  const places = new Map(keys.map((key) => [placeOf(key.made.env), key.made.env]));
  const buckets = bucketsByAlias(state);
  const aliases = [...places.values()].flatMap((env) => state.ledger.keys.aliasesAt(env));
  return sortedBy(aliases, ([arn]) => arn)
    .filter(([, key]) => keys.includes(key))
    .map(([arn, key]): Target => ({
      kind: 'key-alias',
      resource: arn,
      // Whoever moves an alias needs leave of its key, too, and the key has the policy (Source: KMS, UpdateAlias).
      policyResource: key.arn,
      ...key.made.env,
      tags: Object.fromEntries(key.tags),
      key,
      hindrance: ofAlias(buckets.get(arn) ?? []),
    }));
}

/** Names of buckets whose new objects are encrypted with whatever an alias leads to, by the ARN of the alias. */
function bucketsByAlias({ ledger, buckets }: WorldState): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { declaration, service } of ledger.resources.list()) {
    const { env, name } = declaration;
    if (service.id !== 's3') {
      continue;
    }
    const setting = buckets.tryFind(env.partition, name)?.settings.get('encryption');
    const named = keyIn(setting) ?? declaration.encryptedWith ?? '';
    const alias = named.startsWith('alias/') ? aliasArn(env, named) : named;
    if (/:alias\/(?!aws\/)/.test(alias)) {
      found.set(alias, [...(found.get(alias) ?? []), name]);
    }
  }
  return found;
}

interface EncryptionRule {
  readonly ApplyServerSideEncryptionByDefault?: { readonly KMSMasterKeyID?: string };
}

function keyIn(setting: object | undefined): string | undefined {
  const [rule] = (setting as { readonly Rules?: readonly EncryptionRule[] } | undefined)?.Rules ?? [];
  return rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
}

/** Databases whose continuous backup runs, and the automated backups that databases with such a backup left behind. */
export function databaseTargets({ ledger }: WorldState): Target[] {
  const databases = ledger.resources.listEver().filter(({ service, pitr }) => pitr && isOfRds(service.id));
  const targets = databases.flatMap((database): Target[] => {
    const { declaration, arn, continuousPoint, gone } = database;
    const { env, tags = {} } = declaration;
    const target = { policyResource: arn, resource: arn, ...env, tags, hindrance: ofDatabase() };
    const left: Target = {
      kind: 'automated-backups',
      ...target,
      policyResource: backupsArn(database),
      hindrance: UNHINDERED,
    };
    if (gone) {
      return hasContinuous(ledger, database) ? [left] : [];
    }
    return continuousPoint < 0 ? [] : [{ kind: 'database', ...target }];
  });
  return sortedBy(targets, ({ resource }) => resource);
}

function isOfRds(service: string): boolean {
  return service === 'rds' || service === 'aurora';
}

function hasContinuous({ points }: Ledger, { series }: Resource): boolean {
  return series.some((number) => points.rowsOf(number).some((row) => points.has(row, CONTINUOUS)));
}

/** Automated backups have ids of their own; of a pattern that fits them policies see as much. */
function backupsArn({ service, declaration: { env } }: Resource): string {
  const kind = service.id === 'rds' ? 'auto-backup:ab-' : 'cluster-auto-backup:cab-';
  return `arn:${env.partition}:rds:${env.region}:${env.account}:${kind}x`;
}

/** Roles that AWS Backup alone assumes, in the accounts in which something needs them. */
export function linkedRoleTargets(state: WorldState, accounts: readonly Account[]): Target[] {
  return accounts.flatMap(({ partition, account }) =>
    (Object.keys(LINKED_SERVICES) as LinkedService[]).flatMap((service): Target[] => {
      const uses = linkedRoleUses(state, service, { partition, account }).length;
      const { name } = linkedRoleOf(service);
      const arn = iamArn({ partition, account }, 'role', `/aws-service-role/${service}/`, name);
      const place = { partition, account, region: GLOBAL_REGION };
      const hindrance = ofLinkedRole(uses);
      const target = { resource: arn, policyResource: arn, ...place, tags: {}, hindrance };
      return uses === 0 ? [] : [{ kind: 'linked-role', ...target }];
    }),
  );
}
