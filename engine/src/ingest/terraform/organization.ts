/**
 * aws_organizations_* and aws_backup_global_settings as declarations.
 *
 * Pure: adds to the declarations that it makes.
 * Source   Schema of the AWS provider 5.100.0: attachments of policies are resources of their own.
 */
import type { DeclaredOrganization, GlobalSettings, OrganizationMember, OrganizationPolicy } from '@holdfast/model';
import { accountOf } from '../access';
import { IngestRefusal } from '../artifact';
import { withoutUndefined } from '../cloudformation/declaration';
import { OrganizationDeclarations } from '../organizations';
import { Given } from './given';
import type { Resource } from './resource';

type Reader = (resource: Resource, into: OrganizationDeclarations) => void;

const READERS: Readonly<Record<string, Reader>> = {
  aws_organizations_organization: (resource, into) => {
    into.addOrganization(
      withoutUndefined<DeclaredOrganization>({
        env: accountOf(resource.env()),
        organizationId: Given.attribute(resource, 'id').requiredText(),
        rootId: Given.attribute(resource, 'roots').items()[0]?.member('id').requiredText() ?? '',
        enabledPolicyTypes: Given.argument(resource, 'enabled_policy_types').texts()?.sort() ?? [],
        serviceAccessPrincipals: Given.argument(resource, 'aws_service_access_principals').texts()?.sort() ?? [],
        units: undefined,
        members: undefined,
        policies: undefined,
        administrators: undefined,
        declaredAt: resource.declaredAt,
      }),
    );
  },
  aws_organizations_organizational_unit: (resource, into) => {
    const unit = {
      unitId: Given.attribute(resource, 'id').requiredText(),
      unitName: Given.attribute(resource, 'name').requiredText(),
      parentId: Given.attribute(resource, 'parent_id').requiredText(),
    };
    into.addPart(placeOf(resource), resource.env(), { unit });
  },
  aws_organizations_account: (resource, into) => {
    const member = withoutUndefined<OrganizationMember>({
      accountId: Given.attribute(resource, 'id').requiredText(),
      accountName: Given.attribute(resource, 'name').requiredText(),
      email: Given.attribute(resource, 'email').requiredText(),
      parentId: Given.argument(resource, 'parent_id').text(),
    });
    into.addPart(placeOf(resource), resource.env(), { member });
  },
  aws_organizations_policy: (resource, into) => {
    const policy = withoutUndefined<OrganizationPolicy>({
      policyId: Given.attribute(resource, 'id').requiredText(),
      policyName: Given.attribute(resource, 'name').requiredText(),
      policyType: Given.argument(resource, 'type').text() ?? 'SERVICE_CONTROL_POLICY',
      content: Given.attribute(resource, 'content').json(),
      targetIds: undefined,
      declaredAt: resource.declaredAt,
    });
    into.addPart(placeOf(resource), resource.env(), { policy });
  },
  aws_organizations_policy_attachment: (resource, into) => {
    const attached = {
      policyId: Given.attribute(resource, 'policy_id').requiredText(),
      targetId: Given.attribute(resource, 'target_id').requiredText(),
    };
    into.addPart(placeOf(resource), resource.env(), { attached });
  },
  aws_organizations_delegated_administrator: (resource, into) => {
    const administrator = {
      accountId: Given.attribute(resource, 'account_id').requiredText(),
      servicePrincipal: Given.attribute(resource, 'service_principal').requiredText(),
    };
    into.addPart(placeOf(resource), resource.env(), { administrator });
  },
  aws_backup_global_settings: (resource, into) => {
    const settings = Given.argument(resource, 'global_settings').truthMap() as GlobalSettings | undefined;
    into.addSettings({ env: accountOf(resource.env()), settings: settings ?? {}, declaredAt: resource.declaredAt });
  },
};

export function isOrganization(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** What the resources say of organizations; what cannot be known is listed as not read. */
export function readOrganizations(resources: readonly Resource[]): OrganizationDeclarations {
  const found = new OrganizationDeclarations();
  for (const resource of resources.filter(({ mode, type }) => mode === 'managed' && isOrganization(type))) {
    try {
      READERS[resource.type]?.(resource, found);
    } catch (error) {
      if (!(error instanceof IngestRefusal)) throw error;
      resource.reading.skip(resource.declaredAt, resource.type, `${error.place} ${error.why}`);
    }
  }
  return found;
}

function placeOf(resource: Resource): { readonly path: string; readonly type: string } {
  return { path: resource.declaredAt, type: resource.type };
}
