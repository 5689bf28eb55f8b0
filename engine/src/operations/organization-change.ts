/**
 * What follows every change of an organization: a line in the log, and plans that follow the policies.
 *
 * Source   B11.2/4, B11.3 (limits).
 */
import { Finding, OrganizationBackupPolicyRules, OrganizationsLimits, Effect } from '@holdfast/model';
import { ORGANIZATION_CHANGED } from '../domain/event-codes';
import type { Organization, PolicyKind } from '../domain/organization';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { NEVER } from '../kernel/instant';
import { AwsFault } from './fault';
import { policyText } from './policy-document';
import { WIRE } from './refuse';

const LIMITS = OrganizationsLimits.CURRENT;

/** Characters of a policy (Source B11.3/4; backup policies: B11.3; declarative ones: quotas of AWS Organizations). */
const CHARACTERS: Readonly<Record<PolicyKind, number>> = {
  SERVICE_CONTROL_POLICY: LIMITS.serviceControlPolicyCharacters,
  RESOURCE_CONTROL_POLICY: LIMITS.resourceControlPolicyCharacters,
  BACKUP_POLICY: OrganizationsLimits.BACKUP_POLICY_CHARACTERS,
  DECLARATIVE_POLICY_EC2: LIMITS.declarativePolicyCharacters,
};

/** Policies of a kind on one node (Source B11.3/4; backup policies: B11.3). */
export const ATTACHED: Readonly<Record<PolicyKind, number>> = {
  SERVICE_CONTROL_POLICY: LIMITS.serviceControlPoliciesAttached,
  RESOURCE_CONTROL_POLICY: LIMITS.resourceControlPoliciesAttached,
  BACKUP_POLICY: OrganizationsLimits.BACKUP_POLICIES_ATTACHED,
  DECLARATIVE_POLICY_EC2: LIMITS.declarativePoliciesAttached,
};

export function organizationChanged(
  state: WorldState,
  organization: Organization,
  subject: string,
  what: string,
): void {
  const { ledger } = state;
  const env = { partition: organization.env.partition, account: organization.managementAccount, region: '' };
  ledger.declare(ORGANIZATION_CHANGED, subject, ledger.names.intern(placeOf(env)), what, 0, NEVER);
  state.organizationPlans.changed();
}

/** The content of a policy, as AWS takes it. The texts of the faults are Assumed. */
export function policyContent(kind: PolicyKind, content: string | undefined): string {
  // Source: API reference, UpdatePolicy: through the API white space counts.
  const text = policyText(content, 'Content', CHARACTERS[kind]);
  if (text.length > CHARACTERS[kind]) {
    throw new AwsFault('ConstraintViolationException', `Content must have at most ${CHARACTERS[kind]} characters.`);
  }
  if (kind === 'SERVICE_CONTROL_POLICY' && namesPrincipal(text)) {
    // Assumed: the text. Source B11.4/2.
    const wanted = 'The provided policy document does not meet the requirements of the specified policy type.';
    throw new AwsFault('MalformedPolicyDocumentException', wanted);
  }
  const finding =
    kind === 'BACKUP_POLICY' ? refused(OrganizationBackupPolicyRules.checkDocument(text, '', WIRE)) : undefined;
  if (finding !== undefined) {
    throw new AwsFault('MalformedPolicyDocumentException', `${finding.path} ${finding.message}`);
  }
  return text;
}

/** Whether a statement says whom it is about: a service control policy is about whoever is in the accounts. */
function namesPrincipal(text: string): boolean {
  const { Statement } = JSON.parse(text) as { readonly Statement?: unknown };
  const statements = [Statement].flat().map((one) => Object.keys(Object(one) as object));
  return statements.some((names) => names.includes('Principal') || names.includes('NotPrincipal'));
}

function refused(findings: readonly Finding[]): Finding | undefined {
  return findings.find((finding) => finding.effect === Effect.REFUSED_BY_AWS);
}
