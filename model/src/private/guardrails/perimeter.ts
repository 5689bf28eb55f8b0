import { GuardrailExemption } from '../../guardrail-options';
import { Conditions, Template } from './statement';

/** Who may use a resource: an organization, and accounts beside it. */
export interface Perimeter {
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly conditions?: Conditions;
  readonly organizationId: string;
  readonly accountIds?: readonly string[];
}

/**
 * Two statements of a resource control policy: against principals of other organizations, and against services that act
 * for them (confused deputy).
 *
 * Service principals belong to no organization, hence the second; it looks only where the service says for which account
 * it acts. Source: AWS's examples of resource control policies.
 */
export function perimeter(of: Perimeter): Template[] {
  const { actions, resources, conditions = {}, organizationId, accountIds = [] } = of;
  const outside = (key: string): Conditions => ({
    StringNotEqualsIfExists: {
      [`aws:${key}OrgID`]: organizationId,
      ...(accountIds.length === 0 ? {} : { [`aws:${key}Account`]: [...accountIds].sort() }),
    },
  });
  const exempt = GuardrailExemption.NOBODY;
  return [
    {
      actions,
      resources,
      conditions: { ...conditions, ...outside('Principal'), BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
      exempt,
      principal: '*',
    },
    {
      actions,
      resources,
      conditions: {
        ...conditions,
        ...outside('Source'),
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
      exempt,
      principal: '*',
    },
  ];
}
