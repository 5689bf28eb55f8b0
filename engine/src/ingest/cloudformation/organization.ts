/**
 * AWS::Organizations::* as declarations, and the custom resources of our constructs that set what AWS Backup may do in one.
 *
 * Pure: adds to the declarations that it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { Environment, OrganizationMember, OrganizationPolicy } from '@holdfast/model';
import { BACKUP_SERVICE } from '../../domain/organization';
import { accountOf } from '../access';
import { ORGANIZATION_IDS, OrganizationDeclarations } from '../organizations';
import type { DeclaredValue } from './declared-value';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';

type Reader = (declaration: Declaration, into: OrganizationDeclarations) => void;

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::Organizations::Organization': (declaration, into) => {
    const { env, declaredAt } = declaration;
    into.addOrganization({
      env: accountOf(env),
      organizationId: ORGANIZATION_IDS.organization(env),
      rootId: ORGANIZATION_IDS.root(env),
      declaredAt,
    });
  },
  'AWS::Organizations::OrganizationalUnit': (declaration, into) => {
    const { properties, env } = declaration;
    const unit = {
      unitId: declaration.identity().name,
      unitName: properties.member('Name').requiredText(),
      parentId: properties.member('ParentId').requiredText(),
    };
    into.addPart(placeOf(declaration), env, { unit });
  },
  'AWS::Organizations::Account': (declaration, into) => {
    const { properties, env } = declaration;
    const member = withoutUndefined<OrganizationMember>({
      accountId: declaration.identity().name,
      accountName: properties.member('AccountName').requiredText(),
      email: properties.member('Email').requiredText(),
      parentId: properties.member('ParentIds').texts()?.[0],
    });
    into.addPart(placeOf(declaration), env, { member });
  },
  'AWS::Organizations::Policy': (declaration, into) => {
    const { properties, env, declaredAt } = declaration;
    const policy = withoutUndefined<OrganizationPolicy>({
      policyId: declaration.identity().name,
      policyName: properties.member('Name').requiredText(),
      policyType: properties.member('Type').requiredText(),
      content: contentOf(properties.member('Content')),
      targetIds: properties.member('TargetIds').texts(),
      declaredAt,
    });
    into.addPart(placeOf(declaration), env, { policy });
  },
  'Custom::BackupGlobalSettings': ({ properties, env, declaredAt }, into) => {
    const settings = properties.member('GlobalSettings').truthMap() ?? {};
    into.addSettings({ env: accountOf(env), settings, declaredAt });
  },
  'Custom::BackupDelegatedAdministrator': (declaration, into) => {
    for (const accountId of declaration.properties.member('AccountIds').texts() ?? []) {
      const administrator = { accountId, servicePrincipal: BACKUP_SERVICE };
      into.addPart(placeOf(declaration), declaration.env, { administrator });
    }
  },
};

export function isOrganization(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** @throws IngestRefusal when something that is read cannot be known */
export function readOrganization(declaration: Declaration, into: OrganizationDeclarations): void {
  READERS[declaration.type]?.(declaration, into);
}

/** The id that AWS Organizations would make for a resource; undefined for other types. */
export function organizationId(
  type: string,
  env: Environment,
  property: (name: string) => string | undefined,
): string | undefined {
  switch (type) {
    case 'AWS::Organizations::Organization':
      return ORGANIZATION_IDS.organization(env);
    case 'AWS::Organizations::OrganizationalUnit':
      return ORGANIZATION_IDS.unit(env, property('ParentId') ?? '', property('Name') ?? '');
    case 'AWS::Organizations::Account':
      return ORGANIZATION_IDS.account(env, property('Email') ?? '');
    case 'AWS::Organizations::Policy':
      return ORGANIZATION_IDS.policy(env, property('Type') ?? '', property('Name') ?? '');
    default:
      return undefined;
  }
}

/** The content of a policy, which may be written as JSON text. */
function contentOf(value: DeclaredValue): unknown {
  const content = value.json();
  if (typeof content !== 'string') {
    return content;
  }
  try {
    return JSON.parse(content);
  } catch {
    throw value.wrong('the content of a policy, or one as JSON text');
  }
}

function placeOf({ declaredAt: path, type }: Declaration): { readonly path: string; readonly type: string } {
  return { path, type };
}
