/**
 * aws_ram_resource_share with what is associated to it, and who accepts it, as declarations, where vaults are shared.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0: resources, principals and the other account's acceptance are resources of their
 *          own that name the share; `allow_external_principals` is false unless given.
 */
import type { ResourceShare } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { attempt } from '../listeners';
import { NO_VAULT_SHARED, vaultsAmong } from '../shares';
import { Given } from './given';
import { known } from './listeners';
import type { Resource } from './resource';
import { tagsOf } from './tags';

const SHARE = 'aws_ram_resource_share';

/** What others say of a share. */
interface Parts {
  readonly arns: string[];
  readonly accounts: string[];
  readonly acceptedBy: string[];
}

type PartReader = (resource: Resource, parts: Parts) => void;

const PARTS: Readonly<Record<string, { readonly share: string; readonly read: PartReader }>> = {
  aws_ram_resource_association: {
    share: 'resource_share_arn',
    read: (resource, { arns }) => arns.push(Given.argument(resource, 'resource_arn').requiredText()),
  },
  aws_ram_principal_association: {
    share: 'resource_share_arn',
    read: (resource, { accounts }) => accounts.push(Given.argument(resource, 'principal').requiredText()),
  },
  aws_ram_resource_share_accepter: {
    share: 'share_arn',
    read: (resource, { acceptedBy }) => acceptedBy.push(resource.env().account),
  },
};

export const SHARE_TYPES: readonly string[] = [SHARE, ...Object.keys(PARTS)];

/** The shares of vaults among resources; what cannot be read, or shares something else, is listed. */
export function readShares(resources: readonly Resource[]): ResourceShare[] {
  const managed = resources.filter(({ mode }) => mode === 'managed');
  const byArn = new Map<string, { readonly parts: Parts; readonly sources: Resource[] }>();
  for (const resource of managed) {
    const part = Object.hasOwn(PARTS, resource.type) ? PARTS[resource.type] : undefined;
    if (part !== undefined) {
      tried(resource, () => {
        const arn = Given.argument(resource, part.share).requiredText();
        const found = byArn.get(arn) ?? { parts: { arns: [], accounts: [], acceptedBy: [] }, sources: [] };
        byArn.set(arn, found);
        part.read(resource, found.parts);
        found.sources.push(resource);
      });
    }
  }
  const shares: ResourceShare[] = [];
  for (const resource of managed.filter(({ type }) => type === SHARE)) {
    tried(resource, () => {
      const arn = Given.attribute(resource, 'arn').requiredText();
      const { parts, sources } = byArn.get(arn) ?? { parts: undefined, sources: [] };
      byArn.delete(arn);
      const vaultArns = vaultsAmong(parts?.arns);
      if (parts === undefined || vaultArns.length === 0) {
        skip([resource, ...sources], NO_VAULT_SHARED);
        return;
      }
      shares.push(shareOf(resource, vaultArns, parts));
    });
  }
  for (const { sources } of byArn.values()) {
    skip(sources, 'the share that it names is not among the artifacts');
  }
  return shares;
}

function shareOf(resource: Resource, vaultArns: string[], { accounts, acceptedBy }: Parts): ResourceShare {
  return withoutUndefined<ResourceShare>({
    shareName: Given.argument(resource, 'name').requiredText(),
    env: resource.env(),
    vaultArns,
    accounts,
    allowExternalPrincipals: Given.argument(resource, 'allow_external_principals').truth() ?? false,
    acceptedBy: acceptedBy.length === 0 ? undefined : acceptedBy,
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}

function tried(resource: Resource, read: () => void): void {
  const reason = attempt(() => {
    known(resource, read);
  });
  if (reason !== undefined) {
    skip([resource], reason);
  }
}

function skip(resources: readonly Resource[], reason: string): void {
  for (const resource of resources) {
    resource.reading.skip(resource.declaredAt, resource.type, reason);
  }
}
