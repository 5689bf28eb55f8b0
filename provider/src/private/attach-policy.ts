import { OrganizationsPolicy } from '@cdktf/provider-aws/lib/organizations-policy';
import { OrganizationsPolicyAttachment } from '@cdktf/provider-aws/lib/organizations-policy-attachment';
import { ITerraformDependable, TerraformIterator, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { SYNTH } from './token-values';

/** How a policy of an organization is bound. */
export interface AttachmentProps {
  /** Ids of roots, organizational units and accounts; as a list that Terraform alone knows, too. */
  readonly targetIds: string[];
  readonly preventDestroy: boolean;
  readonly skipDestroy?: boolean;
  readonly provider?: TerraformProvider;
}

/**
 * Attaches a policy to its targets, one after the other, as AWS Organizations refuses a change while another is made.
 *
 * A target that is known at synthesis gives the attachment its id, so that one target more or less leaves the others alone.
 *
 * @param idPrefix what the ids of the attachments begin with
 */
export function attachPolicy(
  scope: Construct,
  idPrefix: string,
  policy: OrganizationsPolicy,
  props: AttachmentProps,
): OrganizationsPolicyAttachment[] {
  const { targetIds, preventDestroy, skipDestroy, provider } = props;
  const common = { policyId: policy.id, skipDestroy, provider, lifecycle: { preventDestroy } };
  if (!SYNTH.known(targetIds)) {
    const each = TerraformIterator.fromList(targetIds);
    return [
      new OrganizationsPolicyAttachment(scope, `${idPrefix}Targets`, {
        ...common,
        forEach: each,
        targetId: each.value,
      }),
    ];
  }
  const made: OrganizationsPolicyAttachment[] = [];
  for (const [index, targetId] of [...new Set(targetIds)].entries()) {
    const dependsOn: ITerraformDependable[] = made.slice(-1);
    const id = `${idPrefix}${SYNTH.known(targetId) ? targetId : `target-${index}`}`;
    const config = { ...common, targetId, dependsOn: dependsOn.length === 0 ? undefined : dependsOn };
    made.push(new OrganizationsPolicyAttachment(scope, id, config));
  }
  return made;
}
