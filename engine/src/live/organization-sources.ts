/**
 * The organization of an account: its tree, what of its policies bears on backups, who administers backups, and its settings.
 *
 * Pure: asks through the reader.
 * Source   APIs of AWS Organizations and AWS Backup. Only the management account and delegated administrators may read the tree
 *          and the policies; every member may ask who manages it. What an account inherits Holdfast works out itself
 *          (../domain/organization.md), and holds it against what AWS says (effective-policies.ts).
 * Assumed  A service or resource control policy bears on backups where a statement of it names every action, all but some, or
 *          actions of AWS Backup. `FullAWSAccess` is attached everywhere, as AWS does it.
 */
import { BackupClient, DescribeGlobalSettingsCommand } from '@aws-sdk/client-backup';
import {
  DescribeEffectivePolicyCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  type OrganizationsClient,
  OrganizationsClient as Client,
} from '@aws-sdk/client-organizations';
import type { Environment, OrganizationMember, OrganizationPolicy, OrganizationUnit } from '@holdfast/model';
import { GlobalSettingsRules } from '@holdfast/model';
import { BACKUP_SERVICE } from '../domain/organization';
import type { Reader } from './reader';
import { known, type Page, type Source } from './source';

const NONE = 'AWSOrganizationsNotInUseException';
const DENIED = 'AccessDeniedException';
const NO_POLICY = 'EffectivePolicyNotFoundException';
const KINDS = ['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;

type Ask = <T>(call: (client: OrganizationsClient) => Promise<T>) => Promise<T>;

function asked(reader: Reader, env: Environment): Ask {
  const client = reader.client(Client, env.region);
  return (call) => reader.ask('organizations', () => call(client));
}

/** Every item of a list that comes by pages. */
async function all<T>(
  list: (
    NextToken: string | undefined,
  ) => Promise<{ readonly items: readonly T[] | undefined; readonly next: string | undefined }>,
): Promise<T[]> {
  const found: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await list(token);
    found.push(...(items ?? []));
    token = next;
  } while (token !== undefined);
  return found;
}

/** What a call answers, or the name of one of the faults that mean that there is nothing to read here. */
async function orFault<T>(call: Promise<T>): Promise<{ readonly answer?: T; readonly fault?: string }> {
  try {
    return { answer: await call };
  } catch (error) {
    const { name } = error as Error;
    if ([NONE, DENIED, NO_POLICY].includes(name)) {
      return { fault: name };
    }
    throw error;
  }
}

/** The organization itself first, then one parent to a page, with those that are still to be read as the token. */
const TREE: Source = {
  name: 'organization',
  once: true,
  async page(reader, env, token) {
    const ask = asked(reader, env);
    return token === undefined ? head(ask, env) : below(ask, JSON.parse(token) as string[]);
  },
};

