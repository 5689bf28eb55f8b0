import { Guardrails } from '@holdfast/cdk';
import { GuardrailCatalog, OrganizationsLimits } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';

/** Declares guardrails with every property. */
export function declareEveryGuardrail(stack: Stack): Guardrails {
  const role = (id: string): iam.IRole => iam.Role.fromRoleArn(stack, id, `arn:aws:iam::111122223333:role/${id}`);
  return new Guardrails(stack, 'Guardrails', {
    guardrails: GuardrailCatalog.all(),
    targetIds: ['r-ab12', 'ou-ab12-11111111', '444455556666'],
    breakGlassRoleArns: ['arn:aws:iam::*:role/emergency/*'],
    breakGlassRoles: [role('BreakGlass')],
    deploymentRoleArns: [Guardrails.bootstrapRoleArn()],
    deploymentRoles: [role('Deployment')],
    backupRoleArns: ['arn:aws:iam::*:role/backup/*'],
    backupRoles: [role('Backup')],
    limits: OrganizationsLimits.of({ serviceControlPolicyCharacters: 5120, serviceControlPoliciesAttached: 8 }),
    otherServiceControlPolicies: 1,
    otherResourceControlPolicies: 1,
    otherDeclarativePolicies: 1,
    exceptionMessage: 'Ask the platform team.',
    policyName: 'platform',
    description: 'Keeps backups',
    tags: { owner: 'platform' },
    removalPolicy: RemovalPolicy.DESTROY,
    waivers: [{ rule: 'guardrail-size-unknown', path: 'breakGlassRoleArns', reason: 'roles of this app have no path' }],
  });
}
