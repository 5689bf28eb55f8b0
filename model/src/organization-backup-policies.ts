import { OrganizationBackupPolicy } from './organization-backup-policy';
import { parsed } from './private/organization/check-document';
import { readPolicy } from './private/organization/read';
import { renderPolicy } from './private/organization/render';
import { resourceTypesOf } from './private/organization/resource-types';

/**
 * The content of backup policies, the same for every framework.
 */
export class OrganizationBackupPolicies {
  /**
   * The content of a policy: every value under its operator, numbers and booleans as texts, copies under the ARN of the
   * vault that receives them.
   *
   * An adjustment stands in place of what a plan of the same policy says of the element. A child control stands at its
   * element and at each below it.
   *
   * @param policy the declaration
   */
  public static render(policy: OrganizationBackupPolicy): any {
    return renderPolicy(policy);
  }

  /**
   * The declaration in the content of a policy, or of an effective policy.
   *
   * A plan that lacks Regions, rules or selections becomes adjustments. What `OrganizationBackupPolicyRules.checkDocument`
   * finds fault with is left out.
   *
   * @param policyName name of the policy
   * @param document the content, as an object or as JSON text
   */
  public static read(policyName: string, document: any): OrganizationBackupPolicy {
    return { policyName, ...readPolicy(parsed(document)) };
  }

  /**
   * The content as AWS counts its characters: JSON without white space.
   *
   * @param document the content
   */
  public static minified(document: any): string {
    return JSON.stringify(document);
  }

  /**
   * The ARNs by which backup policies name types of resources.
   *
   * @param partition partition of the ARNs
   */
  public static resourceTypes(partition: string = 'aws'): string[] {
    return resourceTypesOf(partition);
  }

  private constructor() {}
}
