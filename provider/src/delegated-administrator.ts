import { OrganizationsDelegatedAdministrator } from '@cdktf/provider-aws/lib/organizations-delegated-administrator';
import { OrganizationsOrganization } from '@cdktf/provider-aws/lib/organizations-organization';
import { OrganizationsResourcePolicy } from '@cdktf/provider-aws/lib/organizations-resource-policy';
import {
  Finding,
  OrganizationDelegation,
  OrganizationDelegations,
  TerraformOrganizationRules,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkListKnown } from './private/known-list';
import { accountOf, partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { SYNTH } from './private/token-values';

/** What the accounts administer. */
const SERVICE_PRINCIPAL = 'backup.amazonaws.com';

/**
 * Properties of a `DelegatedAdministrator`.
 */
export interface DelegatedAdministratorProps {
  /**
   * Ids of the member accounts, 1 to 5.
   */
  readonly accountIds: string[];

  /**
   * Id of the organization, `o-…`.
   */
  readonly organizationId: string;

  /**
   * The organization, whose arguments enable trusted access for AWS Backup and backup policies: it is held against that.
   *
   * @default - made elsewhere, which a note tells
   */
  readonly organization?: OrganizationsOrganization;

  /**
   * Whether backup policies must be enabled on the root of the organization.
   *
   * @default true
   */
  readonly enableBackupPolicies?: boolean;

  /**
   * Whether the accounts may also write backup policies and attach them, by the resource policy of the organization.
   *
   * An organization has one such policy: turn it off where it is made elsewhere, and add the statements of
   * `OrganizationDelegations.backupPolicies` there.
   *
   * @default true
   */
  readonly delegateBackupPolicies?: boolean;

  /**
   * Further statements of the resource policy of the organization, as it has no other, in the words of an IAM policy:
   * `{ Effect: 'Allow', Principal: …, Action: … }`.
   *
   * @default - none
   */
  readonly additionalStatements?: { [key: string]: any }[];

  /**
   * Tags of the resource policy.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources: one of the management account.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Lets member accounts administer the backups of an organization: applied in its management account.
 *
 * Registers the accounts, and lets them write and attach policies of the type `BACKUP_POLICY`, and nothing else. Trusted
 * access for AWS Backup and backup policies are enabled by the organization: `aws_service_access_principals` and
 * `enabled_policy_types` of `aws_organizations_organization`, of which there is one. When the construct goes, the accounts
 * lose both.
 */
export class DelegatedAdministrator extends Construct {
  /**
   * Ids of the accounts.
   */
  public readonly accountIds: string[];

  /**
   * The registrations, one for each account.
   */
  public readonly delegatedAdministrators: OrganizationsDelegatedAdministrator[] = [];

  /**
   * The resource policy of the organization; undefined where there is nothing in it.
   */
  public readonly resourcePolicy?: OrganizationsResourcePolicy;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: DelegatedAdministratorProps) {
    super(scope, id);
    const { accountIds, organizationId, organization, provider, waivers } = props;
    const delegation = {
      accountIds,
      organizationId,
      managementAccountId: organization?.masterAccountId ?? accountOf(this, provider),
      partition: partitionOf(this, provider),
    };
    const document = policyDocument(delegation, props);
    refuse(this, check(delegation, document, props), waivers);

    this.accountIds = [...accountIds];
    for (const [index, accountId] of accountIds.entries()) {
      // AWS Organizations refuses a change while another is made.
      const before = [...this.delegatedAdministrators.slice(-1), ...(organization === undefined ? [] : [organization])];
      const made = new OrganizationsDelegatedAdministrator(this, `Resource-${idOf(accountId, index)}`, {
        accountId,
        servicePrincipal: SERVICE_PRINCIPAL,
        provider,
        dependsOn: before.length === 0 ? undefined : before,
      });
      annotateTemplate(made, waivers);
      this.delegatedAdministrators.push(made);
    }
    if (document.Statement.length > 0) {
      this.resourcePolicy = new OrganizationsResourcePolicy(this, 'Policy', {
        content: renderPolicy(document),
        tags: props.tags,
        provider,
        dependsOn: this.delegatedAdministrators,
      });
    }
  }
}

/** A policy document. */
interface Document {
  readonly Version: string;
  readonly Statement: unknown[];
}

function policyDocument(delegation: OrganizationDelegation, props: DelegatedAdministratorProps): Document {
  const { Version, Statement } = OrganizationDelegations.backupPolicies(delegation) as Document;
  const further = props.additionalStatements ?? [];
  return { Version, Statement: [...((props.delegateBackupPolicies ?? true) ? Statement : []), ...further] };
}

function check(
  delegation: OrganizationDelegation,
  document: Document,
  { organization, enableBackupPolicies = true }: DelegatedAdministratorProps,
): Finding[] {
  const enables = organization && {
    awsServiceAccessPrincipals: organization.awsServiceAccessPrincipalsInput,
    enabledPolicyTypes: organization.enabledPolicyTypesInput,
  };
  return [
    ...checkListKnown(delegation.accountIds, 'accountIds'),
    ...OrganizationDelegations.check(delegation, '', SYNTH),
    ...OrganizationDelegations.checkDocument(document, 'resourcePolicy'),
    ...TerraformOrganizationRules.check(enableBackupPolicies, 'organization', SYNTH, enables),
  ];
}

/** An account that is known gives the registration its id, so that one account more or less leaves the others alone. */
function idOf(accountId: string, index: number): string {
  return SYNTH.known(accountId) ? accountId : `account-${index}`;
}