async function head(ask: Ask, env: Environment): Promise<Page> {
  const { answer } = await orFault(ask((client) => client.send(new DescribeOrganizationCommand({}))));
  const { Id: organizationId = '', MasterAccountId: account = '' } = answer?.Organization ?? {};
  if (organizationId === '') {
    return {};
  }
  const roots = await orFault(ask((client) => client.send(new ListRootsCommand({}))));
  const root = roots.answer?.Roots?.[0];
  if (root?.Id === undefined) {
    const why = `account ${env.account} is a member of organization ${organizationId} and may not read it`;
    return { notes: [`${why}: read it with credentials of account ${account}, or of a delegated administrator`] };
  }
  const access = await all(async (NextToken) => {
    const command = new ListAWSServiceAccessForOrganizationCommand(NextToken === undefined ? {} : { NextToken });
    const page = await ask((client) => client.send(command));
    return { items: page.EnabledServicePrincipals, next: page.NextToken };
  });
  const administrators = await all(async (NextToken) => {
    const command = new ListDelegatedAdministratorsCommand({
      ServicePrincipal: BACKUP_SERVICE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const page = await ask((client) => client.send(command));
    return { items: page.DelegatedAdministrators, next: page.NextToken };
  });
  const enabled = (root.PolicyTypes ?? []).filter(({ Status }) => Status === 'ENABLED');
  return {
    organization: {
      env: { ...env, account },
      organizationId,
      rootId: root.Id,
      enabledPolicyTypes: enabled.flatMap(({ Type }) => Type ?? []).sort(),
      serviceAccessPrincipals: access.flatMap(({ ServicePrincipal }) => ServicePrincipal ?? []).sort(),
      administrators: administrators.flatMap(({ Id }) =>
        Id === undefined ? [] : [{ accountId: Id, servicePrincipal: BACKUP_SERVICE }],
      ),
    },
    next: JSON.stringify([root.Id]),
  };
}

async function below(ask: Ask, [ParentId = '', ...waiting]: readonly string[]): Promise<Page> {
  const found = await all(async (NextToken) => {
    const command = new ListOrganizationalUnitsForParentCommand({
      ParentId,
      ...(NextToken !== undefined && { NextToken }),
    });
    const page = await ask((client) => client.send(command));
    return { items: page.OrganizationalUnits, next: page.NextToken };
  });
  const accounts = await all(async (NextToken) => {
    const command = new ListAccountsForParentCommand({ ParentId, ...(NextToken !== undefined && { NextToken }) });
    const page = await ask((client) => client.send(command));
    return { items: page.Accounts, next: page.NextToken };
  });
  const units = found.map(({ Id: unitId = '', Name: unitName = '' }): OrganizationUnit => ({
    unitId,
    unitName,
    parentId: ParentId,
  }));
  const members = accounts
    .filter(({ Status }) => Status === undefined || Status === 'ACTIVE')
    .map(({ Id: accountId = '', Name: accountName = '', Email: email = '' }): OrganizationMember => ({
      accountId,
      accountName,
      email,
      parentId: ParentId,
    }));
  const effective: Record<string, unknown> = {};
  for (const { accountId: TargetId } of members) {
    const command = new DescribeEffectivePolicyCommand({ PolicyType: 'BACKUP_POLICY', TargetId });
    const { answer } = await orFault(ask((client) => client.send(command)));
    effective[TargetId] = JSON.parse(answer?.EffectivePolicy?.PolicyContent ?? 'null');
  }
  const next = [...waiting, ...units.map(({ unitId }) => unitId)];
  return { units, members, effective, ...(next.length > 0 && { next: JSON.stringify(next) }) };
}

/** Pages of one kind after the other; the token says how far. */
const POLICIES: Source = {
  name: 'organization-policies',
  once: true,
  async page(reader, env, token) {
    const ask = asked(reader, env);
    const [kind, NextToken] = token === undefined ? [0, null] : (JSON.parse(token) as [number, string | null]);
    const Filter = KINDS[kind] ?? 'BACKUP_POLICY';
    const command = new ListPoliciesCommand({ Filter, ...(NextToken !== null && { NextToken }) });
    const { answer } = await orFault(ask((client) => client.send(command)));
    if (answer === undefined) {
      return {};
    }
    const policies: OrganizationPolicy[] = [];
    for (const { Id: policyId = '', Name: policyName = '' } of (answer.Policies ?? []).filter(
      ({ AwsManaged }) => AwsManaged !== true,
    )) {
      const read = await policyOf(ask, { policyId, policyName, policyType: Filter });
      policies.push(...read);
    }
    const following = answer.NextToken === undefined ? [kind + 1, null] : [kind, answer.NextToken];
    return { policies, ...(Number(following[0]) < KINDS.length && { next: JSON.stringify(following) }) };
  },
};

async function policyOf(ask: Ask, named: Omit<OrganizationPolicy, 'content'>): Promise<OrganizationPolicy[]> {
  const PolicyId = named.policyId;
  const { Policy } = await ask((client) => client.send(new DescribePolicyCommand({ PolicyId })));
  const content: unknown = JSON.parse(Policy?.Content ?? '{}');
  if (named.policyType !== 'BACKUP_POLICY' && !bearsOnBackups(content)) {
    return [];
  }
  const targets = await all(async (NextToken) => {
    const command = new ListTargetsForPolicyCommand({ PolicyId, ...(NextToken !== undefined && { NextToken }) });
    const page = await ask((client) => client.send(command));
    return { items: page.Targets, next: page.NextToken };
  });
  const targetIds = targets.flatMap(({ TargetId }) => TargetId ?? []).sort();
  return [{ ...named, content, ...(targetIds.length > 0 && { targetIds }) }];
}

/** Whether a statement may allow or deny something of AWS Backup. */
export function bearsOnBackups(content: unknown): boolean {
  const { Statement } = content as { readonly Statement?: object | readonly object[] };
  return [Statement ?? []].flat().some((statement) => {
    const { Action, NotAction } = statement as {
      readonly Action?: string | readonly string[];
      readonly NotAction?: unknown;
    };
    const actions = [Action ?? []].flat();
    return NotAction !== undefined || actions.some((action) => /^(\*|backup[a-z-]*:)/i.test(action));
  });
}

const SETTINGS: Source = {
  name: 'global-settings',
  once: true,
  async page(reader, env) {
    const client = reader.client(BackupClient, env.region);
    const command = new DescribeGlobalSettingsCommand({});
    const { answer } = await orFault(reader.ask(`backup ${env.region}`, () => client.send(command)));
    const given = Object.entries(answer?.GlobalSettings ?? {}).filter(([key]) =>
      GlobalSettingsRules.keys().includes(key),
    );
    if (given.length === 0) {
      return {};
    }
    const settings = Object.fromEntries(given.map(([key, value]) => [key, value === 'true']));
    return { organizationSettings: [known({ env, settings })] };
  },
};

export const ORGANIZATION_SOURCES: readonly Source[] = [TREE, POLICIES, SETTINGS];
