import { OrganizationDelegation, OrganizationDelegations, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { DELEGATED_ADMINISTRATOR } from './private/lambda-code/delegated-administrator';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { settingsResource } from './private/settings-resource';
import { SYNTH } from './private/token-values';

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
   * Whether backup policies are enabled on the root of the organization.
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
   * Further statements of the resource policy of the organization, as it has no other.
   *
   * @default - none
   */
  readonly additionalStatements?: iam.PolicyStatement[];

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Lets member accounts administer the backups of an organization: for a stack of its management account.
 *
 * Enables trusted access for AWS Backup and backup policies on the root, registers the accounts, and lets them write and
 * attach policies of the type `BACKUP_POLICY`, and nothing else. When the construct goes, the accounts lose both; trusted
 * access and the type of policies stay, as without them every backup policy of the organization would end.
 */
@propertyInjectable
export class DelegatedAdministrator extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.DelegatedAdministrator';

  /**
   * Ids of the accounts.
   */
  public readonly accountIds: string[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: DelegatedAdministratorProps) {
    super(scope, id);
    const { account: managementAccountId, partition } = environmentOf(this);
    const { accountIds, organizationId, waivers } = props;
    const delegation = { accountIds, organizationId, managementAccountId, partition };
    const document = policyDocument(delegation, props);
    refuse(
      this,
      [
        ...OrganizationDelegations.check(delegation, '', SYNTH),
        ...OrganizationDelegations.checkDocument(Stack.of(this).resolve(document), 'resourcePolicy'),
      ],
      waivers,
    );

    this.accountIds = [...accountIds];
    const resource = settingsResource(this, {
      description: 'Makes accounts delegated administrators of AWS Backup',
      resourceType: 'Custom::BackupDelegatedAdministrator',
      code: DELEGATED_ADMINISTRATOR,
      statements: statements(delegation),
      whyAllResources:
        'Trusted access and lists of roots and administrators are no resources; ids of roots are not known beforehand.',
      properties: { AccountIds: accountIds, EnableBackupPolicies: props.enableBackupPolicies ?? true },
    });
    annotateTemplate(resource.node.defaultChild as CfnResource, waivers);
    if (document.Statement.length > 0) {
      const policy = new organizations.CfnResourcePolicy(this, 'Policy', { content: document });
      policy.node.addDependency(resource);
    }
  }
}

/** A policy document as the template has it. */
interface Document {
  readonly Version: string;
  readonly Statement: unknown[];
}

function policyDocument(delegation: OrganizationDelegation, props: DelegatedAdministratorProps): Document {
  const { Version, Statement } = OrganizationDelegations.backupPolicies(delegation) as Document;
  const further = (props.additionalStatements ?? []).map((statement) => statement.toStatementJson() as unknown);
  return { Version, Statement: [...((props.delegateBackupPolicies ?? true) ? Statement : []), ...further] };
}

/** What the function may do: for AWS Backup and backup policies alone. */
function statements({ partition, managementAccountId, organizationId }: OrganizationDelegation): iam.PolicyStatement[] {
  const arn = (resource: string) => `arn:${partition}:organizations::${managementAccountId}:${resource}`;
  const backupOnly = { StringEquals: { 'organizations:ServicePrincipal': 'backup.amazonaws.com' } };
  return [
    new iam.PolicyStatement({ actions: ['organizations:ListRoots'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['organizations:EnableAWSServiceAccess', 'organizations:ListDelegatedAdministrators'],
      resources: ['*'],
      conditions: backupOnly,
    }),
    new iam.PolicyStatement({
      actions: ['organizations:RegisterDelegatedAdministrator', 'organizations:DeregisterDelegatedAdministrator'],
      resources: [arn(`account/${organizationId}/*`)],
      conditions: backupOnly,
    }),
    new iam.PolicyStatement({
      actions: ['organizations:EnablePolicyType'],
      resources: [arn(`root/${organizationId}/*`)],
      conditions: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } },
    }),
  ];
}
